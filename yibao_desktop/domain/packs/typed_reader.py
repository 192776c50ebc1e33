"""Reads the fields of a draft; every figure becomes a fact that rests on the official text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import NO_TEXT, Body, RichText
from yibao_desktop.domain.packs.draft import Draft, Edit, EditKind
from yibao_desktop.domain.packs.typed_text import read_body, read_line, read_quantity
from yibao_desktop.domain.procedure.model import Statement

FieldKey = tuple[EditKind, str, str]
"""Kind and target of a part, and the key of one of its fields; no key for the whole part."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong at a field, a Chinese sentence in the words of the form."""

    field: FieldKey
    message: str


class TypedReader:
    """Reads what one draft says.

    Attributes:
        faults: what cannot be understood; what is wrong with the whole is checked elsewhere.
        fields: which field each new fact was typed in, by the fact's id.
        new_facts: every figure that no known fact tells, in order.
    """

    def __init__(self, draft: Draft, known: Callable[[], Iterable[Fact]]) -> None:
        """``known`` are the facts of the page, to which a line refers that says the same."""
        self.draft = draft
        self._known = known
        self._field: FieldKey
        self.faults: list[FieldFault] = []
        self.fields: dict[str, FieldKey] = {}
        self.new_facts: list[Fact] = []

    @property
    def sources(self) -> tuple[str, ...]:
        """What everything in the draft rests on."""
        return (self.draft.source_key,)

    def fault(self, edit: Edit, key: str, message: str) -> None:
        """Tell what is wrong at a field."""
        self.faults.append(FieldFault((edit.kind, edit.target, key), message))

    # -- figures --------------------------------------------------------------------------------

    def sourced(self, told: Fact, field: FieldKey) -> Fact:
        """A figure as one of the official text; where that does not have it, that is a fault."""
        for figure in told.figures:
            if figure not in self.draft.figures:
                message = f"官方原文里没有“{figure}”；请把写着它的那一句贴到上面，或者改这里"
                self.faults.append(FieldFault(field, message))
        return replace(told, sources=self.sources, region=self.draft.region or None)

    def _new_fact(self, told: Fact) -> str:
        """Id of a figure typed in the field that is being read."""
        known = next((f.id for f in self.new_facts if f.text == told.text), None)
        if known is not None:
            return known
        fact_id = f"{self.draft.prefix}figure-{len(self.new_facts) + 1}"
        label = f"{self.draft.place or '当地'}的数字：{told.text}"
        self.new_facts.append(replace(self.sourced(told, self._field), id=fact_id, label=label))
        self.fields[fact_id] = self._field
        return fact_id

    def duration(self, edit: Edit, key: str) -> str:
        """Id of the time a field says and nothing else; empty where it says nothing."""
        typed = edit.texts.get(key, "").strip()
        told = read_quantity(typed) if typed else None
        if typed and (told is None or told.kind != "duration"):
            self.fault(edit, key, "这里只写一个时间，例如 15 个工作日")
            return ""
        self._field = (edit.kind, edit.target, key)
        return self._new_fact(told) if told else ""

    # -- texts ----------------------------------------------------------------------------------

    def line(self, typed: str, edit: Edit, key: str) -> RichText:
        """One line typed in a field."""
        self._field = (edit.kind, edit.target, key)
        said = "".join(part.strip() for part in typed.splitlines())
        return read_line(said, self._known(), self._new_fact)

    def text(self, edit: Edit, key: str) -> RichText:
        """What a field says that may be empty; its lines are one."""
        typed = " ".join("".join(edit.texts.get(key, "").splitlines()).split())
        return self.line(typed, edit, key) if typed else NO_TEXT

    def needed(self, edit: Edit, key: str, name: str) -> RichText:
        """What a field says that must say something."""
        text = self.text(edit, key)
        if not text:
            self.fault(edit, key, f"{name}不能空着")
        return text

    def lines(self, edit: Edit, key: str) -> tuple[RichText, ...]:
        """Every line of a field."""
        typed = edit.texts.get(key, "").splitlines()
        return tuple(self.line(said, edit, key) for said in typed if said.strip())

    def body(self, edit: Edit, key: str, name: str) -> Body:
        """The paragraphs and lists of a field that must say something."""
        body = read_body(edit.texts.get(key, ""), lambda said: self.line(said, edit, key))
        if not body:
            self.fault(edit, key, f"{name}不能空着")
        return body

    def statement(self, edit: Edit, key: str) -> Statement | None:
        """A fee or a time; None where the field is empty."""
        text = self.text(edit, key)
        return Statement(text, self.sources) if text else None

    def title(self, edit: Edit, key: str, name: str) -> str:
        """Words without figures that must be there."""
        typed = " ".join(edit.texts.get(key, "").split())
        if not typed:
            self.fault(edit, key, f"{name}不能空着")
        return typed

    def choice(self, edit: Edit, key: str, message: str) -> str:
        """What was chosen; the message where nothing was."""
        chosen = edit.texts.get(key, "")
        if not chosen:
            self.fault(edit, key, message)
        return chosen
