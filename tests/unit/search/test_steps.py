"""Matrices kept as whole numbers multiply as those they were made of do."""

from __future__ import annotations

import numpy as np
import pytest

from yibao_desktop.search.steps import Stepped

KINDS = (np.int8, np.int16)


@pytest.fixture(scope="module")
def values() -> np.ndarray:
    """More rows than are unpacked at a time, columns of very different size, one of zeros."""
    drawn = np.random.default_rng(7).standard_normal((1_000, 257)) * np.logspace(-3, 3, 257)
    drawn[:, 100] = 0
    return drawn.astype(np.float32)


@pytest.mark.parametrize("kind", KINDS)
def test_no_value_is_further_off_than_half_a_step(values, kind):
    kept = Stepped.of(values, kind)
    assert kept.numbers.dtype == kind
    assert kept.shape == values.shape
    off = abs(kept.numbers * kept.steps.astype(float) - values)
    assert (off <= 0.501 * kept.steps).all()
    assert not kept.numbers[:, 100].any()


@pytest.mark.parametrize("kind", KINDS)
def test_products_are_those_of_the_values_that_are_kept(values, kind):
    kept = Stepped.of(values, kind)
    meant = kept.numbers * kept.steps.astype(float)
    given = np.random.default_rng(8).standard_normal((3, 1_000)).astype(np.float32)
    vector = np.random.default_rng(9).standard_normal(257).astype(np.float32)
    for ours, right in (
        (given @ kept, given @ meant),
        (given[0] @ kept, given[0] @ meant),
        (kept @ vector, meant @ vector),
    ):
        assert ours.dtype == np.float32
        assert abs(ours - right).max() <= 1e-5 * abs(right).max()


def test_a_matrix_without_rows_gives_zeros():
    kept = Stepped(np.zeros((0, 4), np.int8), np.ones(4, np.float32))
    assert (kept @ np.ones(4, np.float32)).shape == (0,)
    assert (np.ones((2, 0), np.float32) @ kept == np.zeros((2, 4))).all()
