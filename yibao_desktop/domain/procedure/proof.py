"""Proof over all paths: no way through a procedure ends nowhere, twice, or misses its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from yibao_desktop.domain.guide.text import SpanKind
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.conditions import Truth
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.form import Fault, form_faults
from yibao_desktop.domain.procedure.interview import (
    Interview,
    all_questions,
    completions,
)
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    Procedure,
)
from yibao_desktop.domain.procedure.plan import Plan, PlanStep, make_plan

PATH_LIMIT = 256
"""More ways of answering than this are not admitted.

Progress and what is needed for sure are told over all of them for every case whenever cases are
listed: so many take less than a tenth of a second, four times as many are felt.
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """How many ways of answering were walked, and what was found wrong on them."""

    paths: int
    faults: tuple[Fault, ...]


def prove(procedure: Procedure) -> Proof:
    """Check references first, then walk every way of answering the questions."""
    faults = tuple(form_faults(procedure)) or tuple(_further_faults(procedure))
    if faults:
        return Proof(0, faults)
    return _walk_paths(procedure)


def _further_faults(procedure: Procedure) -> Iterator[Fault]:
    """Faults that can be looked for once everything referred to is there."""
    yield from _channel_faults(procedure)
    yield from _recommended_faults(procedure)


def _channel_faults(procedure: Procedure) -> Iterator[Fault]:
    """A way of answering that leaves no channel to choose from, and so could never be walked."""
    asked = next((q for q in all_questions(procedure) if q.id == CHANNEL), None)
    if asked is None or any(c.when is None for c in procedure.channels):
        return
    others = tuple(q for q in procedure.questions if q.id != CHANNEL)
    before = replace(procedure, questions=others, channels=())
    for answers in islice(completions(before, {}), PATH_LIMIT):
        interview = Interview(procedure, answers)
        if interview.truth(asked.ask_if) is not Truth.NO and not interview.options(asked):
            where = procedure.channels[0].id
            yield Fault(where, f"这样回答没有一种渠道可选：{_spoken(answers)}")
            return


def _spoken(answers: Answers) -> str:
    return "，".join(f"{q}={'+'.join(chosen)}" for q, chosen in answers.items())


@dataclass(slots=True)
class _Seen:
    """What was met on at least one path."""

    steps: set[str] = field(default_factory=set)
    materials: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    options: set[tuple[str, str]] = field(default_factory=set)
    lines: set[tuple[str, int]] = field(default_factory=set)
    spans: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    """By the id of a deadline that runs: which steps spoke of its length, on each path."""


def _recommended_faults(procedure: Procedure) -> Iterator[Fault]:
    """A route recommended that is not always offered: 不清楚 would leave all of them open."""
    for question in procedure.questions:
        for channel in procedure.channels:
            if question.id == CHANNEL and channel.id == question.recommended and channel.when:
                yield Fault(question.id, f"推荐的渠道“{channel.id}”不是每种回答下都有")


def _walk_paths(procedure: Procedure) -> Proof:
    faults: dict[Fault, None] = {}
    seen = _Seen()
    paths = 0
    for answers in completions(procedure, {}):
        paths += 1
        if paths > PATH_LIMIT:
            return Proof(paths, (Fault(procedure.id, f"走法超过 {PATH_LIMIT} 种，没法一一检查"),))
        faults |= dict.fromkeys(_path_faults(procedure, answers, seen))
    faults |= dict.fromkeys(_unreachable(procedure, seen))
    faults |= dict.fromkeys(_contradictions(procedure, seen))
    return Proof(paths, tuple(faults))


def _path_faults(procedure: Procedure, answers: Answers, seen: _Seen) -> Iterator[Fault]:
    """Faults of one way of answering; what it meets is added to ``seen``."""
    interview = Interview(procedure, answers)
    plan = make_plan(procedure, answers)
    ends = [o for o in procedure.outcomes if interview.truth(o.when) is Truth.YES]
    spoken = _spoken(answers)
    if not ends:
        yield Fault(procedure.id, f"这样回答没有结果：{spoken}", "no-end")
    elif len(ends) > 1:
        names = "、".join(o.id for o in ends)
        yield Fault(ends[1].id, f"这样回答有不止一个结果（{names}）：{spoken}", "no-end")
    elif ends[0].kind == "done" and not plan.steps:
        yield Fault(
            ends[0].id, f"结果“{ends[0].id}”说办成了，可是一个步骤也没有：{spoken}", "no-end"
        )
    yield from _unwanted_papers(interview, plan)
    seen.steps |= {s.step.id for s in plan.steps}
    seen.lines |= {(s.step.id, s.step.lines.index(line)) for s in plan.steps for line in s.lines}
    for deadline in plan.deadlines:
        told = frozenset(s.step.id for s in plan.steps if _speaks_of(s, deadline.fact))
        seen.spans.setdefault(deadline.id, set()).add(told)
    seen.materials |= {m.material.id for m in plan.materials}
    seen.outcomes |= {o.id for o in ends}
    seen.options |= {
        (question, option) for question, chosen in answers.items() for option in chosen
    }


def _unwanted_papers(interview: Interview, plan: Plan) -> Iterator[Fault]:
    """Steps whose words name a paper of theirs that these answers do not want."""
    for planned in plan.steps:
        wanted = interview.wanted(planned.step)
        said = "".join(line.text.plain for line in planned.lines)
        for paper in (interview.procedure.material(m) for m in planned.step.materials):
            if paper.id not in wanted and paper.name in said:
                yield Fault(
                    planned.step.id,
                    f"这样回答不要“{paper.name}”，步骤“{planned.step.id}”里却说到它："
                    f"{_spoken(plan.answers)}",
                    "paper",
                )


def _speaks_of(planned: PlanStep, fact: str) -> bool:
    spans = (span for line in planned.lines for span in line.text.spans)
    return any(span.kind is SpanKind.FIGURE and span.target == fact for span in spans)


def _contradictions(procedure: Procedure, seen: _Seen) -> Iterator[Fault]:
    """Limits that run from a day, while another answer says whether they are over.

    Some answers lead to a step that speaks of the limit's length and others do not: they are about
    the same time as the day given, and nothing would notice that they contradict it.
    """
    for deadline in procedure.deadlines:
        if deadline.past_means is None and len(seen.spans.get(deadline.id, ())) > 1:
            yield Fault(
                deadline.id,
                f"期限“{deadline.id}”起算的日子，会和别的回答互相矛盾；"
                f"请用 past_means 写明，过了期限该是哪种回答",
                "contradiction",
            )


def _unreachable(procedure: Procedure, seen: _Seen) -> Iterator[Fault]:
    for name, ids, met in (
        ("步骤", [p.step.id for p in placed_steps(procedure.flow)], seen.steps),
        ("材料", [m.id for m in procedure.materials], seen.materials),
        ("结果", [o.id for o in procedure.outcomes], seen.outcomes),
    ):
        for missed in (i for i in ids if i not in met):
            yield Fault(missed, f"{name}“{missed}”不管怎么回答都走不到", "unreached")
    for placed in placed_steps(procedure.flow):
        for number, line in enumerate(placed.step.lines):
            if placed.step.id in seen.steps and (placed.step.id, number) not in seen.lines:
                yield Fault(
                    placed.step.id,
                    f"步骤“{placed.step.id}”里的“{line.text.plain}”怎么回答都不说",
                    "unreached",
                )
    for question in all_questions(procedure):
        for option in question.options:
            if (question.id, option.id) not in seen.options:
                # A channel is an option of the question that is asked without being written.
                where = option.id if question.id == CHANNEL else question.id
                yield Fault(where, f"“{question.id}”的选项“{option.id}”怎么也选不到", "unreached")
