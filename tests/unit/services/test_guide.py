"""Browsing and reading history."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.guide_service import TopicView
from yibao_desktop.store.reading_repository import KEPT_QUERIES


def test_the_tree_lists_pages_below_their_topics(guide):
    entries = {e.id: e for e in guide.guide.entries()}
    assert entries["card-replacement"].parent == "card-loss"
    assert entries["card-loss"].parent == "cards"
    assert entries["cards"].parent is None
    assert {e.kind for e in entries.values()} == {
        Kind.TOPIC,
        Kind.PROCEDURE,
        Kind.ARTICLE,
        Kind.ANSWER,
    }


def test_every_topic_leads_somewhere(guide):
    entries = guide.guide.entries()
    parents = {e.parent for e in entries}
    assert all(e.id in parents for e in entries if e.kind is Kind.TOPIC)


def test_a_page_comes_with_path_sources_and_doubts(guide):
    view = guide.guide.page("card-replacement-guide/wait")
    assert view.item.id == "card-replacement-guide"
    assert view.focus == "card-replacement-guide/wait"
    assert [t.id for t in view.path] == ["cards", "card-loss"]
    assert view.sources[0].document == "医保卡补办流程详细步骤"
    assert {s.key.partition("#")[0] for s in view.sources} == {"004"}
    assert [d.id for d in view.doubts] == ["hotline-scope"]
    assert "card-replacement" in [c.id for c in view.children]


def test_a_topic_page_lists_what_hangs_below(guide):
    view = guide.guide.view("cards")
    assert isinstance(view, TopicView)
    assert [c.id for c in view.children] == ["card-loss", "electronic-card", "card-use"]


def test_the_place_is_told_by_name(guide):
    assert guide.guide.page("chaozhou-outpatient").region.name == "广东省潮州市"
    assert guide.guide.page("card-replacement").region is None


def test_the_id_of_a_page_that_was_joined_to_another_leads_there(guide):
    for former, now in (
        ("jiangsu-password-common", "jiangsu-password-by-area"),
        ("pool-balance", "pool-members"),
    ):
        assert guide.guide.show(former) == guide.guide.show(now)
        assert guide.guide.page(former) == guide.guide.page(now)
        assert guide.guide.has(former)


def test_an_answer_in_conflict_shows_both_sides(guide):
    (doubt,) = guide.guide.show("jiangsu-password-by-area").doubts
    assert doubt.kind == "conflict"
    assert len(doubt.claims) == 2
    assert {k for c in doubt.claims for k in c.sources} == {
        "000#snippet:江苏医保卡初始密码一览表",
        "000#snippet:江苏医保卡初始密码多少",
    }


def test_everything_can_be_shown(guide):
    for item in guide.content.items():
        shown = guide.guide.show(item.id)
        assert shown.item == item
        assert shown.item.text


def test_an_unknown_id_is_told(guide):
    for ask in (guide.guide.page, guide.guide.show):
        with pytest.raises(UserError, match="没有编号“nothing”"):
            ask("nothing")


def test_every_passage_of_the_documents_is_listed(guide):
    uses = {u.source.key: u for u in guide.guide.source_uses()}
    assert len(uses) == 188
    assert "card-replacement" in uses["004#1. 挂失"].used_by
    assert uses["003#snippet:针灸是华佗发明的吗"].source.left_out
    assert not any(u.used_by and u.source.left_out for u in uses.values())


def test_bookmarks_and_history(services):
    reading = services.reading
    assert reading.add_bookmark("e-card", "申请电子医保卡").bookmarks
    assert [b.title for b in reading.bookmarks()] == ["申请电子医保卡"]
    reading.remove_bookmark("e-card")
    assert reading.bookmark("e-card") is None
    assert reading.note_visit("e-card", "申请电子医保卡").history
    assert [v.item_id for v in reading.recent()] == ["e-card"]
    reading.clear_history()
    assert reading.recent() == []


def test_earlier_queries_are_kept_up_to_fifty_and_forgotten_with_the_history(services):
    reading = services.reading
    for number in range(KEPT_QUERIES + 2):
        assert reading.note_query(f"第 {number} 问").queries
    assert reading.queries()[0] == f"第 {KEPT_QUERIES + 1} 问"
    assert len(reading.queries()) == KEPT_QUERIES
    assert reading.note_query(" \ud83d ") == Changes()
    reading.note_query("卡丢了\ud83d")
    assert reading.queries()[0] == "卡丢了"
    cleared = reading.clear_history()
    assert cleared.history
    assert cleared.queries
    assert reading.queries() == []


def test_pages_lead_to_the_next_in_the_order_of_the_tree(guide):
    pages = [e for e in guide.guide.entries() if e.kind is not Kind.TOPIC]
    walked = [pages[0]]
    while (after := guide.guide.page(walked[-1].id).after) is not None:
        assert guide.guide.page(after.id).before == walked[-1]
        walked.append(after)
    assert walked == pages
    assert guide.guide.page(pages[0].id).before is None


def test_topics_lead_to_the_topics_beside_them_and_terms_to_terms(guide):
    view = guide.guide.view("electronic-card")
    assert (view.before.id, view.after.id) == ("card-loss", "card-use")
    first, second = guide.guide.terms()[:2]
    assert guide.guide.page(first.id).after.id == second.id
    assert guide.guide.has(first.id)
    assert not guide.guide.has("nothing")


def test_opening_a_page_reads_nothing_twice_and_no_item_by_itself(guide):
    """Path, neighbours and what a page leads to are known from the tree."""
    guide.guide.entries()
    guide.guide.page("card-replacement-guide")
    asked = []
    with guide.content.connection() as connection:
        connection.set_trace_callback(asked.append)
    guide.guide.page("e-card")
    assert len(asked) == len(set(asked)) == 3  # the page itself, its sources, its doubts
    assert sum("FROM item WHERE" in statement for statement in asked) == 1
