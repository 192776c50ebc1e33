"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from yibao_desktop.domain.guide.items import Passage, page_id
from yibao_desktop.search.snippet import Snippet


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
    QUESTION = "常有人这样问"
    WORDS = "说到了这些词"
    SYNONYM = "意思相同的说法"
    PINYIN = "按拼音找到"
    TYPO = "可能打错了字"


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

    @property
    def answer(self) -> str:
        """The answer of its page where the snippet is not it; empty otherwise."""
        return "" if self.snippet.text == self.passage.answer else self.passage.answer


def by_page(hits: Iterable[Hit]) -> list[tuple[Hit, ...]]:
    """The hits of one page together, pages in the order of their best.

    The parts of a page come before the page itself, which says less of what was asked; but it comes
    first where it fits better than any of them.
    """
    pages: dict[str, list[Hit]] = {}
    for hit in hits:
        pages.setdefault(page_id(hit.passage.item_id), []).append(hit)
    return [(best, *sorted(others, key=_is_page)) for best, *others in pages.values()]


def _is_page(hit: Hit) -> bool:
    return not hit.passage.heading


@dataclass(frozen=True, slots=True)
class OwnResults:
    """What was found among documents of the user's own; never mixed with the guide's.

    Attributes:
        first: whether they come before the guide's.
        more: number of passages found besides these.
    """

    hits: tuple[Hit, ...] = ()
    first: bool = False
    more: int = 0


NO_OWN_RESULTS = OwnResults()


@dataclass(frozen=True, slots=True)
class Results:
    """Everything found for one question.

    Attributes:
        match: how well the guide answers; what the user added has no say in it.
        likely: how likely the first is an answer, 0 … 1.
        untreated: the subject it is about, where results are near because no source tells of it.
        own: what was found among what the user added.
    """

    query: str
    elapsed_ms: float
    match: Match
    hits: tuple[Hit, ...]
    untreated: str = ""
    likely: float = 0.0
    own: OwnResults = NO_OWN_RESULTS
