"""How well questions are answered, kind by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from time import process_time

import numpy as np

from tests.clock import SetClock
from tests.evaluation.asked import TYPICAL, Asked, set_rows
from tests.evaluation.training import ANSWERED, Basis, HeldOut, out_of_fold, surely
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.paths import Paths
from yibao_desktop.search.results import Match, Results

LOOKED_AT = 10
"""A passage that stands further down is not found."""

WORST = 10
"""So many of the worst answers are told."""


@dataclass(slots=True)
class Kind:
    """What came of the questions of one kind.

    Attributes:
        ranks: place of the first wanted passage of each answered question, from 1; 0 for none.
        direct: whether each answered question was told to be answered.
        honest: whether each unanswered one was not.
    """

    name: str
    ranks: list[int] = field(default_factory=list)
    direct: list[bool] = field(default_factory=list)
    honest: list[bool] = field(default_factory=list)

    def within(self, places: int) -> float:
        """The share of answered questions whose answer is among the first so many."""
        return _share([0 < rank <= places for rank in self.ranks])

    def figures(self) -> dict[str, float]:
        """Everything told of it, by name; shares are rounded to three places."""
        told: dict[str, float] = {"n": len(self.ranks) + len(self.honest)}
        if self.ranks:
            told |= {f"s@{places}": self.within(places) for places in (1, 3, 5)}
            told["mrr"] = _share([1 / rank if rank else 0 for rank in self.ranks])
            told["direct"] = _share(self.direct)
        if self.honest:
            told["honest"] = _share(self.honest)
        return {name: round(figure, 3) for name, figure in told.items()}


def _share(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What search said to one question.

    Attributes:
        likely: how likely it held that the first result is an answer.
    """

    question: str
    want: frozenset[str]
    rank: int
    match: Match
    likely: float
    first: str

    @property
    def badness(self) -> float:
        """Larger for a worse answer: one claimed where there is none is the worst."""
        if not self.want:
            return self.likely if self.match is Match.DIRECT else 0.0
        return 1 - (1 / self.rank if self.rank else 0)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a whole set."""

    kinds: list[Kind]
    summary: str
    worst: list[Answered]


def measure_folds(held_out: Iterable[HeldOut], sure: float) -> list[Kind]:
    """How questions come out about whose subject nothing was learnt."""
    kinds: dict[str, Kind] = {}
    for found in held_out:
        kind = kinds.setdefault(found.asked.kind, Kind(found.asked.kind))
        if found.asked.has_answer:
            kind.ranks.append(found.rank)
            kind.direct.append(found.chance >= sure)
        else:
            kind.honest.append(found.chance < sure)
    return [kinds[kind] for kind in sorted(kinds)]


@dataclass(frozen=True, slots=True)
class Worth:
    """What comes of questions about whose subject nothing was learnt, without a part of the basis.

    Attributes:
        without: name of what was left out; empty where nothing was.
        typical: of the typical questions, the share whose answer is first, and among three.
        asked: of the questions of the set, the same.
        direct: the share of fully answered ones called so, when as many others are not.
    """

    without: str
    typical: tuple[float, float]
    asked: tuple[float, float]
    direct: float


def measure_worth(rows: Sequence[Asked], basis: Basis) -> Iterator[Worth]:
    """With everything, and then without each feature and piece of evidence, learnt anew."""
    for name in ("", *dict.fromkeys((*map(str, basis.order), *map(str, basis.evidence)))):
        held_out = out_of_fold(rows, basis.without(name))
        sure = surely(held_out)
        answered = [found for found in held_out if found.asked.has_answer]
        typical = [found.rank for found in answered if found.asked.kind == TYPICAL]
        asked = [found.rank for found in answered if found.asked.kind != TYPICAL]
        fully = [found.chance >= sure for found in answered if found.asked.kind in ANSWERED]
        yield Worth(name, _first_and_three(typical), _first_and_three(asked), _share(fully))


def _first_and_three(ranks: Sequence[int]) -> tuple[float, float]:
    first, three = (_share([0 < rank <= places for rank in ranks]) for places in (1, 3))
    return first, three


def measure_search(paths: Paths, name: str) -> Measured:
    """What search says to the questions of a set, and what processor time it takes."""
    kinds: dict[str, Kind] = {}
    answers: list[Answered] = []
    took: list[float] = []
    with closing(ContentServices(paths, SetClock())) as guide:
        guide.search.prepare()
        for row in set_rows(name):
            started = process_time()
            results = guide.search.search(str(row["q"]), LOOKED_AT)
            took.append((process_time() - started) * 1000)
            want = frozenset(row["want"])  # type: ignore[arg-type]
            answer = _answered(results, want)
            answers.append(answer)
            _note(kinds.setdefault(str(row["kind"]), Kind(str(row["kind"]))), answer)
    worst = sorted(answers, key=lambda answer: -answer.badness)[:WORST]
    times = " · ".join(f"p{p} {np.percentile(took, p):.1f} ms" for p in (50, 95))
    summary = f"processor time: {times}\n{calibration(answers)}"
    return Measured([kinds[kind] for kind in sorted(kinds)], summary, worst)


def _answered(results: Results, want: frozenset[str]) -> Answered:
    found = [hit.passage.item_id for hit in results.hits]
    rank = next((n for n, item in enumerate(found, 1) if item in want), 0)
    first = found[0] if found else "—"
    return Answered(results.query, want, rank, results.match, results.likely, first)


def _note(kind: Kind, answer: Answered) -> None:
    if answer.want:
        kind.ranks.append(answer.rank)
        kind.direct.append(answer.match is Match.DIRECT)
    else:
        kind.honest.append(answer.match is not Match.DIRECT)


def calibration(answers: Sequence[Answered]) -> str:
    """Of those held so likely to be answered, how many are."""
    groups: defaultdict[int, list[bool]] = defaultdict(list)
    for answer in answers:
        groups[min(4, int(answer.likely * 5))].append(answer.rank == 1)
    parts = [
        f"{group / 5:.1f}–{group / 5 + 0.2:.1f}: {_share(right):.2f} of {len(right)}"
        for group, right in sorted(groups.items())
    ]
    return f"first result right, by how likely it was held: {' · '.join(parts)}"
