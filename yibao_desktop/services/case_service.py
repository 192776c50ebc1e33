"""Cases: one procedure being done for one person."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import replace

from yibao_desktop.clock import Clock
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.interview import checked_answers
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.records.case import DRAFT, Case
from yibao_desktop.domain.records.commands import CaseCommand, checked_nickname
from yibao_desktop.domain.records.edition import news, parts, still_unseen
from yibao_desktop.errors import UserError
from yibao_desktop.services.case_board import Board, BoardReader
from yibao_desktop.services.case_views import CaseView, view_of
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.procedure_service import ProcedureService
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.user_database import KeptDatabase, UnitOfWork

MAX_CASES = 10_000
"""So many cases are kept at most, deleted ones apart; a file of all of them can be read in."""

FULL = f"记着的事已经有 {MAX_CASES} 件，不能再多了。"
FULL_HINT = "请先删掉一些用不着的。"

GONE, GONE_HINT = "这件事的记录已经不在了。", "请回到“我的办理”重新选。"


class CaseService:
    """Starts, changes and ends cases; what it acknowledges is on disk."""

    def __init__(
        self,
        user: KeptDatabase[UnitOfWork],
        content: ContentRepository,
        procedures: ProcedureService,
        clock: Clock,
    ) -> None:
        self._user = user
        self._content = content
        self._procedures = procedures
        self._clock = clock
        self._board = BoardReader(user, procedures)
        self._draft: Case | None = None

    def follow(self, content: ContentRepository) -> None:
        """Go on with another content; its procedures have followed already."""
        self._content = content
        self._board.forget()

    def board(self) -> Board:
        """Every case."""
        return self._board.read(self._clock.today())

    def open_cases(self) -> list[CaseView]:
        """Cases neither finished nor put away, the one changed last first."""
        return list(self.board().open)

    def count_open(self) -> int:
        """How many cases are neither finished nor put away; none of them is read."""
        with self._user.reading() as unit:
            return unit.cases.count_open(self._procedures.ids)

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

    def begin(self, procedure_id: str, nickname: str) -> CaseView:
        """Begin a case for a person that is kept from its first answer on.

        Until then it is a draft, and nothing is left of it when one goes back. Where nothing is
        asked it is kept at once.

        Raises:
            UserError: there is no such procedure, or no name was given.
        """
        new = self._new(procedure_id, nickname)
        if not make_plan(self._procedures.procedure(procedure_id), {}).to_ask:
            return self._add(new, "started")
        self._draft = replace(new, id=DRAFT)
        return self._view(self._draft)

    def under_way(self, procedure_id: str, nickname: str) -> CaseView | None:
        """The open case of a person about the same, if there is one: the one changed last."""
        name = checked_nickname(nickname)
        same = (v for v in self.open_cases() if v.procedure.id == procedure_id)
        return next((view for view in same if view.case.nickname == name), None)

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

    def _new(self, procedure_id: str, nickname: str) -> Case:
        name = checked_nickname(nickname)
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

    def apply(self, case_id: str, command: CaseCommand) -> Changes:
        """Do something to a case; with the changes comes the case as it is now.

        Raises:
            UserError: the case is gone, or the command does not fit it.
        """
        if case_id == DRAFT:
            case = self._applied(_found(self._draft), command)
            if not case.nickname:
                self._draft = case
                return Changes.to(self._view(case))
            kept = self._add(replace(case, id=uuid.uuid4().hex), "started")
            self._draft = None
            return Changes(cases=frozenset({DRAFT, kept.case.id}), case=kept)
        with self._user.writing() as unit:
            before = _found(unit.cases.get(case_id))
            case = self._applied(before, command)
            unit.cases.update(case)
            unit.cases.log(case_id, case.updated_at, command.event, command.detail)
            unit.commit()
        return replace(Changes.to(self._view(case)), before=before, command=command)

    def _applied(self, case: Case, command: CaseCommand) -> Case:
        procedure = self._procedures.procedure(case.procedure)
        before, now = make_plan(procedure, case.answers), self._clock.now()
        changed = command.change(case, before, now)
        if changed.seen == case.seen:
            plan = make_plan(procedure, changed.answers)
            changed = replace(changed, seen=still_unseen(news(case, before), plan))
        version = self._content.version
        return replace(changed, updated_at=now, content_version=version)

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

    def _view(self, case: Case) -> CaseView:
        procedure = self._procedures.procedure(case.procedure)
        return view_of(case, procedure, self._clock.today())


def _found(case: Case | None) -> Case:
    if case is None:
        raise UserError(GONE, GONE_HINT)
    return case
