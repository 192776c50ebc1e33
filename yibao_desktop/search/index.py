"""The full-text tables of the content database: how they are filled and asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from yibao_desktop.search.segmenter import Segmenter, characters

INDEX_VERSION = 3
"""Stored with the index; changes whenever the way terms are made does."""

BREAK = "\ue000"
"""Set between names so that no phrase runs from one into the next.

A private character: the full-text tables index it, ``characters`` never lets one into a query.
"""

_FILL_WORDS = text(
    "INSERT INTO passage_word (rowid, title, names, body) VALUES (:n, :title, :names, :body)"
)
_FILL_CHARACTERS = text(
    "INSERT INTO passage_character (rowid, title, names, body) VALUES (:n, :title, :names, :body)"
)
_FILL_PINYIN = text(
    "INSERT INTO passage_pinyin (rowid, syllables, initials) VALUES (:n, :syllables, :initials)"
)
_ASK_WORDS = text(
    # The texts are read only once it is known which few are wanted.
    "SELECT found.number, title, names, body, distance FROM ("
    "SELECT rowid AS number, bm25(passage_word, 8.0, 6.0, 1.0) AS distance FROM passage_word "
    "WHERE passage_word MATCH :query ORDER BY distance, rowid LIMIT :most"
    ") AS found JOIN passage_word ON passage_word.rowid = found.number "
    "ORDER BY distance, found.number"
)
_ASK_CHARACTERS = text(
    "SELECT rowid FROM passage_character WHERE passage_character MATCH :query "
    "ORDER BY rank, rowid LIMIT :most"
)
_ASK_PINYIN = text(
    "SELECT rowid FROM passage_pinyin WHERE passage_pinyin MATCH :query "
    "ORDER BY rank, rowid LIMIT :most"
)
_ASK_FREQUENCY = text("SELECT doc FROM passage_vocabulary WHERE term = :term")
_COUNT = text("SELECT count(*) FROM passage")

ALL = -1
"""Limit of queries that have none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as it goes into the full-text tables.

    Attributes:
        names: aliases and typical questions.
        syllables: full pinyin of the title and of each name, letters only.
        initials: first letters of the same.
    """

    title: str
    names: Sequence[str]
    body: str
    syllables: Sequence[str]
    initials: Sequence[str]


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A passage that shares terms with a query; ``relevance`` is weighted BM25, more is better."""

    number: int
    terms: frozenset[str]
    relevance: float


def fill(session: Session, number: int, entry: Entry, segmenter: Segmenter) -> None:
    """Write one passage into the full-text tables."""
    normalise = segmenter.lexicon.normalise
    title, body = normalise(entry.title), normalise(entry.body)
    names = [normalise(name) for name in entry.names]
    session.execute(
        _FILL_WORDS,
        {
            "n": number,
            "title": " ".join(segmenter.terms(title)),
            "names": " ".join(term for name in names for term in segmenter.terms(name)),
            "body": " ".join(segmenter.terms(body)),
        },
    )
    session.execute(
        _FILL_CHARACTERS,
        {
            "n": number,
            "title": characters(title),
            "names": _spaced(names),
            "body": characters(body),
        },
    )
    session.execute(
        _FILL_PINYIN,
        {"n": number, "syllables": _spaced(entry.syllables), "initials": _spaced(entry.initials)},
    )


def _spaced(names: Iterable[str]) -> str:
    return f" {BREAK} ".join(characters(name) for name in names)


def phrase_matches(session: Session, normalised: str, most: int = ALL) -> list[int]:
    """Numbers of the passages that contain the text as it stands, punctuation aside."""
    return _matches(session, _ASK_CHARACTERS, normalised, most)


def pinyin_matches(session: Session, letters: str, most: int = ALL) -> list[int]:
    """Numbers of the passages with a name whose pinyin or initials contain the letters."""
    return _matches(session, _ASK_PINYIN, letters, most)


def _matches(session: Session, statement: TextClause, phrase: str, most: int) -> list[int]:
    spaced = characters(phrase)
    if not spaced:
        return []
    return list(session.scalars(statement, {"query": f'"{spaced}"', "most": most}))


def word_matches(
    session: Session, asked: Iterable[str], terms: Iterable[str], most: int = ALL
) -> list[WordMatch]:
    """Passages that have at least one of the terms asked for, with all their terms, best first."""
    query = " OR ".join(f'"{term}"' for term in asked)
    if not query:
        return []
    wanted = frozenset(terms)
    found = []
    rows = session.execute(_ASK_WORDS, {"query": query, "most": most})
    for number, title, names, body, distance in rows:
        present = wanted.intersection(f"{title} {names} {body}".split())
        found.append(WordMatch(number, present, -distance))
    return found


def term_frequency(session: Session, term: str) -> int:
    """Number of passages that have the term."""
    return session.scalar(_ASK_FREQUENCY, {"term": term}) or 0


def count_passages(session: Session) -> int:
    """Number of passages in the index."""
    return session.scalar(_COUNT) or 0
