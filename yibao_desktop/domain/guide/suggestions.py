"""What can be offered to complete what is being typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.kinds import Kind

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Item

MAX_QUERY = 200
"""Characters of a query that are looked at."""

MOST = 6
"""So many suggestions at most."""

QUERIES = 2
"""So many of them are earlier queries, where there are pages enough."""

_LETTER = re.compile("[a-z]")

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

    Titles may be typed by their pinyin or its beginnings, too. What begins with what is typed comes
    first; otherwise both keep the order they are given in. Of pages with one title the more useful
    is offered.
    """
    wanted = _plain(typed)
    if not wanted:
        return []
    places = [(_place(page, wanted), page) for page in pages if page.kind in SUGGESTED]
    places = [(place, page) for place, page in places if place is not None]
    places.sort(key=lambda found: (found[0] != 0, SUGGESTED.index(found[1].kind)))
    offered = list({_plain(page.title): page for _, page in reversed(places)}.values())[::-1]
    titles = {_plain(page.title) for page in offered}
    asked = [q for q in queries if wanted in _plain(q) and _plain(q) not in titles | {wanted}]
    asked.sort(key=lambda query: _later(query, wanted))
    room = MOST - min(len(asked), QUERIES)
    found = [Suggestion(page.title, page) for page in offered[:room]]
    return found + [Suggestion(query) for query in asked[: MOST - len(found)]]


def letters(title: str) -> str:
    """The letters, figures and Chinese characters of a title, each of which has a sound."""
    return "".join(c for c in _plain(title) if c.isalnum())


def _place(page: Item, wanted: str) -> int | None:
    """Where the title contains what is wanted, as it is written or as it is typed by its sound."""
    written = _plain(page.title).find(wanted)
    if written >= 0:
        return written
    if not page.sounds or not _LETTER.search(wanted):
        return None
    said = list(zip(letters(page.title), page.sounds, strict=True))
    spelled = wanted.replace("'", "")
    return next((start for start in range(len(said)) if _spells(spelled, said[start:])), None)


def _spells(typed: str, said: Sequence[tuple[str, str]]) -> bool:
    """Whether each character in turn is typed: itself, its syllable, or how that begins."""
    if not typed or not said:
        return not typed
    (character, syllable), rest = said[0], said[1:]
    beginnings = (syllable[:length] for length in range(len(syllable), 0, -1))
    return any(
        typed.startswith(way) and _spells(typed[len(way) :], rest)
        for way in dict.fromkeys((character, *beginnings))
    )


def _later(text: str, wanted: str) -> bool:
    return not _plain(text).startswith(wanted)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
