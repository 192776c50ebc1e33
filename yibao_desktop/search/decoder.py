"""Reads what was typed by its sound: pinyin, pinyin mixed with characters, wrong characters.

The text is cut into words of the dictionary in the likeliest way, as an input method would. A
character may stand for another of the same sound, at a price; letters stand for syllables.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from yibao_desktop.search.lexicon import Lexicon

CHANGED_CHARACTER = 5.0
"""What a character read as another of the same sound costs, in natural logarithms of odds."""

UNKNOWN = 14.0
"""What something that is no word of the dictionary costs."""

OWN_WORD = 5.0
"""How much likelier a word of the guide is than its frequency says."""

OWN_FREQUENCY = 300
"""A word of the guide is at least so common here, however rare it is elsewhere."""

SINGLE_CHARACTER = 2.0
"""How much less likely a word of one character is: it says nothing of what stands beside it."""

LONGEST_SYLLABLE = 6

_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Step:
    """A way to read the text up to ``end``: its whole cost, and the piece that leads there."""

    cost: float
    start: int
    text: str


class Decoder:
    """Finds the words a text was meant to be."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """Syllables with spaces between them → the words read so."""
        words: dict[str, list[str]] = defaultdict(list)
        for word, reading in self._lexicon.readings.items():
            words[reading].append(word)
        return dict(words)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """Every beginning of a reading, so that a search for words can stop early."""
        found: set[str] = set()
        for reading in self._words:
            syllables = reading.split(" ")
            found.update(" ".join(syllables[:n]) for n in range(1, len(syllables) + 1))
        return frozenset(found)

    @cached_property
    def _syllables(self) -> frozenset[str]:
        return frozenset(s for reading in self._words for s in reading.split(" "))

    @cached_property
    def _total(self) -> int:
        return sum(self._lexicon.frequencies.values()) or 1

    def decode(self, normalised: str) -> str:
        """The likeliest reading of a normalised text; letters that spell nothing stay."""
        text = _LETTERS.sub(self._spelled, normalised).replace(" ", "").replace("'", "")
        best: list[_Step | None] = [_Step(0.0, 0, ""), *[None] * len(text)]
        for start in range(len(text)):
            here = best[start]
            if here is None:
                continue
            for end, cost, piece in self._pieces(text, start):
                there = best[end]
                if there is None or here.cost + cost < there.cost:
                    best[end] = _Step(here.cost + cost, start, piece)
        return "".join(_backwards(best)).lower()

    def _spelled(self, run: re.Match[str]) -> str:
        """The letters, without an unfinished syllable at the end; capitals if they spell none."""
        letters = run[0]
        reached = {0}
        for end in range(1, len(letters) + 1):
            if any(
                start in reached and letters[start:end] in self._syllables
                for start in range(max(0, end - LONGEST_SYLLABLE), end)
            ):
                reached.add(end)
        complete = max(reached)
        unfinished = letters[complete:]
        if any(syllable.startswith(unfinished) for syllable in self._syllables):
            return letters[:complete] or letters.upper()
        return letters.upper()

    def _pieces(self, text: str, start: int) -> Iterator[tuple[int, float, str]]:
        """Words that may begin here: where they end, what they cost, what they are."""
        yield start + 1, UNKNOWN, text[start]
        open_ends = [(start, "")]
        while open_ends:
            position, reading = open_ends.pop()
            for end, syllable in self._sounds(text, position):
                longer = f"{reading} {syllable}".lstrip()
                if longer not in self._beginnings:
                    continue
                open_ends.append((end, longer))
                for word in self._words.get(longer, ()):
                    yield end, self._cost(word, text[start:end]), word

    def _sounds(self, text: str, position: int) -> Iterator[tuple[int, str]]:
        """Syllables that may be read here, with where they end."""
        if position == len(text):
            return
        for syllable in self._lexicon.characters.get(text[position], ()):
            yield position + 1, syllable
        for end in range(position + 1, min(len(text), position + LONGEST_SYLLABLE) + 1):
            if text[position:end] in self._syllables:
                yield end, text[position:end]

    def _cost(self, word: str, typed: str) -> float:
        frequency = self._lexicon.frequencies[word]
        own = len(word) > 1 and word in self._lexicon.own
        cost = math.log(self._total / (max(frequency, OWN_FREQUENCY) if own else frequency))
        if own:
            cost -= OWN_WORD
        elif len(word) == 1:
            cost += SINGLE_CHARACTER
        characters = [c for c in typed if not c.isascii()]
        if len(characters) == len(word):
            changed = sum(a != b for a, b in zip(word, characters, strict=True))
        else:
            changed = sum(c not in word for c in characters)
        return cost + CHANGED_CHARACTER * changed


def _backwards(best: list[_Step | None]) -> list[str]:
    pieces: list[str] = []
    position = len(best) - 1
    while position:
        step = best[position]
        assert step is not None, "every position can be reached"
        pieces.append(step.text)
        position = step.start
    return pieces[::-1]
