"""From a typed question to ranked passages and an honest verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from time import perf_counter

from sqlalchemy.orm import Session

from yibao_desktop.domain.guide.items import Passage, one_place
from yibao_desktop.domain.guide.sources import MAIN_SOURCES, source_title
from yibao_desktop.search import bitset, index
from yibao_desktop.search.candidate import Candidate
from yibao_desktop.search.decoder import Decoder
from yibao_desktop.search.index import Names
from yibao_desktop.search.question import Question, QuestionReader
from yibao_desktop.search.results import Hit, Match, Results, Why
from yibao_desktop.search.segmenter import Segmenter, characters
from yibao_desktop.search.snippet import Snippet, make_snippet
from yibao_desktop.search.sounds import Sounds
from yibao_desktop.store.content_repository import ContentRepository

CONSIDERED = 60
"""So many passages are weighed, those that share most with the question, unless all are wanted."""

UNIT = 16
"""What all of a question says, in the whole numbers by which passages are chosen."""

ASKED_LIKENESS = 0.6
ASKED_COVERAGE = 0.5
"""So like a name of a passage, and so much of it treated, a question is a typical one."""

_SOME_LETTERS = re.compile("[a-z]")
_LETTERS = re.compile(r"[a-z' ]*[a-z][a-z' ]*")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for a question; ``candidates`` are in order, best first."""

    question: Question
    candidates: list[Candidate]
    match: Match

    @property
    def best_score(self) -> float:
        return self.candidates[0].score if self.candidates else 0.0


@dataclass(frozen=True, slots=True)
class _Search:
    """What holds for every reading of a question; ``most`` passages are weighed."""

    session: Session
    region: str | None
    most: int


class SearchEngine:
    """Searches the passages of the content database."""

    def __init__(self, repository: ContentRepository, segmenter: Segmenter) -> None:
        self._repository = repository
        self._segmenter = segmenter
        self._passages: dict[int, Passage] = {}
        self._names: dict[int, Names] = {}
        self._name_pairs: dict[int, list[frozenset[str]]] = {}
        self._reader = QuestionReader(repository, segmenter)

    def search(self, query: str, limit: int = 10, region: str | None = None) -> Results:
        """Passages for a question, best first.

        At most ``limit`` of them, 0 gives all; what is told for ``region``, the code of the user's
        place, comes before the same told for another.
        """
        started = perf_counter()
        with self._repository.session() as session:
            search = _Search(
                session, region, max(limit, CONSIDERED) if limit else self._reader.size
            )
            answer = self._answer(search, self._reader.read(session, query))
            if answer.match is not Match.DIRECT:
                answer = self._read_by_sound(search, answer)
        shown = answer.candidates[:limit] if limit else answer.candidates
        self._fetch({candidate.number for candidate in shown})
        hits = tuple(self._hit(c, answer.question) for c in shown)
        return Results(query, (perf_counter() - started) * 1000, answer.match, hits)

    def _answer(self, search: _Search, question: Question) -> _Answer:
        """What the guide has on a question, best first."""
        candidates = self._candidates(search, question) if characters(question.text) else []
        for candidate in candidates:
            place = candidate.names.region
            if place:
                candidate.own_place = bool(search.region and one_place(search.region, place))
                candidate.elsewhere = not self._reader.names_place(question, place)
        candidates.sort(key=lambda c: (-c.score, c.number))
        return _Answer(question, candidates, self._verdict(question, candidates))

    def _verdict(self, question: Question, candidates: Sequence[Candidate]) -> Match:
        if not candidates:
            return Match.NONE
        return Match.DIRECT if candidates[0].answers(question) else Match.NEAR

    def _read_by_sound(self, search: _Search, answer: _Answer) -> _Answer:
        """The answer to what was meant, where the question was typed in pinyin or misspelled."""
        typed = answer.question.text
        meant = self._decoder.decode(typed)
        if meant == typed or not characters(meant):
            return answer
        spelled = Why.PINYIN if _SOME_LETTERS.search(typed) else Why.TYPO
        other = self._answer(search, self._reader.read(search.session, meant, spelled))
        return max((answer, other), key=lambda a: (a.match.rank, a.best_score))

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self._segmenter.lexicon, Sounds.from_data(self._repository.sounds()))

    def _candidates(self, search: _Search, question: Question) -> list[Candidate]:
        """What may answer the question, chosen by what matches and then weighed."""
        literal, pinyin = self._exact(search, question)
        chosen = self._most_promising(question, literal, pinyin, search.most)
        found = self._named(search, chosen)
        self._weigh(found, question)
        best = max((c.relevance for c in found), default=1.0) or 1.0
        for candidate in found:
            candidate.literal = bitset.has(literal, candidate.number)
            candidate.pinyin = bitset.has(pinyin, candidate.number)
            candidate.relevance /= best
        return [c for c in found if c.worth_showing]

    def _exact(self, search: _Search, question: Question) -> tuple[bytes, bytes]:
        """Passages that contain the text as it stands, and those whose name sounds like it."""
        size = self._reader.size
        literal = bitset.bits(index.phrase_matches(search.session, question.text), size)
        if not _LETTERS.fullmatch(question.text):
            return literal, bytes(len(literal))
        letters = question.text.replace("'", "")
        return literal, bitset.bits(index.pinyin_matches(search.session, letters), size)

    def _most_promising(
        self, question: Question, literal: bytes, pinyin: bytes, most: int
    ) -> list[int]:
        """The passages that share most with the question, without a look into any of them."""
        sums = bitset.Sums()
        for term, posting in question.postings.items():
            weight = max(1, round(UNIT * question.weights[term] / question.total))
            sums.add(bitset.as_integer(posting.passages), weight)
            sums.add(bitset.as_integer(posting.named), weight)
        sums.add(bitset.as_integer(literal), 4 * UNIT)
        sums.add(bitset.as_integer(pinyin), 2 * UNIT)
        return sums.largest(most)

    def _named(self, search: _Search, numbers: Sequence[int]) -> list[Candidate]:
        missing = [number for number in numbers if number not in self._names]
        self._names.update(index.names(search.session, missing))
        return [Candidate(number, self._names[number]) for number in numbers]

    def _weigh(self, candidates: Sequence[Candidate], question: Question) -> None:
        terms = [
            (posting, question.weights[term], self._reader.tells_subject(term, question))
            for term, posting in question.postings.items()
        ]
        pairs, total = _neighbours(question.terms), question.total
        for candidate in candidates:
            number, matched, named = candidate.number, 0.0, 0.0
            for posting, weight, tells_subject in terms:
                if bitset.has(posting.passages, number):
                    matched += weight
                    candidate.on_subject |= tells_subject
                    if bitset.has(posting.named, number):
                        named += weight
            candidate.matched = matched
            candidate.coverage = matched / total
            candidate.relevance = matched + named
            candidate.likeness = max(_dice(pairs, name) for name in self._pairs_of_names(candidate))

    def _fetch(self, numbers: set[int]) -> None:
        missing = sorted(numbers.difference(self._passages))
        for start in range(0, len(missing), index.FETCHED_AT_ONCE):
            fetched = self._repository.passages(missing[start : start + index.FETCHED_AT_ONCE])
            self._passages |= {p.number: p for p in fetched}

    def _pairs_of_names(self, candidate: Candidate) -> list[frozenset[str]]:
        if candidate.number not in self._name_pairs:
            lines = candidate.names.terms
            self._name_pairs[candidate.number] = [_neighbours(line.split()) for line in lines]
        return self._name_pairs[candidate.number]

    def _pairs(self, text: str) -> frozenset[str]:
        return _neighbours(tuple(self._segmenter.terms(self._segmenter.lexicon.normalise(text))))

    def _hit(self, candidate: Candidate, question: Question) -> Hit:
        passage = self._passages[candidate.number]
        literal = question.text if candidate.literal else ""
        snippet = self._snippet(passage, literal, question)
        sources = self._nearest(passage.sources, question)
        score = round(candidate.score, 4)
        return Hit(passage, sources, score, self._why(candidate, passage, question), snippet)

    def _snippet(self, passage: Passage, literal: str, question: Question) -> Snippet:
        """The page's answer, unless what was found stands only in the rest of its text."""
        answer, body = (
            make_snippet(text, literal, question.terms, self._segmenter)
            for text in (passage.answer, passage.body)
        )
        return answer if answer.text and (answer.marks or not body.marks) else body

    def _nearest(self, keys: tuple[str, ...], question: Question) -> tuple[str, ...]:
        """The main keys; of a passage with many, those whose titles are most like the question."""
        if len(keys) <= MAIN_SOURCES:
            return keys
        pairs = self._pairs(question.text)
        alike = {key: _dice(pairs, self._pairs(source_title(key))) for key in keys}
        return tuple(sorted(keys, key=lambda key: -alike[key])[:MAIN_SOURCES])

    def _why(self, candidate: Candidate, passage: Passage, question: Question) -> Why:
        if question.read_as:
            return question.read_as
        normalise = self._segmenter.lexicon.normalise
        text = f"{_full_title(passage)} {passage.body}".lower()
        if candidate.literal and (question.text in text or question.text in normalise(text)):
            return Why.LITERAL
        if candidate.pinyin:
            return Why.PINYIN
        asked = candidate.likeness >= ASKED_LIKENESS and candidate.coverage >= ASKED_COVERAGE
        if candidate.literal or asked:
            return Why.QUESTION
        words = [w for w in self._segmenter.words(question.text) if len(w) > 1]
        literal = any(w in text for w in words) or any(w in normalise(text) for w in words)
        return Why.WORDS if literal else Why.SYNONYM


def _neighbours(terms: Sequence[str]) -> frozenset[str]:
    """Terms and the pairs of neighbouring characters in them, for comparing questions."""
    joined = "".join(terms)
    return frozenset(terms).union(map(add, joined, joined[1:]))


def _full_title(passage: Passage) -> str:
    return f"{passage.title} {passage.heading}".strip()


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
