"""What is known of a passage while it is weighed for a question."""

from __future__ import annotations

from dataclasses import dataclass

from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.search.index import Names
from yibao_desktop.search.question import Question

DIRECT_SHARE = 0.6
"""From this share on, of the question's information, a passage answers it; likeness adds to it."""

DIRECT_MATCHED = 10.5
"""A passage that shares so much with a long question answers it, whatever else is told in it."""

DIRECT_LIKENESS = 0.6
"""A question not plainly about the guide's field must be so much like a name of a passage."""

MONEY_LIKENESS = 0.3
"""A question about money must be at least so much like a name of a passage: words do not do."""

SHOWN_SHARE = 0.2
SHOWN_LIKENESS = 0.3
SHOWN_MATCHED = 4.0
"""A long question with much beside the point still says this much about its subject."""

LITERAL_BONUS = 10.0
"""More than all the rest together: who contains the text as it stands comes first."""

ELSEWHERE_MALUS = 0.3
"""What a passage about a place nobody named is behind the same said of no place."""

OWN_PLACE_BONUS = 1.0
"""What a passage about the user's own place is ahead of the same said of another place."""


@dataclass(slots=True)
class Candidate:
    """What is known of a passage while it is weighed.

    ``relevance`` is how much of the question its terms say, those of its names counted twice,
    against the passage that has most; ``matched`` is how much its terms of the question say,
    ``coverage`` the share that is of the whole question; ``likeness`` is how much the question
    resembles the most similar name of the passage. The shares lie in 0 … 1. ``on_subject`` says
    whether more than the names of places and stray characters match, ``own_place`` whether it is
    told for the user's place, ``elsewhere`` whether for a place the question does not name.
    """

    number: int
    names: Names
    literal: bool = False
    pinyin: bool = False
    relevance: float = 0.0
    matched: float = 0.0
    coverage: float = 0.0
    likeness: float = 0.0
    on_subject: bool = False
    own_place: bool = False
    elsewhere: bool = False

    @property
    def worth_showing(self) -> bool:
        """Whether it has to do with the question at all."""
        exact = self.literal or self.pinyin
        return (
            exact
            or self.likeness >= SHOWN_LIKENESS
            or (self.on_subject and (self.coverage >= SHOWN_SHARE or self.matched >= SHOWN_MATCHED))
        )

    def answers(self, question: Question) -> bool:
        """Whether it treats what the question asks, as far as words can tell.

        Likeness to a name proves nothing by itself: it is worth as much as the question is treated.
        """
        if self.literal or self.pinyin:
            return True
        if not question.in_field and self.likeness < DIRECT_LIKENESS:
            return False
        if self.matched >= DIRECT_MATCHED:
            return True
        if question.about_money and self.likeness < MONEY_LIKENESS:
            return False
        treated = question.is_treated and self.on_subject
        return treated and self.coverage * (1 + self.likeness) >= DIRECT_SHARE

    @property
    def score(self) -> float:
        """Orders the candidates of one question, larger first."""
        kind_bonus = 0.15 if self.names.kind is Kind.PROCEDURE else 0.0
        return (
            LITERAL_BONUS * self.literal
            + 2.0 * self.pinyin
            + 2.0 * self.coverage
            + 3.0 * self.likeness
            + 0.5 * self.relevance
            + kind_bonus
            + OWN_PLACE_BONUS * self.own_place
            - ELSEWHERE_MALUS * (self.elsewhere and not self.own_place)
        )
