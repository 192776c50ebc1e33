"""Chooses the passages that may answer a question and finds out all that is known of each."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.items import one_place
from yibao_desktop.search import bitset, index
from yibao_desktop.search.candidate import Candidate, Evidence
from yibao_desktop.search.index import Names
from yibao_desktop.search.intent import asked_for
from yibao_desktop.search.question import Question, QuestionReader
from yibao_desktop.search.segmenter import characters

if TYPE_CHECKING:
    from yibao_desktop.search.meanings import Meanings, Reading

CONSIDERED = 60
"""So many passages are weighed, those that share most with the question, unless all are wanted."""

RECOGNISED = 40
"""So many more are weighed: those the question is recognised by, whatever words they use."""

SAID_AT_LEAST = 0.02
"""The examples say at least so much for a page that is compared with what is not treated, so that a
little of the one against nothing of the other is not everything."""

UNIT = 16
"""What all of a question says, in the whole numbers by which passages are chosen."""

LITERAL, PINYIN = 4, 2
"""Its text as it stands, and its sound in a name, count so many times all that it says."""

_LETTERS = re.compile(r"[a-z' ]*[a-z][a-z' ]*")


@dataclass(frozen=True, slots=True)
class Search:
    """What holds for every reading of a question; ``most`` passages are weighed."""

    connection: sqlite3.Connection
    region: str | None
    most: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that is known of a question and of the passages that may answer it, in no order.

    Attributes:
        reading: the question by its meaning; None where there is no encoder.
    """

    question: Question
    reading: Reading | None
    candidates: list[Candidate]

    def evidence(self, best: Candidate) -> dict[Evidence, float]:
        """What tells whether the best of the passages is an answer."""
        known = self.reading.recognised if self.reading else None
        untreated, outside = (known.untreated_score, known.outside) if known else (0.0, 0.0)
        said = max(0.0, untreated) + max(0.0, outside) + max(SAID_AT_LEAST, best.page)
        return {
            Evidence.SCORE: best.score,
            Evidence.COVERAGE: best.coverage,
            Evidence.LIKENESS: best.likeness,
            Evidence.UNKNOWN: self.question.untreated,
            Evidence.PAGE: best.page,
            Evidence.TYPICAL: max((c.typical for c in self.candidates), default=0.0),
            Evidence.UNTREATED: max(0.0, untreated) / said,
            Evidence.OUTSIDE: max(0.0, outside) / said,
            Evidence.UNTREATED_TYPICAL: known.untreated_typical if known else 0.0,
        }


class Weigher:
    """Weighs the passages of one content database."""

    def __init__(self, reader: QuestionReader, meanings: Meanings | None) -> None:
        self._reader = reader
        self._meanings = meanings
        self._names: dict[int, Names] = {}
        self._wordings: dict[int, Wordings] = {}

    def weigh(self, search: Search, question: Question) -> Weighed:
        """What may answer the question, chosen by what matches and then looked at closely."""
        if not characters(question.text):
            return Weighed(question, None, [])
        literal, pinyin = self._exact(search, question)
        said = bool(question.postings)  # else it means nothing of what the guide tells
        reading = self._meanings.read(question.text) if self._meanings and said else None
        numbers = self._most_promising(question, literal, pinyin, search.most)
        if reading:
            numbers = list(dict.fromkeys((*numbers, *_recognised(reading))))
        candidates = self._named(search, numbers)
        for candidate in candidates:
            candidate.literal = bitset.has(literal, candidate.number)
            candidate.pinyin = bitset.has(pinyin, candidate.number)
            self._weigh_place(candidate, search, question)
        self._weigh_words(candidates, question)
        if reading and self._meanings:
            _weigh_meaning(
                candidates, reading, self._meanings.likeness(search.connection, numbers, reading)
            )
        return Weighed(question, reading, candidates)

    def _exact(self, search: Search, question: Question) -> tuple[bytes, bytes]:
        """Passages that contain the text as it stands, and those whose name sounds like it."""
        size = self._reader.size
        literal = bitset.bits(index.phrase_matches(search.connection, question.text), size)
        if not _LETTERS.fullmatch(question.text):
            return literal, bytes(len(literal))
        letters = question.text.replace("'", "")
        return literal, bitset.bits(index.pinyin_matches(search.connection, letters), size)

    def _most_promising(
        self, question: Question, literal: bytes, pinyin: bytes, most: int
    ) -> list[int]:
        """The passages that share most with the question, without a look into any of them."""
        sums = bitset.Sums()
        for term, posting in question.postings.items():
            weight = max(1, round(UNIT * question.weights[term] / question.total))
            sums.add(bitset.as_integer(posting.passages), weight)
            sums.add(bitset.as_integer(posting.named), weight)
        sums.add(bitset.as_integer(literal), LITERAL * UNIT)
        sums.add(bitset.as_integer(pinyin), PINYIN * UNIT)
        return sums.largest(most)

    def _named(self, search: Search, numbers: Sequence[int]) -> list[Candidate]:
        missing = [number for number in numbers if number not in self._names]
        self._names.update(index.names(search.connection, missing))
        return [Candidate(number, self._names[number]) for number in numbers]

    def _weigh_place(self, candidate: Candidate, search: Search, question: Question) -> None:
        place = candidate.names.region
        if place and not self._reader.names_place(question, place):
            candidate.place = 1.0
            if search.region:
                candidate.home = 1 if one_place(search.region, place) else -1

    def _weigh_words(self, candidates: Sequence[Candidate], question: Question) -> None:
        terms = [(p.passages, question.weights[term]) for term, p in question.postings.items()]
        asked, wanted = neighbours(question.terms), asked_for(question.text)
        for candidate in candidates:
            matched = sum(w for found, w in terms if bitset.has(found, candidate.number))
            candidate.coverage = matched / question.total
            candidate.likeness = self._wordings_of(candidate).likeness(asked)
            candidate.intent = len(wanted & candidate.names.tells) / (len(wanted) or 1)

    def _wordings_of(self, candidate: Candidate) -> Wordings:
        if candidate.number not in self._wordings:
            lines = candidate.names.terms
            self._wordings[candidate.number] = Wordings(neighbours(li.split()) for li in lines)
        return self._wordings[candidate.number]


class Wordings:
    """Texts by what they are made of, so that all are compared with another at once."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._sizes: list[int] = []
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            self._sizes.append(len(text))
            for part in text:
                self._having[part].append(number)

    def likeness(self, asked: frozenset[str]) -> float:
        """``dice`` of the text that is most like this one."""
        shared = Counter(chain.from_iterable(self._having[p] for p in self._having.keys() & asked))
        alike = (2 * both / (len(asked) + self._sizes[n]) for n, both in shared.items())
        return max(alike, default=0.0)


def _recognised(reading: Reading) -> list[int]:
    """The passages that most is said for by the examples."""
    scores = reading.recognised.scores
    return sorted(scores, key=lambda number: (-scores[number], number))[:RECOGNISED]


def _weigh_meaning(
    candidates: Sequence[Candidate], reading: Reading, likeness: Mapping[int, tuple[float, float]]
) -> None:
    known = reading.recognised
    pages: defaultdict[str, float] = defaultdict(float)
    for candidate in candidates:
        number = candidate.number
        title, candidate.body = likeness.get(number, (0.0, 0.0))
        candidate.recognised = known.scores.get(number, 0.0)
        candidate.typical = known.typical.get(number, title)
        pages[candidate.names.page] += max(0.0, candidate.recognised)
    for candidate in candidates:
        candidate.page = pages[candidate.names.page]


def neighbours(terms: Sequence[str]) -> frozenset[str]:
    """Terms and the pairs of neighbouring characters in them, for comparing questions."""
    joined = "".join(terms)
    return frozenset(terms).union(map(add, joined, joined[1:]))


def dice(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of both sets that is in both, 0 … 1."""
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
