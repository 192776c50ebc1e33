"""Sets of passage numbers as bits, and sums of weights over them.

A hundred thousand passages are 12 KB, and adding a weight to every passage that has a term is a
handful of operations on whole numbers of that size, however many passages have it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice

_BITS, _LIST = b"b", b"l"
_LIST_ITEM = array("I").itemsize


def bits(numbers: Iterable[int], size: int) -> bytes:
    """The set of these numbers, all of them at most ``size``."""
    packed = bytearray(size // 8 + 1)
    for number in numbers:
        packed[number >> 3] |= 1 << (number & 7)
    return bytes(packed)


def pack(numbers: array[int], size: int) -> bytes:
    """A set as it is stored: as bits, or as a list where that is shorter."""
    if len(numbers) * _LIST_ITEM < size // 8:
        return _LIST + numbers.tobytes()
    return _BITS + bits(numbers, size)


def unpack(packed: bytes, size: int) -> bytes:
    """The bits of a stored set."""
    if packed[:1] == _BITS:
        return packed[1:]
    return bits(array("I", packed[1:]), size)


def has(members: bytes, number: int) -> bool:
    """Whether the number is in the set."""
    return bool(members[number >> 3] >> (number & 7) & 1)


def as_integer(members: bytes) -> int:
    """The set as one whole number, for ``Sums``."""
    return int.from_bytes(members, "little")


def _numbers(members: int) -> Iterator[int]:
    """The members, in rising order."""
    digits = bin(members)[:1:-1]
    position = digits.find("1")
    while position >= 0:
        yield position
        position = digits.find("1", position + 1)


class Sums:
    """A whole number for every passage, all added to at once; plane i holds the bits 2 ** i."""

    def __init__(self) -> None:
        self._planes: list[int] = []

    def add(self, members: int, weight: int) -> None:
        """Add a weight to every member of a set."""
        for level in range(weight.bit_length()):
            if weight >> level & 1:
                self._add(members, level)

    def _add(self, carry: int, level: int) -> None:
        while len(self._planes) < level:
            self._planes.append(0)
        while carry:
            if level == len(self._planes):
                self._planes.append(0)
            plane = self._planes[level]
            self._planes[level], carry = plane ^ carry, plane & carry
            level += 1

    def largest(self, count: int) -> list[int]:
        """So many numbers with the largest sums above 0, the larger first, equal ones rising."""
        found: list[int] = []
        anything = 0
        for plane in self._planes:
            anything |= plane
        pending = [(anything, len(self._planes) - 1)]
        while pending and len(found) < count:
            members, level = pending.pop()
            if level < 0 or members.bit_count() == 1:
                found += islice(_numbers(members), count - len(found))
                continue
            above = members & self._planes[level]
            pending += [(part, level - 1) for part in (members ^ above, above) if part]
        return found
