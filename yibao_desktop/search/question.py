"""A typed question taken apart: its words, what each says, and what the guide has no word of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from yibao_desktop.domain.suggestions import MAX_QUERY
from yibao_desktop.search import index
from yibao_desktop.search.results import Why
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.store.content_repository import ContentRepository

UNTREATED_SHARE = 0.6
"""A question of which more than this share is words the guide never uses asks something else."""

STRAY_CREDIT = 0.3
"""What a character that is no word of its own counts for, against a whole word's 1."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    Attributes:
        text: normalised.
        terms: its words as the concepts they stand for, fillers left out, each once.
        weights: how much each term says.
        postings: where the terms stand that stand anywhere.
        untreated: the share of that which the guide has no word of, 0 … 1.
        read_as: how it was read where that is not as it stands.
    """

    text: str
    terms: tuple[str, ...]
    weights: dict[str, float]
    postings: dict[str, index.Posting]
    untreated: float
    read_as: Why | None

    @property
    def total(self) -> float:
        """How much all its terms say."""
        return sum(self.weights.values()) or 1.0

    @property
    def is_treated(self) -> bool:
        """Whether it is mostly about what the guide has words of."""
        return self.untreated <= UNTREATED_SHARE


class QuestionReader:
    """Takes questions apart by what the index and the word lists know of their words."""

    def __init__(self, repository: ContentRepository, segmenter: Segmenter) -> None:
        self._repository = repository
        self._segmenter = segmenter

    @cached_property
    def size(self) -> int:
        """How many passages there are."""
        with self._repository.session() as session:
            return index.count_passages(session)

    @cached_property
    def _concepts(self) -> frozenset[str]:
        return frozenset(self._segmenter.lexicon.concepts.values())

    @cached_property
    def _places(self) -> frozenset[str]:
        places = self._repository.regions()
        return frozenset(name for place in places for name in place.short_names)

    def read(self, session: Session, query: str, read_as: Why | None = None) -> Question:
        """The question; ``read_as`` says how the query came about where nobody typed it so."""
        text = self._segmenter.lexicon.normalise(query[:MAX_QUERY])
        terms = tuple(dict.fromkeys(self._segmenter.terms(text)))
        if not terms:
            words = (self._segmenter.lexicon.concept(w) for w in self._segmenter.words(text))
            terms = tuple(dict.fromkeys(words))
        postings = index.postings(session, terms, self.size) if terms else {}
        weights = {term: self._weight(term, postings.get(term)) for term in terms}
        unknown = sum(w for t, w in weights.items() if t not in postings)
        untreated = unknown / (sum(weights.values()) or 1.0)
        return Question(text, terms, weights, postings, untreated, read_as)

    def _weight(self, term: str, posting: index.Posting | None) -> float:
        """How much a term says: one the guide never uses says most, a stray character little."""
        information = math.log1p(self.size / (1 + (posting.count if posting else 0)))
        return information * STRAY_CREDIT if self._is_stray(term) else information

    def _is_stray(self, term: str) -> bool:
        """Whether it is a mere character of a word the dictionary does not have."""
        return len(term) == 1 and term not in self._segmenter.lexicon.concepts

    def tells_subject(self, term: str, question: Question) -> bool:
        """Whether sharing the term means to have to do with the question.

        Of a question that is mostly about what the guide never treats, only its own concepts do.
        """
        if not question.is_treated:
            return term in self._concepts
        return term not in self._places and not self._is_stray(term)
