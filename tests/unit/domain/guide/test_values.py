"""Facts, text, sources and cases."""

from __future__ import annotations

import datetime

import pytest

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import page_id, part_id
from yibao_desktop.domain.guide.sources import Source
from yibao_desktop.domain.guide.text import (
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Span,
    SpanKind,
    Table,
)
from yibao_desktop.domain.procedure.model import Material
from yibao_desktop.domain.records.case import Case, StepMark
from yibao_desktop.domain.wording.plain_text import material_text, silent_text

KEY = "004#4. 等待制卡"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"low": "7", "high": "10", "unit": "个工作日", "approx": True}, "大约 7–10 个工作日"),
        ({"value": "500", "unit": "元"}, "500 元"),
        ({"value": "70", "unit": "%"}, "70%"),
        ({"value": "12333"}, "12333"),
        ({"value": "一个", "unit": "月"}, "一个月"),
        ({"choices": ("666666", "111111")}, "666666、111111"),
    ],
)
def test_a_fact_reads_as_people_write(values, text):
    fact = Fact("f", "数字", "count", (KEY,), **values)
    assert not fact.faults
    assert fact.text == text


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"low": "7"},
        {"high": "7"},
        {"value": "1", "low": "1", "high": "2"},
        {"value": "1", "choices": ("1", "2")},
    ],
)
def test_a_fact_gives_its_value_in_exactly_one_way(values):
    (fault,) = Fact("f", "数字", "count", (KEY,), **values).faults
    assert "只写一种" in fault


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("count", {"low": "10", "high": "7"}, "low 要比 high 小"),
        ("count", {"low": "7", "high": "7.0"}, "low 要比 high 小"),
        ("code", {"choices": ("666666",)}, "至少写两个"),
        ("money", {"value": "10"}, "money 要写单位"),
        ("duration", {"value": "10"}, "duration 要写单位"),
        ("ratio", {"value": "10"}, "ratio 要写单位"),
        ("age", {"value": "10"}, "age 要写单位"),
    ],
)
def test_a_fact_that_cannot_be_meant_is_told(kind, values, message):
    (fault,) = Fact("f", "数字", kind, (KEY,), **values).faults
    assert message in fault


def test_ends_that_are_no_numbers_are_not_compared():
    assert not Fact("f", "日子", "date", (KEY,), low="12月", high="1月").faults


def test_all_figures_of_a_fact_are_known():
    assert Fact("f", "数字", "count", (KEY,), low="7", high="10").figures == ("7", "10")
    day = Fact("f", "日子", "date", (KEY,), value="2024年10月8日")
    assert day.figures == ("2024", "10", "8")
    assert day.text == "2024年10月8日"


def test_text_without_formatting():
    line = RichText(
        (
            Span(SpanKind.TEXT, "点"),
            Span(SpanKind.LABEL, "立即办理"),
            Span(SpanKind.STRONG, "马上"),
            Span(SpanKind.LINK, "补办", "card-replacement"),
        )
    )
    assert line.plain == "点「立即办理」马上补办"
    assert not RichText()
    assert not RichText.of("")
    body = Body(
        (
            Paragraph(RichText.of("一段。")),
            ListBlock((RichText.of("先"), RichText.of("后")), ordered=True),
            ListBlock((RichText.of("点"),)),
            Table((RichText.of("甲"), RichText.of("乙")), ((RichText.of("1"), RichText.of("2")),)),
            Callout(RichText.of("当心。"), "caution"),
        )
    )
    assert body.plain.splitlines() == [
        "一段。", "1. 先", "2. 后", "· 点", "甲：乙", "1：2", "注意：当心。",
    ]  # fmt: skip
    assert not Body()


def table(*rows: str) -> Table:
    header, *others = (tuple(RichText.of(cell) for cell in row.split("|")) for row in rows)
    return Table(header, tuple(others))


def test_a_table_is_told_in_words():
    wide = table("住在哪里|起付线|报多少", "一级医院|500 元|82%", "三级医院|1200 元|65%")
    assert Body((wide,)).plain.splitlines() == [
        "住在哪里：起付线、报多少",
        "一级医院：起付线 500 元；报多少 82%",
        "三级医院：起付线 1200 元；报多少 65%",
    ]
    unnamed = table("|单位|个人", "养老|16%|8%")
    assert Body((unnamed,)).plain.splitlines() == ["单位、个人", "养老：单位 16%；个人 8%"]


def test_a_source_knows_its_document_and_title():
    date = datetime.date(2025, 4, 23)
    snippet = Source("004#snippet:网上申请补办医保卡", date)
    heading = Source("004#1. 挂失", date)
    assert (snippet.document, snippet.title) == ("004", "网上申请补办医保卡")
    assert (heading.document, heading.title) == ("004", "1. 挂失")


def test_ids_of_parts():
    assert part_id("card-replacement", "collect-card") == "card-replacement/collect-card"
    assert page_id("card-replacement/collect-card") == "card-replacement"
    assert page_id("card-replacement") == "card-replacement"


def test_a_paper_in_one_line():
    assert material_text(Material("m", "身份证", (KEY,), form="original")) == "身份证原件"
    assert (
        material_text(Material("m", "身份证", (KEY,), form="copy", copies=2))
        == "身份证复印件（2 份）"
    )
    either = Material("m", "证件", (KEY,), any_of=("身份证", "户口簿"), some_places=True)
    assert material_text(either) == "证件（身份证、户口簿，有一样就行；不是每个地方都要）"


def test_what_is_not_known_is_one_line():
    assert silent_text(["费用", "时限"]) == "资料没有说：费用、时限 → 请问当地医保部门"


def test_a_case_knows_what_is_done():
    now = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    case = Case(
        "1", "妈妈", "p", "v", now, now, steps={"a": StepMark(now), "b": StepMark(note="等电话")}
    )
    assert case.done_steps == {"a"}
