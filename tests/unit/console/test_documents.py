"""Documents of one's own on the console."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.data.documents import TITLE, notice_docx, scanned_pdf
from yibao_desktop.settings import SettingsStore


def test_extract_gives_the_text_of_a_file_or_the_reason(tmp_path):
    def extract(name: str, data: bytes):
        (tmp_path / name).write_bytes(data)
        # In a process of its own: it takes away what the tests go on to need.
        done = subprocess.run(
            [sys.executable, "-m", "yibao_desktop.cli", "extract", str(tmp_path / name)],
            capture_output=True, cwd=ROOT, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    read = extract("通知.docx", notice_docx())
    assert (read["title"], read["sections"][1]["title"]) == (TITLE, "一、缴费时间和标准")
    assert extract("扫描.pdf", scanned_pdf()) == {"refused": "scanned"}


def test_documents_of_ones_own_are_added_listed_shown_and_removed(run, run_json, tmp_path):
    paper = tmp_path / "通知.txt"
    paper.write_text("关于溪口镇窗口搬家的通知\n医保窗口搬到龙津路十二号。\n2026年3月5日", "utf-8")
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(scanned_pdf())
    assert run("documents")[:2] == (0, "还没有加过资料；用 yibao add 加。\n")
    code, out, _ = run("add", str(paper), str(scan), "--folder", "窗口")
    assert code == 1
    assert "加好了：通知.txt → 《关于溪口镇窗口搬家的通知》" in out
    assert "--date 2026-03-05" in out
    assert "没有加：扫描.pdf。这是扫描件" in out
    (kept,) = run_json("documents")
    assert (kept["origin"], kept["folder"], kept["date"]) == ("own", "窗口", None)
    topics = run_json("topics")
    assert [t["title"] for t in topics if t["origin"] == "own"] == [
        "本地资料",
        "窗口",
        kept["title"],
    ]
    found = run_json("search", "溪口镇窗口搬到哪里了")
    assert (found["own_first"], found["own"][0]["origin"]) == (True, "own")
    assert all(hit["origin"] == "guide" for hit in found["results"])
    text = run("search", "溪口镇窗口搬到哪里了")[1]
    assert text.index("您自己加的资料，未核对") < text.index("1. [自己加的]")
    shown = run_json("show", kept["id"])
    assert (shown["origin"], "没有核对" in shown["notice"]) == ("own", True)
    assert "龙津路" in run("show", kept["id"])[1]

    code, out, _ = run("add", str(paper))
    assert (code, "已经有了" in out) == (1, True)
    paper.write_text("关于溪口镇窗口搬家的通知\n又搬到青莲街了。", "utf-8")
    assert "--update" in run("add", str(paper))[1]
    code, out, _ = run("add", str(paper), "--update", "--date", "2026-04-01")
    assert code == 0
    assert run_json("documents")[0]["id"] == kept["id"]
    assert run_json("documents")[0]["date"] == "2026-04-01"

    records, documents = tmp_path / "r.json", tmp_path / "d.zip"
    code, out, _ = run("export", str(records), "--documents", str(documents))
    assert (code, "自己加的资料 1 份" in out) == (0, True)
    code, out, _ = run("import", str(records), "--documents", str(documents))
    assert (code, "已经有了" in out) == (0, True)

    both = tmp_path / "都在.zip"
    out = run("export", str(both), "--documents", str(both))[1]
    assert f"自己加的资料 1 份，连同原件写在 {both}" in out
    code, out, _ = run("import", str(both), "--documents", str(both))
    assert (code, "已经有了" in out) == (0, True)
    assert "已经有了" in run("add", str(both))[1]
    assert run("import", str(documents))[0] == 0
    assert run("export", str(both), "--documents", str(both))[0] == 2

    assert run("remove", kept["id"])[0] == 0
    assert run_json("search", "青莲街")["own"] == []
    assert run("remove", kept["id"])[0] == 2
    assert run("remove", kept["id"], "--undo")[0] == 0
    assert run_json("search", "青莲街")["own"]
    assert "本地资料：1 份" in run("doctor")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--date", "昨天"], "不是日期"), (["--region", "火星"], "没有“火星”"),
     (["--update", "--another"], "只能写一个")],
)  # fmt: skip
def test_adding_says_what_is_wrong_with_its_options(run, tmp_path, arguments, said):
    (tmp_path / "a.txt").write_text("通知", "utf-8")
    code, _, err = run("add", str(tmp_path / "a.txt"), *arguments)
    assert (code, said in err) == (2, True)


def test_a_computer_that_forbids_documents_takes_none(run, paths, tmp_path):
    SettingsStore(paths.settings).update(no_documents=True)
    (tmp_path / "a.txt").write_text("通知", "utf-8")
    code, _, err = run("add", str(tmp_path / "a.txt"))
    assert (code, "不让加" in err) == (2, True)
