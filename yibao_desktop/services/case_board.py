"""All cases side by side, read in one pass; what did not change since is not read again."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from yibao_desktop.domain.procedure.model import MaterialForm
from yibao_desktop.domain.records.case import Case
from yibao_desktop.services.case_views import CaseView, Needed, SharedMaterial, view_of
from yibao_desktop.services.procedure_service import ProcedureService
from yibao_desktop.store.case_repository import Stamp
from yibao_desktop.store.user_database import KeptDatabase, UnitOfWork

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Board:
    """Every case in its place, the one changed last first.

    Attributes:
        open: neither finished nor put away.
        finished: finished and not put away.
        archived: put away.
        lost: cases whose procedure is no longer in the guide.
        broken: cases of which something stored cannot be reckoned with; all others work.
    """

    open: tuple[CaseView, ...]
    finished: tuple[CaseView, ...]
    archived: tuple[CaseView, ...]
    lost: tuple[Case, ...]
    broken: tuple[Case, ...] = ()

    @property
    def count(self) -> int:
        """How many there are, whatever has become of them."""
        return sum(map(len, (self.open, self.finished, self.archived, self.lost, self.broken)))

    @property
    def materials(self) -> list[SharedMaterial]:
        """The papers of all open cases, the same ones together, those of most cases first.

        The cases of one paper are in the order they were begun: one that moved when it is ticked
        would leave the box of another below the mouse.
        """
        grouped: dict[tuple[str, MaterialForm | None], list[Needed]] = {}
        for view in sorted(self.open, key=_begun):
            for planned in view.plan.materials:
                key = planned.material.name, planned.material.form
                grouped.setdefault(key, []).append(Needed(view, planned))
        shared = [SharedMaterial(*key, tuple(needed)) for key, needed in grouped.items()]
        return sorted(shared, key=lambda material: -len(material.needed))


def _begun(view: CaseView) -> tuple[datetime.datetime, str, str]:
    """Puts cases in the order they were begun; those of one second stay in an order, too."""
    return view.case.created_at, view.case.nickname, view.case.id


class BoardReader:
    """Keeps what it read; a case is read again when it was changed since, by whomever."""

    def __init__(self, user: KeptDatabase[UnitOfWork], procedures: ProcedureService) -> None:
        self._user = user
        self._procedures = procedures
        self._stamps: dict[str, Stamp] = {}
        self._cases: dict[str, Case] = {}
        self._views: dict[str, CaseView] = {}

        self._day: datetime.date | None = None

    def forget(self) -> None:
        """Read everything anew: the procedures are others."""
        self._stamps, self._cases, self._views = {}, {}, {}

    def read(self, today: datetime.date) -> Board:
        """How all cases stand on a day."""
        cases = self._read_cases()
        if today != self._day:  # limits have come nearer
            self._day = today
            self._views.clear()
        known = [case for case in cases if case.procedure in self._known]
        views, broken = self._views_of(known, today)
        shown = [v for v in views if v.case.archived_at is None]
        return Board(
            open=tuple(v for v in shown if v.case.closed_at is None),
            finished=tuple(v for v in shown if v.case.closed_at is not None),
            archived=tuple(v for v in views if v.case.archived_at is not None),
            lost=tuple(case for case in cases if case.procedure not in self._known),
            broken=tuple(broken),
        )

    @property
    def _known(self) -> frozenset[str]:
        return self._procedures.ids

    def _read_cases(self) -> list[Case]:
        """Every case; those whose state is the one known are not read again."""
        with self._user.reading() as unit:
            stamps = unit.cases.stamps()
            stale = [i for i, stamp in stamps.items() if self._stamps.get(i) != stamp]
            fresh = unit.cases.some(stale) if stale else []
        for case in fresh:
            self._cases[case.id] = case
            self._views.pop(case.id, None)
        for gone in self._cases.keys() - stamps.keys():
            del self._cases[gone]
            self._views.pop(gone, None)
        self._stamps = stamps
        return [self._cases[i] for i in stamps]

    def _views_of(
        self, cases: Iterable[Case], today: datetime.date
    ) -> tuple[list[CaseView], list[Case]]:
        """The cases with what follows from them, and those of which nothing can follow."""
        views, broken = [], []
        for case in cases:
            try:
                views.append(self._view(case, today))
            except (ArithmeticError, LookupError, TypeError, ValueError):
                _log.exception("a case cannot be reckoned with")
                broken.append(case)
        return views, broken

    def _view(self, case: Case, today: datetime.date) -> CaseView:
        if case.id not in self._views:
            procedure = self._procedures.procedure(case.procedure)
            self._views[case.id] = view_of(case, procedure, today)
        return self._views[case.id]
