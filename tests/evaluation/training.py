"""Learns order and verdict from questions with known answers, and tells how well that carries over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.evaluation.asked import FEATURES, TYPICAL, Asked
from tests.evaluation.fitting import Array, fit_choice, probabilities
from yibao_desktop.search.candidate import Evidence, Feature
from yibao_desktop.search.ranking import BY_WORDS, WITH_MEANING
from yibao_desktop.search.results import Match

FOLDS = 5
"""Learnt from four, tried on the fifth, by what the questions are about."""

ORDER_HELD_BACK = 0.01
VERDICT_HELD_BACK = 0.003
"""How far the weights are kept small; few questions are better served by more."""

REACHED = 0.99
"""The share of wanted passages that are shown, however far behind the best they are, and of
questions about the guide's field that something is shown for."""

HONEST = {"clean": 0.84, "near": 0.75}
"""The share of questions without an answer that must not be told they have one, by kind."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a set of weights goes by: the order of passages, and the verdict."""

    order: tuple[Feature, ...]
    evidence: tuple[Evidence, ...]

    def without(self, name: str) -> Basis:
        """The same but for the feature and the piece of evidence of this name."""
        order = tuple(feature for feature in self.order if feature.value != name)
        return Basis(order, tuple(e for e in self.evidence if e.value != name))


BASES = {
    WITH_MEANING: Basis(FEATURES, tuple(Evidence)),
    BY_WORDS: Basis(
        (Feature.COVERAGE, Feature.LIKENESS, Feature.PLACE, Feature.INTENT),
        (Evidence.SCORE, Evidence.COVERAGE, Evidence.LIKENESS, Evidence.UNKNOWN),
    ),
}
ANSWERED = (TYPICAL, "full")
MATCHES = (Match.NONE, Match.NEAR, Match.DIRECT)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what its verdict goes by, and which verdict would be right."""

    asked: Asked
    evidence: Array
    right: Match


def train(rows: Sequence[Asked], basis: Basis) -> dict[str, Any]:
    """What ``ranking.json`` holds for one set of features."""
    order = learn_order(rows, basis.order)
    judged = judge(rows, order, basis.evidence)
    weights = learn_verdict(judged)
    held_out = out_of_fold(rows, basis)
    return {
        "order": {f.value: rounded(w) for f, w in order.items()},
        "verdict": {
            match.value: {
                e.value: rounded(w) for e, w in zip(basis.evidence, part[:-1], strict=True)
            }
            for match, part in weights.items()
        },
        "bias": {match.value: rounded(part[-1]) for match, part in weights.items()},
        "sure": rounded(surely(held_out)),
        "nothing": rounded(nothing(held_out)),
        "reach": rounded(reach(rows, order)),
    }


def rounded(value: float) -> float:
    """To four decimal places, which is more than the questions can tell."""
    return round(float(value), 4)


def learn_order(rows: Iterable[Asked], features: Sequence[Feature]) -> dict[Feature, float]:
    """What each feature is worth for the order of passages."""
    used = [row for row in rows if row.has_answer and not _is_exact(row)]
    columns = [FEATURES.index(feature) for feature in features]
    most = max(len(row.values) for row in used)
    values, there, wanted = (
        np.zeros((len(used), most, len(columns))),
        *np.zeros((2, len(used), most)),
    )
    for number, row in enumerate(used):
        count = len(row.values)
        values[number, :count] = row.values[:, columns]
        there[number, :count] = 1
        wanted[number, :count] = row.wanted
    spread = values[there > 0].std(axis=0)
    learnt = fit_choice(values / spread, there, wanted, importance(used), ORDER_HELD_BACK)
    return dict(zip(features, (learnt / spread).tolist(), strict=True))


def importance(rows: Sequence[Asked]) -> Array:
    """Typical questions and those of the sets count the same together."""
    typical = np.array([row.kind == TYPICAL for row in rows])
    counts = {True: max(typical.sum(), 1), False: max((~typical).sum(), 1)}
    return np.array([1 / counts[bool(is_typical)] for is_typical in typical])


def _is_exact(row: Asked) -> bool:
    return any(candidate.is_exact for candidate in row.weighed.candidates)


def scores(row: Asked, order: Mapping[Feature, float]) -> Array:
    """What each candidate gets."""
    columns = [FEATURES.index(feature) for feature in order]
    result: Array = row.values[:, columns] @ np.array(list(order.values()))
    return result


def judge(
    rows: Iterable[Asked], order: Mapping[Feature, float], evidence: Sequence[Evidence]
) -> list[Judged]:
    """What the verdict on each question goes by; those that are partly answered are left out."""
    found = []
    for row in rows:
        right = right_verdict(row)
        if right is None or _is_exact(row) or not row.weighed.candidates:
            continue
        got = scores(row, order)
        best = row.weighed.candidates[int(got.argmax())]
        best.score = float(got.max())
        known = row.weighed.evidence(best)
        found.append(Judged(row, np.array([known[e] for e in evidence]), right))
    return found


def right_verdict(row: Asked) -> Match | None:
    """What is right to say; None where both an answer and something near are."""
    if row.has_answer:
        return Match.DIRECT if row.kind in ANSWERED else None
    return Match.NEAR if row.in_field else Match.NONE


def learn_verdict(judged: Sequence[Judged]) -> dict[Match, Array]:
    """What each piece of evidence is worth for a verdict, against none; the bias stands last."""
    values = np.array([each.evidence for each in judged])
    spread = values.std(axis=0) + np.finfo(float).eps
    given = np.concatenate((values / spread, np.ones((len(values), 1))), axis=1)
    size = given.shape[1]
    features = np.zeros((len(judged), len(MATCHES), 2 * size))
    features[:, 1, :size], features[:, 2, size:] = given, given
    wanted = np.array([[each.right is match for match in MATCHES] for each in judged], float)
    learnt = fit_choice(
        features, np.ones_like(wanted), wanted, _balanced(judged), VERDICT_HELD_BACK
    )
    near, direct = learnt[:size], learnt[size:]
    scale = np.append(spread, 1.0)
    return {Match.NEAR: near / scale, Match.DIRECT: direct / scale}


def _balanced(judged: Sequence[Judged]) -> Array:
    """Each verdict counts the same, and so do typical questions and those of the sets."""
    keys = [(each.asked.kind == TYPICAL, each.right) for each in judged]
    return np.array([1 / keys.count(key) for key in keys])


def chances(judged: Sequence[Judged], weights: Mapping[Match, Array]) -> Array:
    """How likely each verdict of ``MATCHES`` is."""
    given = np.concatenate((np.array([j.evidence for j in judged]), np.ones((len(judged), 1))), 1)
    parts = [np.zeros(len(judged)), given @ weights[Match.NEAR], given @ weights[Match.DIRECT]]
    sums = np.stack(parts, axis=1)[:, :, None]
    return probabilities(sums, np.ones(sums.shape[:2]), np.ones(1))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A question nothing was learnt from.

    Attributes:
        rank: place of the first wanted passage, from 1; 0 where there is none.
        chance: how likely it is held to be answered; 1 where something matches it exactly.
        nothing: how likely it is held that nothing has to do with it.
    """

    asked: Asked
    rank: int
    chance: float
    nothing: float


def out_of_fold(rows: Sequence[Asked], basis: Basis) -> list[HeldOut]:
    """Every question as it comes out where nothing about the same was learnt from."""
    groups = sorted({row.group for row in rows})
    fold_of = {group: number % FOLDS for number, group in enumerate(groups)}
    found = []
    for fold in range(FOLDS):
        learnt = [row for row in rows if fold_of[row.group] != fold]
        tried = [row for row in rows if fold_of[row.group] == fold]
        order = learn_order(learnt, basis.order)
        weights = learn_verdict(judge(learnt, order, basis.evidence))
        found += [held_out(row, order, weights, basis.evidence) for row in tried]
    return found


def held_out(
    row: Asked,
    order: Mapping[Feature, float],
    weights: Mapping[Match, Array],
    evidence: Sequence[Evidence],
) -> HeldOut:
    """How one question comes out."""
    if not row.weighed.candidates:
        return HeldOut(row, 0, 0.0, 1.0)
    tiers = np.array([candidate.tier for candidate in row.weighed.candidates])
    got = scores(row, order)
    places = np.lexsort((-got, -tiers))
    right = np.flatnonzero(row.wanted[places])
    best = row.weighed.candidates[places[0]]
    best.score = float(got[places[0]])
    known = row.weighed.evidence(best)
    judged = Judged(row, np.array([known[e] for e in evidence]), Match.NONE)
    none, _, direct = (0.0, 0.0, 1.0) if best.is_exact else chances([judged], weights)[0].tolist()
    return HeldOut(row, int(right[0]) + 1 if len(right) else 0, direct, none)


def surely(found: Sequence[HeldOut]) -> float:
    """From which chance on an answer is called one: the least at which ``HONEST`` holds."""
    of_kind = {
        kind: [f.chance for f in found if not f.asked.has_answer and is_kind(f.asked)]
        for kind, is_kind in (("clean", lambda a: not a.in_field), ("near", lambda a: a.in_field))
    }
    return max(float(np.quantile(of_kind[kind], share)) for kind, share in HONEST.items())


def nothing(found: Sequence[HeldOut]) -> float:
    """From which chance on that nothing fits nothing is shown."""
    chances_of_none = [f.nothing for f in found if f.asked.in_field and f.asked.weighed.candidates]
    return float(np.quantile(chances_of_none, REACHED))


def reach(rows: Sequence[Asked], order: Mapping[Feature, float]) -> float:
    """How far behind the best the wanted passages are, at most, in the share ``REACHED``."""
    behind = []
    for row in rows:
        if row.has_answer:
            got = scores(row, order)
            behind.append(got.max() - got[row.wanted > 0].max())
    return float(np.quantile(behind, REACHED))
