"""A typed question taken apart: its words, what each says, and what the guide has no word of."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from yibao_desktop.domain.guide.suggestions import MAX_QUERY
from yibao_desktop.search import index
from yibao_desktop.search.results import Why
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.store.content_repository import ContentRepository

STRAY_CREDIT = 0.3
"""What a character that is no word of its own counts for, against a whole word's 1."""

_NUMBER = re.compile(r"\d+[年月日号岁个元块万]?")
_RANK = "[省市县区镇乡村]"
_UNHEARD_OF = re.compile(rf"[a-z]\d{{0,2}}|.+{_RANK}|{_RANK}.+")
"""What no dictionary has and reads like a place: it ends as they do, or is blotted out to a letter,
and then the next word begins with the kind of place it is."""


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


class QuestionReader:
    """Takes questions apart by what the index and the word lists know of their words."""

    def __init__(self, repository: ContentRepository, segmenter: Segmenter) -> None:
        self._repository = repository
        self._segmenter = segmenter

    @cached_property
    def size(self) -> int:
        """How many passages there are."""
        with self._repository.connection() as connection:
            return index.count_passages(connection)

    @cached_property
    def _places(self) -> dict[str, tuple[str, ...]]:
        return {place.code: place.short_names for place in self._repository.regions()}

    def names_place(self, question: Question, code: str) -> bool:
        """Whether the question names the place with this code."""
        return any(name in question.text for name in self._places[code])

    def read(
        self, connection: sqlite3.Connection, query: str, read_as: Why | None = None
    ) -> Question:
        """The question; ``read_as`` says how the query came about where nobody typed it so."""
        text = self._segmenter.lexicon.normalise(query[:MAX_QUERY])
        lexicon = self._segmenter.lexicon
        words = self._segmenter.words(text)
        joined = list(self._strays_joined(connection, [lexicon.concept(word) for word in words]))
        said = [word for word in joined if word not in lexicon.fillers]
        terms = tuple(dict.fromkeys(said or joined))
        postings = index.postings(connection, terms, self.size) if terms else {}
        weights = {term: self._weight(term, postings.get(term)) for term in terms}
        unknown = sum(w for t, w in weights.items() if t not in postings or not postings[t].count)
        untreated = unknown / (sum(weights.values()) or 1.0)
        return Question(text, terms, weights, postings, untreated, read_as)

    def _strays_joined(self, connection: sqlite3.Connection, words: list[str]) -> Iterator[str]:
        """The words, but neighbouring stray characters that stand nowhere in the guide as one."""
        stands = cache(lambda text: bool(index.phrase_matches(connection, text)))
        unknown = ""
        for word, following in pairwise((*words, "")):
            unknown += word
            if self._is_stray(word) and self._is_stray(following) and not stands(word + following):
                continue
            yield unknown
            unknown = ""

    def _weight(self, term: str, posting: index.Posting | None) -> float:
        """How much a term says: one the guide never uses says most, a stray character little."""
        if not (posting and posting.count) and self._is_circumstance(term):
            return 0.0
        information = math.log1p(self.size / (1 + (posting.count if posting else 0)))
        return information * STRAY_CREDIT if self._is_stray(term) else information

    def _is_circumstance(self, term: str) -> bool:
        """Whether it says where or when, and so nothing of the matter."""
        lexicon = self._segmenter.lexicon
        if term in lexicon.places or _NUMBER.fullmatch(term) or re.fullmatch(_RANK, term):
            return True
        return bool(_UNHEARD_OF.fullmatch(term)) and term not in lexicon.counts

    def _is_stray(self, term: str) -> bool:
        """Whether it is a mere character of a word the dictionary does not have."""
        lexicon = self._segmenter.lexicon
        known = term in lexicon.concepts or term in lexicon.singles or term in lexicon.fillers
        return len(term) == 1 and not known
