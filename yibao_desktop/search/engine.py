"""From a typed question to ranked passages and an honest verdict."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from time import perf_counter

from yibao_desktop.domain.guide import Kind, Passage, one_place
from yibao_desktop.domain.sources import MAIN_SOURCES, source_title
from yibao_desktop.search import index
from yibao_desktop.search.decoder import Decoder
from yibao_desktop.search.segmenter import Segmenter, characters
from yibao_desktop.search.snippet import Snippet, make_snippet
from yibao_desktop.store.content_repository import ContentRepository

MAX_QUERY = 200
"""Characters of a query that are looked at."""

DIRECT_SHARE = 0.55
"""From this share on, of the question's information and likeness together, a passage answers it."""

UNTREATED_SHARE = 0.6
"""A question of which more than this share is words the guide never uses asks something else."""

ASKED_LIKENESS = 0.6
"""From this likeness on a name of the passage is what was asked."""

DIRECT_MATCHED = 10.5
"""A passage that shares so much with a long question answers it, whatever else is told in it."""

SHOWN_SHARE = 0.2
SHOWN_LIKENESS = 0.3
SHOWN_MATCHED = 4.0
"""A long question with much beside the point still says this much about its subject."""

STRAY_CREDIT = 0.3
"""What a character that is no word of its own counts for, against a whole word's 1."""

CONSIDERED = 300
"""So many passages found in one way are weighed, the most relevant; where all are wanted, all."""

MOST_REACHED = 5_000
"""A question leads by its rarest words to about so many passages at most."""

OWN_PLACE_BONUS = 1.0
"""What a passage about the user's own place is ahead of the same said of another place."""

_SOME_LETTERS = re.compile("[a-z]")
_LETTERS = re.compile(r"[a-z' ]*[a-z][a-z' ]*")


class Match(StrEnum):
    """How well the guide answers the question."""

    DIRECT = "direct"
    NEAR = "near"
    NONE = "none"

    @property
    def rank(self) -> int:
        """Larger for a better answer."""
        return [Match.NONE, Match.NEAR, Match.DIRECT].index(self)


class Why(StrEnum):
    """What made a passage a result, in the words shown to the user."""

    LITERAL = "原文"
    QUESTION = "常见问法"
    WORDS = "词语"
    SYNONYM = "同义词"
    PINYIN = "拼音"
    TYPO = "错字"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result.

    Attributes:
        sources: one to three source keys, those nearest to the question.
        score: orders results within one search, larger first.
    """

    passage: Passage
    sources: tuple[str, ...]
    score: float
    why: Why
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """Everything found for one question."""

    query: str
    elapsed_ms: float
    match: Match
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """A question taken apart.

    Attributes:
        weights: how much each term says.
        untreated: the share of that which the guide has no word of, 0 … 1.
        read_as: how it was read where that is not as it stands.
    """

    text: str
    terms: tuple[str, ...]
    weights: dict[str, float]
    untreated: float
    read_as: Why | None

    @property
    def total(self) -> float:
        return sum(self.weights.values()) or 1.0


@dataclass(slots=True)
class _Candidate:
    """What is known of a passage while it is weighed.

    ``matched`` is how much its terms of the question say, ``coverage`` the share that is of the
    whole question; ``likeness`` is how much the question resembles the most similar name of the
    passage. The shares lie in 0 … 1. ``on_subject`` says whether more than the names of places
    and stray characters match, ``own_place`` whether it is told for the user's place.
    """

    passage: Passage
    literal: bool = False
    pinyin: bool = False
    relevance: float = 0.0
    matched: float = 0.0
    coverage: float = 0.0
    likeness: float = 0.0
    on_subject: bool = False
    own_place: bool = False

    @property
    def worth_showing(self) -> bool:
        """Whether it has to do with the question at all."""
        exact = self.literal or self.pinyin
        return (
            exact
            or self.likeness >= SHOWN_LIKENESS
            or (self.on_subject and (self.coverage >= SHOWN_SHARE or self.matched >= SHOWN_MATCHED))
        )

    @property
    def answers(self) -> bool:
        """Whether it treats what the question asks, as far as words can tell.

        Likeness to a short name proves nothing while most of the question stays untreated.
        """
        if not self.on_subject:
            return False
        return self.coverage + self.likeness * min(1.0, 2 * self.coverage) >= DIRECT_SHARE

    @property
    def score(self) -> float:
        kind_bonus = 0.15 if self.passage.kind is Kind.PROCEDURE else 0.0
        return (
            3.0 * self.literal
            + 2.0 * self.pinyin
            + 2.0 * self.coverage
            + 3.0 * self.likeness
            + 0.5 * self.relevance
            + kind_bonus
            + OWN_PLACE_BONUS * self.own_place
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    question: _Question
    candidates: list[_Candidate]
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
        self._frequencies: dict[str, int] = {}

    @cached_property
    def _count(self) -> int:
        with self._repository.session() as session:
            return index.count_passages(session)

    @cached_property
    def _concepts(self) -> frozenset[str]:
        return frozenset(self._segmenter.lexicon.concepts.values())

    @cached_property
    def _places(self) -> frozenset[str]:
        places = self._repository.regions()
        return frozenset(name for place in places for name in place.short_names)

    def search(self, query: str, limit: int = 10, region: str | None = None) -> Results:
        """Passages for a question, best first.

        At most ``limit`` of them, 0 gives all; what is told for ``region``, the code of the user's
        place, comes before the same told for another.
        """
        started = perf_counter()
        most = CONSIDERED if limit else index.ALL
        answer = self._answer(self._understand(query), region, most)
        if answer.match is not Match.DIRECT:
            answer = self._read_by_sound(answer, region, most)
        shown = answer.candidates[:limit] if limit else answer.candidates
        hits = tuple(self._hit(c, answer.question) for c in shown)
        return Results(query, (perf_counter() - started) * 1000, answer.match, hits)

    def _answer(self, question: _Question, region: str | None, most: int) -> _Answer:
        """What the guide has on a question, best first."""
        candidates = self._candidates(question, most) if characters(question.text) else []
        for candidate in candidates:
            place = candidate.passage.region
            candidate.own_place = bool(region and place and one_place(region, place.code))
        candidates.sort(key=lambda c: (not c.literal, -c.score, c.passage.number))
        return _Answer(question, candidates, self._verdict(question, candidates))

    def _verdict(self, question: _Question, candidates: Sequence[_Candidate]) -> Match:
        if not candidates:
            return Match.NONE
        best = candidates[0]
        if best.literal or best.pinyin or best.matched >= DIRECT_MATCHED:
            return Match.DIRECT
        treated = question.untreated <= UNTREATED_SHARE
        return Match.DIRECT if treated and best.answers else Match.NEAR

    def _read_by_sound(self, answer: _Answer, region: str | None, most: int) -> _Answer:
        """The answer to what was meant, where the question was typed in pinyin or misspelled."""
        typed = answer.question.text
        meant = self._decoder.decode(typed)
        if meant == typed or not characters(meant):
            return answer
        spelled = Why.PINYIN if _SOME_LETTERS.search(typed) else Why.TYPO
        other = self._answer(self._understand(meant, spelled), region, most)
        return max((answer, other), key=lambda a: (a.match.rank, a.best_score))

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self._segmenter.lexicon)

    def _understand(self, query: str, read_as: Why | None = None) -> _Question:
        text = self._segmenter.lexicon.normalise(query[:MAX_QUERY])
        terms = tuple(dict.fromkeys(self._segmenter.terms(text)))
        if not terms:
            words = (self._segmenter.lexicon.concept(w) for w in self._segmenter.words(text))
            terms = tuple(dict.fromkeys(words))
        weights = {term: self._weight(term) for term in terms}
        unknown = sum(w for t, w in weights.items() if not self._frequency(t))
        untreated = unknown / (sum(weights.values()) or 1.0)
        return _Question(text, terms, weights, untreated, read_as)

    def _weight(self, term: str) -> float:
        """How much a term says: one the guide never uses says most, a stray character little."""
        information = math.log1p(self._count / (1 + self._frequency(term)))
        return information * STRAY_CREDIT if self._is_stray(term) else information

    def _frequency(self, term: str) -> int:
        """In how many passages the term stands."""
        if term not in self._frequencies:
            with self._repository.session() as session:
                self._frequencies[term] = index.term_frequency(session, term)
        return self._frequencies[term]

    def _is_stray(self, term: str) -> bool:
        """Whether it is a mere character of a word the dictionary does not have."""
        return len(term) == 1 and term not in self._segmenter.lexicon.concepts

    def _tells_subject(self, term: str, question: _Question) -> bool:
        """Whether sharing the term means to have to do with the question.

        Of a question that is mostly about what the guide never treats, only its own concepts do.
        """
        if question.untreated > UNTREATED_SHARE:
            return term in self._concepts
        return term not in self._places and not self._is_stray(term)

    def _candidates(self, question: _Question, most: int) -> list[_Candidate]:
        """What may answer the question: at most so many of each way of finding."""
        literal, pinyin = self._exact(question, most)
        with self._repository.session() as session:
            asked = self._telling(question.terms)
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
            candidate.on_subject = any(self._tells_subject(t, question) for t in match.terms)
        pairs = self._pairs(question.text)
        for candidate in found.values():
            names = self._pairs_of_names(candidate.passage)
            candidate.likeness = max(_dice(pairs, name) for name in names)
        return [c for c in found.values() if c.worth_showing]

    def _exact(self, question: _Question, most: int) -> tuple[list[int], list[int]]:
        """Passages that contain the text as it stands, and those whose name sounds like it."""
        with self._repository.session() as session:
            literal = index.phrase_matches(session, question.text, most)
            if not _LETTERS.fullmatch(question.text):
                return literal, []
            return literal, index.pinyin_matches(session, question.text.replace("'", ""), most)

    def _telling(self, terms: Iterable[str]) -> list[str]:
        """The rarest terms, as many as do not lead to more passages than can be weighed at once."""
        asked: list[str] = []
        reached = 0
        for term in sorted(terms, key=self._frequency):
            reached += self._frequency(term)
            if asked and reached > MOST_REACHED:
                break
            asked.append(term)
        return asked

    def _fetch(self, numbers: set[int]) -> dict[int, _Candidate]:
        missing = numbers.difference(self._passages)
        if missing:
            self._passages |= {p.number: p for p in self._repository.passages(missing)}
        return {number: _Candidate(self._passages[number]) for number in sorted(numbers)}

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

    def _hit(self, candidate: _Candidate, question: _Question) -> Hit:
        passage = candidate.passage
        literal = question.text if candidate.literal else ""
        snippet = make_snippet(passage.body, literal, question.terms, self._segmenter)
        sources = self._nearest(passage.sources, question)
        score = round(candidate.score, 4)
        return Hit(passage, sources, score, self._why(candidate, question), snippet)

    def _nearest(self, keys: tuple[str, ...], question: _Question) -> tuple[str, ...]:
        """The main keys; of a passage with many, those whose titles are most like the question."""
        if len(keys) <= MAIN_SOURCES:
            return keys
        pairs = self._pairs(question.text)
        alike = {key: _dice(pairs, self._pairs(source_title(key))) for key in keys}
        return tuple(sorted(keys, key=lambda key: -alike[key])[:MAIN_SOURCES])

    def _why(self, candidate: _Candidate, question: _Question) -> Why:
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
