"""The word lists search rests on: words that mean the same, words that say nothing, variants."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_SPACE = re.compile(r"\s+")


class WordCounts:
    """Words with how common each is, unpacked only where they are looked up.

    Twenty thousand words cost more to unpack than the first question has time for, and a question
    touches few: they are kept in one text for each first character.
    """

    def __init__(self, packed: Mapping[str, str], total: int) -> None:
        """``packed`` holds words and counts in turn, by first character; ``total`` sums them up."""
        self.packed = packed
        self.total = total
        self._unpacked: dict[str, dict[str, int]] = {}

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> WordCounts:
        """The same counts, packed."""
        packed: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(counts):
            packed[word[0]] += (word, str(counts[word]))
        return cls({c: " ".join(parts) for c, parts in packed.items()}, sum(counts.values()))

    def beginning_with(self, character: str) -> dict[str, int]:
        """The words with this first character."""
        if character not in self._unpacked:
            parts = self.packed.get(character, "").split(" ")
            self._unpacked[character] = dict(zip(parts[::2], map(int, parts[1::2]), strict=False))
        return self._unpacked[character]

    def __getitem__(self, word: str) -> int:
        return self.beginning_with(word[0])[word]

    def __contains__(self, word: str) -> bool:
        return word in self.beginning_with(word[0])


@dataclass(frozen=True)
class Lexicon:
    """Word lists, kept in the content database beside the index they were used for.

    Attributes:
        counts: words of the segmenter's dictionary with how common they are.
        concepts: word → the word that stands for all of the same meaning.
        fillers: words of a question that say nothing about its subject.
        variants: Traditional character code → Simplified character.
        singles: characters that are words of their own.
        places: names of provinces and cities.
    """

    counts: WordCounts
    concepts: Mapping[str, str]
    fillers: frozenset[str]
    variants: Mapping[int, str]
    singles: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lists as ``to_json`` wrote them."""
        return cls(
            counts=WordCounts(data["counts"], data["total"]),
            concepts=data["concepts"],
            fillers=frozenset(data["fillers"]),
            variants=dict(zip(map(ord, data["traditional"]), data["simplified"], strict=True)),
            singles=frozenset(data["singles"]),
            places=frozenset(data["places"]),
        )

    def to_json(self) -> str:
        """The lists as one text, the same for the same lists."""
        data = {
            "counts": self.counts.packed,
            "total": self.counts.total,
            "concepts": self.concepts,
            "fillers": sorted(self.fillers),
            "traditional": "".join(map(chr, self.variants)),
            "simplified": "".join(self.variants.values()),
            "singles": sorted(self.singles),
            "places": sorted(self.places),
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    def normalise(self, text: str) -> str:
        """Simplified, half-width, lower case, no odd spaces, nothing that cannot be stored."""
        text = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
        text = unicodedata.normalize("NFKC", text).lower().translate(self.variants)
        return _SPACE.sub(" ", text).strip()

    def concept(self, word: str) -> str:
        """The word that stands for this one and all words of the same meaning."""
        return self.concepts.get(word, word)

    @cached_property
    def spellings(self) -> Mapping[str, list[str]]:
        """Concept → the words that stand for it."""
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        for word, concept in self.concepts.items():
            spellings[concept].append(word)
        return spellings


def read_groups(text: str) -> dict[str, str]:
    """Word → first word of its line; ``#`` begins a remark."""
    concepts: dict[str, str] = {}
    for words in _word_lines(text):
        for word in words:
            concepts[word] = words[0]
    return concepts


def read_words(text: str) -> frozenset[str]:
    """All words of a list; ``#`` begins a remark."""
    return frozenset(word for words in _word_lines(text) for word in words)


def read_variants(text: str) -> dict[int, str]:
    """Character code → character, from lines of two characters."""
    return {ord(line[0]): line[1] for line in text.splitlines() if len(line) == 2}


def _word_lines(text: str) -> Iterable[list[str]]:
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words:
            yield words
