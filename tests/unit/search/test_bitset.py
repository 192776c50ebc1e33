"""Sets of numbers as bits, and sums over them, do what plain sets and counters do."""

from __future__ import annotations

from array import array
from collections import Counter
from random import Random

import pytest

from yibao_desktop.search import bitset


@pytest.mark.parametrize("share", [0.001, 0.02, 0.5, 1.0])
def test_what_is_packed_comes_back(share):
    chance = Random(1)
    size = 3_000
    numbers = [n for n in range(1, size + 1) if chance.random() <= share]
    members = bitset.unpack(bitset.pack(array("I", numbers), size), size)
    assert [n for n in range(size + 1) if bitset.has(members, n)] == numbers
    assert members == bitset.bits(numbers, size)


def test_few_numbers_take_less_room_than_bits():
    size = 80_000
    assert len(bitset.pack(array("I", [size]), size)) < 10
    assert len(bitset.pack(array("I", range(size)), size)) < size // 8 + 10


@pytest.mark.parametrize("count", [0, 1, 7, 200])
def test_the_largest_sums_come_first_and_equal_ones_rise(count):
    chance = Random(2)
    size = 200
    sums, expected = bitset.Sums(), Counter()
    for weight in (1, 3, 16, 5, 64):
        numbers = chance.sample(range(1, size), 60)
        sums.add(bitset.as_integer(bitset.bits(numbers, size)), weight)
        expected.update(dict.fromkeys(numbers, weight))
    in_order = sorted(expected, key=lambda n: (-expected[n], n))
    assert sums.largest(count) == in_order[:count]


def test_nothing_added_gives_nothing():
    assert bitset.Sums().largest(5) == []
