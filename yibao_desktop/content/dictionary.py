"""The run-time dictionary: the words the guide and its readers use, and no others."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable

import jieba

from yibao_desktop.search.lexicon import Lexicon


def runtime_frequencies(
    lexicon: Lexicon, user_words: Iterable[str], texts: Iterable[str]
) -> dict[str, int]:
    """Words of the texts and of the word lists, with the frequencies of jieba's dictionary.

    Args:
        lexicon: the word lists; its frequencies are not looked at.
        user_words: words never to be split.
        texts: everything that is to be searched.
    """
    with tempfile.TemporaryDirectory() as cache:
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = cache
        jieba.setLogLevel(logging.WARNING)
        tokenizer.initialize()
        listed = {*lexicon.concepts, *lexicon.fillers, *user_words}
        for word in sorted(listed):
            tokenizer.add_word(word)
        words = set(listed)
        for text in texts:
            words.update(tokenizer.cut(lexicon.normalise(text), HMM=False))
        return {word: tokenizer.FREQ[word] for word in sorted(words) if tokenizer.FREQ.get(word)}
