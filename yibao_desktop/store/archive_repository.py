"""All cases and visits at once, as an export or an import needs them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.order import merged
from yibao_desktop.domain.records.reading import Query, Visit
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

    def take_in(self, cases: Sequence[KeptCase]) -> None:
        """Store cases with their records, given the one changed last first, among those here.

        One with the same id, deleted or not, makes way.
        """
        new = {kept.case.id for kept in cases}
        order = select(CaseRow.id, CaseRow.updated_at).order_by(CaseRow.position.desc())
        ours = [(i, at) for i, at in self._session.execute(order) if i not in new]
        for kept in cases:
            self._add(kept)
        theirs = [(kept.case.id, kept.case.updated_at) for kept in cases]
        newest_first = merged(ours, theirs, itemgetter(1))
        positions = [
            {"id": case_id, "position": position}
            for position, (case_id, _) in enumerate(reversed(newest_first), 1)
        ]
        if positions:
            self._session.execute(update(CaseRow), positions)

    def _add(self, kept: KeptCase) -> None:
        self._session.execute(delete(CaseRow).where(CaseRow.id == kept.case.id))
        self._session.expunge_all()
        cases = CaseRepository(self._session)
        cases.add(kept.case)
        for event in kept.events:
            cases.log(kept.case.id, event.at, event.event, event.detail)
        self._session.flush()

    def visits(self) -> list[Visit]:
        """Each page that was opened once, with the last time, the one opened last first."""
        rows = self._session.scalars(select(VisitRow).order_by(VisitRow.id.desc()))
        return [Visit(row.item_id, row.title, row.visited_at) for row in rows]

    def queries(self) -> list[Query]:
        """Every query with its last time, the newest first."""
        rows = self._session.scalars(select(QueryRow).order_by(QueryRow.position.desc()))
        return [Query(row.text, row.at) for row in rows]
