"""The word lists search rests on: words that mean the same, words that say nothing, variants."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, kept in the content database beside the index they were used for.

    Attributes:
        frequencies: words of the segmenter's dictionary with how common they are.
        own: those of them that the guide itself uses, fillers left out.
        readings: word → its pinyin without tones, syllables separated by spaces.
        characters: character → every syllable it can be read as.
        concepts: word → the word that stands for all of the same meaning.
        fillers: words of a question that say nothing about its subject.
        variants: Traditional character code → Simplified character.
    """

    frequencies: Mapping[str, int]
    concepts: Mapping[str, str]
    fillers: frozenset[str]
    variants: Mapping[int, str]
    own: frozenset[str] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)
    characters: Mapping[str, list[str]] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lists as ``to_json`` wrote them."""
        lists = dict(data)
        lists["variants"] = {int(code): character for code, character in data["variants"].items()}
        for name in ("fillers", "own"):
            lists[name] = frozenset(data[name])
        return cls(**lists)

    def to_json(self) -> str:
        """The lists as one text, the same for the same lists."""
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in ("fillers", "own"):
            data[name] = sorted(data[name])
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    def normalise(self, text: str) -> str:
        """Simplified, half-width, lower case, no odd spaces, nothing that cannot be stored."""
        text = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
        text = unicodedata.normalize("NFKC", text).lower().translate(self.variants)
        return _SPACE.sub(" ", text).strip()

    def concept(self, word: str) -> str:
        """The word that stands for this one and all words of the same meaning."""
        return self.concepts.get(word, word)


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
