"""What the user keeps of reading: bookmarks and visits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An item kept by the user; the title is the one it had when it was kept.

    Attributes:
        folder: name of the folder it is kept in; empty where it is in none.
    """

    item_id: str
    title: str
    created_at: datetime.datetime
    note: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last time an item was opened."""

    item_id: str
    title: str
    visited_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Query:
    """Something that was searched for, and when the last time was."""

    text: str
    at: datetime.datetime


def by_folder(bookmarks: Iterable[Bookmark]) -> list[tuple[str, list[Bookmark]]]:
    """Bookmarks in no folder first, under an empty name, then folder by folder; order within stays.

    Folders are in the order of their names.
    """
    ordered = sorted(bookmarks, key=lambda bookmark: bookmark.folder)
    return [(name, list(kept)) for name, kept in groupby(ordered, lambda b: b.folder)]


def mentions(bookmark: Bookmark, words: str) -> bool:
    """Whether title, note or folder contain the words, in whatever case."""
    texts = (bookmark.title, bookmark.note, bookmark.folder)
    return any(words.casefold() in text.casefold() for text in texts)


def by_day(
    visits: Iterable[Visit], now: datetime.datetime
) -> list[tuple[datetime.date, list[Visit]]]:
    """Visits by the day they fall on where ``now`` is told (an aware moment); order stays."""
    days = groupby(visits, lambda visit: visit.visited_at.astimezone(now.tzinfo).date())
    return [(day, list(seen)) for day, seen in days]
