"""What a page of one's own begins with: the words of a page that is there, or of a document.

Figures come along as words: they have to be found in the official text the new page rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yibao_desktop.domain.guide.items import Article
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.packs.draft import HEAD, NEW_PART, CardKind, DraftKind, Edit, EditKind
from yibao_desktop.domain.packs.form_fields import OPTION
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.procedure.conditions import Condition, Is
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import CHANNEL, Procedure, Statement

_SHORTEST_TITLE = 2
_LONGEST_TITLE = 24
_DONE = "办好了"


class _Cards:
    """Numbers the parts of a page as they are added."""

    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self.targets: dict[str, str] = {}

    def add(self, kind: EditKind, texts: Mapping[str, str], known: str = "") -> str:
        target = f"{NEW_PART}{len(self.edits) + 1}"
        said = {key: text for key, text in texts.items() if text}
        self.edits.append(Edit(kind, target, said))
        if known:
            self.targets[known] = target
        return target

    def change(self, target: str, texts: Mapping[str, str]) -> None:
        at = next(n for n, edit in enumerate(self.edits) if edit.target == target)
        edit = self.edits[at]
        self.edits[at] = Edit(edit.kind, target, {**edit.texts, **texts})


def begun_from_page(kind: DraftKind, page: Page) -> tuple[Edit, ...]:
    """The forms filled with what a page says.

    Args:
        kind: what is being made; the page need not be of that kind.
        page: with its figures filled in.
    """
    head = {
        "title": page.title,
        "answer": _line(getattr(page, "answer", RichText())),
        "topic": page.topic,
        "related": page.id,
    }
    match kind, page:
        case DraftKind.PROCEDURE, Procedure():
            head["result"] = page.result_name
            return (Edit(CardKind.HEAD, HEAD, head), *_procedure_cards(page))
        case _:
            parts = list(_texts_of(page))
            return (Edit(CardKind.HEAD, HEAD, head | _text(kind, parts)), *_cards_of(kind, parts))


def begun_from_document(kind: DraftKind, document: Article) -> tuple[Edit, ...]:
    """The forms filled with what a document of the user's own says."""
    parts = list(_texts_of(document))
    head = {"title": document.title} | _text(kind, parts)
    return (Edit(CardKind.HEAD, HEAD, head), *_cards_of(kind, parts))


def _texts_of(page: Page) -> Iterator[tuple[str, str]]:
    """Heading and text of each part of a page; what has no heading says the page itself."""
    match page:
        case Article():
            for section in page.sections:
                yield section.title, section.body.plain
        case Procedure():
            for placed in placed_steps(page.flow):
                yield placed.step.title, "\n".join(_line(x.text) for x in placed.step.lines)
        case _:
            yield "", page.text.plain


def _text(kind: DraftKind, parts: list[tuple[str, str]]) -> dict[str, str]:
    if kind is not DraftKind.ANSWER:
        return {}
    return {"text": "\n".join(part for told in parts for part in told if part)}


def _cards_of(kind: DraftKind, parts: list[tuple[str, str]]) -> tuple[Edit, ...]:
    cards = _Cards()
    if kind is DraftKind.ARTICLE:
        for title, text in parts:
            cards.add(CardKind.SECTION, {"title": title, "text": text})
    elif kind is DraftKind.PROCEDURE:
        headed = [part for part in parts if part[0]]
        lines = [line for _, text in parts for line in text.splitlines() if line.strip()]
        for title, text in headed if len(headed) > 1 else map(_as_step, lines):
            cards.add(PartKind.STEP, {"title": title, "do": text})
        cards.add(PartKind.OUTCOME, {"title": _DONE})
    return tuple(cards.edits)


def _as_step(line: str) -> tuple[str, str]:
    """A line with what it begins with as its title, where that is short enough."""
    said = line.lstrip("·•- 0123456789.、").strip()
    first = said.partition("，")[0].partition("。")[0]
    is_title = _SHORTEST_TITLE <= len(first) <= _LONGEST_TITLE
    return (first if is_title and not _has_digit(first) else ""), said or line


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _procedure_cards(page: Procedure) -> tuple[Edit, ...]:
    """Questions, channels, papers, steps and outcomes; groups and longer conditions stay out."""
    cards = _Cards()
    steps = [placed.step for placed in placed_steps(page.flow)]
    for question in page.questions:
        if question.kind == "one" and question.id != CHANNEL:
            texts = {"text": question.text, "why": _line(question.why)}
            texts["how_to_find_out"] = _line(question.how_to_find_out)
            texts |= {f"{OPTION}{n}": o.label for n, o in enumerate(question.options, 1)}
            cards.add(PartKind.QUESTION, texts, question.id)
    for channel in page.channels:
        texts = {"name": channel.name, "kind": channel.kind, "summary": _line(channel.summary)}
        cards.add(PartKind.CHANNEL, texts | _costs(channel.fee, channel.time), channel.id)
    papers = {
        material.id: cards.add(
            PartKind.MATERIAL,
            {
                "name": material.name,
                "spec": _line(material.spec),
                "why": _line(material.why),
                "how_to_get": _line(material.how_to_get),
                "when": _when(material.when, page, cards),
            },
        )
        for material in page.materials
    }
    brought: dict[str, list[str]] = {}
    for placed in placed_steps(page.flow):
        step = placed.step
        texts = {"title": step.title, "kind": step.kind, "done_when": _line(step.done_when)}
        for kind in ("do", "caution", "note"):
            texts[kind] = "\n".join(_line(x.text) for x in step.lines if x.kind == kind)
        texts["when"] = _when(placed.guard, page, cards)
        target = cards.add(PartKind.STEP, texts | _costs(step.fee, step.time), step.id)
        for material in step.materials:
            brought.setdefault(papers[material], []).append(target)
    for paper, targets in brought.items():
        cards.change(paper, {"step": " ".join(targets)})
    for outcome in page.outcomes if steps else ():
        texts = {"title": outcome.title, "kind": outcome.kind, "text": _line(outcome.text)}
        cards.add(PartKind.OUTCOME, texts | {"when": _when(outcome.when, page, cards)})
    return tuple(cards.edits)


def _costs(fee: Statement | None, time: Statement | None) -> dict[str, str]:
    return {name: _line(said.text) for name, said in (("fee", fee), ("time", time)) if said}


def _when(condition: Condition | None, page: Procedure, cards: _Cards) -> str:
    """只有回答〔…〕是〔…〕 as the form has it; empty for any other condition."""
    if not isinstance(condition, Is):
        return ""
    if condition.question == CHANNEL:
        return f"{CHANNEL}={cards.targets[condition.option]}"
    target = cards.targets.get(condition.question)
    asked = next((q for q in page.questions if q.id == condition.question), None)
    if target is None or asked is None:
        return ""
    number = [option.id for option in asked.options].index(condition.option) + 1
    return f"{target}={OPTION}{number}"


def _line(text: RichText) -> str:
    return text.plain
