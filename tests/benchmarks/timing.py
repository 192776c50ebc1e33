"""Times two ways of searching side by side, so that both have the same weather."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

Search = Callable[[str], Sequence[int]]
"""Numbers of the passages found for a query, best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one way of searching answered, query by query, and the seconds each one took."""

    answers: tuple[Sequence[int], ...]
    seconds: tuple[float, ...]

    def percentile(self, percent: int) -> float:
        """The seconds that so many of a hundred queries do not exceed."""
        rank = -(-len(self.seconds) * percent // 100)
        return sorted(self.seconds)[max(rank, 1) - 1]


def compare(ours: Search, plain: Search, queries: Sequence[str], runs: int) -> tuple[Asked, Asked]:
    """Ask both ways each query so many times; its fastest run counts.

    Something is asked beforehand, so that no one-time cost is counted.
    """
    ways = (ours, plain)
    seconds = [[float("inf")] * len(queries) for _ in ways]
    answers: list[list[Sequence[int]]] = [[()] * len(queries) for _ in ways]
    for way in ways:
        way("医保")
    for _ in range(runs):
        for position, query in enumerate(queries):
            for number, way in enumerate(ways):
                started = perf_counter()
                answers[number][position] = way(query)
                taken = perf_counter() - started
                seconds[number][position] = min(seconds[number][position], taken)
    first, second = (Asked(tuple(a), tuple(s)) for a, s in zip(answers, seconds, strict=True))
    return first, second
