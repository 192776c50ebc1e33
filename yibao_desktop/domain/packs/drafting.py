"""What a draft comes to: the changes of an overlay, and the page with all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import NO_TEXT, RichText
from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.overlay import Change, PartKind
from yibao_desktop.domain.packs.part_form import new_material_form, part_forms, part_of
from yibao_desktop.domain.packs.typed_text import read_line, read_quantity
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.model import Line, Material, Procedure, Statement, Step

T = TypeVar("T", Fact, Material, Step)

FieldKey = tuple[PartKind, str, str]
"""Kind and target of a part, and the key of one of its fields; no key for the whole part."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong at a field, a Chinese sentence in the words of the form."""

    field: FieldKey
    message: str


class Drafting:
    """Works out the changes of one draft.

    Attributes:
        changes: in the order they were made, figures first.
        faults: what cannot be understood; what is wrong with the whole is checked elsewhere.
        fields: which field each new fact was typed in, by the fact's id.
        ids: which id each added part got, by its target.
    """

    def __init__(self, draft: Draft, page: Procedure, facts: Mapping[str, Fact]) -> None:
        """Work on a page as the seeds have it; ``facts`` are those of the whole guide, by id."""
        self._draft = draft
        self._page = page
        self._facts = dict(facts)
        self._new_facts: dict[str, Fact] = {}
        self._field: FieldKey = (PartKind.FACT, "", "")
        self._parts: list[Change] = []
        self.faults: list[FieldFault] = []
        self.fields: dict[str, FieldKey] = {}
        self.ids: dict[str, str] = {}
        self._forms = {(f.kind, f.target): f for f in part_forms(page, self._facts)}
        facts_first = sorted(draft.edits, key=lambda edit: edit.kind is not PartKind.FACT)
        for edit in facts_first:
            self._take(edit)
        self._carry_numbers()
        added = [Change(PartKind.FACT, f.id, to=f) for f in self._new_facts.values()]
        self.changes = (*added, *self._parts)

    def _take(self, edit: Edit) -> None:
        was = None if edit.adds else part_of(self._page, edit.kind, edit.target)
        if was is None and not edit.adds:
            self._fault(edit, "", "指南里已经没有这一处了，请去掉这条改动")
            return
        if edit.gone:
            self._parts.append(Change(edit.kind, edit.target, was=was))
            return
        match was:
            case Fact():
                self._changed(was, self._fact(was, edit))
            case Material():
                self._changed(was, self._material(was, edit))
            case Step():
                self._changed(was, self._step(was, edit))
            case None:
                self._add_material(edit)

    def _changed(self, was: T, to: T) -> None:
        kind = {Fact: PartKind.FACT, Material: PartKind.MATERIAL, Step: PartKind.STEP}[type(was)]
        key = self._draft.source_key
        sourced: Any = replace(to, sources=tuple(dict.fromkeys((*to.sources, key))))
        if to != was:
            self._parts.append(Change(kind, was.id, was, sourced))

    def _fault(self, edit: Edit, key: str, message: str) -> None:
        self.faults.append(FieldFault((edit.kind, edit.target, key), message))

    # -- figures --------------------------------------------------------------------------------

    def _fact(self, was: Fact, edit: Edit) -> Fact:
        typed = edit.texts.get("text", was.text)
        if typed == was.text:
            return was
        told = read_quantity(typed)
        if told is None:
            self._fault(edit, "text", "这里只写一个数字和它的单位，例如 15 个工作日")
            return was
        for figure in told.figures:
            self._refuse_unsourced(figure, (edit.kind, edit.target, "text"))
        new = replace(
            told,
            id=was.id,
            label=was.label,
            kind=was.kind,
            sources=(self._draft.source_key,),
            region=self._draft.region or None,
        )
        self._facts[was.id] = new
        return new

    def _refuse_unsourced(self, figure: str, field: FieldKey) -> None:
        if figure not in self._draft.figures:
            message = f"官方原文里没有“{figure}”；请把写着它的那一句贴到上面，或者改这里"
            self.faults.append(FieldFault(field, message))

    def _new_fact(self, told: Fact) -> str:
        """Id of a figure typed in the field that is being read."""
        same = (f.id for f in self._new_facts.values() if f.text == told.text)
        known = next(same, None)
        if known is not None:
            return known
        for figure in told.figures:
            self._refuse_unsourced(figure, self._field)
        fact_id = f"{self._draft.prefix}figure-{len(self._new_facts) + 1}"
        self._new_facts[fact_id] = replace(
            told,
            id=fact_id,
            label=f"{self._draft.place or '当地'}的数字：{told.text}",
            sources=(self._draft.source_key,),
            region=self._draft.region or None,
        )
        self.fields[fact_id] = self._field
        return fact_id

    def _read(self, typed: str, edit: Edit, key: str) -> RichText:
        self._field = (edit.kind, edit.target, key)
        own = [self._facts[fact.id] for fact in self._page.facts]
        return read_line(typed.strip(), own, self._new_fact)

    # -- texts ----------------------------------------------------------------------------------

    def _text(self, was: RichText, edit: Edit, key: str) -> RichText:
        """What a field says now; where nobody wrote in it, exactly what it said."""
        form = self._forms.get((edit.kind, edit.target))
        before = next((f.text for f in form.fields if f.key == key), "") if form else ""
        typed = edit.texts.get(key, before)
        if typed.strip() == before.strip():
            return was
        return self._read(typed, edit, key) if typed.strip() else NO_TEXT

    def _title(self, was: str, edit: Edit, key: str, name: str) -> str:
        typed = edit.texts.get(key, was).strip()
        if not typed:
            self._fault(edit, key, f"{name}不能空着")
        return typed or was

    def _statement(self, was: Statement | None, edit: Edit, key: str) -> Statement | None:
        before = was.text if was else NO_TEXT
        now = self._text(before, edit, key)
        if now == before:
            return was
        return Statement(now, (self._draft.source_key,)) if now else None

    def _material(self, was: Material, edit: Edit) -> Material:
        return replace(
            was,
            name=self._title(was.name, edit, "name", "材料的名字"),
            spec=self._text(was.spec, edit, "spec"),
            why=self._text(was.why, edit, "why"),
            how_to_get=self._text(was.how_to_get, edit, "how_to_get"),
        )

    def _step(self, was: Step, edit: Edit) -> Step:
        kept: list[Line] = []
        for index, line in enumerate(was.lines):
            text = self._text(line.text, edit, f"line-{index}")
            if text:
                kept.append(replace(line, text=text))
        more = edit.texts.get("more", "").splitlines()
        kept += [Line("do", self._read(said, edit, "more")) for said in more if said.strip()]
        if not kept:
            self._fault(edit, "", "这一步至少要留一句做什么")
        return replace(
            was,
            title=self._title(was.title, edit, "title", "这一步的名字"),
            lines=tuple(kept),
            fee=self._statement(was.fee, edit, "fee"),
            time=self._statement(was.time, edit, "time"),
            done_when=self._text(was.done_when, edit, "done_when"),
        )

    def _add_material(self, edit: Edit) -> None:
        form = new_material_form(self._page, edit.target)
        typed = {f.key: edit.texts.get(f.key, "") for f in form.fields}
        step = typed["step"]
        if not step:
            self._fault(edit, "step", "选一下办哪一步时要带")
        question, _, option = typed["when"].partition("=")
        material_id = f"{self._draft.prefix}paper-{edit.target.removeprefix('new-')}"
        self.ids[edit.target] = material_id
        material = Material(
            id=material_id,
            name=self._title("", edit, "name", "材料的名字") or form.name,
            sources=(self._draft.source_key,),
            spec=self._text(NO_TEXT, edit, "spec"),
            why=self._text(NO_TEXT, edit, "why"),
            how_to_get=self._text(NO_TEXT, edit, "how_to_get"),
            when=Is(question, option) if option else None,
        )
        self._parts.append(
            Change(PartKind.MATERIAL, material_id, to=material, steps=(step,) if step else ())
        )

    def _carry_numbers(self) -> None:
        """A telephone number that changed is another one wherever it may be copied."""
        numbers = {
            change.was.text: change.to.text
            for change in self._parts
            if isinstance(change.was, Fact) and isinstance(change.to, Fact)
        }
        changed = {c.target: n for n, c in enumerate(self._parts) if c.kind is PartKind.STEP}
        for form in self._forms.values():
            if form.kind is not PartKind.STEP:
                continue
            at = changed.get(form.target)
            was = part_of(self._page, PartKind.STEP, form.target)
            step = was if at is None else self._parts[at].to
            assert isinstance(step, Step)
            copied = tuple(numbers.get(text, text) for text in step.copy_text)
            if copied != step.copy_text:
                change = Change(PartKind.STEP, form.target, was, replace(step, copy_text=copied))
                if at is None:
                    self._parts.append(change)
                else:
                    self._parts[at] = change
