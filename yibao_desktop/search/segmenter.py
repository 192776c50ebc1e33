"""Splitting Chinese text into words and index terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from yibao_desktop.search.lexicon import Lexicon

if TYPE_CHECKING:
    from jieba import Tokenizer

_RUN = re.compile(r"[^\W_]+")
_CHARACTER = re.compile(r"[^\W_]")


class Segmenter:
    """Splits normalised text with the dictionary of the content database and nothing else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        # jieba costs a tenth of a second to import and is not needed for the first paint.
        import jieba

        tokenizer = jieba.Tokenizer()
        # Its own loader would write a cache into a shared temporary folder.
        prefixes = {w[:n]: 0 for w in self.lexicon.frequencies for n in range(1, len(w))}
        tokenizer.FREQ = prefixes | dict(self.lexicon.frequencies)
        tokenizer.total = sum(self.lexicon.frequencies.values())
        tokenizer.initialized = True
        return tokenizer

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        """Concept → the words that stand for it."""
        spellings: dict[str, list[str]] = {}
        for word, concept in self.lexicon.concepts.items():
            spellings.setdefault(concept, []).append(word)
        return spellings

    def spellings(self, terms: Collection[str]) -> re.Pattern[str] | None:
        """Finds whatever may be one of the terms, within a longer word, too."""
        words = {w for term in terms for w in (term, *self._spellings.get(term, ()))}
        longest_first = sorted(words, key=lambda w: (-len(w), w))
        return re.compile("|".join(map(re.escape, longest_first))) if words else None

    def placed_words(self, text: str, wanted: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        """Words, and where each begins, of the pieces between punctuation with what is wanted."""
        for run in _RUN.finditer(text):
            if wanted.search(run[0]):
                position = run.start()
                for word in self._tokenizer.cut(run[0], HMM=False):
                    yield position, word
                    position += len(word)

    def words(self, text: str) -> list[str]:
        """Words of a text, in order, without punctuation."""
        return [word for run in _RUN.findall(text) for word in self._tokenizer.cut(run, HMM=False)]

    def terms(self, text: str) -> Iterator[str]:
        """Index terms: each word as the concept it stands for, fillers left out."""
        for word in self.words(text):
            if word not in self.lexicon.fillers:
                yield self.lexicon.concept(word)


def characters(text: str) -> str:
    """A normalised text spaced character by character, for phrases that match anywhere."""
    return " ".join(_CHARACTER.findall(text))
