"""How words and characters sound, kept in the content database for reading by sound."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from yibao_desktop.search.phrasing import Phrasing


@dataclass(frozen=True, slots=True)
class Branch:
    """The words whose reading begins with one syllable.

    Attributes:
        words: syllables with spaces between them → the words read so.
        beginnings: every beginning of such a reading, so that a search for words can stop early.
    """

    words: Mapping[str, list[str]]
    beginnings: frozenset[str]


@dataclass(frozen=True)
class Sounds:
    """Readings without tones, unpacked only where they are looked up.

    Attributes:
        readings: first syllable → words and the rest of their readings, a word a line.
        homophones: syllable → every character it can be read from, as one text.
        syllables: every syllable of any word.
        phrasing: which words the guide and its readers use, and after which others.
    """

    readings: Mapping[str, str]
    homophones: Mapping[str, str]
    syllables: frozenset[str]
    phrasing: Phrasing

    @classmethod
    def of(
        cls,
        readings: Mapping[str, list[str]],
        characters: Mapping[str, list[str]],
        phrasing: Phrasing,
    ) -> Sounds:
        """From the syllables of each word, and those each character can be read as."""
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for word, (first, *rest) in sorted(readings.items()):
            lines[first].append(" ".join((word, *rest)))
        homophones: defaultdict[str, list[str]] = defaultdict(list)
        for character, syllables in sorted(characters.items()):
            for syllable in syllables:
                homophones[syllable].append(character)
        return cls(
            readings={first: "\n".join(found) for first, found in lines.items()},
            homophones={syllable: "".join(found) for syllable, found in homophones.items()},
            syllables=frozenset(s for reading in readings.values() for s in reading),
            phrasing=phrasing,
        )

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Sounds:
        """As ``to_json`` wrote them."""
        return cls(
            readings=data["readings"],
            homophones=data["homophones"],
            syllables=frozenset(data["syllables"]),
            phrasing=Phrasing.from_data(data["phrasing"]),
        )

    def to_json(self) -> str:
        """As one text, the same for the same readings."""
        data = {
            "readings": self.readings,
            "homophones": self.homophones,
            "syllables": sorted(self.syllables),
            "phrasing": self.phrasing.to_data(),
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for syllable in sorted(self.syllables):
            alike[_merged(syllable)].append(syllable)
        return alike

    def spoken(self, letters: str) -> list[str]:
        """The syllables that are spelled so, or would be by one who speaks some of them alike."""
        return self._alike.get(_merged(letters), [])

    @cached_property
    def _branches(self) -> dict[str, Branch]:
        return {}

    def branch(self, first: str) -> Branch:
        """The words whose reading begins with this syllable."""
        if first not in self._branches:
            self._branches[first] = _unpacked(first, self.readings.get(first, ""))
        return self._branches[first]

    @cached_property
    def _syllables_of(self) -> dict[str, tuple[str, ...]]:
        return {}

    def of_character(self, character: str) -> tuple[str, ...]:
        """Every syllable a character can be read as."""
        if character not in self._syllables_of:
            found = (s for s, same in self.homophones.items() if character in same)
            self._syllables_of[character] = tuple(found)
        return self._syllables_of[character]


@lru_cache(2_000)
def _merged(syllable: str) -> str:
    """The same for syllables that many do not tell apart: zhi and zi, nan and lan, ying and yin."""
    if syllable[1:2] == "h":
        syllable = syllable[0] + syllable[2:]
    elif syllable.startswith("n"):
        syllable = f"l{syllable[1:]}"
    return syllable[:-1] if syllable.endswith("ng") else syllable


def _unpacked(first: str, lines: str) -> Branch:
    words: defaultdict[str, list[str]] = defaultdict(list)
    beginnings = set()
    for line in lines.splitlines():
        word, *rest = line.split(" ")
        reading = first
        beginnings.add(reading)
        for syllable in rest:
            reading = f"{reading} {syllable}"
            beginnings.add(reading)
        words[reading].append(word)
    return Branch(words, frozenset(beginnings))
