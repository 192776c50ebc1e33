"""The word lists of the search: the words the guide and its readers use, and how they sound."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin, pinyin

from yibao_desktop.search.lexicon import (
    Lexicon,
    WordCounts,
    read_groups,
    read_variants,
    read_words,
)
from yibao_desktop.search.phrasing import Phrasing
from yibao_desktop.search.segmenter import RUN
from yibao_desktop.search.sounds import Sounds

COMMON_WORDS = 20_000
"""So many of the commonest words are known besides those of the guide.

They tell a question about something else from one about the guide, and let pinyin be read.
"""

LONGEST_WORD = 6
"""Characters of a word that is looked for by its sound."""

LISTED = 5
"""A word of an editor's lists counts as if it stood so many times in what the guide says."""


def make_lexicon(dictionaries: Path, texts: Iterable[str]) -> tuple[Lexicon, Sounds]:
    """The word lists for searching the texts, made from the lists an editor keeps."""
    read = {p.stem: p.read_text(encoding="utf-8") for p in dictionaries.glob("*.txt")}
    lists = Lexicon(
        counts=WordCounts.of({}),
        concepts=read_groups(read["synonyms"]),
        fillers=read_words(read["fillers"]),
        variants=read_variants(read["traditional"]),
        singles=read_words(read["singles"]),
        places=_with_ranks(read_words(read["places"])),
    )
    undivided = read_words(read["user_words"])
    tokenizer = _tokenizer({*lists.concepts, *lists.fillers, *lists.places, *undivided})
    own = {*lists.concepts, *lists.fillers, *lists.places}
    phrases = [[word] for word in sorted(own)] * LISTED
    for text in texts:
        for run in RUN.findall(lists.normalise(text)):
            phrases.append(list(tokenizer.cut(run, HMM=False)))
    own.update(chain.from_iterable(phrases))
    known: dict[str, int] = {word: n for word, n in tokenizer.FREQ.items() if n}
    common = sorted(known, key=lambda w: (-known[w], w))[:COMMON_WORDS]
    words = sorted(own.intersection(known).union(common))
    sounds = Sounds.of(
        readings={w: lazy_pinyin(w) for w in words if _has_sound(w)},
        characters={c: _syllables(c) for c in known if len(c) == 1 and _has_sound(c)},
        phrasing=Phrasing.of(phrases),
    )
    lexicon = replace(
        lists,
        counts=WordCounts.of({word: known[word] for word in words}),
    )
    return lexicon, sounds


def _tokenizer(undivided: Iterable[str]) -> jieba.Tokenizer:
    """A tokenizer that never splits these words."""
    with tempfile.TemporaryDirectory() as cache:
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = cache
        jieba.setLogLevel(logging.WARNING)
        tokenizer.initialize()
        for word in sorted(undivided):
            tokenizer.add_word(word)
    return tokenizer


def _with_ranks(names: Iterable[str]) -> frozenset[str]:
    """The names of places as they stand, and with what kind of place each is."""
    return frozenset(name + rank for name in names for rank in ("", "省", "市"))


def _has_sound(word: str) -> bool:
    return len(word) <= LONGEST_WORD and all("\u4e00" <= c <= "\u9fff" for c in word)


def _syllables(character: str) -> list[str]:
    return list(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
