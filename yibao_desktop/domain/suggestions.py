"""What can be offered to complete what is being typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yibao_desktop.domain.kinds import Kind

if TYPE_CHECKING:
    from yibao_desktop.domain.guide import Item

MAX_QUERY = 200
"""Characters of a query that are looked at."""

MOST = 6
"""So many suggestions at most."""

QUERIES = 2
"""So many of them are earlier queries, where there are pages enough."""

SUGGESTED = (Kind.PROCEDURE, Kind.TOPIC)
"""Kinds of page that are suggested, the more useful first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page to open, or an earlier query to search for again.

    Attributes:
        page: the topic or procedure; None for a query.
    """

    text: str
    page: Item | None = None


def suggest(typed: str, pages: Iterable[Item], queries: Sequence[str]) -> list[Suggestion]:
    """Topics and procedures, then earlier queries, whose text contains what is typed.

    What begins with it comes first; otherwise both keep the order they are given in.
    """
    wanted = _plain(typed)
    if not wanted:
        return []
    offered = [page for page in pages if page.kind in SUGGESTED and wanted in _plain(page.title)]
    offered.sort(key=lambda p: (_later(p.title, wanted), SUGGESTED.index(p.kind)))
    titles = {_plain(page.title) for page in offered}
    asked = [q for q in queries if wanted in _plain(q) and _plain(q) not in titles | {wanted}]
    asked.sort(key=lambda query: _later(query, wanted))
    room = MOST - min(len(asked), QUERIES)
    found = [Suggestion(page.title, page) for page in offered[:room]]
    return found + [Suggestion(query) for query in asked[: MOST - len(found)]]


def _later(text: str, wanted: str) -> bool:
    return not _plain(text).startswith(wanted)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
