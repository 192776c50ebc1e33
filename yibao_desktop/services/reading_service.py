"""Bookmarks and reading history."""

from __future__ import annotations

import datetime

from yibao_desktop.domain.reading import Bookmark, Visit
from yibao_desktop.services.changes import Changes
from yibao_desktop.store.user_database import UserDatabase


class ReadingService:
    """Keeps what the user marked and what was read."""

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
        """Note that a page was opened."""
        with self._user.writing() as unit:
            unit.history.add(Visit(item_id, title, datetime.datetime.now(datetime.UTC)))
            unit.commit()
        return Changes(history=True)

    def clear_history(self) -> Changes:
        """Forget which pages were opened."""
        with self._user.writing() as unit:
            unit.history.clear()
            unit.commit()
        return Changes(history=True)
