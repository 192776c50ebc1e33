"""Where sound content leaves a reader without an answer, or buries it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yibao_desktop.content.answer_checks import shown_text
from yibao_desktop.content.loader import Seed, Seeds
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.walk import all_facts, spans, walk
from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import Answer, Article, Term
from yibao_desktop.domain.guide.text import RichText, SpanKind

_SAID_TWICE = re.compile("(?:一般|通常|大概|大约|约)要?$")
"""Words before a figure that says itself that it is only about so much."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A place that is right and still no help.

    Attributes:
        kind: which sort, one of ``KINDS``.
        problem: where it is, and what to do.
    """

    kind: str
    problem: Problem


KINDS = ("doubts_longer", "figures_only_in_doubts", "dead_ends", "figures_said_twice")
"""Doubts longer than the text, figures told in doubts alone, pages that lead nowhere, and words
before a figure that says the same."""


def weaknesses(seeds: Seeds) -> Iterator[Weakness]:
    """Everything of every kind."""
    yield from _doubts_longer(seeds)
    yield from _figures_only_in_doubts(seeds)
    yield from _dead_ends(seeds)
    yield from _figures_said_twice(seeds)


def _doubts_longer(seeds: Seeds) -> Iterator[Weakness]:
    facts = {fact.id: fact for fact, _, _ in all_facts(seeds)}
    for page in seeds.pages():
        lines = [d.value.short for d in seeds.doubts if _stands_on(page.value.id, d.value)]
        texts = (t for _, t in walk(page.value) if isinstance(t, RichText))
        if _length(lines, facts) > _length(texts, facts):
            message = "存疑的几行比正文还长；正文要先把能说的说清楚"
            yield Weakness("doubts_longer", page.problem(("id",), message))


def _length(texts: Iterable[RichText], facts: Mapping[str, Fact]) -> int:
    return sum(len(shown_text(text, facts)) for text in texts)


def _stands_on(page: str, doubt: Doubt) -> bool:
    return doubt.kind != "withheld" and page in doubt.about


def _figures_only_in_doubts(seeds: Seeds) -> Iterator[Weakness]:
    told, doubted = set[str](), set[str]()
    for seed, _, span in spans(seeds):
        if span.kind is SpanKind.FIGURE:
            (doubted if isinstance(seed.value, Doubt) else told).add(span.target)
    for procedure in seeds.procedures:
        told |= {timed.fact for timed in procedure.value.expected}
        told |= {timed.fact for timed in procedure.value.deadlines}
    facts = list(all_facts(seeds))
    shown = {(key, f) for fact, *_ in facts if fact.id in told for key, f in _stated(fact)}
    for fact, page, path in facts:
        if fact.id in doubted - told and not shown.issuperset(_stated(fact)):
            message = f"数字“{fact.id}”只写在存疑里，正文里也要写"
            yield Weakness("figures_only_in_doubts", page.problem(path, message))


def _stated(fact: Fact) -> set[tuple[str, str]]:
    """Each of its figures with the passages that state it."""
    return {(key, figure) for key in fact.sources for figure in fact.figures}


def _dead_ends(seeds: Seeds) -> Iterator[Weakness]:
    pages: list[Seed[Article] | Seed[Answer]] = [*seeds.articles, *seeds.answers]
    for page in pages:
        links = (s for _, t in walk(page.value) if isinstance(t, RichText) for s in t.spans)
        if not page.value.related and not any(s.kind is SpanKind.LINK for s in links):
            message = "这一页没有通到别处；请写 related，或者在正文里写链接"
            yield Weakness("dead_ends", page.problem(("id",), message))


def _figures_said_twice(seeds: Seeds) -> Iterator[Weakness]:
    approximate = {fact.id for fact, _, _ in all_facts(seeds) if fact.approx}
    for seed in (*seeds.pages(), *seeds.doubts):
        for path, text in walk(seed.value):
            for word in _words_before(text, approximate):
                message = f"数字自己会说“大约”，前面不用再写“{word}”"
                yield Weakness("figures_said_twice", seed.problem(path, message))


def _words_before(text: Any, approximate: set[str]) -> Iterator[str]:
    if isinstance(text, RichText):
        for before, span in zip(text.spans, text.spans[1:], strict=False):
            said = _SAID_TWICE.search(before.text)
            if span.kind is SpanKind.FIGURE and span.target in approximate and said:
                yield said[0]


def counted(seeds: Seeds) -> dict[str, int]:
    """How many there are of each kind, and how many pages begin with their answer."""
    found = [weakness.kind for weakness in weaknesses(seeds)]
    pages = (page.value for page in seeds.pages() if not isinstance(page.value, Term))
    first = sum(bool(page.answer) for page in pages)
    return {"answers_first": first} | {kind: found.count(kind) for kind in KINDS}
