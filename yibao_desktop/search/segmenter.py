"""Splitting Chinese text into words and index terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
