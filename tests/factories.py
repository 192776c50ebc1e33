"""Small procedures and texts for tests, with defaults for whatever a test does not care about."""

from __future__ import annotations

import datetime
from typing import Any

from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Condition
from yibao_desktop.domain.procedure.model import (
    Channel,
    Group,
    Line,
    Material,
    Option,
    Outcome,
    Procedure,
    Question,
    Step,
)

KEY = "004#1. 挂失"


def step(step_id: str, **changes: Any) -> Step:
    values: dict[str, Any] = {
        "title": f"办 {step_id}",
        "kind": "do",
        "lines": (Line("do", RichText.of(f"办 {step_id}。")),),
        "sources": (KEY,),
    }
    return Step(step_id, **(values | changes))


def group(group_id: str, *children: Group | Step, kind: str = "seq", **changes: Any) -> Group:
    values = {"title": "选哪一种？"} if kind == "any" else {}
    return Group(group_id, kind, tuple(children), **(values | changes))  # type: ignore[arg-type]


def question(question_id: str, *options: str, **changes: Any) -> Question:
    return Question(
        question_id,
        f"{question_id}？",
        options=tuple(Option(o, f"选 {o}") for o in options),
        **changes,
    )


def channel(channel_id: str, when: Condition | None = None) -> Channel:
    return Channel(channel_id, "hall", f"渠道 {channel_id}", (KEY,), when=when)


def material(material_id: str, **changes: Any) -> Material:
    return Material(material_id, f"材料 {material_id}", (KEY,), **changes)


def outcome(outcome_id: str = "done", when: Condition | None = None, **changes: Any) -> Outcome:
    values: dict[str, Any] = {"kind": "done", "title": "办好了", "text": RichText.of("办好了。")}
    return Outcome(outcome_id, sources=(KEY,), when=when, **(values | changes))


def procedure(*children: Group | Step, **changes: Any) -> Procedure:
    values: dict[str, Any] = {
        "title": "办一件事",
        "topic": "cards",
        "answer": RichText.of("这样办。"),
        "result_name": "办好的事",
        "flow": group("flow", *(children or (step("only"),))),
        "outcomes": (outcome(),),
        "sources": (KEY,),
        "reviewed_on": datetime.date(2026, 11, 22),
    }
    return Procedure("sample", **(values | changes))
