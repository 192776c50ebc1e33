"""What must hold of figures: typed, sourced, used, within reason, and nowhere but in facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yibao_desktop.content.loader import Seeds
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.walk import all_facts, cited, spans
from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.guide.text import SpanKind
from yibao_desktop.domain.procedure.model import Group, Option, Procedure, Question, Step

_DIGIT = re.compile(r"\d")

_LIMITS = {"as_of": (1990, 2100), "copies": (1, 20), "visits": (0, 20)}

_WITHOUT_FIGURES: dict[type, tuple[str, ...]] = {
    Section: ("title",),
    Step: ("title",),
    Group: ("title",),
    Question: ("text",),
    Option: ("label", "hint"),
    Procedure: ("silent",),
}
"""Texts that cannot hold a reference to a fact, and so no figure at all."""


def figure_problems(seeds: Seeds) -> Iterator[Problem]:
    """Every fault in the figures of the guide."""
    yield from _fact_problems(seeds)
    yield from _unused_facts(seeds)
    yield from _limit_problems(seeds)
    yield from _prose_problems(seeds)
    yield from _title_problems(seeds)


def _fact_problems(seeds: Seeds) -> Iterator[Problem]:
    figures = {seed.value.key: seed.value.figures for seed in seeds.sources}
    facts: set[str] = set()
    for fact, seed, path in all_facts(seeds):
        if fact.id in facts:
            yield seed.problem(path, f"数字“{fact.id}”已经有了")
        facts.add(fact.id)
        for sentence in fact.faults:
            yield seed.problem(path, sentence)
        known = {figure for key in fact.sources for figure in figures.get(key, ())}
        for figure in (f for f in fact.figures if f not in known):
            yield seed.problem(path, f"数字“{figure}”在它的来源里找不到")
    for seed, path, span in spans(seeds):
        if span.kind is SpanKind.FIGURE and span.target not in facts:
            yield seed.problem(path, f"数字“{{{span.target}}}”在 facts 里没有")


def _unused_facts(seeds: Seeds) -> Iterator[Problem]:
    used = {span.target for _, _, span in spans(seeds) if span.kind is SpanKind.FIGURE}
    for seed in seeds.procedures:
        used |= {timed.fact for timed in seed.value.expected}
        used |= {timed.fact for timed in seed.value.deadlines}
    for fact, seed, path in all_facts(seeds):
        if fact.id not in used:
            yield seed.problem(path, f"数字“{fact.id}”没有一处用到；不用的请删掉")


def _limit_problems(seeds: Seeds) -> Iterator[Problem]:
    for seed, path, value in cited(seeds):
        for name, (least, most) in _LIMITS.items():
            given = getattr(value, name, None)
            if given is not None and not least <= given <= most:
                yield seed.problem((*path, name), f"{name} 要在 {least} 到 {most} 之间")


def _prose_problems(seeds: Seeds) -> Iterator[Problem]:
    """Figures belong into facts, so that none is told without place, date and source."""
    for seed, path, span in spans(seeds):
        quoted = span.kind in (SpanKind.LABEL, SpanKind.FIGURE)
        if not quoted and _DIGIT.search(span.text):
            yield seed.problem(path, f"“{span.text}”里的数字要写进 facts，再用 {{编号}} 引用")


def _title_problems(seeds: Seeds) -> Iterator[Problem]:
    for seed, path, value in cited(seeds):
        for name in _WITHOUT_FIGURES.get(type(value), ()):
            for text in _texts(getattr(value, name)):
                if _DIGIT.search(text):
                    yield seed.problem((*path, name), f"“{text}”里不能写数字，数字写进正文")


def _texts(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)
