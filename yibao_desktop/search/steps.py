"""Matrices kept as whole numbers of small steps: they take less memory, and are as good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.floating[Any]]
Numbers = npt.NDArray[np.integer[Any]]

_AT_ONCE = 2**16
"""So many numbers are turned into such as are reckoned with, and forgotten, before the next."""


class Stepped:
    """A matrix as whole numbers, each column in steps of its own; to be multiplied with ``@``.

    Attributes:
        numbers: how many steps, row by row.
        steps: how large a step of each column is.
    """

    __array_ufunc__ = None  # so that numpy leaves ``array @ stepped`` to this class

    def __init__(self, numbers: Numbers, steps: Vectors) -> None:
        self.numbers = numbers
        self.steps = steps

    @classmethod
    def of(cls, values: Vectors, kind: type[np.signedinteger[Any]]) -> Stepped:
        """The nearest there is to these values with whole numbers of a kind."""
        most = np.zeros(values.shape[1], np.float32)
        for rows in _some_at_a_time(values):
            most = np.maximum(most, np.abs(values[rows].astype(np.float32)).max(axis=0))
        steps = np.where(most > 0, most / np.float32(np.iinfo(kind).max), np.float32(1))
        numbers = np.empty(values.shape, kind)
        for rows in _some_at_a_time(values):
            numbers[rows] = np.rint(values[rows].astype(np.float32) / steps)
        return cls(numbers, steps)

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns."""
        return self.numbers.shape

    def __len__(self) -> int:
        return len(self.numbers)

    def __matmul__(self, vector: Vectors) -> Vectors:
        scaled = self.steps * vector
        found = np.empty(len(self), np.float32)
        for rows in _some_at_a_time(self.numbers):
            found[rows] = self.numbers[rows].astype(np.float32) @ scaled
        return found

    def __rmatmul__(self, given: Vectors) -> Vectors:
        total = np.zeros((*given.shape[:-1], len(self.steps)), np.float32)
        for rows in _some_at_a_time(self.numbers):
            total += given[..., rows] @ self.numbers[rows].astype(np.float32)
        return total * self.steps


def _some_at_a_time(matrix: npt.NDArray[Any]) -> Iterator[slice]:
    """Neighbouring rows of a matrix, all in turn."""
    count = max(1, _AT_ONCE // max(1, matrix.shape[1]))
    return (slice(start, start + count) for start in range(0, len(matrix), count))
