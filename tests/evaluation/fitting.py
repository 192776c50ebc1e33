"""Logistic choice between alternatives, fitted to what was wanted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

ROUNDS = 100
SETTLED = 1e-9
"""Newton's steps stop after so many, or when the loss falls by no more than this."""

SHORTEST = 1e-4
"""A step is halved until it helps; one so short never will."""


def fit_choice(
    features: Array, there: Array, wanted: Array, importance: Array, held_back: float
) -> Array:
    """Weights that make the wanted alternatives the likeliest, rows counted by their importance.

    Args:
        features: of each alternative of each row, rows × alternatives × features.
        there: 1 where the row has this alternative, else 0.
        wanted: 1 where it is wanted; a row may want several, and any one of them is right.
        importance: of each row.
        held_back: how far the weights are kept small, for features of much the same spread.
    """
    importance = importance / importance.sum()
    weights = np.zeros(features.shape[2])

    def loss(tried: Array) -> float:
        sums = features @ tried
        lost = _log_sum(sums, there) - _log_sum(sums, wanted)
        return float(importance @ lost + held_back * (tried @ tried) / 2)

    now = loss(weights)
    for _ in range(ROUNDS):
        sums = features @ weights
        chosen, right = _shares(sums, there), _shares(sums, wanted)
        gradient = np.einsum("r,ra,raf->f", importance, chosen - right, features)
        gradient += held_back * weights
        weighted = (importance[:, None] * chosen)[:, :, None] * features
        mean = np.einsum("ra,raf->rf", chosen, features)
        bent = np.tensordot(weighted, features, ((0, 1), (0, 1)))
        bent -= (importance[:, None] * mean).T @ mean
        step = np.linalg.solve(bent + held_back * np.eye(len(weights)), gradient)
        length = 1.0
        while length > SHORTEST and loss(weights - length * step) > now:
            length /= 2
        weights = weights - length * step
        before, now = now, loss(weights)
        if before - now < SETTLED:
            break
    return weights


def probabilities(features: Array, there: Array, weights: Array) -> Array:
    """How likely each alternative of each row is chosen."""
    return _shares(features @ weights, there)


def _shares(sums: Array, among: Array) -> Array:
    shares: Array = np.exp(np.where(among > 0, sums, -np.inf) - _log_sum(sums, among)[:, None])
    return shares


def _log_sum(sums: Array, among: Array) -> Array:
    """Logarithm of the sum of the exponentials, row by row."""
    masked = np.where(among > 0, sums, -np.inf)
    most = masked.max(axis=1)
    result: Array = most + np.log(np.exp(masked - most[:, None]).sum(axis=1))
    return result
