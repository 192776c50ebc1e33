"""What can be done to a case: a class for each, with its rule and its name in the case's log.

``change`` is the case after the command, ``plan`` its plan before, ``now`` an aware moment.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import ClassVar

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.interview import checked_answers, refuse_implausible
from yibao_desktop.domain.procedure.plan import Plan, implied_choices, next_step
from yibao_desktop.domain.records.case import Case, MaterialState, StepMark
from yibao_desktop.domain.records.edition import parts
from yibao_desktop.domain.records.kept_text import NICKNAME, NOTE, RECEIPT
from yibao_desktop.domain.records.stages import Stage, stage
from yibao_desktop.domain.records.taking_back import TakeBack
from yibao_desktop.errors import UserError


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer questions, choices among steps included; other answers stay as they are."""

    answers: Answers
    event: ClassVar[str] = "answered"

    @property
    def detail(self) -> str:
        """What the log adds to the event."""
        return ",".join(self.answers)

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: an answer does not fit its question.
        """
        checked_answers(plan.procedure, self.answers)
        return replace(case, answers={**case.answers, **self.answers})


@dataclass(frozen=True, slots=True)
class Tick:
    """Tick or untick a step; ticking one alternative of a choice chooses it."""

    step: str
    done: bool

    @property
    def event(self) -> str:
        """Its name in the log."""
        return "ticked" if self.done else "unticked"

    @property
    def detail(self) -> str:
        """What the log adds to the event."""
        return self.step

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: the plan does not have the step.
        """
        _need_step(plan, self.step)
        mark = replace(_mark(case, self.step), done_on=_day(now) if self.done else None)
        case = _marked(case, self.step, mark)
        if not self.done:
            return case
        chosen = implied_choices(plan.procedure, case.answers, {self.step})
        return replace(case, answers={**case.answers, **chosen})


@dataclass(frozen=True, slots=True)
class SetDoneDay:
    """Set the day a ticked step was done, where that was not the day it was ticked."""

    step: str
    day: datetime.date
    event: ClassVar[str] = "dated"

    @property
    def detail(self) -> str:
        """What the log adds to the event."""
        return self.step

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: the step is not ticked, or the day is still to come or cannot be right.
        """
        refuse_implausible(self.day)
        if self.day > _day(now):
            raise UserError("办好的日子不能在今天以后。", "请选今天或者以前的日子。")
        mark = _mark(case, self.step)
        if mark.done_on is None:
            raise UserError("这一步还没有打勾。", "请先在这一步前面打勾。")
        return _marked(case, self.step, replace(mark, done_on=self.day))


@dataclass(frozen=True, slots=True)
class Note:
    """Keep a note on a step; an empty text removes it."""

    step: str
    text: str
    event: ClassVar[str] = "noted"

    @property
    def place(self) -> tuple[str, str]:
        """Tells the field it was written in from the others of the case."""
        return self.event, self.step

    def read(self, case: Case) -> str:
        """What a case has in that field."""
        return _mark(case, self.step).note

    @property
    def detail(self) -> str:
        """What the log adds to the event."""
        return self.step

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: the plan does not have the step, or the note is too long.
        """
        _need_step(plan, self.step)
        mark = replace(_mark(case, self.step), note=NOTE.kept(self.text))
        return _marked(case, self.step, mark)


@dataclass(frozen=True, slots=True)
class SetMaterial:
    """Note whether a paper is at hand."""

    material: str
    state: MaterialState

    @property
    def event(self) -> str:
        """Its name in the log."""
        return f"material-{self.state}"

    @property
    def detail(self) -> str:
        """What the log adds to the event."""
        return self.material

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: under the answers as they are, the paper is not needed.
        """
        if self.material not in {m.material.id for m in plan.materials}:
            raise UserError("按现在的回答，不用这样材料。", "请看看材料清单是不是变了。")
        return replace(case, materials={**case.materials, self.material: self.state})


def have_material(material: str, have: bool) -> SetMaterial:
    """Note that a paper is at hand, or that it is not."""
    return SetMaterial(material, MaterialState.HAVE if have else MaterialState.MISSING)


@dataclass(frozen=True, slots=True)
class Accept:
    """Note that the office took the case on, or take that back."""

    accepted: bool
    detail: ClassVar[str] = ""

    @property
    def event(self) -> str:
        """Its name in the log."""
        return "accepted" if self.accepted else "not-accepted"

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: nothing was handed in yet.
        """
        if self.accepted and stage(plan, case) is Stage.PREPARING:
            raise UserError("还没有提交申请，不会受理。", "请先办提交的那一步，再记受理。")
        return replace(case, accepted_on=_day(now) if self.accepted else None)


@dataclass(frozen=True, slots=True)
class SetReceipt:
    """Keep the receipt number; an empty one removes it."""

    text: str
    event: ClassVar[str] = "receipt"
    detail: ClassVar[str] = ""

    @property
    def place(self) -> tuple[str, str]:
        """Tells the field it was written in from the others of the case."""
        return self.event, ""

    def read(self, case: Case) -> str:
        """What a case has in that field."""
        return case.receipt_number

    def change(self, case: Case, _plan: Plan, _now: datetime.datetime) -> Case:
        """The case after it."""
        return replace(case, receipt_number=RECEIPT.clean(self.text))


@dataclass(frozen=True, slots=True)
class Rename:
    """Call the person of a case something else."""

    nickname: str
    event: ClassVar[str] = "renamed"
    detail: ClassVar[str] = ""

    def change(self, case: Case, _plan: Plan, _now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: no name was given.
        """
        return replace(case, nickname=checked_nickname(self.nickname))


@dataclass(frozen=True, slots=True)
class Finish:
    """Note that everything is done, as the user says."""

    event: ClassVar[str] = "finished"
    detail: ClassVar[str] = ""

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it.

        Raises:
            UserError: something is still to be handed in or done.
        """
        if stage(plan, case) is Stage.PREPARING:
            raise UserError("还没有提交申请，不能记成办结。", "请先办提交的那一步。")
        if plan.open_questions or next_step(plan, case.done_steps):
            raise UserError("还有步骤没有办完，不能记成办结。", "不想办了，可以先收起来。")
        return replace(case, closed_at=now)


@dataclass(frozen=True, slots=True)
class Archive:
    """Put a case away; everything in it is kept."""

    event: ClassVar[str] = "archived"
    detail: ClassVar[str] = ""

    def change(self, case: Case, plan: Plan, now: datetime.datetime) -> Case:
        """The case after it."""
        return replace(case, archived_at=now)


@dataclass(frozen=True, slots=True)
class Unarchive:
    """Take out again what was put away; what was finished stays finished."""

    event: ClassVar[str] = "unarchived"
    detail: ClassVar[str] = ""

    def change(self, case: Case, _plan: Plan, _now: datetime.datetime) -> Case:
        """The case after it."""
        return replace(case, archived_at=None)


@dataclass(frozen=True, slots=True)
class Reopen:
    """Take up a case again that was finished or put away."""

    event: ClassVar[str] = "reopened"
    detail: ClassVar[str] = ""

    def change(self, case: Case, _plan: Plan, _now: datetime.datetime) -> Case:
        """The case after it."""
        return replace(case, closed_at=None, archived_at=None)


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Note that the user has seen what a new edition of the guide changed."""

    event: ClassVar[str] = "acknowledged"
    detail: ClassVar[str] = ""

    def change(self, case: Case, plan: Plan, _now: datetime.datetime) -> Case:
        """The case after it."""
        return replace(case, seen=parts(plan))


CaseCommand = (
    Answer
    | Tick
    | SetDoneDay
    | Note
    | SetMaterial
    | Accept
    | SetReceipt
    | Rename
    | Finish
    | Archive
    | Unarchive
    | Reopen
    | Acknowledge
    | TakeBack
)
"""Whatever a user can do to a case that is there; it is stored as a whole or not at all."""

Writing = Note | SetReceipt
"""Commands with what the user wrote in a field, a ``text`` of its own at ``place``."""


def checked_nickname(nickname: str) -> str:
    """The name of the person a case is for, as it is kept.

    Raises:
        UserError: there is none.
    """
    name = NICKNAME.clean(nickname)
    if not name:
        raise UserError("还没有写给谁办。", "写一个称呼就行，例如“妈妈”。")
    return name


def _day(now: datetime.datetime) -> datetime.date:
    """The day it is where the user is."""
    return now.astimezone().date()


def _need_step(plan: Plan, step_id: str) -> None:
    if step_id not in {s.step.id for s in plan.steps}:
        raise UserError("按现在的回答，没有这一步。", "请看看办理步骤是不是变了。")


def _mark(case: Case, step_id: str) -> StepMark:
    return case.steps.get(step_id, StepMark())


def _marked(case: Case, step_id: str, mark: StepMark) -> Case:
    return replace(case, steps={**case.steps, step_id: mark})
