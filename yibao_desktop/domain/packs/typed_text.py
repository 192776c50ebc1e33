"""A line as it is typed in a form: shown without markup, read back with its figures as facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from yibao_desktop.domain.guide.facts import Fact, FactKind
from yibao_desktop.domain.guide.text import (
    CALLOUT_NAMES,
    Block,
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Span,
    SpanKind,
)

_UNITS: dict[str, FactKind] = {
    "个工作日": "duration",
    "工作日": "duration",
    "个月": "duration",
    "小时": "duration",
    "分钟": "duration",
    "天": "duration",
    "日": "duration",
    "年": "duration",
    "周": "duration",
    "万元": "money",
    "元": "money",
    "%": "ratio",
    "岁": "age",
    "份": "count",
    "张": "count",
    "次": "count",
    "寸": "count",
}
_NUMBER = r"\d+(?:\.\d+)?"
_QUANTITY = re.compile(
    r"(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
    r"|(?P<phone>0\d{2,3}-\d{7,8}|(?<!\d)\d{5,}(?!\d|\s*元))"
    rf"|(?P<approx>大约\s*|约\s*)?(?P<low>{_NUMBER})(?:\s*[–—~～-]\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?P<unit>{'|'.join(map(re.escape, _UNITS))}))?"
)
_LABEL = re.compile(r" *「([^「」]*[^「」\s][^「」]*)」 *")
"""With the spaces around it, which the brackets make superfluous: a reader drops them, too."""

_BULLET = re.compile(r"[-·•]\s*")
_NUMBER_MARK = re.compile(r"(\d{1,2})\s*[.、．)）]\s*(?!\d)")
_CALLOUT = re.compile("(注意|说明)：")

NewFact = Callable[[Fact], str]
"""Takes a fact without an id and tells the id it gets."""


def read_quantity(typed: str) -> Fact | None:
    """The fact that a field says which holds a figure with its unit and nothing else."""
    found = _QUANTITY.fullmatch(typed.strip())
    return _fact(found) if found else None


def _fact(found: re.Match[str]) -> Fact:
    whole = found["date"] or found["phone"]
    if whole:
        kind: FactKind = "date" if found["date"] else "phone"
        return Fact("", "", kind, (), value=whole)
    unit, low, high = found["unit"] or "", found["low"], found["high"]
    return Fact(
        "",
        "",
        _UNITS.get(unit, "count"),
        (),
        value=low if high is None else None,
        low=None if high is None else low,
        high=high,
        unit=unit,
        approx=found["approx"] is not None,
    )


def read_line(typed: str, facts: Iterable[Fact], new_fact: NewFact) -> RichText:
    """A line with labels and figures set apart.

    Args:
        typed: what stands in corner brackets is a label, and its figures are quoted.
        facts: where the line has the text of one of them, it refers to that.
        new_fact: asked for every other figure.
    """
    texts = {fact.text: fact.id for fact in facts}
    spans: list[Span] = []
    position = 0
    for label in _LABEL.finditer(typed):
        spans += _with_known(typed[position : label.start()], texts, new_fact)
        spans.append(Span(SpanKind.LABEL, label[1]))
        position = label.end()
    spans += _with_known(typed[position:], texts, new_fact)
    return RichText(tuple(spans))


def _with_known(typed: str, texts: dict[str, str], new_fact: NewFact) -> Iterator[Span]:
    longest = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
    position = 0
    for found in re.finditer(rf"(?<!\d)(?:{longest})(?!\d)", typed) if longest else ():
        yield from _with_new(typed[position : found.start()], new_fact)
        yield Span(SpanKind.FIGURE, "", texts[found[0]])
        position = found.end()
    yield from _with_new(typed[position:], new_fact)


def _with_new(typed: str, new_fact: NewFact) -> Iterator[Span]:
    position = 0
    for found in _QUANTITY.finditer(typed):
        if found.start() > position:
            yield Span(SpanKind.TEXT, typed[position : found.start()])
        yield Span(SpanKind.FIGURE, "", new_fact(_fact(found)))
        position = found.end()
    if position < len(typed):
        yield Span(SpanKind.TEXT, typed[position:])


def read_body(typed: str, line: Callable[[str], RichText]) -> Body:
    """A text of several lines: paragraphs, lists by their signs, 注意： and 说明：.

    Args:
        typed: as it stands in a field; blank lines say nothing.
        line: reads one line of it.
    """
    lines = [stripped for raw in typed.splitlines() if (stripped := raw.strip())]
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        items, ordered = _listed(lines[position:])
        if items:
            blocks.append(ListBlock(tuple(map(line, items)), ordered))
            position += len(items)
        else:
            blocks.append(_block(lines[position], line))
            position += 1
    return Body(tuple(blocks))


def _block(typed: str, line: Callable[[str], RichText]) -> Block:
    tones = {name: tone for tone, name in CALLOUT_NAMES.items()}
    told = _CALLOUT.match(typed)
    if told and typed[told.end() :].strip():
        return Callout(line(typed[told.end() :].strip()), tones[told[1]])
    return Paragraph(line(typed))


def _listed(lines: list[str]) -> tuple[list[str], bool]:
    """The items of a list that begins here, and whether it is numbered; none where none does."""
    items: list[str] = []
    for said in lines:
        found = _BULLET.match(said)
        if not found or found.end() == len(said):
            break
        items.append(said[found.end() :])
    if items:
        return items, False
    for number, said in enumerate(lines, 1):
        found = _NUMBER_MARK.match(said)
        if not found or int(found[1]) != number or found.end() == len(said):
            break
        items.append(said[found.end() :])
    return items, True


def shown_line(text: RichText, figure: Callable[[str], str]) -> str:
    """A line as its field shows it: labels in corner brackets, figures as they are read.

    ``figure`` tells the text of a fact by its id.
    """
    return "".join(
        figure(span.target)
        if span.kind is SpanKind.FIGURE
        else f"「{span.text}」"
        if span.kind is SpanKind.LABEL
        else span.text
        for span in text.spans
    )
