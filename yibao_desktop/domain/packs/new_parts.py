"""Parts that were added in a form: papers, steps, questions, channels, outcomes, sections."""

from __future__ import annotations

from typing import cast, get_args

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.packs.draft import Edit
from yibao_desktop.domain.packs.form_fields import OPTION
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.typed_reader import TypedReader
from yibao_desktop.domain.procedure.conditions import Condition, Is
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    Channel,
    ChannelKind,
    Expected,
    Line,
    LineKind,
    Material,
    Option,
    Outcome,
    OutcomeKind,
    Question,
    Step,
    StepKind,
)

FEWEST_OPTIONS = 2


class NewParts:
    """Makes parts of what was typed about them.

    Attributes:
        papers: ids of the papers each step wants, by the step's target.
        expected: waits that begin when a step is done.
    """

    def __init__(self, reader: TypedReader) -> None:
        self._reader = reader
        self._draft = reader.draft
        self.papers: dict[str, list[str]] = {}
        self.expected: list[Expected] = []

    def _id(self, edit: Edit) -> str:
        return self._draft.id_of(edit.kind, edit.target)

    def condition(self, edit: Edit) -> Condition | None:
        """只有回答〔…〕是〔…〕; None for always."""
        question, _, option = edit.texts.get("when", "").partition("=")
        if not option:
            return None
        if question == CHANNEL:
            return Is(CHANNEL, self._draft.id_of(PartKind.CHANNEL, option))
        return Is(self._draft.id_of(PartKind.QUESTION, question), option)

    def material(self, edit: Edit) -> Material:
        """A paper; noted for the steps it is brought to."""
        made = Material(
            id=self._id(edit),
            name=self._reader.title(edit, "name", "材料的名字") or "新加的材料",
            sources=self._reader.sources,
            spec=self._reader.text(edit, "spec"),
            why=self._reader.text(edit, "why"),
            how_to_get=self._reader.text(edit, "how_to_get"),
            when=self.condition(edit),
        )
        for step in self._reader.choice(edit, "step", "选一下办哪一步时要带").split():
            self.papers.setdefault(step, []).append(made.id)
        return made

    def step(self, edit: Edit) -> Step:
        """A step, with the papers noted for it before."""
        reader = self._reader
        kinds: tuple[LineKind, ...] = get_args(LineKind)
        lines = tuple(Line(kind, said) for kind in kinds for said in reader.lines(edit, kind))
        if not any(line.kind == "do" for line in lines):
            reader.fault(edit, "do", "做什么不能空着，至少写一句")
        self._expect(edit)
        return Step(
            id=self._id(edit),
            title=reader.title(edit, "title", "这一步的名字") or "新加的一步",
            kind=cast("StepKind", edit.texts.get("kind") or "do"),
            lines=lines,
            sources=reader.sources,
            when=self.condition(edit),
            materials=tuple(self.papers.get(edit.target, ())),
            fee=reader.statement(edit, "fee"),
            time=reader.statement(edit, "time"),
            done_when=reader.text(edit, "done_when"),
        )

    def _expect(self, edit: Edit) -> None:
        fact = self._reader.duration(edit, "wait")
        if fact:
            title = " ".join(edit.texts.get("title", "").split()) or "这一步"
            wait = f"{title}以后大约要等"
            made = Expected(
                f"{self._id(edit)}-wait", wait, self._id(edit), fact, self._reader.sources
            )
            self.expected.append(made)

    def question(self, edit: Edit) -> Question:
        """A question with its choices, each under the number it was given."""
        typed = {key: " ".join(text.split()) for key, text in edit.texts.items()}
        options = tuple(
            Option(key, label)
            for key, label in sorted(typed.items(), key=lambda told: (len(told[0]), told[0]))
            if key.startswith(OPTION) and label
        )
        if len(options) < FEWEST_OPTIONS:
            self._reader.fault(edit, f"{OPTION}{len(options) + 1}", "至少要写两个选项")
        return Question(
            id=self._id(edit),
            text=self._reader.title(edit, "text", "要问的话") or "新加的问题",
            why=self._reader.text(edit, "why"),
            options=options,
            ask_if=self.condition(edit),
            how_to_find_out=self._reader.text(edit, "how_to_find_out"),
        )

    def channel(self, edit: Edit) -> Channel:
        """A way to do it."""
        return Channel(
            id=self._id(edit),
            kind=cast("ChannelKind", edit.texts.get("kind") or "hall"),
            name=self._reader.title(edit, "name", "办法的名字") or "新加的办法",
            sources=self._reader.sources,
            summary=self._reader.text(edit, "summary"),
            when=self.condition(edit),
            fee=self._reader.statement(edit, "fee"),
            time=self._reader.statement(edit, "time"),
        )

    def outcome(self, edit: Edit) -> Outcome:
        """Where it ends."""
        return Outcome(
            id=self._id(edit),
            kind=cast("OutcomeKind", edit.texts.get("kind") or "done"),
            title=self._reader.title(edit, "title", "结果的名字") or "新加的结果",
            text=self._reader.needed(edit, "text", "这时候怎么办"),
            sources=self._reader.sources,
            when=self.condition(edit),
        )

    def section(self, edit: Edit) -> Section:
        """A section of an article."""
        return Section(
            id=self._id(edit).removeprefix(self._draft.prefix),
            title=self._reader.title(edit, "title", "小标题"),
            sources=self._reader.sources,
            body=self._reader.body(edit, "text", "这一节的正文"),
        )
