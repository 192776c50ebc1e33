"""Reads what was typed by its sound: pinyin, pinyin mixed with characters, wrong characters.

The text is cut into words of the dictionary in the likeliest way, as an input method would: by how
often the guide and its readers use a word, and after which other. A character may stand for another
of the same sound, and one of a word may be missing, at a price; letters stand for syllables.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.phrasing import EDGE, Phrasing
from yibao_desktop.search.sounds import Sounds

CHANGED_CHARACTER = 6.0
"""What a character read as another of the same sound costs, in natural logarithms of odds."""

MISSING_CHARACTER = 5.0
"""What a character costs that was not typed."""

UNKNOWN = 16.0
"""What something that is no word of the dictionary costs."""

ACROSS_A_GAP = 6.0
"""What a word costs that takes a part of what was typed between two spaces, and more beside it."""

ACCENT = 3.0
"""What a syllable costs that is spelled as many speak it: z for zh, l for n, n for a final ng."""

LONGEST_SYLLABLE = 6

FOLLOWED = 10
"""So many ways to read the text up to a place are followed further, the likeliest."""

_LETTERS = re.compile(r"[a-z]+")
_GAPS = frozenset(" '")
_cost_of = attrgetter("cost")


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to read the text up to some place: its whole cost, its last word, and the way there."""

    cost: float
    word: str
    before: _Way | None

    def words(self) -> Iterator[str]:
        """Its words, the last first."""
        way = self
        while way.before is not None:
            yield way.word
            way = way.before


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, closed up.

    Attributes:
        gaps: the places where there were spaces.
        edges: the places where a word may begin or end that goes on across a gap.
    """

    text: str
    gaps: frozenset[int]
    edges: frozenset[int]

    @classmethod
    def of(cls, text: str) -> _Typed:
        """Each character is an edge of its own; letters have theirs at gaps alone."""
        joined: list[str] = []
        gaps, edges = set(), {0}
        for character in text:
            if character in _GAPS:
                gaps.add(len(joined))
            else:
                if not character.isascii():
                    edges |= {len(joined), len(joined) + 1}
                joined.append(character)
        return cls("".join(joined), frozenset(gaps), frozenset(edges | gaps | {len(joined)}))

    def tears(self, start: int, end: int) -> bool:
        """Whether a word from here to there goes across a gap and is not whole on both sides."""
        if start in self.edges and end in self.edges:
            return False
        return any(gap in self.gaps for gap in range(start + 1, end))


class _Onward:
    """What leads on from a place: the likeliest ways there, and what follows the word of each."""

    def __init__(self, ways: Mapping[str, _Way], phrasing: Phrasing) -> None:
        likeliest = sorted(ways.values(), key=_cost_of)[:FOLLOWED]
        self.first = likeliest[0]
        self._ways = [(way, phrasing.after(way.word), phrasing.pair(way.word)) for way in likeliest]

    def way(self, word: str, alone: float, extra: float) -> _Way:
        """On to a word by the way it follows best; ``alone`` is how likely it is after any."""
        before, least = self.first, self.first.cost - math.log(alone)
        for way, after, pair in self._ways:
            count = after.get(word)
            if count:
                cost = way.cost - math.log(alone + pair * count)
                if cost < least:
                    before, least = way, cost
        return _Way(least + extra, word, before)


class Decoder:
    """Finds the words a text was meant to be."""

    def __init__(self, lexicon: Lexicon, sounds: Sounds) -> None:
        self._counts = lexicon.counts
        self._sounds = sounds
        self._phrasing = sounds.phrasing
        self._likely: dict[str, float] = {}

    def decode(self, normalised: str) -> str:
        """The likeliest reading of a normalised text; letters that spell nothing stay."""
        typed = _Typed.of(_LETTERS.sub(self._spelled, normalised))
        reached: list[dict[str, _Way]] = [{} for _ in range(len(typed.text) + 1)]
        reached[0][EDGE] = _Way(0.0, EDGE, None)
        for start in range(len(typed.text)):
            self._go_on(typed, start, reached)
        likeliest = _Onward(reached[-1], self._phrasing).way(EDGE, self._phrasing.alone(EDGE, 0), 0)
        assert likeliest.before is not None, "the edge comes after something"
        return "".join([*likeliest.before.words()][::-1]).lower()

    def _go_on(self, typed: _Typed, start: int, reached: list[dict[str, _Way]]) -> None:
        """Every word that may begin here, by the way it follows best."""
        onward = _Onward(reached[start], self._phrasing)
        stays = typed.text[start]
        reached[start + 1].setdefault(stays, _Way(onward.first.cost + UNKNOWN, stays, onward.first))
        for end, extra, word in self._pieces(typed, start):
            way = onward.way(word, self._alone(word), extra)
            there = reached[end].get(word)
            if there is None or way.cost < there.cost:
                reached[end][word] = way

    def _alone(self, word: str) -> float:
        """How likely a word is whatever stands before it; of 20,000 words, each is asked often."""
        likely = self._likely.get(word)
        if likely is None:
            likely = self._phrasing.alone(word, self._counts[word] / self._counts.total)
            self._likely[word] = likely
        return likely

    def _spelled(self, run: re.Match[str]) -> str:
        """The letters, without an unfinished syllable at the end; capitals if they spell none."""
        letters = run[0]
        reached = {0}
        for end in range(1, len(letters) + 1):
            if any(
                start in reached and self._sounds.spoken(letters[start:end])
                for start in range(max(0, end - LONGEST_SYLLABLE), end)
            ):
                reached.add(end)
        complete = max(reached)
        unfinished = letters[complete:]
        if any(syllable.startswith(unfinished) for syllable in self._sounds.syllables):
            return letters[:complete] or letters.upper()
        return letters.upper()

    def _pieces(self, typed: _Typed, start: int) -> Iterator[tuple[int, float, str]]:
        """Words that may begin here: where they end, what else they cost, what they are."""
        yield from self._incomplete(typed, start)
        open_ends = [(start, "", 0.0)]
        while open_ends:
            position, reading, spoken = open_ends.pop()
            for end, syllable, accent in self._syllables(typed, position):
                longer = f"{reading} {syllable}".lstrip()
                branch = self._sounds.branch(longer.partition(" ")[0])
                if longer not in branch.beginnings:
                    continue
                open_ends.append((end, longer, spoken + accent))
                words = branch.words.get(longer, ())
                torn = ACROSS_A_GAP if words and typed.tears(start, end) else 0.0
                for word in words:
                    changed = _changed(word, typed.text[start:end])
                    yield end, spoken + accent + torn + changed, word

    def _incomplete(self, typed: _Typed, start: int) -> Iterator[tuple[int, float, str]]:
        """Words of the guide that may begin here, with a character missing."""
        for end in range(start + 1, min(len(typed.text), start + self._longest) + 1):
            for word in self._shortened.get(typed.text[start:end], ()):
                yield end, MISSING_CHARACTER, word

    @cached_property
    def _shortened(self) -> Mapping[str, list[str]]:
        """What is left of words of the guide without a character → those words."""
        shortened: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._phrasing.used:
            if len(word) > 1 and not word.isascii() and word in self._counts:
                for left in {word[:place] + word[place + 1 :] for place in range(len(word))}:
                    shortened[left].append(word)
        return shortened

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._shortened), default=0)

    def _syllables(self, typed: _Typed, position: int) -> Iterator[tuple[int, str, float]]:
        """Syllables that may be read here: where they end, what they cost; none crosses a gap."""
        text = typed.text
        if position == len(text):
            return
        for syllable in self._sounds.of_character(text[position]):
            yield position + 1, syllable, 0.0
        for end in range(position + 1, min(len(text), position + LONGEST_SYLLABLE) + 1):
            letters = text[position:end]
            for syllable in self._sounds.spoken(letters):
                yield end, syllable, 0.0 if syllable == letters else ACCENT
            if end in typed.gaps:
                break


def _changed(word: str, typed: str) -> float:
    """What it costs that these characters were typed for the word."""
    characters = [c for c in typed if not c.isascii()]
    if len(characters) == len(word):
        changed = sum(a != b for a, b in zip(word, characters, strict=True))
    else:
        changed = sum(c not in word for c in characters)
    return CHANGED_CHARACTER * changed
