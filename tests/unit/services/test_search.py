"""What the search service adds to the engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yibao_desktop.search.results import Match
from yibao_desktop.services.search_service import HOTLINE, NOTHING_EXACT, NOTHING_FOUND


def test_where_nothing_is_found_similar_titles_are_named(guide):
    named = [item.title for item in guide.search.alternatives("转移户口关系")]
    assert named[0] == "转移医保关系"
    assert len(named) <= 3


def test_without_a_similar_title_the_first_procedures_are_named(guide):
    procedures = [p.id for p in guide.procedures.procedures()]
    for query in ("西安停车哪里便宜", "怎么办", ""):
        assert [item.id for item in guide.search.alternatives(query)] == procedures[:3]


def test_two_shared_characters_make_a_title_similar(guide):
    named = [item.title for item in guide.search.alternatives("密钥码头")]
    assert named
    assert all({"密", "码"} <= set(title) for title in named)


def test_one_shared_character_does_not_make_a_title_similar(guide):
    procedures = [p.id for p in guide.procedures.procedures()]
    assert [item.id for item in guide.search.alternatives("转圈")] == procedures[:3]


@pytest.mark.parametrize(
    ("match", "query", "untreated", "said"),
    [
        (Match.DIRECT, "停车", "", None),
        (Match.NONE, " ", "", None),
        (Match.NONE, "停车", "", NOTHING_FOUND),
        (Match.NEAR, "停车", "", NOTHING_EXACT),
        (Match.NONE, "密码忘了", "", NOTHING_FOUND + HOTLINE),
        (Match.NEAR, "我的卡", "", NOTHING_EXACT + HOTLINE),
        (Match.NONE, "停车", "停车", f"资料没有说停车。{NOTHING_EXACT}"),
        (Match.NEAR, "卡能停车吗", "停车", f"资料没有说停车。{NOTHING_EXACT}{HOTLINE}"),
    ],
)
def test_what_is_said_where_nothing_or_nothing_exact_is_found(guide, match, query, untreated, said):
    found = replace(guide.search.search("停车"), match=match, query=query, untreated=untreated)
    assert guide.search.suggestion(found) == said


def test_the_guide_alone_has_nothing_of_ones_own(guide):
    assert guide.search.search("卡丢了").own.hits == ()
    assert guide.search.own("卡丢了").hits == ()
