"""What ranking and verdict have learnt: the order of passages, and whether one is the answer.

``make ranking`` writes the file from questions with known answers; nothing in it is set by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yibao_desktop.errors import DataError
from yibao_desktop.paths import RANKING_FILE
from yibao_desktop.search.candidate import Candidate, Evidence, Feature
from yibao_desktop.search.results import Match

HOME = 0.75
"""Being told for the user's own place brings a passage forward, and for another back, by so much of
what lies between the best and the last that is shown. In no question is it said where one lives, so
it cannot be learnt."""

WITH_MEANING, BY_WORDS = "with_meaning", "by_words"
"""The two sets of weights: for all features, and for those there are without the encoder."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights of one set of features.

    Attributes:
        order: what each feature is worth; the probability that one passage of many is wanted is
            in proportion to the exponential of the sum.
        verdict: what each piece of evidence is worth for ``direct`` and ``near`` against ``none``.
        bias: what those start from.
        sure: an answer is called one from this probability on.
        nothing: nothing is shown where that nothing fits is so probable.
        reach: passages that are so far behind the best are not shown.
    """

    order: Mapping[Feature, float]
    verdict: Mapping[Match, Mapping[Evidence, float]]
    bias: Mapping[Match, float]
    sure: float
    nothing: float
    reach: float

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Ranking:
        """As it stands in the file."""
        return cls(
            order={Feature(name): weight for name, weight in data["order"].items()},
            verdict={
                Match(match): {Evidence(name): weight for name, weight in weights.items()}
                for match, weights in data["verdict"].items()
            },
            bias={Match(match): value for match, value in data["bias"].items()},
            sure=data["sure"],
            nothing=data["nothing"],
            reach=data["reach"],
        )

    def score(self, candidate: Candidate) -> float:
        """Orders the candidates of one question and tier, larger first."""
        return sum(weight * candidate.value(feature) for feature, weight in self.order.items())

    def bring_home(self, candidates: list[Candidate]) -> None:
        """Order anew what is shown for someone who lives somewhere; which it is stays the same."""
        for candidate in candidates:
            candidate.score += HOME * self.reach * candidate.home
        candidates.sort(key=Candidate.order)

    def shown(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those of the candidates, best first, that are near enough to the best."""
        least = max((c.score for c in candidates if not c.is_exact), default=0.0) - self.reach
        return [c for c in candidates if c.is_exact or c.score >= least]

    def probabilities(self, evidence: Mapping[Evidence, float]) -> dict[Match, float]:
        """How likely each verdict is."""
        sums = {Match.NONE: 0.0} | {
            match: self.bias[match] + sum(w * evidence[e] for e, w in weights.items())
            for match, weights in self.verdict.items()
        }
        most = max(sums.values())
        parts = {match: math.exp(value - most) for match, value in sums.items()}
        return {match: part / sum(parts.values()) for match, part in parts.items()}

    def verdict_of(self, probabilities: Mapping[Match, float]) -> Match:
        """The verdict by these probabilities."""
        if probabilities[Match.DIRECT] >= self.sure:
            return Match.DIRECT
        return Match.NONE if probabilities[Match.NONE] >= self.nothing else Match.NEAR


def read_rankings(resources: Path) -> dict[str, Ranking]:
    """Both sets of weights by name.

    Raises:
        DataError: the file is missing or damaged.
    """
    path = resources / RANKING_FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: Ranking.from_data(data[name]) for name in (WITH_MEANING, BY_WORDS)}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DataError(f"搜索的排序文件读不出来：{path}。", "请重新安装医保指南。") from error
