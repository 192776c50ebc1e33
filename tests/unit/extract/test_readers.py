"""Every format is read for what people see in it, whatever wrote it."""

from __future__ import annotations

import re

import pytest

from tests.data import documents as made
from yibao_desktop.domain.guide.text import Table
from yibao_desktop.domain.own.headings import find_title, heading_level
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.charset import decode
from yibao_desktop.extract.limits import DEEPEST
from yibao_desktop.extract.reader import read


def squeezed(reading: Reading) -> str:
    return re.sub(r"\s", "", reading.plain)


def refusal(data: bytes, suffix: str) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        read(data, suffix)
    assert str(caught.value).endswith("。")
    assert caught.value.hint
    return caught.value.refusal


def tables(reading: Reading) -> list[list[list[str]]]:
    return [
        [[cell.plain for cell in row] for row in (block.header, *block.rows)]
        for section in reading.sections
        for block in section.body.blocks
        if isinstance(block, Table)
    ]


FACTS = {
    "a heading's automatic number": "一、缴费时间和标准",
    "a number of the second level": "（一）缴费标准",
    "the next number of the first level": "二、参保地变更",
    "a list's number": "1.微信",
    "a list within a list": "（1）带身份证",
    "a list that is resumed": "3.社区服务站",
    "a link's text": "办事指南链接",
    "text that was inserted": "六十日。",
    "a text box": "文本框里的重要提醒",
    "a content control": "内容控件里的一段",
    "a cell": "自愿选择",
    "a merged cell": "以上标准自2026年1月1日起执行",
}


@pytest.fixture(scope="module")
def notice() -> Reading:
    return read(made.notice_docx(), ".docx")


@pytest.mark.parametrize("fact", FACTS)
def test_a_docx_says_what_word_shows(notice, fact):
    assert FACTS[fact] in squeezed(notice)


@pytest.mark.parametrize("unseen", ["三十日", "隐藏的内部批注", "页眉"])
def test_a_docx_says_nothing_word_does_not_show(notice, unseen):
    assert unseen not in notice.plain


def test_a_text_box_is_told_once(notice):
    assert notice.plain.count("文本框里的重要提醒") == 1


def test_a_docx_has_the_title_and_the_headings_it_shows(notice):
    assert notice.title == made.TITLE
    assert [(s.level, s.title) for s in notice.sections if s.title] == [
        (2, "一、缴费时间和标准"), (3, "（一）缴费标准"), (3, "（二）缴费渠道"), (2, "二、参保地变更"),
    ]  # fmt: skip


FEES = [
    ["人群", "缴费档次", "个人缴费（元/年）", "备注"],
    ["成年人", "普通档", "400", "含大病保险"],
    ["成年人", "高档", "600", "自愿选择"],
    ["学生儿童", "普通档", "350", "按学年"],
    ["合计说明", "以上标准自2026年1月1日起执行", "", ""],
]


def test_merged_fees_stay_in_their_columns(notice):
    assert tables(notice) == [FEES]
    page = read(made.web_page().encode(), ".html")
    assert tables(page) == [[
        ["人群", "缴费档次", "个人缴费（元/年）"], ["成年人", "普通档", "400"],
        ["成年人", "高档", "600"], ["学生儿童", "", "350"],
    ]]  # fmt: skip
    sheet = read(made.xlsx(made.FEE_ROWS, merged="A2:A3"), ".xlsx")
    assert tables(sheet) == [[*made.FEE_ROWS[:2], ["成年人", "高档", "600"]]]


def test_numbers_typed_by_hand_make_headings_too():
    reading = read(made.typed_docx(), ".docx")
    assert reading.title == made.TITLE
    assert [s.title for s in reading.sections if s.title] == [
        "一、缴费时间和标准", "（一）缴费标准", "二、参保地变更",
    ]  # fmt: skip


@pytest.mark.parametrize("charset", made.ENCODED)
def test_a_page_reads_the_same_in_whatever_charset(charset):
    assert read(made.ENCODED[charset], ".html") == read(made.ENCODED["utf-8"], ".html")


def test_a_page_is_its_text_and_offers_what_surrounds_it():
    reading = read(made.web_page().encode(), ".htm")
    assert reading.title == made.TITLE
    assert "朱镕、堃女士" in reading.plain
    around = "\n".join(s.title + s.body.plain for s in reading.whole)
    assert "互动交流" not in reading.plain
    assert "互动交流" in around
    for unseen in ("脚本写的", "藏起来的文字", "color:red", "passwd"):
        assert unseen not in reading.plain + around


@pytest.mark.parametrize("text", ["职工医保缴费", "参保登记。", "异地就医备案流程", "朱镕基㐂䶮"])
def test_short_texts_are_told_apart_from_other_charsets(text):
    assert decode(text.encode("gb18030")) == text
    assert decode(text.encode("utf-8")) == text


def test_traditional_text_in_big5_is_read():
    said = "關於做好醫療保險繳費工作的通知，請參保人員按時繳費。"
    assert decode(said.encode("big5")) == said
    assert read(said.encode("big5"), ".txt").plain == said


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("GBK-EUC-H", "gbk"), ("GBKp-EUC-H", "gbk"), ("GB-EUC-H", "gb2312"),
     ("UniGB-UCS2-H", "utf-16-be"), ("UniGB-UTF16-H", "utf-16-be")],
)  # fmt: skip
def test_a_pdf_without_a_map_to_unicode_is_read(encoding, codec):
    reading = read(made.cid_pdf(encoding, codec), ".pdf")
    assert reading.title == made.TITLE
    assert "设九十日待遇等待期。" in reading.plain
    assert next(s.title for s in reading.sections if s.title) == "一、缴费时间和标准"


def test_an_old_pdf_with_a_chinese_font_called_latin_is_read():
    assert "成年人普通档每人每年400元，高档600元。" in read(made.winansi_pdf(), ".pdf").plain


def test_lines_of_a_pdf_are_paragraphs_again_and_its_tables_are_doubted():
    reading = read((made.READY_MADE / "table.pdf").read_bytes(), ".pdf")
    assert "自缴费之日起设置九十日的待遇等待期" in reading.plain
    assert "普通档 400 含大病保险" in reading.plain.splitlines()
    assert "— 1 —" not in reading.plain
    assert (reading.pages, reading.tables_doubtful) == (1, True)
    assert not read(made.winansi_pdf(), ".pdf").tables_doubtful


def test_two_columns_are_read_one_after_the_other():
    text = read((made.READY_MADE / "twocol.pdf").read_bytes(), ".pdf").plain
    found = [int(n) for n in re.findall(r"第(\d+)条", text)]
    assert found == list(range(1, 30))


def test_what_only_the_owner_may_change_is_read_all_the_same():
    assert read((made.READY_MADE / "enc_owner.pdf").read_bytes(), ".pdf").title == made.TITLE


def test_an_ofd_is_read_line_by_line():
    reading = read(made.ofd(made.LINES), ".ofd")
    assert (reading.title, reading.pages) == (made.TITLE, 1)
    assert "高档600元。" in reading.plain


def test_plain_text_markdown_and_csv_are_read():
    assert read("\n".join(made.LINES).encode("gbk"), ".txt").title == made.TITLE
    notes = "# 缴费**标准**\n\n## 成年人\n- 普通档 [400](http://x) 元\n\n| 档 | 元 |\n|---|---|\n| 高 | 600 |\n"
    reading = read(notes.encode(), ".md")
    assert (reading.title, reading.sections[0].title) == ("缴费标准", "成年人")
    assert "· 普通档 400 元" in reading.plain
    assert tables(reading) == [[["档", "元"], ["高", "600"]]]
    rows = '人群,档次,元\n成年人,"高,档",600\n'
    assert tables(read(rows.encode("gbk"), ".csv")) == [
        [["人群", "档次", "元"], ["成年人", "高,档", "600"]]
    ]


def test_reasons_why_a_pdf_cannot_be_read_are_told_apart():
    ready = {
        name: (made.READY_MADE / f"{name}.pdf").read_bytes()
        for name in ("enc_user", "no_tounicode")
    }
    assert refusal(made.scanned_pdf(), ".pdf") is Refusal.SCANNED
    assert refusal(ready["enc_user"], ".pdf") is Refusal.PASSWORD
    assert refusal(ready["no_tounicode"], ".pdf") is Refusal.GARBLED
    assert refusal(made.pdf([b"<< /Type /Catalog /Pages 2 0 R >>",
                             b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"]),
                   ".pdf") is Refusal.EMPTY  # fmt: skip


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "suffix", "why"),
    [
        (OLD, ".doc", Refusal.OLD_WORD),
        (OLD, ".WPS", Refusal.WPS),
        (OLD, ".xls", Refusal.OLD_EXCEL),
        (OLD + "EncryptedPackage".encode("utf-16-le"), ".docx", Refusal.PASSWORD),
        (b"\x89PNG\r\n\x1a\n\0\0", ".png", Refusal.PICTURE),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ".docx", Refusal.PICTURE),
        (b"{\\rtf1 x}", ".doc", Refusal.OTHER_OFFICE),
        (made.packed({"ppt/presentation.xml": "<p/>"}), ".pptx", Refusal.OTHER_OFFICE),
        (made.packed({"a.txt": "x"}), ".zip", Refusal.UNKNOWN),
        (b"MZ\x90\0\x03" + bytes(100), ".exe", Refusal.UNKNOWN),
        (bytes(range(256)) * 20, ".txt", Refusal.GARBLED),
        (b"", ".txt", Refusal.EMPTY),
        (b" \n\t ", ".md", Refusal.EMPTY),
        (b"PK\x03\x04half", ".docx", Refusal.BROKEN),
        (b"%PDF-1.4 half", ".pdf", Refusal.BROKEN),
        (b"not packed", ".docx", Refusal.BROKEN),
        (b"x" * (32 << 20) + b"x", ".txt", Refusal.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_own_reason(data, suffix, why):
    assert refusal(data, suffix) is why


def test_a_web_page_called_a_word_file_is_read_as_what_it_is():
    assert read(made.web_page().encode("gbk"), ".doc").title == made.TITLE


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、缴费时间", 2), ("第三章 待遇", 2), ("（二）缴费渠道", 3), ("(三)标准", 3), ("缴费时间", None),
     ("一、参保人员应当按时缴费，逾期不补。", None), ("（一）带身份证；", None), ("1.带身份证", None)],
)  # fmt: skip
def test_headings_are_told_by_how_offices_number_them(line, level):
    assert heading_level(line) == level


def test_a_title_over_two_lines_is_put_together():
    lines = ["某市医疗保障局文件", "关于做好2026年度城乡居民", "医疗保险缴费工作的通知", "各区县："]
    assert find_title(lines) == "关于做好2026年度城乡居民医疗保险缴费工作的通知"
    assert find_title(["今天吃什么", "明天再说"]) == ""


def nested(depth: int) -> dict[str, bytes]:
    """One file of every kind that has elements within one another, so many deep; all say 医保."""
    inner, outer = "<x>" * depth, "</x>" * depth
    around = made.xlsx(made.FEE_ROWS, changed=lambda xml: xml.replace(
        "</worksheet>", f"<extLst>{inner}{outer}</extLst></worksheet>"))  # fmt: skip
    return {
        ".html": f"{'<div>' * depth}医保{'</div>' * depth}".encode(),
        ".docx": made.docx(made.p("医保") + inner + outer),
        ".xlsx": around,
        ".ofd": made.ofd(
            ["医保"], lambda xml: xml.replace("</ofd:Page>", f"{inner}{outer}</ofd:Page>")
        ),
    }


@pytest.mark.parametrize("suffix", nested(1))
def test_elements_lie_within_one_another_only_so_deep(suffix):
    assert read(nested(190)[suffix], suffix).plain
    assert refusal(nested(DEEPEST + 1)[suffix], suffix) is Refusal.BROKEN


def test_parts_are_looked_through_whatever_they_are_called():
    good = made.xlsx(made.FEE_ROWS)
    for name, data in (
        ("xl/other.bin", b"<x>" * 300 + b"</x>" * 300),
        ("docProps/a.xml", " \n<!--" + "x" * 9000 + "--><!DOCTYPE x><x/>"),
        ("docProps/b.xml", "<!DOCTYPE x><x/>".encode("utf-16")),
    ):
        assert refusal(made.with_part(good, name, data), ".xlsx") is Refusal.BROKEN
    assert read(made.with_part(good, "xl/media/a.png", b"\x89PNG<"), ".xlsx").plain


CARELESS = {
    "paragraphs": ("<p>第{0}段，说的是一件事。", "</p>"),
    "points": ("<li>第{0}点", "</li>"),
    "headings": ("<h3>第{0}节<p>里面有一段话。", "</p></h3>"),
    "rows": ("<tr><td>第{0}行<td>{0}元", ""),
    "terms": ("<dt>第{0}个<dd>它的意思，写在这里。", ""),
    "links": ("<a href=x>第{0}条", "</a>"),
}


@pytest.mark.parametrize("kind", CARELESS)
def test_a_page_whose_tags_are_left_open_is_read_like_one_whose_are_not(kind):
    opened, _ = CARELESS[kind]
    around = ("<table>", "</table>") if kind == "rows" else ("<ul>", "</ul>")
    body = "".join(opened.format(n) for n in range(600))
    reading = read(f"<body>{around[0]}{body}{around[1]}<p>最后的话。".encode(), ".html")
    whole = reading.whole or reading.sections
    text = "\n".join(s.title + "\n" + s.body.plain for s in whole)
    for number in (0, 300, 599):
        assert re.search("第.*?(?=[<，]|$)", opened.format(number))[0] in text
    assert text.rstrip().endswith("最后的话。")


def test_left_out_ends_make_the_same_blocks():
    careful = (
        "<ul><li>一是登记</li><li>二是缴费</li></ul><p>缴了再去。</p><p>别忘了带证。</p>"
        "<table><tr><td>档</td><td>元</td></tr><tr><td>高</td><td>600</td></tr></table><p>完。</p>"
    )
    careless = (
        "<ul><li>一是登记<li>二是缴费</ul><p>缴了再去。<p>别忘了带证。"
        "<table><tr><td>档<td>元<tr><td>高<td>600</table><p>完。"
    )
    assert read(careless.encode(), ".html").sections == read(careful.encode(), ".html").sections


def test_what_is_hidden_ends_where_its_element_does_though_nothing_says_so():
    page = "<p>看得见。<p style='display:none'>看不见的话。<p>又看得见了。"
    table = "<table><tr><td>档<td>元<tr style='display:none'><td>暗<td>1<tr><td>高<td>600</table>"
    reading = read((page + table).encode(), ".html")
    assert "又看得见了。" in reading.plain
    assert "看不见" not in reading.plain
    assert tables(reading) == [[["档", "元"], ["高", "600"]]]
