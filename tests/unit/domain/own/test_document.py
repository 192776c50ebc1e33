"""What a document of one's own says of itself, and until when it may hold."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from yibao_desktop.domain.guide.items import Kind, Region, Section
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.guide.text import Body, Paragraph, RichText
from yibao_desktop.domain.own.document import (
    OWN_ROOT,
    OwnDocument,
    folder_id,
    folder_item,
    is_own,
    own_lines,
    root_item,
)
from yibao_desktop.domain.own.proposals import propose

NOW = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
TODAY = NOW.date()
BARE = OwnDocument("own--1", "搬家通知", "通知.txt", "0" * 64, NOW)
REGIONS = (
    Region("320000", "江苏省", ("江苏",)),
    Region("320100", "江苏省南京市", ("江苏", "南京")),
)


def section(title: str, *lines: str) -> Section:
    return Section("s1", title, (), Body(tuple(Paragraph(RichText.of(line)) for line in lines)))


def test_what_is_ones_own_is_told_by_its_id():
    for item in (BARE.item(()), root_item(), folder_item("窗口"), BARE.entry):
        assert is_own(item.id)
        assert item.origin == OWN
    assert not is_own("card-replacement")


def test_a_document_hangs_in_its_folder_or_under_the_root():
    assert BARE.parent == OWN_ROOT
    sorted_in = replace(BARE, folder="窗口")
    assert sorted_in.parent == folder_id("窗口") == folder_item("窗口").id
    assert folder_item("窗口").parent == OWN_ROOT
    assert folder_id("窗口") != folder_id("家里")
    assert (root_item().kind, root_item().parent) == (Kind.TOPIC, None)


def test_the_last_day_still_holds():
    until = replace(BARE, valid_until=TODAY)
    assert until.outdated(TODAY) == ""
    assert "有效期到 2026-06-01" in until.outdated(TODAY + datetime.timedelta(days=1))
    two_years = replace(BARE, dated=TODAY - datetime.timedelta(days=730))
    assert two_years.outdated(TODAY) == ""
    assert "过了两年" in two_years.outdated(TODAY + datetime.timedelta(days=1))
    assert BARE.outdated(TODAY) == ""


def test_what_must_be_known_before_it_is_read():
    assert BARE.cautions(TODAY) == []
    (said,) = replace(BARE, tables_doubtful=True).cautions(TODAY)
    assert "表格可能没对齐" in said
    both = replace(BARE, tables_doubtful=True, valid_until=TODAY - datetime.timedelta(days=1))
    assert len(both.cautions(TODAY)) == 2


@pytest.mark.parametrize(
    ("own", "user", "elsewhere"),
    [
        ("320100", "110000", True),
        ("320100", "320100", False),
        ("320000", "320100", False),
        (None, "110000", False),
        ("320100", None, False),
    ],
)
def test_it_is_for_elsewhere_only_where_both_places_are_known(own, user, elsewhere):
    assert replace(BARE, region=own).is_elsewhere(user) is elsewhere


def test_it_is_an_item_and_a_page_with_its_text():
    dated = replace(BARE, dated=datetime.date(2025, 11, 3), region="320100", number="1号")
    parts = (section("一、地点", "在龙津路。"), section("", "周六开门。"))
    item, page = dated.item(parts), dated.page(parts)
    assert item.text == "一、地点\n在龙津路。\n周六开门。"
    assert (item.id, item.region, item.as_of) == ("own--1", "320100", 2025)
    assert (page.id, page.sections, page.as_of, page.topic) == ("own--1", parts, 2025, OWN_ROOT)
    assert (BARE.item(()).as_of, BARE.page(()).as_of) == (None, None)
    assert own_lines(dated) == ["2025-11-03 的", "1号", "文件 通知.txt"]
    assert own_lines(BARE) == ["文件 通知.txt"]
    assert dated.entry.text == "2025-11-03 的 · 1号 · 文件 通知.txt"


# -- what it seems to say of itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("须知\n发布日期：2025-11-03", "2025-11-03"),
        ("发布日期：2025-11-03\n正文\n 2025年12月1日 ", "2025-12-01"),
        ("从2025年1月1日起办理", None),
        ("发布日期：2025年13月40日\n发布日期：2025-11-03", "2025-11-03"),
        ("发布日期：1025-11-03", None),
    ],
)
def test_the_day_of_a_paper_is_where_it_was_signed_or_published(lines, day):
    found = propose("须知", lines, ()).dated
    assert (found and found.value.isoformat()) == day


def test_until_when_it_holds_and_its_number_are_found():
    found = propose("通知", "溪医保〔2026〕 7 号\n本通知有效期自2026年1月1日至2027年12月31日。", ())
    assert found.number == "溪医保〔2026〕7号"
    assert found.valid_until.value == datetime.date(2027, 12, 31)
    nothing = propose("通知", "请看一遍。\n1号窗口", ())
    assert (nothing.number, nothing.valid_until, nothing.dated) == ("", None, None)
    late = "\n".join(["一行"] * 12)
    assert propose("通知", f"{late}\n溪医保〔2026〕7号", ()).number == ""
    assert propose("通知", f"{late[3:]}\n溪医保〔2026〕7号", ()).number == "溪医保〔2026〕7号"


def test_the_narrowest_place_named_at_the_top_or_the_bottom_is_found():
    assert propose("南京须知", "正文", REGIONS).region.value.code == "320100"
    assert propose("须知", "江苏省\n正文", REGIONS).region.value.code == "320000"
    middle = ["行"] * 6 + ["南京的事"] + ["行"] * 4
    assert propose("须知", "\n".join(middle), REGIONS).region is None
    assert propose("须知", "\n".join(middle[1:]), REGIONS).region.value.code == "320100"
    assert propose("须知", "\n".join(middle[:-1]), REGIONS).region.value.code == "320100"


def test_of_a_long_sentence_the_words_around_are_shown():
    line = "甲" * 30 + "南京" + "乙" * 60
    (place,) = (propose("须知", line, REGIONS).region,)
    assert place.sentence == "…" + "甲" * 20 + "南京" + "乙" * 38 + "…"
    assert propose("须知", "南京的事", REGIONS).region.sentence == "南京的事"
