"""Texts are cut where jieba cuts them with the same dictionary."""

from __future__ import annotations

import re

import jieba
import pytest

from tests.benchmarks.questions import QUESTIONS
from yibao_desktop.search.lexicon import Lexicon, WordCounts
from yibao_desktop.search.segmenter import Segmenter

ODD = (
    "app下载v2版医保",
    "12333打不通",
    "é医保卡ß",
    "한국医保",
    "a",
    "医",
    "卡卡卡卡",
    "𠮷医保",
    "㐀㐁",
)


@pytest.fixture
def lexicon(guide) -> Lexicon:
    return Lexicon.from_data(guide.content.lexicon())


@pytest.fixture
def tokenizer(lexicon) -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    counts = {
        w: n for c in lexicon.counts.packed for w, n in lexicon.counts.beginning_with(c).items()
    }
    tokenizer.FREQ = {w[:n]: 0 for w in counts for n in range(1, len(w))} | counts
    tokenizer.total = sum(counts.values())
    tokenizer.initialized = True
    return tokenizer


def test_every_text_of_the_guide_is_cut_as_jieba_cuts_it(guide, lexicon, tokenizer):
    segmenter = Segmenter(lexicon)
    passages = guide.content.passages()
    texts = [t for p in passages for t in (p.title, p.heading, *p.names, p.body)]
    for text in (*texts, *QUESTIONS, *ODD):
        plain = lexicon.normalise(text)
        runs = re.findall(r"[^\W_]+", plain)
        assert segmenter.words(plain) == [w for r in runs for w in tokenizer.cut(r, HMM=False)]


def test_counts_are_found_again():
    counts = WordCounts.of({"医保": 8, "医保卡": 5, "卡": 3})
    assert counts.total == 16
    assert counts["医保卡"] == 5
    assert counts.beginning_with("医") == {"医保": 8, "医保卡": 5}
    assert counts.beginning_with("没") == {}
