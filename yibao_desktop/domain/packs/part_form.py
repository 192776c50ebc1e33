"""The forms of a page of the guide, for what is different in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.form_fields import (
    LINE_NAMES,
    MAY_BE_EMPTY,
    NOT_HERE,
    Choices,
    FormField,
    FormGroup,
    PartForm,
    added_channel,
    added_material,
    added_outcome,
    added_question,
    added_question_asked,
    added_step,
    conditions,
    option_keys,
)
from yibao_desktop.domain.packs.overlay import Part, PartKind, part_key
from yibao_desktop.domain.packs.typed_text import shown_line
from yibao_desktop.domain.procedure.conditions import Condition, Is
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import CHANNEL_TEXT
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    Channel,
    Material,
    Outcome,
    Procedure,
    Question,
    Step,
)

FIRST = "first"
"""Chosen for a step that comes before all others."""
SAME_PLACE = ""
WHEN = "when"
"""Key of the field that says when a part holds."""
AS_IT_IS = "as-it-is"
"""Chosen for a condition the form has no words for: the part keeps it."""
NO_FIGURE, NOT_ASKED = "当地没有这个数字", "当地不用问"
NO_WAY, NO_END = "当地没有这种办法", "当地没有这种结果"


class PageForms:
    """Forms for everything on a page a pencil stands at, and for what is added to it."""

    def __init__(self, page: Procedure, facts: Mapping[str, Fact], draft: Draft) -> None:
        """``page`` is as the seeds have it, ``facts`` those of the whole guide, by id."""
        self._page = page
        self._facts = facts
        self._draft = draft

    def groups(self) -> tuple[FormGroup, ...]:
        """Every form, as one reads the page."""
        kinds = PartKind
        return (
            self._group(kinds.FACT, "数字、电话"),
            self._group(kinds.SILENT, "指南说“资料没有讲”的，当地讲了"),
            self._group(kinds.QUESTION, "要先问的", "加一个问题"),
            self._group(kinds.CHANNEL, "有哪几种办法", "加一种办法"),
            self._group(kinds.MATERIAL, "要带的材料", "加一样材料"),
            self._group(kinds.STEP, "步骤和费用", "加一步"),
            self._group(kinds.OUTCOME, "最后会怎样", "加一种结果"),
        )

    def _group(self, kind: PartKind, heading: str, add: str = "") -> FormGroup:
        own = [form for form in self.parts() if form.kind is kind]
        added = [self.added(edit) for edit in self._draft.parts(kind) if edit.adds]
        return FormGroup(kind, heading, (*own, *added), add=add)

    def parts(self) -> Iterator[PartForm]:
        """A form for each part the guide has."""
        page = self._page
        for fact in page.facts:
            field = FormField("text", fact.label, fact.text)
            yield PartForm(PartKind.FACT, fact.id, fact.label, (field,), go=NO_FIGURE)
        for silent in page.silent:
            yield PartForm(PartKind.SILENT, silent, silent, (), go="当地讲了，去掉这一条")
        for question in page.questions:
            fields = tuple(self._question_fields(question))
            go = NOT_ASKED if question.id != CHANNEL else ""  # goes by itself with the last but one
            yield PartForm(PartKind.QUESTION, question.id, question.text, fields, go=go)
        for channel in page.channels:
            fields = tuple(self._channel_fields(channel))
            yield PartForm(PartKind.CHANNEL, channel.id, channel.name, fields, go=NO_WAY)
        for material in page.materials:
            fields = tuple(self._material_fields(material))
            yield PartForm(PartKind.MATERIAL, material.id, material.name, fields, go=NOT_HERE)
        for placed in placed_steps(page.flow):
            step, fields = placed.step, tuple(self._step_fields(placed.step))
            yield PartForm(PartKind.STEP, step.id, step.title, fields, go=NOT_HERE)
        for outcome in page.outcomes:
            fields = tuple(self._outcome_fields(outcome))
            yield PartForm(PartKind.OUTCOME, outcome.id, outcome.title, fields, go=NO_END)

    def added(self, edit: Edit) -> PartForm:
        """The form of a part that is added."""
        target = edit.target
        match edit.kind:
            case PartKind.MATERIAL:
                return added_material(target, "新加的材料", self.steps(), self.when("要"))
            case PartKind.STEP:
                after = (("", "请选一步"), (FIRST, "排在最前面"), *self.steps(but=target))
                return added_step(target, "新加的一步", self.when("办"), after)
            case PartKind.QUESTION:
                others = self.when("问", but=target)
                return added_question(target, "新加的问题", option_keys(edit), others)
            case PartKind.CHANNEL:
                return added_channel(target, "新加的办法", self.when("有", but=CHANNEL))
            case PartKind.OUTCOME:
                return added_outcome(target, "新加的结果", self.when("是"))
        raise KeyError(edit.kind)

    def steps(self, but: str = "") -> Choices:
        """Every step, those that are added behind, without one of them."""
        own = [(p.step.id, p.step.title) for p in placed_steps(self._page.flow)]
        added = [
            (edit.target, edit.texts.get("title", "").strip() or "新加的一步")
            for edit in self._draft.parts(PartKind.STEP)
            if edit.adds
        ]
        return tuple(step for step in (*own, *added) if step[0] != but)

    def when(self, verb: str, but: str = "") -> Choices:
        """Every condition, without those about one question."""
        asked = [
            (question.id, question.text, self._options(question))
            for question in self._page.questions
            if not self._is_gone(PartKind.QUESTION, question.id)
        ]
        if len(self._channels()) > 1 and all(known[0] != CHANNEL for known in asked):
            asked.append((CHANNEL, CHANNEL_TEXT, self._channels()))
        added = [added_question_asked(e) for e in self._draft.parts(PartKind.QUESTION) if e.adds]
        return conditions([one for one in (*asked, *added) if one[0] != but], verb)

    def _options(self, question: Question) -> Choices:
        if question.id == CHANNEL:
            return self._channels()
        return tuple((option.id, option.label) for option in question.options)

    def _channels(self) -> Choices:
        added = [
            (edit.target, edit.texts.get("name", "").strip() or "新加的办法")
            for edit in self._draft.parts(PartKind.CHANNEL)
            if edit.adds
        ]
        own = (c for c in self._page.channels if not self._is_gone(PartKind.CHANNEL, c.id))
        return (*((c.id, c.name) for c in own), *added)

    def _is_gone(self, kind: PartKind, target: str) -> bool:
        return self._draft.edit(kind, target).gone

    def _when(self, label: str, was: Condition | None, verb: str, but: str = "") -> FormField:
        """The field that says when a part of the guide holds."""
        said = _said(was)
        choices = self.when(verb, but)
        if said is None:
            return FormField(WHEN, label, AS_IT_IS, choices=((AS_IT_IS, "像指南那样"), *choices))
        return FormField(WHEN, label, said, choices=choices)

    # -- fields ---------------------------------------------------------------------------------

    def shown(self, text: RichText) -> str:
        """A line as its field shows it."""
        return shown_line(text, lambda fact: self._facts[fact].text)

    def _field(self, key: str, label: str, text: RichText, hint: str = MAY_BE_EMPTY) -> FormField:
        return FormField(key, label, self.shown(text), hint)

    def _material_fields(self, material: Material) -> Iterator[FormField]:
        yield FormField("name", "叫什么", material.name)
        yield self._field("spec", "什么样的、要几份", material.spec)
        yield self._field("why", "为什么要", material.why)
        yield self._field("how_to_get", "哪里能拿到", material.how_to_get)
        yield self._when("什么时候要", material.when, "要")

    def _question_fields(self, question: Question) -> Iterator[FormField]:
        yield FormField("text", "问什么", question.text)
        yield self._field("why", "为什么问", question.why)
        yield self._field("how_to_find_out", "不清楚的人怎么弄清楚", question.how_to_find_out)
        for number, option in enumerate(question.options, 1):
            yield FormField(f"label-{option.id}", f"选项 {number}", option.label)
        yield self._when("什么时候问", question.ask_if, "问", but=question.id)

    def _channel_fields(self, channel: Channel) -> Iterator[FormField]:
        yield FormField("name", "叫什么", channel.name)
        yield self._field("summary", "一句话说明", channel.summary)
        yield from self._fee_and_time(channel)
        yield self._when("什么时候有", channel.when, "有", but=CHANNEL)

    def _fee_and_time(self, part: Channel | Step) -> Iterator[FormField]:
        fee = self.shown(part.fee.text) if part.fee else ""
        yield FormField("fee", "费用", fee, "例如：工本费 20 元")
        time = self.shown(part.time.text) if part.time else ""
        yield FormField("time", "要多久", time, "例如：当场就好")

    def _outcome_fields(self, outcome: Outcome) -> Iterator[FormField]:
        yield FormField("title", "叫什么", outcome.title)
        yield self._field("text", "这时候怎么办", outcome.text, "一句话")
        yield self._when("什么时候是这样", outcome.when, "是")

    def _step_fields(self, step: Step) -> Iterator[FormField]:
        yield FormField("title", "这一步叫什么", step.title)
        others = ((SAME_PLACE, "原来的地方"), (FIRST, "排在最前面"), *self.steps(but=step.id))
        yield FormField("after", "排在哪一步后面", choices=others)
        for index, line in enumerate(step.lines):
            label = LINE_NAMES[line.kind]
            shown = self.shown(line.text)
            yield FormField(f"line-{index}", label, shown, "空着就是去掉", long=True)
        hint = "当地还要做什么，写在这里"
        yield FormField("more", "再加几句（一行一句）", hint=hint, long=True)
        yield from self._fee_and_time(step)
        yield self._field("done_when", "怎样算办好", step.done_when)
        yield self._when("什么时候办", step.when, "办")


def _said(condition: Condition | None) -> str | None:
    """A condition as its field has it; None where the form has no words for it."""
    match condition:
        case None:
            return ""
        case Is(question, option):
            return f"{question}={option}"
    return None


def part_of(page: Procedure, kind: PartKind, target: str) -> Part | None:
    """A part of a page by its id; None where it is not there."""
    parts: dict[PartKind, tuple[Part, ...]] = {
        PartKind.FACT: page.facts,
        PartKind.SILENT: page.silent,
        PartKind.QUESTION: page.questions,
        PartKind.CHANNEL: page.channels,
        PartKind.MATERIAL: page.materials,
        PartKind.STEP: tuple(placed.step for placed in placed_steps(page.flow)),
        PartKind.OUTCOME: page.outcomes,
    }
    found = (part for part in parts.get(kind, ()) if part_key(part) == target)
    return next(found, None)
