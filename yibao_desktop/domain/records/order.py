"""The order in which things were done, where they come from two computers."""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def merged(ours: Iterable[T], theirs: Iterable[T], at: Callable[[T], datetime.datetime]) -> list[T]:
    """Two lists, each the newest first, as one.

    Each keeps its own order, which was noted when things happened; only how the two lie between
    each other is told by their times, since nothing else can tell it. So a clock that was wrong
    for a while turns nothing round.
    """
    return list(heapq.merge(ours, theirs, key=at, reverse=True))
