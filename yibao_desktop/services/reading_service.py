"""Bookmarks, reading history and earlier queries."""

from __future__ import annotations

import datetime

from yibao_desktop.domain.reading import Bookmark, Visit
from yibao_desktop.services.changes import Changes
from yibao_desktop.store.user_database import UserDatabase

KEPT_QUERIES = 50
"""So many earlier queries are kept."""


class ReadingService:
    """Keeps what the user marked, read and searched for."""

    def __init__(self, user: UserDatabase) -> None:
        self._user = user

    def bookmarks(self) -> list[Bookmark]:
        """Every bookmark, newest first."""
        with self._user.reading() as unit:
            return unit.bookmarks.all()

    def is_bookmarked(self, item_id: str) -> bool:
        """Whether the item is bookmarked."""
        with self._user.reading() as unit:
            return unit.bookmarks.has(item_id)

    def set_bookmark(self, item_id: str, title: str, kept: bool) -> Changes:
        """Keep or drop a bookmark."""
        with self._user.writing() as unit:
            if kept:
                unit.bookmarks.add(Bookmark(item_id, title, datetime.datetime.now(datetime.UTC)))
            else:
                unit.bookmarks.remove(item_id)
            unit.commit()
        return Changes(bookmarks=True)

    def recent(self, limit: int = 20) -> list[Visit]:
        """The pages opened last, each once, newest first."""
        with self._user.reading() as unit:
            return unit.history.recent(limit)

    def note_visit(self, item_id: str, title: str) -> Changes:
        """Note that a page was opened, where anything can be stored."""
        if self._user.refusal is not None:
            return Changes()
        with self._user.writing() as unit:
            unit.history.add(Visit(item_id, title, datetime.datetime.now(datetime.UTC)))
            unit.commit()
        return Changes(history=True)

    def queries(self) -> list[str]:
        """What was searched for, each text once, newest first."""
        with self._user.reading() as unit:
            return unit.queries.all()

    def note_query(self, query: str) -> Changes:
        """Note that something was searched for in earnest, not merely passed while typing."""
        storable = query.encode("utf-8", "ignore").decode("utf-8").strip()
        if not storable or self._user.refusal is not None:
            return Changes()
        with self._user.writing() as unit:
            unit.queries.add(storable, datetime.datetime.now(datetime.UTC), KEPT_QUERIES)
            unit.commit()
        return Changes(queries=True)

    def clear_history(self) -> Changes:
        """Forget which pages were opened and what was searched for."""
        with self._user.writing() as unit:
            unit.history.clear()
            unit.queries.clear()
            unit.commit()
        return Changes(history=True, queries=True)
