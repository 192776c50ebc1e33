"""Splitting Chinese text into words and index terms."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from yibao_desktop.search.lexicon import Lexicon

REMEMBERED = 2_000
"""So many pieces of text stay divided: what is typed on finds much the same passages again."""

RUN = re.compile(r"[^\W_]+")
"""A piece of a text without punctuation."""

_CHARACTER = re.compile(r"[^\W_]")
_DIVISIBLE = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9]+")
_LATIN = re.compile(r"[a-zA-Z0-9]")


class Segmenter:
    """Splits normalised text with the dictionary of the content database and nothing else.

    It cuts where jieba does, from whose dictionary the words come; jieba itself takes longer to
    import than the first question should have to wait, and cuts half as fast.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._divided = lru_cache(REMEMBERED)(self._divide)
        self._whole = math.log(lexicon.counts.total or 1)
        self._known: dict[str, tuple[dict[str, int], int]] = {}

    def words(self, text: str) -> list[str]:
        """Words of a text, in order, without punctuation."""
        return [word for run in RUN.findall(text) for word in self._divided(run)]

    def terms(self, text: str) -> Iterator[str]:
        """Index terms: each word as the concept it stands for, fillers left out."""
        for word in self.words(text):
            if word not in self.lexicon.fillers:
                yield self.lexicon.concept(word)

    def _divide(self, run: str) -> tuple[str, ...]:
        """Words of a run without punctuation; what no dictionary has goes by characters."""
        words: list[str] = []
        position = 0
        for part in _DIVISIBLE.finditer(run):
            words += run[position : part.start()]
            words += self._likeliest(part[0])
            position = part.end()
        return (*words, *run[position:])

    def _likeliest(self, text: str) -> Iterator[str]:
        """The division whose words are together the most common; Latin letters stay together."""
        ends = self._ends(text)
        position, latin = 0, 0
        while position < len(text):
            end = ends[position]
            if end - position > 1 or not _LATIN.match(text[position]):
                if latin < position:
                    yield text[latin:position]
                yield text[position:end]
                latin = end
            position = end
        if latin < position:
            yield text[latin:position]

    def _ends(self, text: str) -> list[int]:
        """Where the word that begins at each place ends, in the likeliest division from there."""
        size = len(text)
        best = [0.0] * (size + 1)
        ends = [0] * size
        for start in range(size - 1, -1, -1):
            counts, longest = self._beginning_with(text[start])
            likeliest, chosen = -math.inf, start + 1
            for end in range(start + 1, min(size, start + longest) + 1):
                count = counts.get(text[start:end]) or (1 if end == start + 1 else 0)
                if count:
                    together = math.log(count) - self._whole + best[end]
                    if together >= likeliest:
                        likeliest, chosen = together, end
            best[start], ends[start] = likeliest, chosen
        return ends

    def _beginning_with(self, character: str) -> tuple[dict[str, int], int]:
        """The words with this first character and how common they are; the longest's length."""
        if character not in self._known:
            counts = self.lexicon.counts.beginning_with(character)
            self._known[character] = counts, max(map(len, counts), default=1)
        return self._known[character]


def characters(text: str) -> str:
    """A normalised text spaced character by character, for phrases that match anywhere."""
    return " ".join(_CHARACTER.findall(text))


def pairs(text: str) -> str:
    """A normalised text as each of its characters with the next one, the last one alone.

    Asked for as a phrase, pairs say the same as single characters, of which most passages have
    most, and are a tenth of the work.
    """
    found = _CHARACTER.findall(text)
    return " ".join(map("".join, zip(found, [*found[1:], ""], strict=False)))
