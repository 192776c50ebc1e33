"""What the user keeps of reading: bookmarks and visits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


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
