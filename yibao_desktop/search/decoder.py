"""Reads what was typed by its sound: pinyin, pinyin mixed with characters, wrong characters.

The text is cut into words of the dictionary in the likeliest way, as an input method would: by how
often the guide and its readers use a word, and after which other. A character may stand for another
of the same sound, at a price; letters stand for syllables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.phrasing import EDGE
from yibao_desktop.search.sounds import Sounds

CHANGED_CHARACTER = 6.0
"""What a character read as another of the same sound costs, in natural logarithms of odds."""

UNKNOWN = 16.0
"""What something that is no word of the dictionary costs."""

ACROSS_A_SPACE = 6.0
"""What a word costs that takes a part of what was typed between two spaces, and more beside it."""

LONGEST_SYLLABLE = 6

KEPT = 12
"""So many ways to read the text up to a place are followed further, the likeliest."""

_LETTERS = re.compile(r"[a-z]+")
_GAPS = frozenset(" '")


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to read the text up to some place: its whole cost, its last word, and what led there."""

    cost: float
    word: str
    before: _Way | None


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed without its gaps; ``gaps`` are where they were, ``edges`` where words may
    begin and end that stretch over one."""

    text: str
    gaps: frozenset[int]
    edges: frozenset[int]

    def splits(self, start: int, end: int) -> bool:
        """Whether there is a gap within, and the ends are not at gaps."""
        if any(gap in self.gaps for gap in range(start + 1, end)):
            return start not in self.edges or end not in self.edges
        return False


class Decoder:
    """Finds the words a text was meant to be."""

    def __init__(self, lexicon: Lexicon, sounds: Sounds) -> None:
        self._counts = lexicon.counts
        self._sounds = sounds
        self._phrasing = sounds.phrasing

    def decode(self, normalised: str) -> str:
        """The likeliest reading of a normalised text; letters that spell nothing stay."""
        typed = _without_gaps(_LETTERS.sub(self._spelled, normalised))
        reached: list[dict[str, _Way]] = [{} for _ in range(len(typed.text) + 1)]
        reached[0][EDGE] = _Way(0.0, EDGE, None)
        for start in range(len(typed.text)):
            ways = sorted(reached[start].values(), key=lambda way: way.cost)[:KEPT]
            if ways:
                self._go_on(typed, start, ways, reached)
        last = min(reached[-1].values(), key=self._whole_cost)
        return "".join(_words(last)).lower()

    def _go_on(
        self, typed: _Typed, start: int, ways: list[_Way], reached: list[dict[str, _Way]]
    ) -> None:
        """Every word that may begin here, after the way it follows best."""
        for end, cost, word in self._pieces(typed, start):
            if cost is None:
                way = _Way(ways[0].cost + UNKNOWN, word, ways[0])
            else:
                way = self._best(ways, word, cost)
            there = reached[end].get(word)
            if there is None or way.cost < there.cost:
                reached[end][word] = way

    def _best(self, ways: list[_Way], word: str, extra: float) -> _Way:
        alone = self._phrasing.alone(word, self._counts[word] / self._counts.total)
        best, least = ways[0], math.inf
        for way in ways:
            if way.cost - 0.0 >= least + 20:
                break
            cost = way.cost - math.log(alone + self._phrasing.follows(way.word, word))
            if cost < least:
                best, least = way, cost
        return _Way(least + extra, word, best)

    def _whole_cost(self, way: _Way) -> float:
        return way.cost - math.log(0.05 + self._phrasing.follows(way.word, EDGE))

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

    def _pieces(self, typed: _Typed, start: int) -> Iterator[tuple[int, float | None, str]]:
        """Words that may begin here: where they end, what they cost, what they are."""
        yield start + 1, None, typed.text[start]
        open_ends = [(start, "")]
        while open_ends:
            position, reading = open_ends.pop()
            for end, syllable in self._syllables(typed, position):
                longer = f"{reading} {syllable}".lstrip()
                branch = self._sounds.branch(longer.partition(" ")[0])
                if longer not in branch.beginnings:
                    continue
                open_ends.append((end, longer))
                words = branch.words.get(longer, ())
                across = ACROSS_A_SPACE if words and typed.splits(start, end) else 0.0
                for word in words:
                    yield end, across + self._changed(word, typed.text[start:end]), word

    def _syllables(self, typed: _Typed, position: int) -> Iterator[tuple[int, str]]:
        """Syllables that may be read here, with where they end."""
        text = typed.text
        if position == len(text):
            return
        for syllable in self._sounds.of_character(text[position]):
            yield position + 1, syllable
        for end in range(position + 1, min(len(text), position + LONGEST_SYLLABLE) + 1):
            if text[position:end] in self._sounds.syllables:
                yield end, text[position:end]
            if end in typed.gaps:
                break

    @staticmethod
    def _changed(word: str, typed: str) -> float:
        characters = [c for c in typed if not c.isascii()]
        if len(characters) == len(word):
            changed = sum(a != b for a, b in zip(word, characters, strict=True))
        else:
            changed = sum(c not in word for c in characters)
        return CHANGED_CHARACTER * changed


def _without_gaps(text: str) -> _Typed:
    joined: list[str] = []
    gaps = set()
    for character in text:
        if character in _GAPS:
            gaps.add(len(joined))
        else:
            joined.append(character)
    characters = {n for n, c in enumerate(joined) if not c.isascii()}
    edges = gaps | characters | {n + 1 for n in characters} | {0, len(joined)}
    return _Typed("".join(joined), frozenset(gaps), frozenset(edges))


def _words(way: _Way) -> list[str]:
    words: list[str] = []
    while way.before is not None:
        words.append(way.word)
        way = way.before
    return words[::-1]
