"""Bookmarks, reading history and earlier queries in the user database."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from yibao_desktop.domain.records.reading import Bookmark, Visit
from yibao_desktop.store.user_models import BookmarkRow, QueryRow, VisitRow


class BookmarkRepository:
    """Bookmarks within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Bookmark]:
        """Every bookmark, newest first."""
        rows = self._session.scalars(select(BookmarkRow).order_by(BookmarkRow.created_at.desc()))
        return [_bookmark(row) for row in rows]

    def get(self, item_id: str) -> Bookmark | None:
        """The bookmark of an item; None where it has none."""
        row = self._session.get(BookmarkRow, item_id)
        return _bookmark(row) if row else None

    def add(self, bookmark: Bookmark) -> None:
        """Keep a bookmark; one for the same item is replaced."""
        self._session.merge(
            BookmarkRow(
                item_id=bookmark.item_id,
                title=bookmark.title,
                note=bookmark.note,
                created_at=bookmark.created_at,
                folder=bookmark.folder,
            )
        )

    def move_all(self, old: str, new: str) -> None:
        """Move every bookmark of one folder to another."""
        moved = update(BookmarkRow).where(BookmarkRow.folder == old).values(folder=new)
        self._session.execute(moved)

    def remove(self, item_id: str) -> None:
        """Drop the item's bookmark, if there is one."""
        self._session.execute(delete(BookmarkRow).where(BookmarkRow.item_id == item_id))


def _bookmark(row: BookmarkRow) -> Bookmark:
    return Bookmark(row.item_id, row.title, row.created_at, row.note, row.folder)


class HistoryRepository:
    """Reading history within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, visit: Visit) -> None:
        """Note that an item was opened."""
        self._session.add(
            VisitRow(item_id=visit.item_id, title=visit.title, visited_at=visit.visited_at)
        )

    def recent(self, limit: int, words: str = "") -> list[Visit]:
        """The items opened last, each once, newest first, with ``words`` in their titles."""
        last = func.max(VisitRow.id)
        newest = select(last).group_by(VisitRow.item_id).order_by(last.desc()).limit(limit)
        if words:
            newest = newest.where(VisitRow.title.icontains(words, autoescape=True))
        rows = self._session.scalars(
            select(VisitRow).where(VisitRow.id.in_(newest)).order_by(VisitRow.id.desc())
        )
        return [Visit(r.item_id, r.title, r.visited_at) for r in rows]

    def forget(self, item_id: str) -> None:
        """Forget that an item was opened."""
        self._session.execute(delete(VisitRow).where(VisitRow.item_id == item_id))

    def clear(self) -> None:
        """Forget everything."""
        self._session.execute(delete(VisitRow))


class QueryRepository:
    """What was searched for, within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, query: str, at: datetime.datetime, kept: int) -> None:
        """Note a query, each text once; only the ``kept`` newest stay."""
        self._session.merge(QueryRow(text=query, at=at))
        self._session.flush()
        older = select(QueryRow.text).order_by(QueryRow.at.desc()).offset(kept)
        self._session.execute(delete(QueryRow).where(QueryRow.text.in_(older)))

    def all(self) -> list[str]:
        """Every query, newest first."""
        return list(self._session.scalars(select(QueryRow.text).order_by(QueryRow.at.desc())))

    def clear(self) -> None:
        """Forget everything."""
        self._session.execute(delete(QueryRow))
