"""Bookmarks, reading history and earlier queries in the user database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from operator import attrgetter

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from yibao_desktop.domain.records.order import merged
from yibao_desktop.domain.records.reading import Bookmark, Query, Visit
from yibao_desktop.store.user_models import BookmarkRow, QueryRow, VisitRow

KEPT_VISITS = 200
"""So many pages that were read are kept: the last ones, however long ago that was."""

KEPT_QUERIES = 50
"""So many earlier queries are kept."""


class BookmarkRepository:
    """Bookmarks within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Bookmark]:
        """Every bookmark, the one kept last first."""
        rows = self._session.scalars(select(BookmarkRow).order_by(BookmarkRow.position.desc()))
        return [_bookmark(row) for row in rows]

    def get(self, item_id: str) -> Bookmark | None:
        """The bookmark of an item; None where it has none."""
        row = self._session.get(BookmarkRow, item_id)
        return _bookmark(row) if row else None

    def add(self, bookmark: Bookmark) -> None:
        """Keep a bookmark before all others; one for the same item is replaced in its place."""
        known = self._session.get(BookmarkRow, bookmark.item_id)
        newest = self._session.scalar(select(func.max(BookmarkRow.position))) or 0
        self._put(bookmark, known.position if known else newest + 1)

    def take_in(self, bookmarks: Iterable[Bookmark]) -> None:
        """Keep bookmarks of other items, given the newest first, among those here."""
        newest_first = merged(self.all(), bookmarks, attrgetter("created_at"))
        for position, bookmark in enumerate(reversed(newest_first), 1):
            self._put(bookmark, position)

    def _put(self, bookmark: Bookmark, position: int) -> None:
        self._session.merge(
            BookmarkRow(
                item_id=bookmark.item_id,
                title=bookmark.title,
                note=bookmark.note,
                created_at=bookmark.created_at,
                folder=bookmark.folder,
                position=position,
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
    """Reading history within one session: each page once, in the order they were read last."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, visit: Visit) -> None:
        """Note that an item was opened; only the ``KEPT_VISITS`` last ones stay."""
        self.forget(visit.item_id)
        self._append(visit)
        self._session.flush()
        older = select(VisitRow.id).order_by(VisitRow.id.desc()).offset(KEPT_VISITS)
        self._session.execute(delete(VisitRow).where(VisitRow.id.in_(older)))

    def take_in(self, visits: Iterable[Visit]) -> None:
        """Note visits of other items, given the newest first, among those here."""
        newest_first = merged(self.recent(KEPT_VISITS), visits, attrgetter("visited_at"))
        self.clear()
        for visit in reversed(newest_first[:KEPT_VISITS]):
            self._append(visit)
            self._session.flush()

    def _append(self, visit: Visit) -> None:
        self._session.add(
            VisitRow(item_id=visit.item_id, title=visit.title, visited_at=visit.visited_at)
        )

    def recent(self, limit: int, words: str = "") -> list[Visit]:
        """The items opened last, newest first, with ``words`` in their titles."""
        newest = select(VisitRow).order_by(VisitRow.id.desc()).limit(limit)
        if words:
            newest = newest.where(VisitRow.title.icontains(words, autoescape=True))
        return [Visit(r.item_id, r.title, r.visited_at) for r in self._session.scalars(newest)]

    def forget(self, item_id: str) -> None:
        """Forget that an item was opened."""
        self._session.execute(delete(VisitRow).where(VisitRow.item_id == item_id))

    def clear(self) -> None:
        """Forget everything."""
        self._session.execute(delete(VisitRow))


class QueryRepository:
    """What was searched for, within one session: each text once, the newest kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, query: str, at: datetime.datetime) -> None:
        """Note a query; only the ``KEPT_QUERIES`` newest stay."""
        newest = self._session.scalar(select(func.max(QueryRow.position))) or 0
        self._session.merge(QueryRow(text=query, at=at, position=newest + 1))
        self._session.flush()
        older = select(QueryRow.text).order_by(QueryRow.position.desc()).offset(KEPT_QUERIES)
        self._session.execute(delete(QueryRow).where(QueryRow.text.in_(older)))

    def take_in(self, queries: Iterable[Query]) -> None:
        """Note other queries, given the newest first, among those here."""
        rows = self._session.scalars(select(QueryRow).order_by(QueryRow.position.desc()))
        ours = [Query(row.text, row.at) for row in rows]
        newest_first = merged(ours, queries, attrgetter("at"))[:KEPT_QUERIES]
        self.clear()
        self._session.expunge_all()
        for position, query in enumerate(reversed(newest_first), 1):
            self._session.add(QueryRow(text=query.text, at=query.at, position=position))

    def all(self) -> list[str]:
        """Every query, newest first."""
        return list(self._session.scalars(select(QueryRow.text).order_by(QueryRow.position.desc())))

    def clear(self) -> None:
        """Forget everything."""
        self._session.execute(delete(QueryRow))
