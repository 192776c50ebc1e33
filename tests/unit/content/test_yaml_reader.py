"""YAML is read strictly, and every value knows its line."""

from __future__ import annotations

import datetime

import pytest

from yibao_desktop.content.problems import Mistake
from yibao_desktop.content.yaml_reader import MAX_CHARACTERS, read_yaml

TEXT = """\
id: a
nested:
  items:
  - one
  - key: two
    day: 2025-04-23
    yes: no
    number: 7
    share: 1.5
    flag: true
    nothing: null
"""


def test_plain_values_with_their_lines():
    located = read_yaml(TEXT)
    assert located.data["nested"]["items"] == [
        "one",
        {
            "key": "two",
            "day": datetime.date(2025, 4, 23),
            "yes": "no",
            "number": 7,
            "share": 1.5,
            "flag": True,
            "nothing": None,
        },
    ]
    assert located.line(("nested", "items", 1, "day")) == 6
    assert located.line(("nested", "items", 1, "missing", "deeper")) == 5
    assert located.line(("unknown",)) == 1


def test_lines_count_from_where_the_text_begins():
    assert read_yaml("a: 1\nb: 2\n", first_line=10).line(("b",)) == 11


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\na: 2\n", 2, "写了两遍"),
        ("a: 1\n b: 2\n", 2, "读不懂"),
        ("a: [1, 2\n", 2, "读不懂"),
        ("a: &x 1\nb: *x\n", 1, "不能用 &"),
        ("a: 1\n<<: {b: 2}\n", 2, "不能用 <<"),
        ('a: 1\nb: "\\ud800"\n', 2, "读不懂"),
        ('a: 1\n"\\u202e": 2\n', 2, "U\\+202E"),
        ("a: |\n  甲\n  \u200b乙\n", 1, "U\\+200B"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "不能用 !"),
        ("1: a\n", 1, "要加引号"),
        ("[a]: b\n", 1, "名字要写成文字"),
        ("{a: 1}: b\n", 1, "名字要写成文字"),
        ("a:\n  ? " + "? " * 3_000 + "b\n", 2, "名字要写成文字"),
        ("{" * 5_000, 1, "读不懂"),
        ("a: 2025-02-30\n", 1, "没有“2025-02-30”这个值"),
        ("a: 1\n---\nb: 2\n", 2, "只能写一份"),
        ("a: 2025-04-23 10:00:00\n", 1, "只写年月日"),
        ("a: 'unfinished\n", 2, "读不懂"),
        ("a:\n  b: \x07\n", 1, "读不懂"),
        ("[" * 100 + "]" * 100, 1, "层次太深"),
        ("a: " + "[" * 500, 1, "层次太深"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, line, message):
    with pytest.raises(Mistake, match=message) as caught:
        read_yaml(text)
    assert caught.value.line == line


def test_lines_and_tabs_belong_to_a_text_and_a_quoted_name_is_a_name():
    assert read_yaml("a: |\n  甲\n  乙\t丙\n").data == {"a": "甲\n乙\t丙\n"}
    assert read_yaml("'<<': {b: 2}\n").data == {"<<": {"b": 2}}


def test_a_huge_file_is_refused_before_it_is_read():
    with pytest.raises(Mistake, match="太大"):
        read_yaml("a: " + "x" * MAX_CHARACTERS)
