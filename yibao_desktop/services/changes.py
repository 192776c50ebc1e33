"""What an action changed, so that every page can tell whether it is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yibao_desktop.domain.records.case import Case
    from yibao_desktop.domain.records.commands import CaseCommand
    from yibao_desktop.services.case_views import CaseView


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different after an action.

    Attributes:
        cases: ids of the cases that changed, appeared or went.
        case: the one case that changed as it is now, where whoever changed it knows.
        before: the case as it was before, where one command changed it.
        command: that command.
        bookmarks: whether bookmarks changed.
        history: whether the reading history changed.
        queries: whether the earlier queries changed.
        documents: ids of the documents of one's own that changed, appeared or went.
    """

    cases: frozenset[str] = frozenset()
    case: CaseView | None = None
    before: Case | None = None
    command: CaseCommand | None = None
    bookmarks: bool = False
    history: bool = False
    queries: bool = False
    documents: frozenset[str] = frozenset()

    @classmethod
    def to(cls, view: CaseView) -> Changes:
        """One case is as the view says now."""
        return cls(cases=frozenset({view.case.id}), case=view)
