"""All cases and visits at once, as an export or an import needs them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.reading import Visit
from yibao_desktop.store.case_repository import CaseRepository
from yibao_desktop.store.user_models import CaseEventRow, CaseRow, QueryRow, VisitRow


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One line of a case's record."""

    at: datetime.datetime
    event: str
    detail: str


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case with its record of what happened."""

    case: Case
    events: tuple[CaseEvent, ...] = ()


class ArchiveRepository:
    """Reads and adds whole records within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cases(self) -> list[KeptCase]:
        """Every case that was not deleted, with its record, the one changed last first."""
        events: dict[str, list[CaseEvent]] = defaultdict(list)
        for row in self._session.scalars(select(CaseEventRow).order_by(CaseEventRow.id)):
            events[row.case_id].append(CaseEvent(row.at, row.event, row.detail))
        return [
            KeptCase(case, tuple(events[case.id])) for case in CaseRepository(self._session).all()
        ]

    def ids(self) -> set[str]:
        """Ids of every case, those deleted among them."""
        return set(self._session.scalars(select(CaseRow.id)))

    def add(self, kept: KeptCase) -> None:
        """Store a case with its record; one with the same id, deleted or not, makes way for it."""
        self._session.execute(delete(CaseRow).where(CaseRow.id == kept.case.id))
        self._session.expunge_all()
        cases = CaseRepository(self._session)
        cases.add(kept.case)
        for event in kept.events:
            cases.log(kept.case.id, event.at, event.event, event.detail)
        self._session.flush()

    def visits(self) -> list[Visit]:
        """Each page that was opened once, with the last time, the one opened last first."""
        rows = self._session.scalars(select(VisitRow).order_by(VisitRow.visited_at.desc()))
        newest: dict[str, Visit] = {}
        for row in rows:
            newest.setdefault(row.item_id, Visit(row.item_id, row.title, row.visited_at))
        return list(newest.values())

    def queries(self) -> list[tuple[str, datetime.datetime]]:
        """Every query with its last time, the newest first."""
        rows = self._session.scalars(select(QueryRow).order_by(QueryRow.at.desc()))
        return [(row.text, row.at) for row in rows]
