"""Bookmarks, reading history and earlier queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yibao_desktop.clock import Clock
from yibao_desktop.domain.records.kept_text import FOLDER, NOTE, QUERY, TITLE
from yibao_desktop.domain.records.reading import Bookmark, Query, Visit
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import SettingsStore
from yibao_desktop.store.reading_repository import KEPT_QUERIES, KEPT_VISITS
from yibao_desktop.store.user_database import KeptDatabase, UnitOfWork

HOW_LONG_KEPT = f"看过的留最近 {KEPT_VISITS} 页，搜过的留最近 {KEPT_QUERIES} 句，更早的会自动去掉。"


class ReadingService:
    """Keeps what the user marked, read and searched for; without traces only what was marked."""

    def __init__(
        self, user: KeptDatabase[UnitOfWork], settings: SettingsStore, clock: Clock
    ) -> None:
        self._user = user
        self._settings = settings
        self._clock = clock

    # -- bookmarks ----------------------------------------------------------------------------

    def bookmarks(self) -> list[Bookmark]:
        """Every bookmark, newest first."""
        with self._user.reading() as unit:
            return unit.bookmarks.all()

    def bookmark(self, item_id: str) -> Bookmark | None:
        """The bookmark of an item; None where it has none."""
        with self._user.reading() as unit:
            return unit.bookmarks.get(item_id)

    def add_bookmark(self, item_id: str, title: str) -> Changes:
        """Keep an item; a bookmark it already has stays as it is."""
        with self._user.writing() as unit:
            if unit.bookmarks.get(item_id) is None:
                kept = Bookmark(item_id, _title(item_id, title), self._clock.now())
                unit.bookmarks.add(kept)
                unit.commit()
        return Changes(bookmarks=True)

    def put_bookmark(self, bookmark: Bookmark) -> Changes:
        """Keep a bookmark with its folder and note, in place of one for the same item.

        One that was removed comes back to where it was.

        Raises:
            UserError: the note is too long.
        """
        return self.put_bookmarks([bookmark])

    def put_bookmarks(self, bookmarks: Sequence[Bookmark]) -> Changes:
        """Keep several bookmarks as ``put_bookmark`` does, all of them or none.

        Raises:
            UserError: a note is too long.
        """
        kept = [
            replace(b, note=NOTE.kept(b.note), folder=FOLDER.clean(b.folder)) for b in bookmarks
        ]
        with self._user.writing() as unit:
            for bookmark in kept:
                if unit.bookmarks.get(bookmark.item_id) is None:
                    unit.bookmarks.take_in([bookmark])
                else:
                    unit.bookmarks.add(bookmark)
            unit.commit()
        return Changes(bookmarks=True)

    def remove_bookmark(self, item_id: str) -> Changes:
        """Drop the item's bookmark, if there is one."""
        with self._user.writing() as unit:
            unit.bookmarks.remove(item_id)
            unit.commit()
        return Changes(bookmarks=True)

    def rename_folder(self, old: str, new: str) -> Changes:
        """Give a folder of bookmarks another name; one that exists takes the bookmarks in."""
        with self._user.writing() as unit:
            unit.bookmarks.move_all(old, FOLDER.clean(new))
            unit.commit()
        return Changes(bookmarks=True)

    @property
    def _leaves_no_trace(self) -> bool:
        """Whether what is read and searched for is not kept: nobody wants it, or nobody can."""
        return self._settings.current.leaves_no_trace or self._user.refusal is not None

    # -- history ------------------------------------------------------------------------------

    def recent(self, limit: int = 20, words: str = "") -> list[Visit]:
        """The pages opened last, each once, newest first; ``words`` is a part of their titles."""
        with self._user.reading() as unit:
            return unit.history.recent(limit, words)

    def note_visit(self, item_id: str, title: str) -> Changes:
        """Note that a page was opened, unless no trace is to be left or nothing can be stored."""
        if self._leaves_no_trace:
            return Changes()
        with self._user.writing() as unit:
            unit.history.add(Visit(item_id, _title(item_id, title), self._clock.now()))
            unit.commit()
        return Changes(history=True)

    def put_visit(self, visit: Visit) -> Changes:
        """Note again that an item was opened when it was; what was opened since stays."""
        return self.bring_back([visit], [])

    def kept_history(self) -> tuple[list[Visit], list[Query]]:
        """Pages opened and queries, each the newest first, as ``bring_back`` takes them."""
        with self._user.reading() as unit:
            return unit.archive.visits(), unit.archive.queries()

    def bring_back(self, visits: list[Visit], queries: list[Query]) -> Changes:
        """Note what was forgotten again; what was opened and asked since stays."""
        with self._user.writing() as unit:
            here = {visit.item_id for visit in unit.history.recent(KEPT_VISITS)}
            unit.history.take_in(v for v in visits if v.item_id not in here)
            asked = set(unit.queries.all())
            unit.queries.take_in(q for q in queries if q.text not in asked)
            unit.commit()
        return Changes(history=True, queries=True)

    def forget_visits(self, item_id: str) -> Changes:
        """Forget that an item was opened."""
        with self._user.writing() as unit:
            unit.history.forget(item_id)
            unit.commit()
        return Changes(history=True)

    def queries(self) -> list[str]:
        """What was searched for, each text once, newest first."""
        with self._user.reading() as unit:
            return unit.queries.all()

    def note_query(self, query: str) -> Changes:
        """Note that something was searched for in earnest, unless no trace is to be left."""
        storable = QUERY.clean(query)
        if not storable or self._leaves_no_trace:
            return Changes()
        with self._user.writing() as unit:
            unit.queries.add(storable, self._clock.now())
            unit.commit()
        return Changes(queries=True)

    def clear_history(self) -> Changes:
        """Forget which pages were opened and what was searched for."""
        with self._user.writing() as unit:
            unit.history.clear()
            unit.queries.clear()
            unit.commit()
        return Changes(history=True, queries=True)


def _title(item_id: str, title: str) -> str:
    return TITLE.clean(title) or item_id
