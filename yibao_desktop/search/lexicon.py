"""The word lists search rests on: words that mean the same, words that say nothing, variants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, kept in the content database beside the index they were used for.

    Attributes:
        frequencies: words of the segmenter's dictionary with how common they are.
        concepts: word → the word that stands for all of the same meaning.
        fillers: words of a question that say nothing about its subject.
        variants: Traditional character code → Simplified character.
    """

    frequencies: Mapping[str, int]
    concepts: Mapping[str, str]
    fillers: frozenset[str]
    variants: Mapping[int, str]

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
