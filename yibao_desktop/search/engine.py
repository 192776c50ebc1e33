"""From a typed question to ranked passages and an honest verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.items import Passage
from yibao_desktop.domain.guide.sources import MAIN_SOURCES, source_title
from yibao_desktop.search.candidate import Candidate
from yibao_desktop.search.decoder import Decoder
from yibao_desktop.search.question import Question, QuestionReader
from yibao_desktop.search.ranking import Ranking
from yibao_desktop.search.results import Hit, Match, Results, Why
from yibao_desktop.search.segmenter import Segmenter, characters
from yibao_desktop.search.snippet import Snippet, make_snippet
from yibao_desktop.search.sounds import Sounds
from yibao_desktop.search.weighing import CONSIDERED, Search, Weighed, Weigher, dice, neighbours
from yibao_desktop.store.content_repository import ContentRepository

if TYPE_CHECKING:
    from yibao_desktop.search.meanings import Meanings

ASKED_LIKENESS = 0.6
ASKED_COVERAGE = 0.5
"""So like a name of a passage, and so much of it treated, a question is a typical one."""

_SOME_LETTERS = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for a question.

    Attributes:
        candidates: in order, best first; none where nothing has to do with the question.
        likely: how likely the first is an answer, 0 … 1.
    """

    weighed: Weighed
    candidates: list[Candidate]
    match: Match
    likely: float

    @property
    def may_be_misspelt(self) -> bool:
        """Whether another reading may be meant: no answer, or words unknown and nothing has it so.

        A name that sounds as what was typed is no answer yet: it may be a small part of a name.
        """
        literal = bool(self.candidates) and self.candidates[0].literal
        return not literal and (self.match is not Match.DIRECT or self.unknown > 0)

    @property
    def unknown(self) -> float:
        """Share of the question the guide has no word of, as it was read."""
        return self.weighed.question.untreated


class SearchEngine:
    """Searches the passages of the content database."""

    def __init__(
        self,
        repository: ContentRepository,
        segmenter: Segmenter,
        ranking: Ranking,
        meanings: Meanings | None,
    ) -> None:
        self._repository = repository
        self._segmenter = segmenter
        self._ranking = ranking
        self._reader = QuestionReader(repository, segmenter)
        self._weigher = Weigher(self._reader, meanings)
        self._passages: dict[int, Passage] = {}

    def search(self, query: str, limit: int = 10, region: str | None = None) -> Results:
        """Passages for a question, best first.

        At most ``limit`` of them, 0 gives all; what is told for ``region``, the code of the user's
        place, comes before the same told for another.
        """
        started = perf_counter()
        with self._repository.connection() as connection:
            search = Search(
                connection, region, max(limit, CONSIDERED) if limit else self._reader.size
            )
            answer = self._answer(search, self._reader.read(connection, query))
            if answer.may_be_misspelt:
                answer = self._read_by_sound(search, answer)
        self._ranking.bring_home(answer.candidates)
        shown = answer.candidates[:limit] if limit else answer.candidates
        self._fetch({candidate.number for candidate in shown})
        hits = tuple(self._hit(c, answer.weighed.question) for c in shown)
        untreated = self._untreated(answer.weighed) if answer.match is Match.NEAR else ""
        elapsed_ms = (perf_counter() - started) * 1000
        return Results(query, elapsed_ms, answer.match, hits, untreated, answer.likely)

    def _untreated(self, weighed: Weighed) -> str:
        """The subject the examples say more for than for any passage."""
        known = weighed.reading.recognised if weighed.reading else None
        if known is None or known.untreated is None:
            return ""
        if known.untreated_score < max(known.scores.values(), default=0.0):
            return ""
        return self._repository.untreated(known.untreated)

    def _answer(self, search: Search, question: Question) -> _Answer:
        """What the guide has on a question, best first."""
        weighed = self._weigher.weigh(search, question)
        for candidate in weighed.candidates:
            candidate.score = self._ranking.score(candidate)
        weighed.candidates.sort(key=Candidate.order)
        match, likely = self._verdict(weighed)
        shown = [] if match is Match.NONE else self._ranking.shown(weighed.candidates)
        return _Answer(weighed, shown, match, likely)

    def _verdict(self, weighed: Weighed) -> tuple[Match, float]:
        if not weighed.candidates:
            return Match.NONE, 0.0
        best = weighed.candidates[0]
        if best.is_exact:
            return Match.DIRECT, 1.0
        if not any(c.coverage for c in weighed.candidates):
            return Match.NONE, 0.0  # not a word of it is in the guide
        probabilities = self._ranking.probabilities(weighed.evidence(best))
        return self._ranking.verdict_of(probabilities), probabilities[Match.DIRECT]

    def _read_by_sound(self, search: Search, answer: _Answer) -> _Answer:
        """The answer to what was meant, where the question was typed in pinyin or misspelled."""
        typed = answer.weighed.question.text
        meant = self._decoder.decode(typed)
        if meant == typed or not characters(meant):
            return answer
        spelled = Why.PINYIN if _SOME_LETTERS.search(typed) else Why.TYPO
        other = self._answer(search, self._reader.read(search.connection, meant, spelled))
        return max((answer, other), key=lambda a: (a.match.rank, -a.unknown, a.likely))

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self._segmenter.lexicon, Sounds.from_data(self._repository.sounds()))

    def _fetch(self, numbers: set[int]) -> None:
        missing = sorted(numbers.difference(self._passages))
        if missing:
            self._passages |= {p.number: p for p in self._repository.passages(missing)}

    def _pairs(self, text: str) -> frozenset[str]:
        return neighbours(tuple(self._segmenter.terms(self._segmenter.lexicon.normalise(text))))

    def _hit(self, candidate: Candidate, question: Question) -> Hit:
        passage = self._passages[candidate.number]
        literal = question.text if candidate.literal else ""
        snippet = self._snippet(passage, literal, question)
        sources = self._nearest(passage.sources, question)
        score = round(candidate.strength, 4)
        return Hit(passage, sources, score, self._why(candidate, passage, question), snippet)

    def _snippet(self, passage: Passage, literal: str, question: Question) -> Snippet:
        """The page's answer, unless what was found stands only in the rest of its text."""
        rest = passage.body.removeprefix(passage.answer)
        answer, body = (
            make_snippet(text, literal, question.terms, self._segmenter)
            for text in (passage.answer, rest)
        )
        return answer if answer.text and (answer.marks or not body.marks) else body

    def _nearest(self, keys: tuple[str, ...], question: Question) -> tuple[str, ...]:
        """The main keys; of a passage with many, those whose titles are most like the question."""
        if len(keys) <= MAIN_SOURCES:
            return keys
        pairs = self._pairs(question.text)
        alike = {key: dice(pairs, self._pairs(source_title(key))) for key in keys}
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


def _full_title(passage: Passage) -> str:
    return f"{passage.title} {passage.heading}".strip()
