"""What an action changed, so that every page can tell whether it is out of date."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT = "draft"
"""Id of the one case that has no name and is on no disk: it is only looked through."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different after an action.

    Attributes:
        cases: ids of the cases that changed, appeared or went.
        bookmarks: whether bookmarks changed.
        history: whether the reading history changed.
        queries: whether the earlier queries changed.
    """

    cases: frozenset[str] = frozenset()
    bookmarks: bool = False
    history: bool = False
    queries: bool = False
