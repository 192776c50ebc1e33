"""The tables of the content database search rests on: how they are filled."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from yibao_desktop.search import bitset
from yibao_desktop.search.index import BREAK
from yibao_desktop.search.segmenter import Segmenter, characters, pairs
from yibao_desktop.store.content_models import TermRow

_FILL_PAIRS = text(
    "INSERT INTO passage_pair (rowid, title, names, asked, body) "
    "VALUES (:n, :title, :names, :asked, :body)"
)
_FILL_PINYIN = text(
    "INSERT INTO passage_pinyin (rowid, syllables, initials) VALUES (:n, :syllables, :initials)"
)


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
