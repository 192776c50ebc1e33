"""Which words the guide and its readers use, and which they put one after another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

EDGE = ""
"""Stands before the first word of a phrase and after the last."""

MOST_PAIRS = 40_000
"""So many pairs are kept, the commonest: a large library has more than one wants to carry."""

PAIR, OWN, COMMON = 0.6, 0.3, 0.1
"""What a word's likelihood is mixed of: how often it follows the word before it here, how often it
is used here, and how common it is anywhere."""


class Phrasing:
    """Words and pairs of words as they are used, unpacked only where they are looked up.

    Attributes:
        used: word → how often it stands.
        packed: word → those that follow it, with how often, in turn.
    """

    def __init__(self, used: Mapping[str, int], packed: Mapping[str, str]) -> None:
        self.used = used
        self.packed = packed
        self._unpacked: dict[str, dict[str, int]] = {}

    @classmethod
    def of(cls, phrases: Iterable[Sequence[str]]) -> Phrasing:
        """From phrases divided into words."""
        used: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for phrase in phrases:
            words = (EDGE, *phrase, EDGE)
            used.update(words[:-1])
            pairs.update(pairwise(words))
        packed: defaultdict[str, list[str]] = defaultdict(list)
        commonest = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PAIRS]
        for (word, following), count in sorted(commonest):
            packed[word] += (following, str(count))
        return cls(dict(sorted(used.items())), {w: " ".join(parts) for w, parts in packed.items()})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Phrasing:
        """As ``to_data`` gave it."""
        return cls(data["used"], data["pairs"])

    def to_data(self) -> dict[str, Any]:
        """What is stored of it."""
        return {"used": self.used, "pairs": self.packed}

    @cached_property
    def _total(self) -> int:
        return sum(self.used.values()) or 1

    def after(self, word: str) -> Mapping[str, int]:
        """The words that follow this one, with how often."""
        if word not in self._unpacked:
            parts = self.packed.get(word, "").split(" ")
            self._unpacked[word] = dict(zip(parts[::2], map(int, parts[1::2]), strict=False))
        return self._unpacked[word]

    def alone(self, word: str, common: float) -> float:
        """How likely a word is whatever stands before it; ``common`` is how likely anywhere."""
        return OWN * self.used.get(word, 0) / self._total + COMMON * common

    def pair(self, word: str) -> float:
        """How much likelier a word is for each time it is known to follow this one."""
        return PAIR / self.used.get(word, 1)
