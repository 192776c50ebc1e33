"""Completing what is being typed."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.guide.items import Item, Kind
from yibao_desktop.domain.guide.suggestions import MOST, Suggestion, suggest


def page(title: str, kind: Kind = Kind.PROCEDURE) -> Item:
    return Item(title, kind, title, None, None, None, "")


PAGES = [
    page("卡与凭证", Kind.TOPIC),
    page("补办医保卡"),
    page("医保卡密码", Kind.TOPIC),
    page("医保卡能不能借给别人", Kind.ANSWER),
    page("申请电子医保卡"),
]


def texts(typed, queries=()):
    return [s.text for s in suggest(typed, PAGES, queries)]


def test_topics_and_procedures_that_contain_it_those_that_begin_with_it_first():
    assert texts("医保卡") == ["医保卡密码", "补办医保卡", "申请电子医保卡"]
    assert texts("卡") == ["卡与凭证", "补办医保卡", "申请电子医保卡", "医保卡密码"]
    assert texts("补 办") == ["补办医保卡"]
    assert suggest("补办", PAGES, [])[0].page == PAGES[1]


@pytest.mark.parametrize("typed", ["", " ", "停车"])
def test_nothing_is_made_up(typed):
    assert texts(typed, ["卡丢了"]) == []


def test_earlier_queries_follow_newest_first_and_none_is_said_twice():
    assert suggest("丢", PAGES, ["卡丢了", "存折丢了"]) == [
        Suggestion("卡丢了"),
        Suggestion("存折丢了"),
    ]
    assert texts("卡丢了", ["卡丢了", "我的卡丢了", "卡丢了怎么办"]) == [
        "卡丢了怎么办",
        "我的卡丢了",
    ]
    assert texts("补办", ["补办医保卡", "ＢＢ"]) == ["补办医保卡"]
    assert texts("bb", ["ＢＢ卡"]) == ["ＢＢ卡"]


def test_there_are_six_at_most_and_two_places_are_for_queries():
    many = [page(f"医保 {n}") for n in range(9)]
    queries = [f"医保问 {n}" for n in range(9)]
    found = suggest("医保", many, queries)
    assert [s.page is None for s in found] == [False] * 4 + [True] * 2
    assert len(suggest("医保", many, [])) == MOST
    assert len(suggest("医保", [], queries)) == MOST


def spoken(title: str, sounds: str) -> Item:
    return Item(title, Kind.PROCEDURE, title, None, None, None, "", tuple(sounds.split()))


SPOKEN = [
    spoken("补办医保卡", "bu ban yi bao ka"),
    spoken("绑定亲情账户，查家人的医保", "bang ding qin qing zhang hu cha jia ren de yi bao"),
    spoken("转移App", "zhuan yi a p p"),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("buban", ["补办医保卡"]),
        ("bubanyibk", ["补办医保卡"]),
        ("bbybk", ["补办医保卡"]),
        ("yibk", ["补办医保卡"]),
        ("Yi bao", ["补办医保卡", "绑定亲情账户，查家人的医保"]),
        ("b", ["补办医保卡", "绑定亲情账户，查家人的医保"]),
        ("ban", ["绑定亲情账户，查家人的医保", "补办医保卡"]),
        ("补ban", ["补办医保卡"]),
        ("zhanghucha", ["绑定亲情账户，查家人的医保"]),
        ("zhuanyiapp", ["转移App"]),
        ("xyz", []),
        ("bubanx", []),
        ("ubanyi", []),
    ],
)
def test_titles_can_be_typed_by_their_sound(typed, expected):
    assert [s.text for s in suggest(typed, SPOKEN, [])] == expected
