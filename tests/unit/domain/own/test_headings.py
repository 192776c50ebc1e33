"""Headings and titles as the papers of offices have them, and where a line is neither."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.own.headings import find_title, heading_level

TITLE = "关于溪口镇窗口搬家的通知"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、办理地点", 2),
        ("第二章 待遇", 2),
        ("附件 1", 2),
        ("第三节 起付线", 3),
        ("（一）窗口", 3),
        ("(二) 网上", 3),
        ("办理地点", None),
        ("一、带上身份证。", None),
        ("附件：", None),
        ("（一）窗口在二楼，", None),
    ],
)
def test_how_deep_a_heading_is(line, level):
    assert heading_level(line) == level


def test_a_long_numbered_line_is_a_sentence():
    longest = "一、" + "办" * 38
    assert heading_level(longest) == 2
    assert heading_level(longest + "办") is None


def test_a_title_stands_near_the_top_however_many_lines_it_takes():
    above = ["溪口镇人民政府"] * 11
    assert find_title([*above, TITLE]) == TITLE
    assert find_title([*above, "日期", TITLE]) == ""
    assert find_title(["文件", "  关于溪口镇", "窗口搬家的", "通知 ", "正文"]) == TITLE
    assert find_title(["关于溪口镇", "窗口", "搬家的", "那份", "通知"]) == "通知"


def test_what_has_no_title_is_given_none():
    assert find_title([]) == ""
    assert find_title(["溪口镇窗口", "搬家的通知一"]) == ""
    assert find_title(["一、关于搬家的通知", "请看这份"]) == ""
    assert find_title(["搬到了龙津路", "这份通知"]) == "这份通知"


def test_a_title_is_no_longer_than_a_title():
    longest = "关于" + "搬" * 76 + "通知"
    assert find_title([longest]) == longest
    assert find_title(["关于搬" + longest[2:]]) == ""
