"""Cases: one procedure being done for one person."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from yibao_desktop.domain.case import Case, MaterialState, StepMark
from yibao_desktop.domain.interview import Answers, checked_answers
from yibao_desktop.domain.plan import (
    Plan,
    PlanStep,
    Progress,
    implied_choices,
    make_plan,
    next_step,
    progress,
)
from yibao_desktop.domain.procedure import Procedure
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.procedure_service import ProcedureService
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.user_database import UserDatabase

MAX_NICKNAME = 20
"""Characters of the name of the person a case is for."""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that follows from it.

    Attributes:
        next: the first step still to be done; None where nothing is left.
    """

    case: Case
    plan: Plan
    progress: Progress
    next: PlanStep | None

    @property
    def procedure(self) -> Procedure:
        """What is being done."""
        return self.plan.procedure

    @property
    def all_done(self) -> bool:
        """Whether nothing that may be required is left."""
        return self.next is None and not self.plan.open_questions

    @property
    def awaits_submission(self) -> bool:
        """Whether something has to be handed in and was not; done here is not submitted there."""
        return self.plan.has_submission and not self.plan.is_submitted(self.case.done_steps)


class CaseService:
    """Starts, changes and ends cases; what it acknowledges is on disk."""

    def __init__(
        self, user: UserDatabase, content: ContentRepository, procedures: ProcedureService
    ) -> None:
        self._user = user
        self._content = content
        self._procedures = procedures

    def open_cases(self) -> list[CaseView]:
        """Cases not closed, the one changed last first."""
        return [view for view in self._views() if view.case.closed_at is None]

    def closed_cases(self) -> list[CaseView]:
        """Cases that were finished or put away, the one changed last first."""
        return [view for view in self._views() if view.case.closed_at is not None]

    def _views(self) -> list[CaseView]:
        with self._user.reading() as unit:
            cases = unit.cases.all()
        known = {p.id: p for p in self._procedures.procedures()}
        return [_view(case, known[case.procedure]) for case in cases if case.procedure in known]

    def view(self, case_id: str) -> CaseView:
        """A case with its plan.

        Raises:
            UserError: there is no such case, or its procedure is no longer in the guide.
        """
        with self._user.reading() as unit:
            case = unit.cases.get(case_id)
        return self._view(_found(case))

    def start(self, procedure_id: str, nickname: str) -> CaseView:
        """Open a new case for a person.

        Raises:
            UserError: there is no such procedure, or no name was given.
        """
        nickname = " ".join(nickname.split())
        if not nickname:
            raise UserError("还没有写给谁办。", "写一个称呼就行，例如“妈妈”。")
        procedure = self._procedures.procedure(procedure_id)
        now = _now()
        case = Case(
            id=uuid.uuid4().hex,
            nickname=nickname[:MAX_NICKNAME],
            procedure=procedure.id,
            content_version=self._content.version,
            created_at=now,
            updated_at=now,
        )
        with self._user.writing() as unit:
            unit.cases.add(case)
            unit.cases.log(case.id, now, "started")
            unit.commit()
        return _view(case, procedure)

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
            mark = replace(mark, done_at=_now() if done else None)
            case = replace(case, steps={**case.steps, step_id: mark})
            if not done:
                return case
            chosen = implied_choices(procedure, case.answers, {step_id})
            return replace(case, answers={**case.answers, **chosen})

        return self._change(case_id, "ticked" if done else "unticked", change, step_id)

    def note(self, case_id: str, step_id: str, text: str) -> Changes:
        """Keep a note on a step; an empty text removes it."""

        def change(case: Case, procedure: Procedure) -> Case:
            _plan_step(make_plan(procedure, case.answers), step_id)
            mark = replace(case.steps.get(step_id, StepMark()), note=text.strip())
            return replace(case, steps={**case.steps, step_id: mark})

        return self._change(case_id, "noted", change, step_id)

    def set_material(self, case_id: str, material_id: str, state: MaterialState) -> Changes:
        """Note whether a paper is at hand."""

        def change(case: Case, procedure: Procedure) -> Case:
            procedure.material(material_id)
            return replace(case, materials={**case.materials, material_id: state})

        return self._change(case_id, f"material-{state}", change, material_id)

    def close(self, case_id: str) -> Changes:
        """Finish a case or put it away; it can be opened again."""
        return self._change(case_id, "closed", lambda case, _: replace(case, closed_at=_now()))

    def reopen(self, case_id: str) -> Changes:
        """Open a closed case again."""
        return self._change(case_id, "reopened", lambda case, _: replace(case, closed_at=None))

    def delete(self, case_id: str) -> Changes:
        """Delete a case; ``restore`` brings it back."""
        return self._set_deleted(case_id, _now(), "deleted")

    def restore(self, case_id: str) -> Changes:
        """Bring a deleted case back."""
        return self._set_deleted(case_id, None, "restored")

    def _set_deleted(self, case_id: str, at: datetime.datetime | None, event: str) -> Changes:
        with self._user.writing() as unit:
            unit.cases.set_deleted(case_id, at)
            unit.cases.log(case_id, _now(), event)
            unit.commit()
        return Changes(cases=frozenset({case_id}))

    def _change(
        self,
        case_id: str,
        event: str,
        change: Callable[[Case, Procedure], Case],
        detail: str = "",
    ) -> Changes:
        now = _now()
        with self._user.writing() as unit:
            case = _found(unit.cases.get(case_id))
            changed = change(case, self._procedures.procedure(case.procedure))
            version = self._content.version
            unit.cases.update(replace(changed, updated_at=now, content_version=version))
            unit.cases.log(case_id, now, event, detail)
            unit.commit()
        return Changes(cases=frozenset({case_id}))

    def _view(self, case: Case) -> CaseView:
        return _view(case, self._procedures.procedure(case.procedure))


def _found(case: Case | None) -> Case:
    if case is None:
        raise UserError("这件事的记录已经不在了。", "请回到“我的办理”重新选。")
    return case


def _view(case: Case, procedure: Procedure) -> CaseView:
    plan = make_plan(procedure, case.answers)
    done = case.done_steps
    return CaseView(case, plan, progress(procedure, case.answers, done), next_step(plan, done))


def _plan_step(plan: Plan, step_id: str) -> PlanStep:
    for step in plan.steps:
        if step.step.id == step_id:
            return step
    raise UserError("按现在的回答，没有这一步。", "请看看办理步骤是不是变了。")
