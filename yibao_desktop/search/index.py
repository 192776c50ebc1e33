"""The tables of the content database search rests on: how they are asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yibao_desktop.domain.guide.items import page_id
from yibao_desktop.search import bitset
from yibao_desktop.search.intent import Intent
from yibao_desktop.search.segmenter import characters, pairs

INDEX_VERSION = 6
"""Stored with the index; changes whenever the way terms are made does."""

BREAK = "\ue000"
"""Set between names so that no phrase runs from one into the next.

A private character: the full-text tables index it, ``characters`` never lets one into a query.
"""

_ASK_PAIRS = "SELECT rowid FROM passage_pair WHERE passage_pair MATCH ?"
_ASK_PINYIN = "SELECT rowid FROM passage_pinyin WHERE passage_pinyin MATCH ?"
_ASK_TERMS = """
    SELECT text, count, passages, named FROM term WHERE text IN (SELECT value FROM json_each(?))
"""
_ASK_NAMES = """
    SELECT number, item_id, region, name_terms, tells FROM passage JOIN item ON item.id = item_id
    WHERE number IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a term stands: the passages that have it anywhere, and in a title or name, as bits.

    ``count`` is how many use it themselves, typical questions left out.
    """

    count: int
    passages: bytes
    named: bytes


@dataclass(frozen=True, slots=True)
class Names:
    """What a passage is called, and what else it is weighed by.

    Attributes:
        page: id of its page.
        region: code of the place it is told for.
        terms: of the title with the heading, then of each name and each typical question, with
            spaces between them.
        tells: the kinds of things its text tells.
    """

    page: str
    region: str | None
    terms: tuple[str, ...]
    tells: frozenset[Intent]


def phrase_matches(connection: sqlite3.Connection, normalised: str) -> list[int]:
    """Numbers of the passages that contain the text as it stands, punctuation aside.

    A typical question must be the same as a whole: what is part of it, it does not treat.
    """
    whole = pairs(normalised)
    first, _, last = whole.rpartition(" ")
    if not last:
        return []
    own = f'"{first}"' if first else f'"{last}" *'
    query = f'{{title names body}} : {own} OR asked : "{BREAK} {whole} {BREAK}"'
    return _matches(connection, _ASK_PAIRS, query)


def pinyin_matches(connection: sqlite3.Connection, letters: str) -> list[int]:
    """Numbers of the passages with a name whose pinyin or initials contain the letters."""
    spaced = characters(letters)
    return _matches(connection, _ASK_PINYIN, f'"{spaced}"' if spaced else "")


def _matches(connection: sqlite3.Connection, statement: str, query: str) -> list[int]:
    if not query:
        return []
    return [number for (number,) in connection.execute(statement, (query,)).fetchall()]


def postings(connection: sqlite3.Connection, terms: Sequence[str], size: int) -> dict[str, Posting]:
    """Term → where it stands among so many passages; nothing for terms that stand nowhere."""
    return {
        term: Posting(count, bitset.unpack(passages, size), bitset.unpack(named, size))
        for term, count, passages, named in connection.execute(_ASK_TERMS, (json.dumps(terms),))
    }


def names(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, Names]]:
    """These passages by number, with what they are called."""
    rows = connection.execute(_ASK_NAMES, (json.dumps(numbers),)).fetchall()
    for number, item, region, terms, tells in rows:
        told = frozenset(map(Intent, tells.split()))
        yield number, Names(page_id(item), region, tuple(terms.split("\n")), told)


def count_passages(connection: sqlite3.Connection) -> int:
    """Number of passages in the index, which is the largest of their numbers, too."""
    (count,) = connection.execute("SELECT count(*) FROM passage").fetchone()
    return int(count)
