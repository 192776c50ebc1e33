"""What is known of a passage while it is weighed for a question, and of the question as a whole.

``Feature`` and ``Evidence`` are all that ranking and verdict go by. What each is worth is learnt
from questions with known answers (``ranking.py``), never set by hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from yibao_desktop.search.index import Names

SPREAD = 5.0
"""Scores so far apart differ in strength, too; only the order of strengths has a meaning."""


class Feature(StrEnum):
    """What orders the passages that may answer a question; every value lies in -1 … 1 or so."""

    COVERAGE = "coverage"
    """Share of what the question says that words of the passage say, too."""
    LIKENESS = "likeness"
    """How much the question resembles the most similar name or typical question, in wording."""
    PLACE = "place"
    """1 where it is told for a place the question does not name."""
    INTENT = "intent"
    """Share of the kinds of things the question asks for (where, how much, …) that it tells."""
    RECOGNISED = "recognised"
    """How much the examples of typical questions say for it."""
    PAGE = "page"
    """How much they say for its page, all passages of it together."""
    TYPICAL = "typical"
    """How like its nearest examples, or else its title, the question is in meaning."""
    BODY = "body"
    """How like its text the question is in meaning."""


class Evidence(StrEnum):
    """What tells whether the guide answers a question."""

    SCORE = "score"
    """What the best passage got in the order."""
    COVERAGE = "coverage"
    """``Feature.COVERAGE`` of the best passage."""
    LIKENESS = "likeness"
    """``Feature.LIKENESS`` of the best passage."""
    UNKNOWN = "unknown"
    """Share of what the question says that the guide has no word of."""
    PAGE = "page"
    """``Feature.PAGE`` of the best passage."""
    TYPICAL = "typical"
    """The largest ``Feature.TYPICAL`` of any passage."""
    UNTREATED = "untreated"
    """How much the examples say for a subject of the field that the guide does not treat: a share
    of what they say for that, for what is outside the field, and for the page of the best passage.
    """
    OUTSIDE = "outside"
    """How much they say for what has nothing to do with the field: a share of the same."""
    UNTREATED_TYPICAL = "untreated_typical"
    """How like the nearest examples of either it is in meaning."""


@dataclass(slots=True)
class Candidate:
    """What is known of a passage while it is weighed.

    ``literal`` says whether it contains the question as it stands, ``pinyin`` whether a name of it
    is spelled so; ``home`` is 1 where it is told for the user's own place, -1 where it is for
    another, and 0 where that is open. The rest is ``Feature`` by ``Feature``; ``score`` is what
    they are worth.
    """

    number: int
    names: Names
    literal: bool = False
    pinyin: bool = False
    home: int = 0
    coverage: float = 0.0
    likeness: float = 0.0
    place: float = 0.0
    intent: float = 0.0
    recognised: float = 0.0
    page: float = 0.0
    typical: float = 0.0
    body: float = 0.0
    score: float = 0.0

    @property
    def is_exact(self) -> bool:
        """Whether it has what was typed, letter by letter; such are answers."""
        return self.literal or self.pinyin

    @property
    def tier(self) -> int:
        """What comes before all that is learnt: text as it stands, then names as they sound."""
        return 2 if self.literal else int(self.pinyin)

    def order(self) -> tuple[int, float, int]:
        """Sorts candidates, the best first."""
        return -self.tier, -self.score, self.number

    @property
    def strength(self) -> float:
        """Tier and score as one number above 0, for showing: more of the same counts less."""
        return self.tier + 1 / (1 + math.exp(-self.score / SPREAD))

    def value(self, feature: Feature) -> float:
        """One of its features."""
        value: float = getattr(self, feature)
        return value
