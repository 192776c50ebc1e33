"""What is known of questions and passages by their meaning: the encoder and what rests on it.

This is the one door to the numeric library, which takes a tenth of a second to load: whoever
imports this module loads it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yibao_desktop.errors import DataError
from yibao_desktop.search.meaning import Encoder
from yibao_desktop.search.recogniser import Recognised, Recogniser, grams
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.search.steps import Vectors
from yibao_desktop.store.content_repository import REINSTALL, ContentRepository

_ASK_DIRECTIONS = """
    SELECT number, title, body FROM passage_meaning
    WHERE number IN (SELECT value FROM json_each(?))
"""

LONGEST = 100
"""So many characters of a question are read: what it takes grows with each, and no question is so
long; what is pasted may be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question means, and what it is recognised as."""

    direction: Vectors
    recognised: Recognised


class Meanings:
    """Reads questions by their meaning and compares passages with them.

    Attributes:
        version: of the encoder.
    """

    def __init__(
        self, encoder: Encoder, repository: ContentRepository, segmenter: Segmenter
    ) -> None:
        """Read what was learnt when the content was built.

        Raises:
            DataError: the content was built with another encoder, or has none of this.
        """
        learnt = repository.recogniser()
        if learnt is None or learnt.version != encoder.version:
            raise DataError("内容库不是用这一份认意思的文件做的。", REINSTALL)
        self.version = encoder.version
        self._encoder = encoder
        self._segmenter = segmenter
        self._recogniser = Recogniser.from_data(learnt.data)
        self._directions: dict[int, bytes] = {}

    def read(self, text: str) -> Reading:
        """A normalised question by its meaning."""
        text = text[:LONGEST]
        direction = self._encoder.encode([text])[0]
        counts = grams(text, self._segmenter)
        return Reading(direction, self._recogniser.recognise(counts, direction))

    def likeness(
        self, connection: sqlite3.Connection, numbers: Sequence[int], reading: Reading
    ) -> dict[int, tuple[float, float]]:
        """Passage → how like the question its title and its text are in meaning, -1 … 1."""
        self._fetch(connection, [n for n in numbers if n not in self._directions])
        there = [number for number in numbers if number in self._directions]
        if not there:
            return {}
        stored = b"".join(self._directions[number] for number in there)
        pairs = unpacked(stored).reshape(len(there), 2, -1)
        return dict(zip(there, map(tuple, (pairs @ reading.direction).tolist()), strict=True))

    def _fetch(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
        if numbers:
            rows = connection.execute(_ASK_DIRECTIONS, (json.dumps(numbers),)).fetchall()
            self._directions.update((number, title + body) for number, title, body in rows)


def packed(direction: Vectors) -> bytes:
    """A direction as it is stored."""
    return direction.astype(np.float16).tobytes()


def unpacked(stored: bytes) -> Vectors:
    """Directions as ``packed`` stored them, one after the other."""
    return np.frombuffer(stored, np.float16).astype(np.float32)
