"""What must hold of the sentence a page answers with, and of the line a doubt shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yibao_desktop.content.loader import Seeds
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import Term
from yibao_desktop.domain.guide.text import RichText

MAX_ANSWER = 60
"""Characters an answer has at most, figures filled in: two lines of a result."""

_SENTENCE = re.compile(r"[^。！？]+。")
_BREAKS_OFF = re.compile("就断了|没有写到")
_SAYS_NOTHING = re.compile("资料|这处|下面|看情况|不一定|一样一样")
"""How a text begins that talks about itself instead of answering."""


MAX_SHORT = 40
"""Characters the one line of a doubt has at most."""


def answer_problems(seeds: Seeds) -> Iterator[Problem]:
    """Answers that are no single sentence, are too long or begin with something else."""
    facts = {fact.id: fact for fact, _, _ in all_facts(seeds)}
    for seed in seeds.pages():
        if not isinstance(seed.value, Term):
            for message in _faults(shown_text(seed.value.answer, facts)):
                yield seed.problem(("answer",), message)


def cut_off_problems(seeds: Seeds) -> Iterator[Problem]:
    """Answers that say twice that their passage breaks off: in the text, and below all of it."""
    for seed in seeds.answers:
        if seed.value.cut_off and _BREAKS_OFF.search(seed.value.text.plain):
            message = "正文里已经说了哪里没有写完，cut_off 写 false"
            yield seed.problem(("cut_off",), message)


def doubt_line_problems(seeds: Seeds) -> Iterator[Problem]:
    """Doubts whose one line is no single sentence, or longer than a line."""
    facts = {fact.id: fact for fact, _, _ in all_facts(seeds)}
    for seed in seeds.doubts:
        short = shown_text(seed.value.short, facts)
        if not _SENTENCE.fullmatch(short):
            yield seed.problem(("short",), "short 要写成一句话，只在最后用一个句号")
        if len(short) > MAX_SHORT:
            yield seed.problem(
                ("short",), f"short 有 {len(short)} 个字，最多 {MAX_SHORT} 个；别的写在 text 里"
            )


def frequent_problems(seeds: Seeds) -> Iterator[Problem]:
    """Frequent questions of nothing that answers in a sentence, and such as are asked twice."""
    answering = {p.value.id for p in seeds.pages() if not isinstance(p.value, Term)}
    given: set[str] = set()
    for seed in seeds.frequent:
        if seed.value.item not in answering:
            message = f"“{seed.value.item}”不是有一句话回答的页：问答、文章、办事的编号"
            yield seed.problem(("item",), message)
        for name in ("question", "item"):
            value = getattr(seed.value, name)
            if value in given:
                yield seed.problem((name,), f"“{value}”写了不止一次")
            given.add(value)


def shown_text(text: RichText, facts: Mapping[str, Fact]) -> str:
    """The line as a reader sees it; a figure that is in no fact stays empty."""
    return "".join(facts[s.target].text if s.target in facts else s.text for s in text.spans)


def _faults(answer: str) -> Iterator[str]:
    if not _SENTENCE.fullmatch(answer):
        yield "answer 要写成一句话，只在最后用一个句号"
    if len(answer) > MAX_ANSWER:
        yield f"answer 有 {len(answer)} 个字，最多 {MAX_ANSWER} 个；别的写在正文里"
    if begins := _SAYS_NOTHING.match(answer):
        yield f"answer 要直接回答，不要以“{begins[0]}”开头"
