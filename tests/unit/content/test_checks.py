"""What the checks refuse, tried on a guide small enough to be read at a glance."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.conftest import ROOT
from tests.small_guide import (
    ANSWERS,
    ARTICLE,
    ASKED,
    ASKED_OF_STEPS,
    DOUBTS,
    FREQUENT,
    PROCEDURE,
    REGIONS,
    SMALL_GUIDE,
    SOURCES,
    UNTREATED,
    write_small_guide,
)
from yibao_desktop.content import builder
from yibao_desktop.content.builder import build, validate
from yibao_desktop.content.problems import ContentError, Problem
from yibao_desktop.services.content_service import check_content
from yibao_desktop.services.guide_service import GuideService
from yibao_desktop.store.content_models import MetaRow
from yibao_desktop.store.content_repository import ContentRepository


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The small guide, to be spoilt."""
    return write_small_guide(tmp_path / "seeds")


def problems(seeds: Path) -> tuple[Problem, ...]:
    """What is wrong with the seeds."""
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    return caught.value.problems


def test_the_small_guide_is_sound(seeds):
    _, counts = validate(seeds)
    assert (counts.answers, counts.articles, counts.procedures, counts.doubts) == (1, 1, 1, 2)


# name: (file, what stands there, what is written instead, text on the line told, message)
FAULTS = {
    # text
    "a blank title": (ANSWERS, "title: 领卡要多少钱", 'title: " "', "title:", "不能是空的"),
    "a blank text": (PROCEDURE, "answer: 这样领。", 'answer: "  "', "answer:", "不能是空的"),
    "a title nobody sees": (ANSWERS, "title: 领卡要多少钱", 'title: "\\u200b"', "title:", "U+200B"),
    "half a character": (ANSWERS, "title: 领卡要多少钱", 'title: "\\ud800"', "title:", "读不懂"),
    "half a character as a name": (ANSWERS, "  as_of: 2025", '  "\\ud800": x', '"\\ud800"', "读不懂"),
    "half a character in a condition": (PROCEDURE, "[where, here]", '[where, "\\ud800"]', "[where", "读不懂"),
    "a control character": (PROCEDURE, "answer: 这样领。", 'answer: "这样\\0领"', "answer:", "U+0000"),
    "a bell": (PROCEDURE, "name: 窗口", 'name: "窗\\a口"', "name: \"窗", "U+0007"),
    "a mark of direction": (PROCEDURE, "- do: 去领。", '- do: "去\\u202e领"', "- do: \"去", "U+202E"),
    "a mark of direction by its number": (PROCEDURE, "- do: 去领。", "- do: 去&#8238;领", "- do: 去", "U+202E"),
    "an unseen character in an article": (ARTICLE, "先看。", "先\u200b看。", "先\u200b", "U+200B"),
    "an unseen character in a heading": (ARTICLE, "## 怎么领", "## 怎\u200b么领", "## 怎", "U+200B"),
    "two lines where one belongs": (ANSWERS, "title: 领卡要多少钱", 'title: "领卡\\n多少钱"', "title:", "只能写一行"),
    "a blank paragraph": (ARTICLE, "身份证。", "身份证。\n\n&nbsp;", "&nbsp;", "不能是空的"),
    "an empty remark": (ARTICLE, "身份证。", "身份证。\n\n> [!注意]", "[!注意]", "不能是空的"),
    "braces that refer to nothing": (ANSWERS, "要 {fee}。", "要 {Nope_x}。", "text:", "“{Nope_x}”会原样显示"),
    "a brace left over": (ARTICLE, "身份证。", "身份证}。", "身份证}", "“}”会原样显示"),
    "a figure in a title": (PROCEDURE, "title: 去领", "title: 去领{days}", "title: 去领", "“{days}”会原样显示"),
    "a figure in a label": (ARTICLE, "身份证。", "点 `{days}`。", "点 `", "“{days}”会原样显示"),
    "a figure in a link": (ARTICLE, "身份证。", "看[{fee}](yibao:card-fee)。", "看[", "“{fee}”会原样显示"),
    "a label in a title": (PROCEDURE, "name: 网上", "name: 网上 `办`", "网上 ", "“`”会原样显示"),
    "raw HTML": (ARTICLE, "身份证。", "身份证。\n\n<script>", "<script>", "不能写 HTML（<script>）"),
    "raw HTML in a title": (PROCEDURE, "name: 网上", "name: 网上</b>", "网上<", "不能写 HTML（</b>）"),
    # articles
    "a row with a cell too few": (ARTICLE, "| 一 | 二 |", "| 一 |", "| 一", "表头有 2 格，这一行有 1 格"),
    "a row with a cell too many": (ARTICLE, "| 一 | 二 |", "| 一 | 二 | 三 |", "| 一", "表头有 2 格，这一行有 3 格"),
    "a line under a table": (ARTICLE, "| 一 | 二 |", "| 一 | 二 |\n下一段", "下一段", "这一行有 1 格"),
    "a table that is none": (ARTICLE, "|---|---|", "|---|", "| 头", "和表头一样多格"),
    "a list from three": (ARTICLE, "1. 先\n2. 后", "3. 先\n4. 后", "3. 先", "从 1 开始"),
    "a first heading below the first": (ARTICLE, "## 怎么领", "### 怎么领", "### 怎么领", "第一个小节标题"),
    # facts
    "a range upside down": (PROCEDURE, 'low: "3"', 'low: "10"', "- id: days", "low 要比 high 小"),
    "a range of one": (PROCEDURE, 'low: "3"', 'low: "5"', "- id: days", "low 要比 high 小"),
    "a duration without a unit": (PROCEDURE, "  unit: 天\n", "", "- id: days", "duration 要写单位"),
    "a choice of one": (ANSWERS, 'choices: ["3", "5"]', 'choices: ["3"]', "- id: half", "至少写两个"),
    "a choice twice": (ANSWERS, 'choices: ["3", "5"]', 'choices: ["3", "3"]', "choices:", "“3”写了不止一次"),
    "a fact nothing refers to": (ANSWERS, "要 {fee}。", "要交。", "- id: fee", "“fee”没有一处用到"),
    "a fact no doubt refers to any more": (DOUBTS, "一半，{half}。", "一半。", None, "“half”没有一处用到"),
    # figures
    "a year beyond all years": (ANSWERS, "as_of: 2025", "as_of: 99999999999999999999999999", "as_of", "1990 到 2100"),
    "a year of a fact": (PROCEDURE, "  unit: 天\n", "  unit: 天\n  as_of: 25\n", "as_of", "1990 到 2100"),
    "no copies": (PROCEDURE, "copies: 1", "copies: 0", "copies", "1 到 20"),
    "too many visits": (PROCEDURE, "visits: 1", "visits: 21", "visits", "0 到 20"),
    "a figure in a step's title": (PROCEDURE, "title: 去领", "title: 去 3 次", "去 3 次", "不能写数字"),
    "a figure in a group's title": (PROCEDURE, "title: 领卡的步骤", "title: 领卡的 3 步", "的 3 步", "不能写数字"),
    "a figure in a question": (PROCEDURE, "text: 您在哪里？", "text: 您满 16 岁吗？", "16", "不能写数字"),
    "a figure in an option": (PROCEDURE, "label: 外地", "label: 外地 2", "label: 外地", "不能写数字"),
    "a figure in a hint": (PROCEDURE, "hint: 本地", "hint: 本地 2", "hint", "不能写数字"),
    "a figure in a heading": (ARTICLE, "## 怎么领", "## 怎么领 2 次", "## 怎", "不能写数字"),
    "a figure in what is not told": (PROCEDURE, "- 在哪里领", "- 在 12333 领吗", "silent", "不能写数字"),
    # lists
    "a source twice": (ARTICLE, "- 000#卡", "- 000#卡\n- 000#卡", None, "“000#卡”写了不止一次"),
    "a relative twice": (ANSWERS, "related: [get-card]", "related: [get-card, get-card]", "related", "写了不止一次"),
    "a text to copy twice": (PROCEDURE, "copy_text: [领卡]", "copy_text: [领卡, 领卡]", "copy_text", "写了不止一次"),
    "a paper twice": (PROCEDURE, "materials: [id-card]", "materials: [id-card, id-card]", "materials: [", "写了不止一次"),
    "a doubt twice about one": (DOUBTS, "about: [card-fee, guide/how]", "about: [card-fee, card-fee]", "about: [card", "写了不止一次"),
    "a short name twice": (REGIONS, "[江苏]", "[江苏, 江苏]", "江苏", "“江苏”写了不止一次"),
    "a name twice": (ANSWERS, "aliases: [工本费]", "aliases: [工本费, 工本费]", "aliases", "“工本费”写了不止一次"),
    "an answer of two sentences": (ANSWERS, "answer: 要交一点。", "answer: 要交。不多。", "answer:", "要写成一句话"),
    "an answer without an end": (ARTICLE, "answer: 怎么领。", "answer: 怎么领", "answer:", "要写成一句话"),
    "an answer too long": (PROCEDURE, "answer: 这样领。", f"answer: {'长' * 60}。", "answer:", "有 61 个字"),
    "an answer about something else": (ANSWERS, "answer: 要交一点。", "answer: 资料说要交。", "answer:", "直接回答"),
    "no answer": (ANSWERS, "  answer: 要交一点。\n", "", "- id: card-fee", "少了“answer”"),
    "a part as related": (ANSWERS, "related: [get-card]", "related: [guide/how]", "guide/how", "只写整页"),
    "a page related to itself": (ANSWERS, "related: [get-card]", "related: [card-fee]", "related", "这一页自己"),
    # typical questions
    "a question of nothing": (ASKED, "  card-fee:", "  card-fees:", "card-fees", "“card-fees”不是能搜到的内容"),
    "a question of a topic": (ASKED, "  card-fee:", "  cards:", "cards", "“cards”不是能搜到的内容"),
    "a question in another's file": (ASKED, "  card-fee:", "  get-card/ask:", "get-card", "请写到 questions/get-card.yaml"),
    "no question": (ASKED, "  card-fee:\n  - 领张卡多少钱\n  - 领卡花钱不", "  card-fee: []", "card-fee", "一句问法也没有"),
    "a question without a list": (ASKED, "  card-fee:\n  - 领张卡多少钱\n  - 领卡花钱不", "  card-fee: 多少钱", "card-fee", "写成列表"),
    "questions without an id": (ASKED, "  card-fee:\n", "", "questions:", "编号: 列表"),
    "a question that is a number": (ASKED, "- 领卡花钱不", "- 12333", "12333", "像数字、日期的要加引号"),
    "a question of signs": (ASKED, "- 领卡花钱不", "- ？？", "？？", "里没有字"),
    "a question asked twice": (ASKED, "- 领卡花钱不", "- 领张卡，多少钱？", "- 领张卡，", "已经是“card-fee”的"),
    "a question asked of two": (ASKED_OF_STEPS, "- 去哪领", "- 领卡花钱不？", "- 领卡花", "已经是“card-fee”的"),
    "a question that is a name": (ASKED, "- 领卡花钱不", "- 工本费", "- 工本", "已经是“card-fee”的"),
    "one asked of in two places": (ASKED_OF_STEPS, "  get-card/go:", "  card-fee:", "card-fee", "已经写在 questions/all.yaml"),
    "a subject twice": (UNTREATED, "- id: weather\n", "- id: cash\n", None, "编号“cash”用了两次"),
    "a subject nobody asks about": (UNTREATED, "[今天下雨吗]", "[]", "- id: weather", "一句问法也没有"),
    "an untreated question that is treated": (UNTREATED, "今天下雨吗", "领卡花钱不", "领卡花钱不", "已经是“card-fee”的"),
    # doubts and sources
    "a line of two sentences": (DOUBTS, "short: 说法不一样，先问。", "short: 不一样。先问。", "short:", "short 要写成一句话"),
    "a line too long": (DOUBTS, "short: 没有采用。", f"short: {'长' * 40}。", "short: 长", "short 有 41 个字"),
    "a figure told in doubts alone": (ANSWERS, 'choices: ["3", "5"]', 'choices: ["3", "12333"]', "- id: half", "只写在存疑里"),
    "an answer that leads nowhere": (ANSWERS, "  related: [get-card]\n", "", "- id: card-fee", "没有通到别处"),
    "an article that leads nowhere": (ARTICLE, "related:\n- card-fee\n", "", "id: guide", "没有通到别处"),
    "doubts longer than the text": (ANSWERS, "answer: 要交一点。\n  text: |\n    要 {fee}。", "answer: 要{fee}。\n  text: |\n    要。", "- id: card-fee", "比正文还长"),
    "a frequent question of nothing": (FREQUENT, "item: card-fee", "item: card-fees", "item: card-fees", "不是有一句话回答的页"),
    "a frequent question of a section": (FREQUENT, "item: card-fee", "item: guide/how", "item: guide/how", "不是有一句话回答的页"),
    "a frequent question asked twice": (FREQUENT, "question: 怎么领卡", "question: 领卡多少钱", "- question: 领卡多少钱\n  item: get-card", "写了不止一次"),
    "a line with nothing behind it": (DOUBTS, "short: 没有采用。\n  about: []\n  advice: 以后再看。", "short: 没有采用，以后再看。\n  about: []\n  advice: 以后再看。", "short: 没有采用，", "没有别的可看"),
    "a frequent question that names no place": (ANSWERS, "  as_of: 2025\n", "  as_of: 2025\n  region: \"320000\"\n", None, "要写明是哪里"),
    "a conflict of one": (DOUBTS, "  - text: 一半，{half}。\n    sources: [000#1. 领卡]\n", "", "claims", "至少要写两种说法"),
    "a doubt about nothing": (DOUBTS, "about: [card-fee, guide/how]", "about: []", "about: []", "没有写是关于哪里的"),
    "a doubt about a topic": (DOUBTS, "about: [card-fee, guide/how]", "about: [cards]", "about: [cards]", "“cards”是主题"),
    "a parent of itself": (SOURCES, "parent: 000#卡", "parent: 000#1. 领卡", "parent", "绕回了自己"),
    "parents in a circle": (SOURCES, "- key: 000#卡\n", "- key: 000#卡\n  parent: 000#1. 领卡\n", "parent: 000#1", "绕回了自己"),
    # procedures
    "several channels at once": (PROCEDURE, "kind: one", "kind: many", "- id: channel", "只能是 kind: one"),
    "a channel for a date": (PROCEDURE, "kind: one", "kind: date", "- id: channel", "只能是 kind: one"),
    "a condition on no question": (PROCEDURE, "{is: [where, here]}", "{is: [size, big]}", "- id: go", "问题“size”不存在"),
    "a condition on no option": (PROCEDURE, "{is: [where, here]}", "{is: [where, gone]}", "- id: go", "“where=gone”不存在"),
    "an option twice": (PROCEDURE, "id: there", "id: here", "- id: where", "“here”写了不止一次"),
    "a paper that is not listed": (PROCEDURE, "materials: [id-card]", "materials: [passport]", "- id: go", "“passport”不存在"),
    "a time after no step": (PROCEDURE, "after: ask", "after: gone", "{id: wait", "“gone”不存在"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(seeds, name):
    file, old, new, where, message = FAULTS[name]
    assert old in SMALL_GUIDE[file]
    text = SMALL_GUIDE[file].replace(old, new, 1)
    (seeds / file).write_text(text, encoding="utf-8")
    told = [p for p in problems(seeds) if message in p.message]
    assert told, problems(seeds)
    if where is not None:
        line = text[: text.index(where)].count("\n") + 1
        assert (told[0].file, told[0].line) == (file, line)


@pytest.mark.slow
def test_what_is_withheld_is_for_editors_only(seeds, tmp_path):
    text = SMALL_GUIDE[DOUBTS].replace("about: []", "about: [card-fee]")
    (seeds / DOUBTS).write_text(text, encoding="utf-8")
    out = tmp_path / "content.sqlite3"
    build(seeds, ROOT / "resources", out)
    content = ContentRepository(out)
    shown = GuideService(content).show("card-fee").doubts
    content.close()
    assert [doubt.id for doubt in shown] == ["fee-conflict"]
    assert "left-out" in [doubt.id for doubt in check_content(seeds).doubts]


def test_where_a_passage_breaks_off_is_said_once(seeds):
    text = SMALL_GUIDE[ANSWERS].replace("要 {fee}。", "要 {fee}，在哪里交没有写到。")
    (seeds / ANSWERS).write_text(text, encoding="utf-8")
    assert validate(seeds)
    (seeds / ANSWERS).write_text(text.replace("cut_off: false", "cut_off: true"), encoding="utf-8")
    (told,) = problems(seeds)
    assert "cut_off 写 false" in told.message


def test_about_is_not_said_before_a_figure_that_says_so_itself(seeds):
    text = SMALL_GUIDE[ANSWERS].replace("要 {fee}", "一般要{fee}")
    (seeds / ANSWERS).write_text(text, encoding="utf-8")
    assert validate(seeds)
    text = text.replace('value: "10"', 'value: "10"\n    approx: true')
    (seeds / ANSWERS).write_text(text, encoding="utf-8")
    (told,) = problems(seeds)
    assert "前面不用再写“一般要”" in told.message
    assert text.splitlines()[told.line - 1] == "  text: |"


def test_what_people_can_hardly_ask_for_is_told(seeds):
    few = {f.item: (f.count, f.wanted) for f in check_content(seeds).few_questions}
    assert few["card-fee"] == (3, 12)
    assert few["guide/how"] == (0, 8)
    assert few["get-card/go"] == (1, 4)
    more = "".join(f"  - 第{n}种问法\n" for n in "甲乙丙")
    (seeds / ASKED_OF_STEPS).write_text(f"questions:\n  get-card/go:\n  - 去哪领\n{more}", "utf-8")
    few = {f.item for f in check_content(seeds).few_questions}
    assert few == {"get-card", "get-card/ask", "guide", "guide/how", "guide/papers", "card-fee"}


@pytest.mark.parametrize("years", ["1990", "2100"])
def test_limits_are_within_reason(seeds, years):
    text = SMALL_GUIDE[ANSWERS].replace("as_of: 2025", f"as_of: {years}")
    (seeds / ANSWERS).write_text(text, encoding="utf-8")
    assert validate(seeds)


def test_ways_of_answering_without_a_channel_are_told(seeds):
    text = SMALL_GUIDE[PROCEDURE]
    for name in ("窗口", "网上"):
        text = text.replace(f"name: {name}", f"name: {name}\n  when: {{is: [where, here]}}")
    (seeds / PROCEDURE).write_text(text, encoding="utf-8")
    message = "这样回答没有一种渠道可选：where=there"
    (told,) = [p for p in problems(seeds) if p.message == message]
    assert text.splitlines()[told.line - 1] == "- id: hall"


@pytest.mark.parametrize("file", [ANSWERS, ARTICLE, PROCEDURE])
def test_a_mark_of_byte_order_is_no_matter(seeds, file):
    (seeds / file).write_bytes(SMALL_GUIDE[file].encode("utf-8-sig"))
    assert validate(seeds)


@pytest.mark.parametrize("file", ["answers/more.yaml", "articles/more.md", "procedures/more.yaml"])
@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link to nothing"])
def test_what_is_no_file_is_told(seeds, file, kind):
    path = seeds / file
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(seeds / "nowhere")
    (told,) = problems(seeds)
    assert (told.file, told.line) == (file, 1)
    assert "普通文件" in told.message


def test_a_link_to_a_file_is_a_file(seeds, tmp_path):
    (seeds / ANSWERS).rename(tmp_path / "elsewhere.yaml")
    (seeds / ANSWERS).symlink_to(tmp_path / "elsewhere.yaml")
    assert validate(seeds)


def test_content_that_contradicts_itself_is_not_blamed_on_the_disk(seeds, tmp_path, monkeypatch):
    def write_twice(session, *_):
        session.add(MetaRow(name="version", value="another"))

    monkeypatch.setattr(builder, "write_content", write_twice)
    with pytest.raises(IntegrityError):
        build(seeds, ROOT / "resources", tmp_path / "content.sqlite3")
    assert not list(tmp_path.glob("*.new"))
