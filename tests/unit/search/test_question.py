"""What a question says, and what of it the guide has no word of."""

from __future__ import annotations

import pytest

from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.question import Question, QuestionReader
from yibao_desktop.search.segmenter import Segmenter


@pytest.fixture
def read(content):
    segmenter = Segmenter(Lexicon.from_data(content.lexicon()))
    reader = QuestionReader(content, segmenter)

    def _read(text: str) -> Question:
        with content.connection() as connection:
            return reader.read(connection, text)

    return _read


@pytest.mark.parametrize("where", ["贵阳", "贵阳市", "牡丹江", "浙江省宁波市", "C市", "D3县"])
def test_where_nobody_tells_of_says_nothing_of_the_matter(read, where):
    question = read(f"{where}医保卡丢了怎么补办")
    assert question.untreated == 0.0
    assert question.total == read("医保卡丢了怎么补办").total


def test_a_place_the_guide_tells_of_is_a_word_like_others(read):
    assert read("衡水社保基数").weights["衡水"] > 0


def test_years_and_numbers_say_nothing_of_the_matter(read):
    assert read("2031年居民医保怎么交").untreated == 0.0
    assert read("86岁还要交居民医保吗").untreated == 0.0


def test_what_is_not_treated_weighs_whatever_the_place(read):
    assert read("贵阳割双眼皮医保报吗").untreated > 0.3
