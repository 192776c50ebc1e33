"""The answer shown in full, and results of one page together."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.guide.items import page_id
from yibao_desktop.domain.guide.text import Table
from yibao_desktop.search.results import Match, by_page
from yibao_desktop.services.featured_service import SHORT_ENOUGH, featured_answer


@pytest.fixture
def featured(guide):
    return lambda query: featured_answer(guide.guide, guide.search.search(query))


def test_a_short_answer_is_shown_in_full_with_where_it_is_from(featured, guide):
    answer = featured("岳阳住院起付线是多少")
    assert answer.hit.passage.item_id == "yueyang-inpatient"
    page = guide.guide.page("yueyang-inpatient").page
    assert answer.body.plain == f"{page.answer.plain}\n{page.text.plain}"
    assert any(isinstance(block, Table) for block in answer.body.blocks)
    assert {source.key for source in answer.sources} == set(page.sources)
    assert all(source.date.year == 2025 for source in answer.sources)


def test_what_is_doubtful_about_it_is_told_with_it(featured, guide):
    answer = featured("辽宁医保门诊报多少")
    assert answer.doubts
    assert set(answer.doubts) == set(guide.guide.page("liaoning-outpatient").doubts)


def test_a_part_of_a_page_is_shown_by_itself(featured, guide):
    section = featured("补卡工本费由谁定，问哪里")
    assert section.hit.passage.item_id in ("card-replacement-guide/fee", "card-replacement/pay-fee")
    assert "工本费" in section.body.plain
    assert section.body.plain == section.hit.passage.body
    step = featured("12333能报失吗")
    assert step.hit.passage.item_id == "card-replacement/report-loss-phone"
    assert step.body.plain == step.hit.passage.body


def test_of_a_page_with_parts_the_answer_is_shown(featured, guide):
    answer = featured("卡丢了怎么办")
    assert answer.hit.passage.item_id == "card-replacement"
    assert answer.body.plain == guide.guide.page("card-replacement").page.answer.plain


@pytest.mark.parametrize(
    ("query", "match"), [("医保卡能贷款吗", Match.NEAR), ("西安停车哪里便宜", Match.NONE)]
)
def test_what_does_not_answer_is_not_shown_as_if_it_did(featured, guide, query, match):
    assert guide.search.search(query).match is match
    assert featured(query) is None


def test_no_long_text_stands_above_the_results(featured, guide):
    lengths = {}
    for passage in guide.content.passages():
        answer = featured(passage.title)
        if answer is not None:
            lengths[answer.hit.passage.item_id] = len(answer.body.plain)
    assert len(lengths) > 50
    assert max(lengths.values()) <= SHORT_ENOUGH


def test_hits_of_one_page_come_together_and_the_page_itself_last_but_where_it_fits_best(guide):
    hits = guide.search.search("卡丢了怎么办", limit=20).hits
    pages = by_page(hits)
    assert sorted(hit.passage.number for page in pages for hit in page) == sorted(
        hit.passage.number for hit in hits
    )
    assert [page[0] for page in pages] == sorted((p[0] for p in pages), key=hits.index)
    for page in pages:
        assert len({page_id(hit.passage.item_id) for hit in page}) == 1
        assert all(hit.passage.heading for hit in page[1:-1])
    assert any(len(page) > 2 for page in pages)


def test_no_text_of_a_result_shows_a_table_by_bars(guide):
    for passage in guide.content.passages():
        assert "｜" not in passage.body, passage.item_id
