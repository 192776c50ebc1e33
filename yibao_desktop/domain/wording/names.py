"""Names of people within our own sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_ISOLATE, _END = "\u200e\u2068", "\u2069"
"""The first sign says that the line runs from the left: Qt does not look behind the second."""
LISTED = 8
"""So many names are told in a row."""
_RIGHT_TO_LEFT = ("R", "AL", "AN")


def isolated(name: str) -> str:
    """A name that turns nothing around it: one written from the right is kept to itself."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in name):
        return f"{_ISOLATE}{name}{_END}"
    return name


def listed_names(names: Iterable[str]) -> str:
    """Names in a row, each once; of very many only the first, and that there are more."""
    return listed([isolated(name) for name in dict.fromkeys(names)])


def listed(texts: Sequence[str], most: int = LISTED) -> str:
    """Texts in a row; of more than ``most`` only the first, and that there are more."""
    return "、".join(texts[:most]) + ("等" if len(texts) > most else "")
