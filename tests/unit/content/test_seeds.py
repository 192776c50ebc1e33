"""Bad content is refused with file, line and a sentence, and the old database stays."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.small_guide import ANSWERS, write_small_guide
from yibao_desktop.content.builder import build, validate
from yibao_desktop.content.problems import ContentError
from yibao_desktop.content.version import content_version
from yibao_desktop.errors import DataError
from yibao_desktop.store.content_file import companions, spare_file, verify_content

RESOURCES = ROOT / "resources"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the real seeds to spoil."""
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "seeds"))


def spoil(seeds: Path, file: str, old: str, new: str) -> int:
    """Replace a text that stands there once or more; the line of its first occurrence."""
    path = seeds / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


CARD = "procedures/card-replacement.yaml"
GUIDE = "articles/card-replacement-guide.md"
CARDS = "answers/cards.yaml"

FAULTS = {
    "unknown key": (CARD, "result_name:", "result_nam:", 0, "不认识“result_nam”"),
    "unknown key deep inside": (CARD, "      kind: do\n", "      kindd: do\n", 0, "不认识“kindd”"),
    "missing source keys": (
        CARD, "    sources:\n    - 004#4. 等待制卡\n  - id: collect", "  - id: collect", None, "少了“sources”",
    ),
    "no source at all": (CARD, "  sources:\n  - 004#2. 提交补办申请\n- id: online", "  sources: []\n- id: online", 0, "没有写来源"),
    "a source that is no heading": (CARD, "- 004#3. 缴纳费用", "- 004#3. 交费", 0, "不在五篇文章的标题里"),
    "a source that is left out": (
        CARD, "- 004#3. 缴纳费用", "- 003#snippet:针灸是华佗发明的吗", 0, "写着不用",
    ),
    "a dangling link": (GUIDE, "(yibao:card-replacement)", "(yibao:card-replacemnt)", None, "链接指向的“card-replacemnt”不存在"),
    "a dangling id": (CARD, "- card-replacement-guide", "- card-guide", 0, "编号“card-guide”不存在"),
    "a dangling paper": (CARD, "materials: [id-card-original]", "materials: [passport]", None, "passport"),
    "a dangling topic": (CARD, "topic: card-loss", "topic: lost", 0, "主题“lost”不存在"),
    "a duplicate id": (CARDS, "id: third-generation-card", "id: jiangsu-password-by-area", 0, "已经在 answers/cards.yaml 里用过了"),
    "a duplicate source": ("sources.yaml", "- key: 000#2. 平台操作", "- key: 000#1. 材料准备", 0, "写了不止一次"),
    "a former id still in use": (CARDS, "[jiangsu-password-common]", "[rural-card-bank]", 0, "以前的编号“rural-card-bank”"),
    "an odd id": (CARD, "id: pay-fee", "id: Pay_Fee", None, "只能用小写字母"),
    "broken YAML": (CARD, "title: 补办医保卡", "title: [补办医保卡", None, "读不懂"),
    "the same key twice": (CARD, "order: 1", "title: 又一个", 0, "写了两遍"),
    "an unknown kind": (CARD, "kind: collect", "kind: fetch", 0, "不能写“fetch”"),
    "a text where a list belongs": (CARD, "silent:\n- 工本费是多少", "silent: 工本费\nsituations2:\n- 工本费是多少", 0, "写成列表"),
    "a number without quotes": (CARD, 'low: "7"', "low: 7", 0, "加引号"),
    "a figure no source has": (CARD, 'high: "10"', 'high: "15"', None, "数字“15”在它的来源里找不到"),
    "a figure in the text": (CARD, "各地快慢不同。", "各地快慢不同，有的要 20 天。", None, "要写进 facts"),
    "an unknown figure": (CARD, "制卡{card-making-time}", "制卡{card-time}", None, "{card-time}"),
    "a figure given twice over": (CARD, 'low: "7"', 'value: "7"\n  low: "7"', None, "只写一种"),
    "an unknown region": (CARDS, 'region: "320000"', 'region: "999999"', 0, "地区“999999”"),
    "a wrong condition": (CARD, "when: {is: [channel, window]}", "when: {is: [channel, bank]}", None, "channel=bank"),
    "a condition misspelt": (CARD, "when: {is: [channel, window]}", "when: {equals: [channel, window]}", 0, "可以写 is"),
    "a route nobody recommends": (CARD, "  recommended: window\n", "", None, "recommended 写明"),
    "a line of no kind": (CARD, "- caution: 新卡没有激活", "- warning: 新卡没有激活", 0, "do:、caution: 或 note:"),
    "a doubt about nothing": ("doubts.yaml", "about: [yueyang-outpatient]", "about: [yueyang]", 0, "编号“yueyang”不存在"),
    "an external link": (GUIDE, "(yibao:card-replacement)", "(https://example.com)", None, "只能指向指南里的内容"),
    "a heading without an id": (GUIDE, "## 等制卡 {#wait}", "## 等制卡", 0, "小节标题"),
    "an unknown key in a section": (GUIDE, "```meta\nsources:\n- 004#3", "```meta\nasked: []\nsources:\n- 004#3", 1, "不认识“asked”"),
    "no front matter": (GUIDE, "---\nid:", "id:", 0, "开头要有"),
    "an empty topic": ("topics.yaml", "  - id: away", "  - id: empty\n    title: 空\n  - id: away", 0, "什么也没有"),
    "too many main sources": (
        CARD, "- 004#2. 提交补办申请\nsilent", "- 004#2. 提交补办申请\n- 004#3. 缴纳费用\nsilent", None, "最多写 3 条",
    ),
    "a source of no document": ("sources.yaml", "- key: 000#2. 平台操作", "- key: 009#2. 平台操作", 0, "文章“009”"),
    "a parent that is no heading": ("sources.yaml", "  parent: 000#电子医保卡怎么建档", "  parent: 000#没有", 0, "上级标题"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_with_file_and_line(seeds, name):
    file, old, new, offset, message = FAULTS[name]
    line = spoil(seeds, file, old, new)
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    told = [p for p in caught.value.problems if message in p.message]
    assert told, [str(p) for p in caught.value.problems]
    assert told[0].file == file
    if offset is not None:
        assert abs(told[0].line - (line + offset)) <= 1, str(told[0])
    else:
        assert told[0].line > 0


def test_all_faults_are_told_at_once(seeds):
    spoil(seeds, CARD, "topic: card-loss", "topic: lost")
    spoil(seeds, GUIDE, "topic: card-loss", "topic: lost")
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    assert {p.file for p in caught.value.problems} == {CARD, GUIDE}
    assert "2 处" in str(caught.value)


def test_a_topic_with_nothing_under_it_is_refused(seeds):
    spoil(seeds, "topics.yaml", "- id: birth\n", "- id: nothing\n  title: 空的\n- id: birth\n")
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    (problem,) = caught.value.problems
    assert problem.file == "topics.yaml"
    assert "下面什么也没有" in problem.message


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("notes.txt", "x", "不认识这个文件"),
        ("answers/more.yml", "answers: []", "不认识这个文件"),
        ("answers/more.yaml", "- a", "文件开头要有名字"),
        ("answers/more.yaml", "", "文件开头要有名字"),
        ("articles/more.md", "---\n- a\n---\n## x {#x}\n", "名字: 内容"),
        ("articles/more.md", "---\nid: x\n---\n没有标题\n", "小节标题开始"),
        ("articles/more.md", "---\nid: x\n---\n## 标题 {#a}\n", "没有正文"),
        (
            "articles/more.md",
            "---\nid: x\n---\n## 标题 {#a}\n```meta\nid: b\n```\n字\n",
            "只写 sources",
        ),
        ("articles/more.md", "---\nid: x\n---\n## 标题 {#a}\n\n![图](a.png)\n", "不支持"),
    ],
)
def test_files_that_do_not_belong_are_refused(seeds, file, text, message):
    (seeds / file).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    assert any(p.file == file and message in p.message for p in caught.value.problems)


def test_a_file_in_another_encoding_is_refused(seeds):
    (seeds / "answers" / "more.yaml").write_bytes("answers: []  # 医保".encode("gbk"))
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    assert "UTF-8" in caught.value.problems[0].message


def test_a_missing_file_is_told(seeds):
    (seeds / "doubts.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        validate(seeds)
    assert caught.value.problems[0].message == "缺少这个文件"


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(DataError, match="找不到内容文件夹"):
        validate(tmp_path / "nowhere")


@pytest.mark.slow
def test_the_old_database_stays_where_content_is_bad(tmp_path):
    seeds = write_small_guide(tmp_path / "small")
    out = tmp_path / "db" / "content.sqlite3"
    build(seeds, RESOURCES, out)
    before = out.read_bytes()
    spoil(seeds, ANSWERS, "topic: cards", "topic: lost")
    with pytest.raises(ContentError):
        build(seeds, RESOURCES, out)
    assert out.read_bytes() == before
    assert {p.name for p in out.parent.iterdir()} == {out.name, *(p.name for p in companions(out))}
    verify_content(out)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(DataError, match="写不到"):
        build(write_small_guide(tmp_path / "small"), RESOURCES, blocked / "content.sqlite3")


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.mark.slow
def test_the_same_seeds_give_the_same_dump(tmp_path, seeds, paths):
    """From another folder, in another process, and whatever order Python gives to sets."""
    out = tmp_path / "again.sqlite3"
    subprocess.run(
        (sys.executable, "-m", "yibao_desktop.cli", "build", "--seeds", seeds, "--out", out),
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
    )
    first, second = dump(paths.content_database), dump(out)
    assert first == second
    assert len(first) > 1000
    assert paths.content_database.read_bytes() == out.read_bytes()
    assert spare_file(paths.content_database).read_bytes() == spare_file(out).read_bytes()


def test_the_version_follows_the_content(seeds):
    before = content_version(seeds, RESOURCES)
    assert before == content_version(ROOT / "seeds", RESOURCES)
    spoil(seeds, CARD, "title: 补办医保卡", "title: 补办卡")
    assert content_version(seeds, RESOURCES) != before


def test_the_seeds_hold_what_they_promise():
    _, counts = validate(ROOT / "seeds")
    assert counts.sources == 188
    assert counts.sources_left_out + counts.sources_used == 188
    assert counts.sources_pending == 0
    assert counts.procedures >= 8
    assert counts.answers >= 50
    assert counts.paths > counts.procedures
