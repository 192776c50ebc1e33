"""From a typed question to ranked passages and an honest verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

from yibao_desktop.domain.guide import Passage, one_place
from yibao_desktop.domain.sources import MAIN_SOURCES, source_title
from yibao_desktop.search import index
from yibao_desktop.search.candidate import DIRECT_MATCHED, Candidate
from yibao_desktop.search.decoder import Decoder
from yibao_desktop.search.question import Question, QuestionReader
from yibao_desktop.search.results import Hit, Match, Results, Why
from yibao_desktop.search.segmenter import Segmenter, characters
from yibao_desktop.search.snippet import make_snippet
from yibao_desktop.store.content_repository import ContentRepository

CONSIDERED = 60
"""So many passages found in one way are weighed, the most relevant; where all are wanted, all."""

ASKED_LIKENESS = 0.6
"""From this likeness on a name of the passage is what was asked."""

FETCHED_AT_ONCE = 10_000
"""SQLite takes only so many numbers in one statement."""

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


class SearchEngine:
    """Searches the passages of the content database."""

    def __init__(self, repository: ContentRepository, segmenter: Segmenter) -> None:
        self._repository = repository
        self._segmenter = segmenter
        self._passages: dict[int, Passage] = {}
        self._name_pairs: dict[int, list[frozenset[str]]] = {}
        self._reader = QuestionReader(repository, segmenter)

    def search(self, query: str, limit: int = 10, region: str | None = None) -> Results:
        """Passages for a question, best first.

        At most ``limit`` of them, 0 gives all; what is told for ``region``, the code of the user's
        place, comes before the same told for another.
        """
        started = perf_counter()
        most = CONSIDERED if limit else index.ALL
        answer = self._answer(self._reader.read(query), region, most)
        if answer.match is not Match.DIRECT:
            answer = self._read_by_sound(answer, region, most)
        shown = answer.candidates[:limit] if limit else answer.candidates
        hits = tuple(self._hit(c, answer.question) for c in shown)
        return Results(query, (perf_counter() - started) * 1000, answer.match, hits)

    def _answer(self, question: Question, region: str | None, most: int) -> _Answer:
        """What the guide has on a question, best first."""
        candidates = self._candidates(question, most) if characters(question.text) else []
        for candidate in candidates:
            place = candidate.passage.region
            candidate.own_place = bool(region and place and one_place(region, place.code))
        candidates.sort(key=lambda c: (-c.score, c.passage.number))
        return _Answer(question, candidates, self._verdict(question, candidates))

    def _verdict(self, question: Question, candidates: Sequence[Candidate]) -> Match:
        if not candidates:
            return Match.NONE
        best = candidates[0]
        if best.literal or best.pinyin or best.matched >= DIRECT_MATCHED:
            return Match.DIRECT
        return Match.DIRECT if question.is_treated and best.answers else Match.NEAR

    def _read_by_sound(self, answer: _Answer, region: str | None, most: int) -> _Answer:
        """The answer to what was meant, where the question was typed in pinyin or misspelled."""
        typed = answer.question.text
        meant = self._decoder.decode(typed)
        if meant == typed or not characters(meant):
            return answer
        spelled = Why.PINYIN if _SOME_LETTERS.search(typed) else Why.TYPO
        other = self._answer(self._reader.read(meant, spelled), region, most)
        return max((answer, other), key=lambda a: (a.match.rank, a.best_score))

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self._segmenter.lexicon)

    def _candidates(self, question: Question, most: int) -> list[Candidate]:
        """What may answer the question: at most so many of each way of finding."""
        literal, pinyin = self._exact(question, most)
        with self._repository.session() as session:
            asked = self._reader.telling(question.terms)
            matches = index.word_matches(session, asked, question.terms, most)
        found = self._fetch({*literal, *pinyin, *(m.number for m in matches)})
        for number in literal:
            found[number].literal = True
        for number in pinyin:
            found[number].pinyin = True
        best = max((m.relevance for m in matches), default=1.0) or 1.0
        for match in matches:
            candidate = found[match.number]
            candidate.relevance = match.relevance / best
            candidate.matched = sum(question.weights[t] for t in match.terms)
            candidate.coverage = candidate.matched / question.total
            candidate.on_subject = any(self._reader.tells_subject(t, question) for t in match.terms)
        pairs = self._pairs(question.text)
        for candidate in found.values():
            names = self._pairs_of_names(candidate.passage)
            candidate.likeness = max(_dice(pairs, name) for name in names)
        return [c for c in found.values() if c.worth_showing]

    def _exact(self, question: Question, most: int) -> tuple[list[int], list[int]]:
        """Passages that contain the text as it stands, and those whose name sounds like it."""
        with self._repository.session() as session:
            literal = index.phrase_matches(session, question.text, most)
            if not _LETTERS.fullmatch(question.text):
                return literal, []
            return literal, index.pinyin_matches(session, question.text.replace("'", ""), most)

    def _fetch(self, numbers: set[int]) -> dict[int, Candidate]:
        missing = sorted(numbers.difference(self._passages))
        for start in range(0, len(missing), FETCHED_AT_ONCE):
            fetched = self._repository.passages(missing[start : start + FETCHED_AT_ONCE])
            self._passages |= {p.number: p for p in fetched}
        return {number: Candidate(self._passages[number]) for number in sorted(numbers)}

    def _pairs_of_names(self, passage: Passage) -> list[frozenset[str]]:
        if passage.number not in self._name_pairs:
            names = (_full_title(passage), *passage.names)
            self._name_pairs[passage.number] = [self._pairs(name) for name in names]
        return self._name_pairs[passage.number]

    def _pairs(self, text: str) -> frozenset[str]:
        """Neighbouring terms and characters of a text, for comparing questions."""
        terms = list(self._segmenter.terms(self._segmenter.lexicon.normalise(text)))
        joined = "".join(terms)
        return frozenset((*terms, *(joined[i : i + 2] for i in range(len(joined) - 1))))

    def _hit(self, candidate: Candidate, question: Question) -> Hit:
        passage = candidate.passage
        literal = question.text if candidate.literal else ""
        snippet = make_snippet(passage.body, literal, question.terms, self._segmenter)
        sources = self._nearest(passage.sources, question)
        score = round(candidate.score, 4)
        return Hit(passage, sources, score, self._why(candidate, question), snippet)

    def _nearest(self, keys: tuple[str, ...], question: Question) -> tuple[str, ...]:
        """The main keys; of a passage with many, those whose titles are most like the question."""
        if len(keys) <= MAIN_SOURCES:
            return keys
        pairs = self._pairs(question.text)
        alike = {key: _dice(pairs, self._pairs(source_title(key))) for key in keys}
        return tuple(sorted(keys, key=lambda key: -alike[key])[:MAIN_SOURCES])

    def _why(self, candidate: Candidate, question: Question) -> Why:
        if question.read_as:
            return question.read_as
        passage = candidate.passage
        text = self._segmenter.lexicon.normalise(f"{_full_title(passage)} {passage.body}")
        if candidate.literal and question.text in text:
            return Why.LITERAL
        if candidate.pinyin:
            return Why.PINYIN
        if candidate.literal or candidate.likeness >= ASKED_LIKENESS:
            return Why.QUESTION
        words = [w for w in self._segmenter.words(question.text) if len(w) > 1]
        return Why.WORDS if any(w in text for w in words) else Why.SYNONYM


def _full_title(passage: Passage) -> str:
    return f"{passage.title} {passage.heading}".strip()


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
