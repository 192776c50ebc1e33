"""The little Markdown an editor writes."""

from __future__ import annotations

import pytest

from yibao_desktop.content.markup import parse_body, parse_inline
from yibao_desktop.content.problems import Mistake
from yibao_desktop.domain.guide.text import Callout, ListBlock, Paragraph, SpanKind, Table


def spans(text):
    return [(s.kind, s.text, s.target) for s in parse_inline(text).spans]


def test_labels_links_figures_and_emphasis():
    assert spans(
        "点 `立即办理` 再看[补办](yibao:card-replacement)，**马上**打 {hotline-12333} 问"
    ) == [
        (SpanKind.TEXT, "点", ""),
        (SpanKind.LABEL, "立即办理", ""),
        (SpanKind.TEXT, "再看", ""),
        (SpanKind.LINK, "补办", "card-replacement"),
        (SpanKind.TEXT, "，", ""),
        (SpanKind.STRONG, "马上", ""),
        (SpanKind.TEXT, "打 ", ""),
        (SpanKind.FIGURE, "", "hotline-12333"),
        (SpanKind.TEXT, " 问", ""),
    ]


@pytest.mark.parametrize("text", ["1 < 2", "a<3>", "`<`"])
def test_a_sign_is_no_html(text):
    assert parse_inline(text)


def test_a_cell_may_be_blank_and_hold_a_bar():
    (table,) = parse_body("| | 尾 |\n|---|---|\n| 一\\|二 | |\n").blocks
    assert isinstance(table, Table)
    assert [c.plain for c in table.rows[0]] == ["一|二", ""]


def test_blocks():
    body = parse_body(
        "第一行\n第二行\n\n- 甲\n- 乙\n\n1. 先\n2. 后\n\n| 头 | 尾 |\n|---|---|\n| 一 | 二 |\n\n"
        "> [!注意] 当心`这个`\n\n> [!说明] 知道\n> 就好\n"
    )
    paragraph, bullets, numbered, table, caution, note = body.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.plain == "第一行第二行"
    assert isinstance(bullets, ListBlock)
    assert not bullets.ordered
    assert [i.plain for i in bullets.items] == ["甲", "乙"]
    assert isinstance(numbered, ListBlock)
    assert numbered.ordered
    assert isinstance(table, Table)
    assert [c.plain for c in table.header] == ["头", "尾"]
    assert [[c.plain for c in row] for row in table.rows] == [["一", "二"]]
    assert isinstance(caution, Callout)
    assert (caution.tone, caution.text.plain) == ("caution", "当心「这个」")
    assert isinstance(note, Callout)
    assert note.text.plain == "知道 就好"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[外面](https://example.com)", "只能指向指南里的内容"),
        ("[文件](file:///etc/passwd)", "只能指向指南里的内容"),
        ("[坏](javascript:alert(1))", "只能指向指南里的内容"),
        ("![图](x.png)", "不支持"),
        ("*斜*", "不支持"),
        ("一行\n两行", "只能写一行"),
        ("", "不能是空的"),
        (" \u3000", "不能是空的"),
        ("** **", "“\\*\\*”会原样显示"),
        ("先**“领卡”**后交", "“\\*\\*”会原样显示"),
        ("点 `立即办理", "“`”会原样显示"),
        ("<script>alert(1)</script>", "不能写 HTML"),
        ("&lt;b&gt;", "不能写 HTML"),
        ("<!-- 看不见 -->", "不能写 HTML"),
        ("左}右", "原样显示"),
        ("点 `{fact}`", "原样显示"),
        ("前\u200b后", "U\\+200B"),
        ("前\x00后", "U\\+FFFD"),
        ("前\t后", "U\\+0009"),
    ],
)
def test_inline_markup_that_is_refused(text, message):
    with pytest.raises(Mistake, match=message):
        parse_inline(text)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "不能是空的", None),
        ("段\n\n# 标题", "不支持", 3),
        ("```\ncode\n```", "不支持", 1),
        ("> 没有名字", "提示框", 1),
        ("> [!危险] 不认识", "提示框", 1),
        ("- 甲\n  - 乙", "不能再套", 2),
        ("段\n\n---", "不支持", 3),
        ("段\n\n2. 乙\n3. 丙", "从 1 开始", 3),
        ("| 头 | 尾 |\n|---|---|\n| 一 | 二 |\n| 三 |", "表头有 2 格，这一行有 1 格", 4),
        ("| 头 | 尾 |\n|---|\n| 一 | 二 |", "和表头一样多格", 1),
        ("段\n\n> [!注意] <br>", "不能写 HTML", 3),
        ("段\n\n- 甲\n- 乙}", "原样显示", 4),
    ],
)
def test_blocks_that_are_refused(text, message, line):
    with pytest.raises(Mistake, match=message) as caught:
        parse_body(text)
    assert caught.value.line == line
