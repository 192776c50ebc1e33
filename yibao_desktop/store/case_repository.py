"""Cases in the user database."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.records.case import PART_KINDS, Case, MaterialState, PlanPart, StepMark
from yibao_desktop.store.user_models import (
    CaseAnswerRow,
    CaseEventRow,
    CaseMaterialRow,
    CasePartRow,
    CaseRow,
    CaseStepRow,
)

_WHOLE = (
    selectinload(CaseRow.answers),
    selectinload(CaseRow.steps),
    selectinload(CaseRow.materials),
    selectinload(CaseRow.parts),
)


Stamp = tuple[int, datetime.datetime]
"""Another one for each state of a case: a clock may stand still, and a number come again after a
backup was restored, but not both at once."""


class CaseRepository:
    """Reads and writes whole cases within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, case_id: str) -> Case | None:
        """The case with this id, unless it was deleted."""
        row = self._session.get(CaseRow, case_id, options=_WHOLE)
        return _case(row) if row and row.deleted_at is None else None

    def all(self) -> list[Case]:
        """Every case that was not deleted, the one changed last first."""
        query = (
            select(CaseRow)
            .where(CaseRow.deleted_at.is_(None))
            .order_by(CaseRow.position.desc())
            .options(*_WHOLE)
        )
        return [_case(row) for row in self._session.scalars(query)]

    def count(self) -> int:
        """How many cases there are that were not deleted."""
        count = select(func.count()).select_from(CaseRow).where(CaseRow.deleted_at.is_(None))
        return self._session.scalar(count) or 0

    def stamps(self) -> dict[str, Stamp]:
        """What tells the present state of each case that was not deleted; latest change first."""
        query = (
            select(CaseRow.id, CaseRow.position, CaseRow.updated_at)
            .where(CaseRow.deleted_at.is_(None))
            .order_by(CaseRow.position.desc())
        )
        return {i: (position, at) for i, position, at in self._session.execute(query)}

    def some(self, ids: Collection[str]) -> list[Case]:
        """The cases with these ids, in no order."""
        query = select(CaseRow).where(CaseRow.id.in_(ids)).options(*_WHOLE)
        return [_case(row) for row in self._session.scalars(query)]

    def count_open(self, procedures: Collection[str]) -> int:
        """How many cases of these procedures are neither finished, put away nor deleted."""
        query = select(func.count()).where(
            CaseRow.deleted_at.is_(None),
            CaseRow.closed_at.is_(None),
            CaseRow.archived_at.is_(None),
            CaseRow.procedure_id.in_(procedures),
        )
        return self._session.scalars(query).one()

    def add(self, case: Case) -> None:
        """Store a new case."""
        self._session.add(
            CaseRow(
                id=case.id,
                nickname=case.nickname,
                procedure_id=case.procedure,
                content_version=case.content_version,
                region=case.region,
                created_at=case.created_at,
                updated_at=case.updated_at,
                closed_at=case.closed_at,
                deleted_at=None,
                archived_at=case.archived_at,
                accepted_on=case.accepted_on,
                receipt_number=case.receipt_number,
                position=self._next_position(),
                answers=_answer_rows(case.answers),
                steps=[
                    CaseStepRow(step=s, done_on=m.done_on, note=m.note)
                    for s, m in case.steps.items()
                ],
                materials=[CaseMaterialRow(material=m, state=s) for m, s in case.materials.items()],
                parts=_part_rows(case.seen),
            )
        )
        self._session.flush()

    def update(self, case: Case) -> None:
        """Store what changed of an existing case."""
        row = self._session.get_one(CaseRow, case.id, options=_WHOLE)
        row.nickname = case.nickname
        row.content_version = case.content_version
        row.region = case.region
        row.updated_at = case.updated_at
        row.closed_at = case.closed_at
        row.archived_at = case.archived_at
        row.accepted_on = case.accepted_on
        row.receipt_number = case.receipt_number
        row.position = self._next_position()
        _update_answers(self._session, row, case.answers)
        _update_steps(row, case)
        _update_materials(row, case)
        _update_parts(self._session, row, case)

    def set_deleted(self, case_id: str, at: datetime.datetime | None) -> bool:
        """Hide a case, or bring it back with None; whether it is there at all."""
        row = self._session.get(CaseRow, case_id)
        if row is not None:
            row.deleted_at = at
        return row is not None

    def log(self, case_id: str, at: datetime.datetime, event: str, detail: str = "") -> None:
        """Add to the case's record of what happened."""
        self._session.add(CaseEventRow(case_id=case_id, at=at, event=event, detail=detail))

    def _next_position(self) -> int:
        return (self._session.scalar(select(func.max(CaseRow.position))) or 0) + 1


def _case(row: CaseRow) -> Case:
    answers: dict[str, list[str]] = defaultdict(list)
    for answer in row.answers:
        chosen = answers[answer.question]
        if answer.option:
            chosen.append(answer.option)
    return Case(
        id=row.id,
        nickname=row.nickname,
        procedure=row.procedure_id,
        content_version=row.content_version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        region=row.region,
        answers={question: tuple(chosen) for question, chosen in answers.items()},
        steps={s.step: StepMark(s.done_on, s.note) for s in row.steps},
        materials={m.material: MaterialState(m.state) for m in row.materials},
        closed_at=row.closed_at,
        archived_at=row.archived_at,
        accepted_on=row.accepted_on,
        receipt_number=row.receipt_number,
        seen=_seen(row),
    )


def _seen(row: CaseRow) -> frozenset[PlanPart]:
    return frozenset(
        PlanPart(kind, p.part, p.title) for p in row.parts for kind in PART_KINDS if p.kind == kind
    )


def _part_rows(seen: frozenset[PlanPart]) -> list[CasePartRow]:
    return [CasePartRow(kind=p.kind, part=p.part, title=p.title) for p in seen]


def _answer_rows(answers: Answers) -> list[CaseAnswerRow]:
    return [
        CaseAnswerRow(question=question, position=position, option=option)
        for question, chosen in answers.items()
        for position, option in enumerate(chosen or ("",))
    ]


def _update_answers(session: Session, row: CaseRow, answers: Answers) -> None:
    wanted = {(a.question, a.position): a.option for a in _answer_rows(answers)}
    if {(a.question, a.position): a.option for a in row.answers} != wanted:
        row.answers = []
        session.flush()  # the new rows have the keys of those deleted
        row.answers = _answer_rows(answers)


def _update_steps(row: CaseRow, case: Case) -> None:
    stored = {s.step: s for s in row.steps}
    for step, mark in case.steps.items():
        if step not in stored:
            row.steps.append(CaseStepRow(step=step, done_on=mark.done_on, note=mark.note))
        else:
            stored[step].done_on, stored[step].note = mark.done_on, mark.note


def _update_materials(row: CaseRow, case: Case) -> None:
    stored = {m.material: m for m in row.materials}
    for material, state in case.materials.items():
        if material not in stored:
            row.materials.append(CaseMaterialRow(material=material, state=state))
        else:
            stored[material].state = state


def _update_parts(session: Session, row: CaseRow, case: Case) -> None:
    if _seen(row) != case.seen:
        row.parts = []
        session.flush()  # the new rows have the keys of those deleted
        row.parts = _part_rows(case.seen)
