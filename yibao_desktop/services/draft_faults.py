"""What is wrong with a draft, field by field, in the words of its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.packs.draft import HEAD, CardKind, Draft, EditKind
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.typed_reader import FieldFault, FieldKey
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import (
    Channel,
    Expected,
    Line,
    Material,
    Option,
    Outcome,
    Procedure,
    Question,
    Step,
)

WHOLE: FieldKey = (PartKind.STEP, "", "")
"""Stands for the draft as a whole where a fault belongs to no field."""

ABOUT = "about"
"""Target of the fields that say who makes the pack, for where and from what."""

_ABOUT_FIELDS = ("publisher", "contact", "place", "source_title")
_REGION = re.compile(r"[0-9]{6}")
_KINDS: dict[type, EditKind] = {
    Fact: PartKind.FACT,
    Material: PartKind.MATERIAL,
    Step: PartKind.STEP,
    Channel: PartKind.CHANNEL,
    Outcome: PartKind.OUTCOME,
    Question: PartKind.QUESTION,
    Section: CardKind.SECTION,
}
_KEYS = {"value": "text", "body": "text", "ask_if": "when", "result_name": "result"}
"""Fields of parts that the form calls by another name."""


def about(key: str) -> FieldKey:
    """The place of a field that is about the whole draft."""
    return (PartKind.FACT, ABOUT, key)


def about_faults(draft: Draft) -> Iterator[FieldFault]:
    """What is not told of who makes it, for where, and from what."""
    wanted = {
        "publisher": (bool(draft.publisher.strip()), "写明是谁编的，例如：春水市医疗保障服务中心"),
        "place": (bool(draft.place.strip()), "写明给哪个地方用，例如：春水市"),
        "region": (
            bool(_REGION.fullmatch(draft.region)),
            "写六位数字的区划代码：当地身份证号码开头的六位",
        ),
        "source_title": (bool(draft.source_title.strip()), "写明官方原文叫什么"),
        "source_text": (bool(draft.source_text.strip()), "把官方原文里有关的句子贴在这里"),
    }
    for key, (is_told, message) in wanted.items():
        if not is_told:
            yield FieldFault(about(key), message)


def wording_faults(draft: Draft) -> Iterator[FieldFault]:
    """Characters and signs no reader should see."""
    from yibao_desktop.content.problems import Mistake
    from yibao_desktop.content.wording import check_wording

    typed = [(about(key), str(getattr(draft, key))) for key in _ABOUT_FIELDS]
    typed += [
        ((edit.kind, edit.target, key), text)
        for edit in draft.edits
        for key, text in edit.texts.items()
    ]
    for field, text in typed:
        try:
            for line in text.splitlines():
                check_wording(line)
        except Mistake as mistake:
            yield FieldFault(field, str(mistake))


def field_of(
    path: tuple[str | int, ...], page: Page, draft: Draft, fields: Mapping[str, FieldKey]
) -> FieldKey:
    """The field a place of the page is filled from.

    Args:
        path: names and numbers that lead to the place.
        page: with everything that was typed in it.
        draft: what was typed.
        fields: which field each new fact was typed in, by the fact's id.
    """
    owner, rest = _owner(path, page)
    if isinstance(owner, Fact) and owner.id in fields:
        return fields[owner.id]
    targets = {draft.id_of(edit.kind, edit.target): edit.target for edit in draft.edits}
    if isinstance(owner, Expected):
        return (PartKind.STEP, targets.get(owner.after, owner.after), "wait")
    made = f"{draft.prefix}{owner.id}" if isinstance(owner, Section) else getattr(owner, "id", "")
    target = targets.get(made, made)
    if owner is None or not (draft.is_overlay or made in targets):
        attribute = str(path[0]) if path else ""
        return WHOLE if draft.is_overlay else (CardKind.HEAD, HEAD, _key_named(attribute))
    return (
        _KINDS[type(owner)],
        target,
        _key(owner, rest, added=made in targets and made != target),
    )


def _owner(path: tuple[str | int, ...], page: Page) -> tuple[Any, tuple[str | int, ...]]:
    """The innermost part with a form that a place is in, and the way from there."""
    value: Any = page
    owner: Any = None
    rest = path
    for at, name in enumerate(path):
        value = value[name] if isinstance(name, int) else getattr(value, name)
        if type(value) in _KINDS or isinstance(value, Expected):
            owner, rest = value, path[at + 1 :]
    return owner, rest


def _key_named(attribute: str) -> str:
    return _KEYS.get(attribute, attribute)


def _key(owner: Any, rest: tuple[str | int, ...], *, added: bool) -> str:
    """The field of a part's form: that of its attribute, line or choice."""
    attribute = str(rest[0]) if rest else ""
    match rest:
        case ("lines", int(number), *_) if added:
            line: Line = owner.lines[number]
            return line.kind
        case ("options", int(number), *_):
            option: Option = owner.options[number]
            return option.id if added else f"label-{option.id}"
    return _key_named(attribute)


def names_of(page: Page) -> dict[str, str]:
    """What each part and each choice of a page is called, see ``form_words.in_form_words``."""
    from yibao_desktop.content.walk import walk

    names: dict[str, str] = {}
    for _, value in walk(page):
        if type(value) in _KINDS:
            names[value.id] = _called(value)
    if isinstance(page, Procedure):
        for question in all_questions(page):
            names[question.id] = question.text
            names |= {f"{question.id}={o.id}": o.label for o in question.options}
            names |= {option.id: option.label for option in question.options}
    return names


def _called(part: Any) -> str:
    told = (getattr(part, name, "") for name in ("title", "name", "label", "text"))
    return next((words for words in told if isinstance(words, str) and words), "")
