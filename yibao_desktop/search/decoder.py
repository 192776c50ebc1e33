"""Reads what was typed by its sound: pinyin, pinyin mixed with characters, wrong characters.

The text is cut into words of the dictionary in the likeliest way, as an input method would. A
character may stand for another of the same sound, at a price; letters stand for syllables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.sounds import Sounds

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

    def __init__(self, lexicon: Lexicon, sounds: Sounds) -> None:
        self._counts = lexicon.counts
        self._sounds = sounds

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
                start in reached and letters[start:end] in self._sounds.syllables
                for start in range(max(0, end - LONGEST_SYLLABLE), end)
            ):
                reached.add(end)
        complete = max(reached)
        unfinished = letters[complete:]
        if any(syllable.startswith(unfinished) for syllable in self._sounds.syllables):
            return letters[:complete] or letters.upper()
        return letters.upper()

    def _pieces(self, text: str, start: int) -> Iterator[tuple[int, float, str]]:
        """Words that may begin here: where they end, what they cost, what they are."""
        yield start + 1, UNKNOWN, text[start]
        open_ends = [(start, "")]
        while open_ends:
            position, reading = open_ends.pop()
            for end, syllable in self._syllables(text, position):
                longer = f"{reading} {syllable}".lstrip()
                branch = self._sounds.branch(longer.partition(" ")[0])
                if longer not in branch.beginnings:
                    continue
                open_ends.append((end, longer))
                for word in branch.words.get(longer, ()):
                    yield end, self._cost(word, text[start:end]), word

    def _syllables(self, text: str, position: int) -> Iterator[tuple[int, str]]:
        """Syllables that may be read here, with where they end."""
        if position == len(text):
            return
        for syllable in self._sounds.of_character(text[position]):
            yield position + 1, syllable
        for end in range(position + 1, min(len(text), position + LONGEST_SYLLABLE) + 1):
            if text[position:end] in self._sounds.syllables:
                yield end, text[position:end]

    def _cost(self, word: str, typed: str) -> float:
        frequency = self._counts[word]
        own = len(word) > 1 and word in self._sounds.own
        cost = math.log(self._counts.total / (max(frequency, OWN_FREQUENCY) if own else frequency))
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
