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
    """Doubts whose one line is no single sentence, too long, or all there is to read."""
    facts = {fact.id: fact for fact, _, _ in all_facts(seeds)}
    for seed in seeds.doubts:
        doubt = seed.value
        short = shown_text(doubt.short, facts)
        if not (doubt.text or doubt.claims or doubt.further_advice):
            yield seed.problem(
                ("short",), "short 后面没有别的可看；请写 text、claims 或别的 advice"
            )
        if not _SENTENCE.fullmatch(short):
            yield seed.problem(("short",), "short 要写成一句话，只在最后用一个句号")
        if len(short) > MAX_SHORT:
            yield seed.problem(
                ("short",), f"short 有 {len(short)} 个字，最多 {MAX_SHORT} 个；别的写在 text 里"
            )


def frequent_problems(seeds: Seeds) -> Iterator[Problem]:
    """Frequent questions of no page that answers, of a place they do not name, or asked twice."""
    answering = {p.value.id: p.value for p in seeds.pages() if not isinstance(p.value, Term)}
    places = {seed.value.code: seed.value.short_names for seed in seeds.regions}
    given: set[str] = set()
    for seed in seeds.frequent:
        page = answering.get(seed.value.item)
        names = places.get(page.region or "", ()) if page else ()
        if names and not any(name in seed.value.question for name in names):
            yield seed.problem(("question",), "这一页只说一个地方，问句里要写明是哪里")
        if page is None:
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
