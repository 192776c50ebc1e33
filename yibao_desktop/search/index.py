"""The tables of the content database search rests on: how they are filled and asked."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, bindparam, insert, text
from sqlalchemy.orm import Session

from yibao_desktop.domain.guide.items import page_id
from yibao_desktop.search import bitset
from yibao_desktop.search.segmenter import Segmenter, characters, pairs
from yibao_desktop.store.content_models import TermRow

INDEX_VERSION = 5
"""Stored with the index; changes whenever the way terms are made does."""

BREAK = "\ue000"
"""Set between names so that no phrase runs from one into the next.

A private character: the full-text tables index it, ``characters`` never lets one into a query.
"""

FETCHED_AT_ONCE = 10_000
"""SQLite takes only so many numbers in one statement."""

_FILL_PAIRS = text(
    "INSERT INTO passage_pair (rowid, title, names, asked, body) "
    "VALUES (:n, :title, :names, :asked, :body)"
)
_FILL_PINYIN = text(
    "INSERT INTO passage_pinyin (rowid, syllables, initials) VALUES (:n, :syllables, :initials)"
)
_ASK_PAIRS = text("SELECT rowid FROM passage_pair WHERE passage_pair MATCH :query")
_ASK_PINYIN = text("SELECT rowid FROM passage_pinyin WHERE passage_pinyin MATCH :query")
_ASK_TERMS = text("SELECT text, count, passages, named FROM term WHERE text IN :terms").bindparams(
    bindparam("terms", expanding=True)
)
_ASK_NAMES = text(
    "SELECT number, item_id, region, name_terms FROM passage JOIN item ON item.id = item_id "
    "WHERE number IN :numbers"
).bindparams(bindparam("numbers", expanding=True))
_COUNT = text("SELECT count(*) FROM passage")


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as it goes into the index.

    Attributes:
        names: what it is called besides.
        asked: typical questions.
        syllables: full pinyin of the title, of each name and of each question, letters only.
        initials: first letters of the title and of each name.
    """

    title: str
    names: Sequence[str]
    asked: Sequence[str]
    body: str
    syllables: Sequence[str]
    initials: Sequence[str]


class IndexWriter:
    """Fills the index, passage after passage."""

    def __init__(self, session: Session, segmenter: Segmenter) -> None:
        self._session = session
        self._segmenter = segmenter
        self._size = 0
        self._passages: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._named: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._used: Counter[str] = Counter()

    def add(self, number: int, entry: Entry) -> None:
        """Index one passage; numbers rise."""
        normalise = self._segmenter.lexicon.normalise
        title, body = normalise(entry.title), normalise(entry.body)
        names = [normalise(name) for name in entry.names]
        asked = [normalise(question) for question in entry.asked]
        own_names, said = self._terms(title, *names), self._terms(*asked)
        used = own_names | self._terms(body)
        self._used.update(used)
        for term in own_names | said:
            self._named[term].append(number)
        for term in used | said:
            self._passages[term].append(number)
        self._size = number
        self._session.execute(
            _FILL_PAIRS,
            {
                "n": number,
                "title": pairs(title),
                "names": _apart(names),
                "asked": f"{BREAK} {_apart(asked)} {BREAK}",
                "body": pairs(body),
            },
        )
        self._session.execute(
            _FILL_PINYIN,
            {
                "n": number,
                "syllables": f" {BREAK} ".join(map(characters, entry.syllables)),
                "initials": f" {BREAK} ".join(map(characters, entry.initials)),
            },
        )

    def _terms(self, *texts: str) -> set[str]:
        return {term for text in texts for term in self._segmenter.terms(text)}

    def finish(self) -> None:
        """Note which passages have which terms, once all are added."""
        rows = [
            {
                "text": term,
                "count": self._used[term],
                "passages": bitset.pack(found, self._size),
                "named": bitset.pack(self._named[term], self._size),
            }
            for term, found in sorted(self._passages.items())
        ]
        if rows:
            self._session.execute(insert(TermRow), rows)


def name_terms(texts: Iterable[str], segmenter: Segmenter) -> str:
    """The index terms of a title or of names, one text a line."""
    normalise = segmenter.lexicon.normalise
    return "\n".join(" ".join(segmenter.terms(normalise(text))) for text in texts)


def _apart(names: Iterable[str]) -> str:
    return f" {BREAK} ".join(map(pairs, names))


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
    """

    page: str
    region: str | None
    terms: tuple[str, ...]


def phrase_matches(session: Session, normalised: str) -> list[int]:
    """Numbers of the passages that contain the text as it stands, punctuation aside.

    A typical question must be the same as a whole: what is part of it, it does not treat.
    """
    whole = pairs(normalised)
    first, _, last = whole.rpartition(" ")
    if not last:
        return []
    own = f'"{first}"' if first else f'"{last}" *'
    query = f'{{title names body}} : {own} OR asked : "{BREAK} {whole} {BREAK}"'
    return _matches(session, _ASK_PAIRS, query)


def pinyin_matches(session: Session, letters: str) -> list[int]:
    """Numbers of the passages with a name whose pinyin or initials contain the letters."""
    spaced = characters(letters)
    return _matches(session, _ASK_PINYIN, f'"{spaced}"' if spaced else "")


def _matches(session: Session, statement: TextClause, query: str) -> list[int]:
    return list(session.scalars(statement, {"query": query})) if query else []


def postings(session: Session, terms: Sequence[str], size: int) -> dict[str, Posting]:
    """Term → where it stands among so many passages; nothing for terms that stand nowhere."""
    return {
        term: Posting(count, bitset.unpack(passages, size), bitset.unpack(named, size))
        for term, count, passages, named in session.execute(_ASK_TERMS, {"terms": terms})
    }


def names(session: Session, numbers: Sequence[int]) -> Iterator[tuple[int, Names]]:
    """These passages by number, with what they are called."""
    for start in range(0, len(numbers), FETCHED_AT_ONCE):
        part = numbers[start : start + FETCHED_AT_ONCE]
        for number, item, region, terms in session.execute(_ASK_NAMES, {"numbers": part}):
            yield number, Names(page_id(item), region, tuple(terms.split("\n")))


def count_passages(session: Session) -> int:
    """Number of passages in the index, which is the largest of their numbers, too."""
    return session.scalar(_COUNT) or 0
