"""What kind of thing is asked for, and whether a passage tells it."""

from __future__ import annotations

import pytest

from yibao_desktop.search.index import names
from yibao_desktop.search.intent import Intent, asked_for, told_by


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("补一张卡去哪办", {Intent.WHERE}),
        ("新生儿参保要交多少钱", {Intent.AMOUNT}),
        ("转移医保要带什么证件", {Intent.PAPERS}),
        ("备案要几天才生效", {Intent.TIME}),
        ("断缴了还能不能报销", {Intent.ALLOWED}),
        ("在哪办、要什么材料", {Intent.WHERE, Intent.PAPERS}),
        ("家庭共济", set()),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question, wanted):
    assert asked_for(question) == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("拨打 12393", Intent.WHERE),
        ("工本费 25 元", Intent.AMOUNT),
        ("带身份证和户口本", Intent.PAPERS),
        ("15 个工作日内办结", Intent.TIME),
        ("不能报销", Intent.ALLOWED),
    ],
)
def test_a_text_tells_a_kind_of_thing(text, told):
    assert told in told_by(text)
    assert not told_by("医保是国家办的")


def test_what_a_passage_tells_is_kept_with_it(guide):
    """Whatever is stored is what its text says now; each kind is told by some passages, not all."""
    normalise = guide.search.segmenter.lexicon.normalise
    passages = {p.number: p for p in guide.content.passages()}
    with guide.content.connection() as connection:
        kept = {number: found.tells for number, found in names(connection, list(passages))}
    assert kept == {number: told_by(normalise(p.body)) for number, p in passages.items()}
    for intent in Intent:
        assert 0 < sum(intent in tells for tells in kept.values()) < len(kept)
