"""What a draft of an overlay comes to: its changes, each with what the guide said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import NO_TEXT, RichText
from yibao_desktop.domain.packs.apply import apply
from yibao_desktop.domain.packs.carrying import carried
from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.hanging import hanging_on
from yibao_desktop.domain.packs.new_parts import NewParts
from yibao_desktop.domain.packs.overlay import Change, Part, PartKind
from yibao_desktop.domain.packs.part_form import FIRST, WHEN, PageForms, part_of
from yibao_desktop.domain.packs.typed_reader import FieldFault, TypedReader
from yibao_desktop.domain.packs.typed_text import read_quantity
from yibao_desktop.domain.procedure.conditions import Condition
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    Channel,
    Line,
    Material,
    Outcome,
    Procedure,
    Question,
    Statement,
    Step,
)

T = TypeVar("T", Fact, Material, Step, Channel, Outcome, Question)


class Drafting:
    """Works out the changes of one draft.

    Attributes:
        changes: in an order in which each fits what those before it have left.
        faults: what cannot be understood; what is wrong with the whole is checked elsewhere.
        fields: which field each new fact was typed in, by the fact's id.
        page: as the seeds have it.
    """

    def __init__(self, draft: Draft, page: Procedure, facts: Mapping[str, Fact]) -> None:
        """Work on a page as the seeds have it; ``facts`` are those of the whole guide, by id."""
        self._draft = draft
        self.page = page
        self._facts = dict(facts)
        self._reader = TypedReader(draft, lambda: [self._facts[fact.id] for fact in page.facts])
        self._new = NewParts(self._reader)
        self._parts: list[Change] = []
        self.fields = self._reader.fields
        self.faults: list[FieldFault] = self._reader.faults
        self._forms = {(f.kind, f.target): f for f in PageForms(page, self._facts, draft).parts()}
        order = [PartKind.FACT, PartKind.QUESTION, PartKind.CHANNEL, PartKind.MATERIAL]
        for edit in sorted(draft.edits, key=lambda e: _place(e, order)):
            self._take(edit)
        self._parts = carried(page, self._parts)
        self._refuse_to_leave_hanging()
        added = [Change(PartKind.FACT, f.id, to=f) for f in self._reader.new_facts]
        self.changes = (*added, *_followed(self._parts))

    def _take(self, edit: Edit) -> None:
        assert isinstance(edit.kind, PartKind)
        if edit.adds:
            self._add(edit, edit.kind)
            return
        was = part_of(self.page, edit.kind, edit.target)
        if was is None:
            self._reader.fault(edit, "", "指南里已经没有这一处了，请去掉这条改动")
        elif edit.gone:
            self._parts.append(Change(edit.kind, edit.target, was=was))
        else:
            self._change(was, edit)

    def _change(self, was: Part, edit: Edit) -> None:
        match was:
            case Fact():
                self._changed(was, self._fact(was, edit), edit)
            case Material():
                self._changed(was, self._material(was, edit), edit)
            case Step():
                self._changed(was, self._step(was, edit), edit)
            case Channel():
                self._changed(was, self._channel(was, edit), edit)
            case Outcome():
                self._changed(was, self._outcome(was, edit), edit)
            case Question():
                self._changed(was, self._question(was, edit), edit)

    def _changed(self, was: T, to: T, edit: Edit) -> None:
        assert isinstance(edit.kind, PartKind)
        after = self._after(edit)
        if to == was and not after:
            return
        if edit.kind is not PartKind.QUESTION and to != was:  # a question rests on nothing
            to = self._sourced(to)
        self._parts.append(Change(edit.kind, was.id, was, to, after=after))

    def _sourced(self, part: T) -> T:
        """The part, resting on the official text, too."""
        sources: tuple[str, ...] = getattr(part, "sources", ())
        changes: Any = {"sources": tuple(dict.fromkeys((*sources, self._draft.source_key)))}
        return replace(part, **changes)

    def _after(self, edit: Edit) -> str:
        """Id of what a step comes after from now on; empty where it stays."""
        chosen = edit.texts.get("after", "") if edit.kind is PartKind.STEP else ""
        return self.page.flow.id if chosen == FIRST else self._draft.id_of(PartKind.STEP, chosen)

    def _fact(self, was: Fact, edit: Edit) -> Fact:
        typed = edit.texts.get("text", was.text)
        if typed == was.text:
            return was
        told = read_quantity(typed)
        if told is None:
            self._reader.fault(edit, "text", "这里只写一个数字和它的单位，例如 15 个工作日")
            return was
        told = self._reader.sourced(told, (edit.kind, edit.target, "text"))
        new = replace(told, id=was.id, label=was.label, kind=was.kind)
        self._facts[was.id] = new
        return new

    # -- texts ----------------------------------------------------------------------------------

    def _text(self, was: RichText, edit: Edit, key: str) -> RichText:
        """What a field says now; where nobody wrote in it, exactly what it said."""
        form = self._forms.get((edit.kind, edit.target))
        before = next((f.text for f in form.fields if f.key == key), "") if form else ""
        typed = edit.texts.get(key, before)
        if typed.strip() == before.strip():
            return was
        return self._reader.line(typed, edit, key) if typed.strip() else NO_TEXT

    def _words(self, was: str, edit: Edit, key: str, name: str) -> str:
        typed = edit.texts.get(key, was).strip()
        if not typed:
            self._reader.fault(edit, key, f"{name}不能空着")
        return typed or was

    def _statement(self, was: Statement | None, edit: Edit, key: str) -> Statement | None:
        before = was.text if was else NO_TEXT
        now = self._text(before, edit, key)
        if now == before:
            return was
        return Statement(now, self._reader.sources) if now else None

    def _when(self, was: Condition | None, edit: Edit) -> Condition | None:
        """What is chosen for when a part holds; where nobody chose, exactly what it was."""
        form = self._forms.get((edit.kind, edit.target))
        before = next((f.text for f in form.fields if f.key == WHEN), "") if form else ""
        return was if edit.texts.get(WHEN, before) == before else self._new.condition(edit)

    def _material(self, was: Material, edit: Edit) -> Material:
        return replace(
            was,
            name=self._words(was.name, edit, "name", "材料的名字"),
            spec=self._text(was.spec, edit, "spec"),
            why=self._text(was.why, edit, "why"),
            how_to_get=self._text(was.how_to_get, edit, "how_to_get"),
            when=self._when(was.when, edit),
        )

    def _channel(self, was: Channel, edit: Edit) -> Channel:
        return replace(
            was,
            name=self._words(was.name, edit, "name", "办法的名字"),
            summary=self._text(was.summary, edit, "summary"),
            when=self._when(was.when, edit),
            fee=self._statement(was.fee, edit, "fee"),
            time=self._statement(was.time, edit, "time"),
        )

    def _outcome(self, was: Outcome, edit: Edit) -> Outcome:
        text = self._text(was.text, edit, "text")
        if not text:
            self._reader.fault(edit, "text", "这时候怎么办不能空着")
        title = self._words(was.title, edit, "title", "结果的名字")
        return replace(was, title=title, text=text or was.text, when=self._when(was.when, edit))

    def _question(self, was: Question, edit: Edit) -> Question:
        options = tuple(
            replace(o, label=self._words(o.label, edit, f"label-{o.id}", "选项"))
            for o in was.options
        )
        return replace(
            was,
            text=self._words(was.text, edit, "text", "要问的话"),
            why=self._text(was.why, edit, "why"),
            how_to_find_out=self._text(was.how_to_find_out, edit, "how_to_find_out"),
            options=options,
            ask_if=self._when(was.ask_if, edit),
        )

    def _step(self, was: Step, edit: Edit) -> Step:
        kept: list[Line] = []
        for index, line in enumerate(was.lines):
            text = self._text(line.text, edit, f"line-{index}")
            if text:
                kept.append(replace(line, text=text))
        kept += [Line("do", said) for said in self._reader.lines(edit, "more")]
        if not kept:
            self._reader.fault(edit, "", "这一步至少要留一句做什么")
        return replace(
            was,
            title=self._words(was.title, edit, "title", "这一步的名字"),
            lines=tuple(kept),
            fee=self._statement(was.fee, edit, "fee"),
            time=self._statement(was.time, edit, "time"),
            done_when=self._text(was.done_when, edit, "done_when"),
            when=self._when(was.when, edit),
        )

    # -- parts that are added -------------------------------------------------------------------

    def _add(self, edit: Edit, kind: PartKind) -> None:
        target = self._draft.id_of(kind, edit.target)
        match kind:
            case PartKind.MATERIAL:
                steps = tuple(
                    self._draft.id_of(PartKind.STEP, step)
                    for step in edit.texts.get("step", "").split()
                )
                own = tuple(step for step in steps if step in self._step_ids())
                made = Change(kind, target, to=self._new.material(edit), steps=own)
            case PartKind.STEP:
                if not edit.texts.get("after"):
                    self._reader.fault(edit, "after", "选一下接在哪一步后面")
                made = Change(kind, target, to=self._new.step(edit), after=self._after(edit))
            case PartKind.QUESTION:
                made = Change(kind, target, to=self._new.question(edit))
            case PartKind.OUTCOME:
                made = Change(kind, target, to=self._new.outcome(edit))
            case _:
                made = Change(kind, target, to=self._new.channel(edit))
        self._parts.append(made)

    def _refuse_to_leave_hanging(self) -> None:
        """A question stays while anything goes by its answer."""
        gone = [c.target for c in self._parts if c.kind is PartKind.QUESTION and c.removes]
        page, _ = apply(self.page, tuple(self._parts))
        assert isinstance(page, Procedure)
        for question in gone:
            told = hanging_on(page, question)
            if told and question != CHANNEL:
                self._reader.fault(Edit(PartKind.QUESTION, question), "", told)

    def _step_ids(self) -> set[str]:
        return {form.target for form in self._forms.values() if form.kind is PartKind.STEP}


def _followed(changes: list[Change]) -> Iterator[Change]:
    """The changes, a step behind the one it comes after from now on, papers behind all steps.

    A paper that comes or goes changes the steps it is brought to: what is changed in such a step
    would not fit any more.
    """
    changes = sorted(changes, key=lambda change: change.kind is PartKind.MATERIAL)
    placed = {c.target: c for c in changes if c.kind is PartKind.STEP and (c.adds or c.moves)}
    told: set[int] = set()

    def tell(change: Change) -> Iterator[Change]:
        if id(change) in told:
            return
        told.add(id(change))
        if change.target in placed and change.after in placed:
            yield from tell(placed[change.after])
        yield change

    for change in changes:
        yield from tell(change)


def _place(edit: Edit, order: list[PartKind]) -> tuple[int, bool]:
    """Figures before the lines that name them, papers before the steps they are brought to."""
    first = order.index(edit.kind) if edit.kind in order else len(order)  # type: ignore[arg-type]
    return first, not edit.adds
