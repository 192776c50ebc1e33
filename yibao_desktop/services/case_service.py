"""Cases: one procedure being done for one person."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import replace

from yibao_desktop.clock import Clock
from yibao_desktop.domain.procedure.interview import Answers, checked_answers, refuse_implausible
from yibao_desktop.domain.procedure.model import MaterialForm, Procedure
from yibao_desktop.domain.procedure.plan import (
    Plan,
    PlanMaterial,
    PlanStep,
    implied_choices,
    make_plan,
)
from yibao_desktop.domain.records.case import Case, MaterialState, StepMark
from yibao_desktop.domain.records.edition import news, parts, still_unseen
from yibao_desktop.domain.records.kept_text import NICKNAME, NOTE, RECEIPT
from yibao_desktop.errors import UserError
from yibao_desktop.services.case_views import CaseView, Needed, SharedMaterial, view_of
from yibao_desktop.services.changes import DRAFT, Changes
from yibao_desktop.services.procedure_service import ProcedureService
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.user_database import UserDatabase

MAX_CASES = 10_000
"""So many cases are kept at most, deleted ones apart; a file of all of them can be read in."""

FUTURE = "办好的日子不能在今天以后。"

FULL = f"记着的事已经有 {MAX_CASES} 件，不能再多了。"
FULL_HINT = "请先删掉一些用不着的。"

GONE, GONE_HINT = "这件事的记录已经不在了。", "请回到“我的办理”重新选。"


class CaseService:
    """Starts, changes and ends cases; what it acknowledges is on disk."""

    def __init__(
        self,
        user: UserDatabase,
        content: ContentRepository,
        procedures: ProcedureService,
        clock: Clock,
    ) -> None:
        self._user = user
        self._content = content
        self._procedures = procedures
        self._clock = clock
        self._draft: Case | None = None

    def open_cases(self) -> list[CaseView]:
        """Cases neither finished nor put away, the one changed last first."""
        return [v for v in self._views() if not (v.case.closed_at or v.case.archived_at)]

    def archived_cases(self) -> list[CaseView]:
        """Cases put away, the one changed last first."""
        return [v for v in self._views() if v.case.archived_at is not None]

    def finished_cases(self) -> list[CaseView]:
        """Cases finished and not put away, the one changed last first."""
        return [v for v in self._views() if v.case.closed_at and not v.case.archived_at]

    def lost_cases(self) -> list[Case]:
        """Cases whose procedure is no longer in the guide."""
        known = self._known()
        return [case for case in self._all() if case.procedure not in known]

    def shared_materials(self) -> list[SharedMaterial]:
        """The papers of all open cases, the same ones together, those of most cases first."""
        grouped: dict[tuple[str, MaterialForm | None], list[Needed]] = {}
        for view in self.open_cases():
            for planned in view.plan.materials:
                key = planned.material.name, planned.material.form
                grouped.setdefault(key, []).append(Needed(view, planned))
        shared = [SharedMaterial(*key, tuple(needed)) for key, needed in grouped.items()]
        return sorted(shared, key=lambda material: -len(material.needed))

    def _all(self) -> list[Case]:
        with self._user.reading() as unit:
            return unit.cases.all()

    def _known(self) -> dict[str, Procedure]:
        return {p.id: p for p in self._procedures.procedures()}

    def _views(self) -> list[CaseView]:
        known = self._known()
        today = self._clock.today()
        return [
            view_of(case, known[case.procedure], today)
            for case in self._all()
            if case.procedure in known
        ]

    def view(self, case_id: str) -> CaseView:
        """A case with its plan.

        Raises:
            UserError: there is no such case, or its procedure is no longer in the guide.
        """
        if case_id == DRAFT:
            return self._view(_found(self._draft))
        with self._user.reading() as unit:
            case = unit.cases.get(case_id)
        return self._view(_found(case))

    def start(self, procedure_id: str, nickname: str) -> CaseView:
        """Open a new case for a person.

        Raises:
            UserError: there is no such procedure, or no name was given.
        """
        return self._add(self._new(procedure_id, nickname), "started")

    def look_through(self, procedure_id: str, answers: Answers) -> CaseView:
        """Begin a case without a name that is nowhere kept, in place of the one before.

        Raises:
            UserError: there is no such procedure, or an answer does not fit its question.
        """
        procedure = self._procedures.procedure(procedure_id)
        checked_answers(procedure, answers)
        now = self._clock.now()
        version = self._content.version
        self._draft = Case(DRAFT, "", procedure.id, version, now, now, answers=answers)
        return self._view(self._draft)

    def keep(self, nickname: str) -> CaseView:
        """Make the case that was only looked through a case of a person.

        Raises:
            UserError: nothing is being looked through, or no name was given.
        """
        draft = _found(self._draft)
        new = self._new(draft.procedure, nickname)
        kept = replace(draft, id=new.id, nickname=new.nickname, created_at=new.created_at)
        view = self._add(kept, "kept")
        self._draft = None
        return view

    def forget_draft(self) -> Changes:
        """Forget the case that was only looked through."""
        self._draft = None
        return Changes(cases=frozenset({DRAFT}))

    def rename(self, case_id: str, nickname: str) -> Changes:
        """Call the person of a case something else.

        Raises:
            UserError: no name was given.
        """
        name = _checked_name(nickname)
        return self._change(case_id, "renamed", lambda case, _: replace(case, nickname=name))

    def _new(self, procedure_id: str, nickname: str) -> Case:
        name = _checked_name(nickname)
        procedure = self._procedures.procedure(procedure_id)
        now = self._clock.now()
        return Case(uuid.uuid4().hex, name, procedure.id, self._content.version, now, now)

    def _add(self, case: Case, event: str) -> CaseView:
        plan = make_plan(self._procedures.procedure(case.procedure), case.answers)
        case = replace(case, seen=parts(plan))
        with self._user.writing() as unit:
            if unit.cases.count() >= MAX_CASES:
                raise UserError(FULL, FULL_HINT)
            unit.cases.add(case)
            unit.cases.log(case.id, case.created_at, event)
            unit.commit()
        return self._view(case)

    def answer(self, case_id: str, answers: Answers) -> Changes:
        """Answer questions; answers to other questions stay as they are.

        Raises:
            UserError: an answer does not fit its question.
        """

        def change(case: Case, procedure: Procedure) -> Case:
            checked_answers(procedure, answers)
            return replace(case, answers={**case.answers, **answers})

        return self._change(case_id, "answered", change, ",".join(answers))

    def tick(self, case_id: str, step_id: str, done: bool) -> Changes:
        """Tick or untick a step; ticking one alternative of a choice chooses it."""

        def change(case: Case, procedure: Procedure) -> Case:
            _plan_step(make_plan(procedure, case.answers), step_id)
            mark = case.steps.get(step_id, StepMark())
            mark = replace(mark, done_on=self._clock.today() if done else None)
            case = replace(case, steps={**case.steps, step_id: mark})
            if not done:
                return case
            chosen = implied_choices(procedure, case.answers, {step_id})
            return replace(case, answers={**case.answers, **chosen})

        return self._change(case_id, "ticked" if done else "unticked", change, step_id)

    def note(self, case_id: str, step_id: str, text: str) -> Changes:
        """Keep a note on a step; an empty text removes it.

        Raises:
            UserError: there is no such step, or the note is too long.
        """
        kept = NOTE.kept(text)

        def change(case: Case, procedure: Procedure) -> Case:
            _plan_step(make_plan(procedure, case.answers), step_id)
            mark = replace(case.steps.get(step_id, StepMark()), note=kept)
            return replace(case, steps={**case.steps, step_id: mark})

        return self._change(case_id, "noted", change, step_id)

    def set_done_day(self, case_id: str, step_id: str, day: datetime.date) -> Changes:
        """Set the day a ticked step was done, where that was not the day it was ticked.

        Raises:
            UserError: the step is not ticked, or the day is still to come or cannot be right.
        """
        refuse_implausible(day)
        if day > self._clock.today():
            raise UserError(FUTURE, "请选今天或者以前的日子。")

        def change(case: Case, procedure: Procedure) -> Case:
            mark = case.steps.get(step_id, StepMark())
            if mark.done_on is None:
                raise UserError("这一步还没有打勾。", "请先在这一步前面打勾。")
            return replace(case, steps={**case.steps, step_id: replace(mark, done_on=day)})

        return self._change(case_id, "dated", change, step_id)

    def set_material(self, case_id: str, material_id: str, state: MaterialState) -> Changes:
        """Note whether a paper is at hand.

        Raises:
            UserError: under the answers as they are, the paper is not needed.
        """

        def change(case: Case, procedure: Procedure) -> Case:
            _plan_material(make_plan(procedure, case.answers), material_id)
            return replace(case, materials={**case.materials, material_id: state})

        return self._change(case_id, f"material-{state}", change, material_id)

    def accept(self, case_id: str, accepted: bool) -> Changes:
        """Note that the office took the case on, or take that back.

        Raises:
            UserError: nothing was handed in yet.
        """

        def change(case: Case, procedure: Procedure) -> Case:
            if accepted and self._view(case).awaits_submission:
                raise UserError("还没有提交申请，不会受理。", "请先办提交的那一步，再记受理。")
            return replace(case, accepted_at=self._clock.now() if accepted else None)

        return self._change(case_id, "accepted" if accepted else "not-accepted", change)

    def set_receipt(self, case_id: str, number: str) -> Changes:
        """Keep the receipt number; an empty one removes it."""
        kept = RECEIPT.clean(number)
        return self._change(case_id, "receipt", lambda c, _: replace(c, receipt_number=kept))

    def finish(self, case_id: str) -> Changes:
        """Note that everything is done, as the user says.

        Raises:
            UserError: something is still to be handed in or done.
        """

        def change(case: Case, procedure: Procedure) -> Case:
            view = self._view(case)
            if view.awaits_submission:
                raise UserError("还没有提交申请，不能记成办结。", "请先办提交的那一步。")
            if not view.all_done:
                raise UserError("还有步骤没有办完，不能记成办结。", "不想办了，可以先收起来。")
            return replace(case, closed_at=self._clock.now())

        return self._change(case_id, "finished", change)

    def archive(self, case_id: str) -> Changes:
        """Put a case away; everything in it is kept."""
        return self._change(
            case_id, "archived", lambda c, _: replace(c, archived_at=self._clock.now())
        )

    def unarchive(self, case_id: str) -> Changes:
        """Take out again what was put away; what was finished stays finished."""
        return self._change(case_id, "unarchived", lambda c, _: replace(c, archived_at=None))

    def reopen(self, case_id: str) -> Changes:
        """Take up a case again that was finished or put away."""
        return self._change(
            case_id, "reopened", lambda c, _: replace(c, closed_at=None, archived_at=None)
        )

    def acknowledge(self, case_id: str) -> Changes:
        """Note that the user has seen what a new edition of the guide changed."""

        def change(case: Case, procedure: Procedure) -> Case:
            return replace(case, seen=parts(make_plan(procedure, case.answers)))

        return self._change(case_id, "acknowledged", change)

    def delete(self, case_id: str) -> Changes:
        """Delete a case; ``restore`` brings it back."""
        return self._set_deleted(case_id, self._clock.now(), "deleted")

    def restore(self, case_id: str) -> Changes:
        """Bring a deleted case back.

        Raises:
            UserError: it is gone for good, as when a backup without it was restored meanwhile.
        """
        return self._set_deleted(case_id, None, "restored")

    def _set_deleted(self, case_id: str, at: datetime.datetime | None, event: str) -> Changes:
        with self._user.writing() as unit:
            if not unit.cases.set_deleted(case_id, at):
                raise UserError(GONE, GONE_HINT)
            unit.cases.log(case_id, self._clock.now(), event)
            unit.commit()
        return Changes(cases=frozenset({case_id}))

    def _change(
        self,
        case_id: str,
        event: str,
        change: Callable[[Case, Procedure], Case],
        detail: str = "",
    ) -> Changes:
        if case_id == DRAFT:
            self._draft = self._changed(_found(self._draft), change)
            return Changes(cases=frozenset({DRAFT}))
        with self._user.writing() as unit:
            case = self._changed(_found(unit.cases.get(case_id)), change)
            unit.cases.update(case)
            unit.cases.log(case_id, case.updated_at, event, detail)
            unit.commit()
        return Changes(cases=frozenset({case_id}))

    def _changed(self, case: Case, change: Callable[[Case, Procedure], Case]) -> Case:
        procedure = self._procedures.procedure(case.procedure)
        unseen = news(case, make_plan(procedure, case.answers))
        changed = change(case, procedure)
        if changed.seen == case.seen:
            plan = make_plan(procedure, changed.answers)
            changed = replace(changed, seen=still_unseen(unseen, plan))
        return replace(changed, updated_at=self._clock.now(), content_version=self._content.version)

    def _view(self, case: Case) -> CaseView:
        procedure = self._procedures.procedure(case.procedure)
        return view_of(case, procedure, self._clock.today())


def _found(case: Case | None) -> Case:
    if case is None:
        raise UserError(GONE, GONE_HINT)
    return case


def _checked_name(nickname: str) -> str:
    name = NICKNAME.clean(nickname)
    if not name:
        raise UserError("还没有写给谁办。", "写一个称呼就行，例如“妈妈”。")
    return name


def _plan_step(plan: Plan, step_id: str) -> PlanStep:
    for step in plan.steps:
        if step.step.id == step_id:
            return step
    raise UserError("按现在的回答，没有这一步。", "请看看办理步骤是不是变了。")


def _plan_material(plan: Plan, material_id: str) -> PlanMaterial:
    for material in plan.materials:
        if material.material.id == material_id:
            return material
    raise UserError("按现在的回答，不用这样材料。", "请看看材料清单是不是变了。")
