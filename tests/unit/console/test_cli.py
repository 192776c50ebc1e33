"""The command-line contract, run as people and scripts run it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing

import pytest

from tests.small_guide import write_small_guide
from yibao_desktop import cli
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import completions
from yibao_desktop.paths import Paths
from yibao_desktop.store.inspection import SQLITE_HEADER

CARD = ["--answer", "card=physical", "--answer", "channel=window"]


def test_topics(run, run_json):
    topics = run_json("topics")
    assert set(topics[0]) == {"id", "title", "kind", "parent", "origin"}
    assert {t["origin"] for t in topics} == {"guide"}
    assert {t["kind"] for t in topics} == {"topic", "article", "procedure", "answer"}
    ids = {t["id"] for t in topics}
    assert all(t["parent"] in ids for t in topics if t["parent"])
    assert "补办医保卡" in run("topics")[1]


def test_search(run, run_json):
    found = run_json("search", "卡丢了怎么办")
    assert set(found) == {
        "query", "elapsed_ms", "match", "suggestion", "results", "own", "own_first", "own_more",
    }  # fmt: skip
    assert found["match"] == "direct"
    first = found["results"][0]
    assert set(first) == {
        "id", "opens", "kind", "title", "heading", "path", "answer", "snippet", "why", "sources",
        "score", "origin",
    }  # fmt: skip
    assert (first["kind"], first["id"]) == ("procedure", "card-replacement")
    assert all(key.startswith("004#") for key in first["sources"])
    assert all(1 <= len(r["sources"]) <= 3 for r in found["results"])
    assert "补办医保卡" in run("search", "卡丢了怎么办")[1]


def test_search_limits(run_json, run):
    assert len(run_json("search", "医保", "--limit", "2")["results"]) == 2
    assert len(run_json("search", "医保", "--limit", "0")["results"]) > 30
    code, _, err = run("search", "医保", "--limit", "-1")
    assert (code, "负数" in err) == (2, True)


def test_a_search_without_results_names_ways_on(run):
    code, out, _ = run("search", "今天天气")
    assert code == 0
    assert "也可以问当地医保部门" in out
    assert "补办医保卡（card-replacement）" in out


def test_search_reads_one_query_a_line(run):
    code, out, _ = run("search", "-", "--json", stdin="卡丢了\n\n停车\r\n")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [a["query"] for a in answers] == ["卡丢了", "", "停车"]
    assert [a["match"] for a in answers] == ["direct", "none", "none"]
    assert answers[2]["suggestion"]


def test_show(run, run_json):
    shown = run_json("show", "jiangsu-password-by-area")
    assert {"id", "kind", "title", "answer", "text", "sources", "region", "as_of", "doubts"} <= set(
        shown
    )
    assert (shown["kind"], shown["region"], shown["as_of"]) == ("answer", "320000", None)
    assert shown["origin"] == "guide"
    assert shown["doubts"][0]["kind"] == "conflict"
    assert run_json("show", "yueyang-outpatient")["as_of"] == 2025
    code, out, _ = run("show", "card-replacement/collect-card")
    assert code == 0
    assert "身份证原件" in out
    assert "不是官方文件" in out
    assert "说法不一" in run("show", "jiangsu-password-by-area")[1]


def test_what_people_ask_most_comes_with_its_answer(run, run_json):
    listed = run_json("frequent")
    assert 20 <= len(listed) <= 30
    assert set(listed[0]) == {"question", "answer", "id", "title"}
    for entry in listed:
        assert run_json("show", entry["id"])["answer"] == entry["answer"]
    out = run("frequent")[1]
    assert all(entry["question"] in out and entry["answer"] in out for entry in listed)


def test_every_listed_id_can_be_shown(run, run_json):
    ids = [t["id"] for t in run_json("topics")]
    ids += [s["id"] for p in run_json("procedures") for s in run_json("plan", p["id"])["steps"]]
    code, out, _ = run("show", "-", stdin="\n".join(ids) + "\n")
    shown = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [s["id"] for s in shown] == ids


def test_show_goes_on_after_an_unknown_id(run):
    code, out, err = run("show", "-", stdin="cards\nnothing\ne-card\n")
    assert [json.loads(line).get("error") is None for line in out.splitlines()] == [
        True,
        False,
        True,
    ]
    assert (code, "nothing" in err) == (2, True)


def test_procedures(run, run_json):
    listed = {p["id"]: p for p in run_json("procedures")}
    assert {"card-replacement", "family-pooling"} <= set(listed)
    pooling = listed["family-pooling"]
    assert [c["id"] for c in pooling["channels"]] == ["national-platform", "window", "suishenban"]
    assert {q["id"] for q in pooling["questions"]} == {
        "own-account",
        "member",
        "same-area",
        "channel",
    }
    assert all(q["options"] for q in pooling["questions"])
    assert "开通家庭共济" in run("procedures")[1]


def test_plan(run, run_json):
    plan = run_json("plan", "card-replacement", *CARD)
    assert plan["answers"] == {"card": "physical", "channel": "window"}
    assert [q["id"] for q in plan["open_questions"]] == ["report-loss"]
    first = plan["steps"][0]
    assert {"number", "id", "title", "lines", "done_when", "sources", "sure"} <= set(first)
    assert [s["number"] for s in plan["steps"]] == [1, 1, 2, 3, 4, 5, 6]
    assert [m["id"] for m in plan["materials"]] == [
        "id-document", "loss-record", "recent-photo", "id-card-original",
    ]  # fmt: skip
    assert {"id", "name", "form", "copies", "sources", "sure"} <= set(plan["materials"][0])
    assert plan["expected"] == [
        {
            "id": "card-making-window",
            "title": "新卡做好",
            "after": "card-replacement/apply-at-window",
            "min": "7",
            "max": "10",
            "unit": "个工作日",
            "text": "大约 7–10 个工作日",
            "sources": ["004#4. 等待制卡"],
        }
    ]
    assert plan["deadlines"] == []
    assert plan["progress"] == {"min": 6, "max": 6}
    assert plan["outcome"]["kind"] == "done"
    text = run("plan", "card-replacement", *CARD)[1]
    assert "1. 打电话挂失（任选一种）" in text
    assert "□ 身份证原件" in text
    assert "还要问：您说的是哪一张？" in run("plan", "card-replacement")[1]


def test_a_plan_tells_the_doubts_of_its_own_steps(run_json, run):
    def doubts(channel):
        answers = ["--answer", "insured=insured-yes", "--answer", f"channel={channel}"]
        return {d["id"] for d in run_json("plan", "e-card", *answers)["doubts"]}

    assert "alipay-order-conflict" in doubts("alipay")
    assert "alipay-order-conflict" not in doubts("wechat")
    assert doubts("counter") < doubts("wechat")
    assert "说法不一" in run("plan", "e-card")[1]


def test_plan_with_unsure_and_with_everything_open(run_json):
    unsure = run_json("plan", "card-replacement", "--answer", "card=unsure")
    assert unsure["answers"] == {"card": "unsure"}
    assert unsure["progress"] == {"min": 0, "max": 9}
    sure = {s["id"].partition("/")[2] for s in unsure["steps"] if s["sure"]}
    assert sure == {"pay-fee", "wait-for-card", "collect-card", "activate-card"}
    (record,) = (m for m in unsure["materials"] if m["id"] == "loss-record")
    assert record["only_if"] == {"question": "channel", "options": ["window"]}
    assert unsure["outcome"] is None
    elsewhere = run_json("plan", "card-replacement", "--answer", "card=e-credential")
    assert elsewhere["steps"] == []
    assert elsewhere["outcome"]["go_to"] == "e-card"


def test_sources(run, run_json):
    listed = run_json("sources")
    assert len(listed) == 188
    assert set(listed[0]) == {"key", "title", "date", "used_by", "left_out"}
    assert any(s["left_out"] for s in listed)
    assert "没有用：" in run("sources")[1]


@pytest.mark.slow
def test_check_and_build(run, procedures, tmp_path):
    code, out, _ = run("check")
    assert code == 0
    walked = sum(1 for p in procedures.values() for _ in completions(p, {}))
    assert f"走过的回答方式：{walked}" in out
    steps = [p.step for sample in procedures.values() for p in placed_steps(sample.flow)]
    ended = sum(bool(step.done_when) for step in steps)
    assert f"写明怎样算办好的步骤：{ended}" in out
    assert ended > 0.9 * len(steps)
    code, out, _ = run("check", "--doubts")
    assert "南京统一是 888888" in out
    assert "等多久，补交之前先问当地医保部门。\n  · 没交费就要等 3 个月" in out
    counts = json.loads(run("check", "--json", "--doubts")[1])
    assert counts["sources"] == 188
    assert counts["doubts_listed"]
    made = tmp_path / "出来的 content.sqlite3"
    small = write_small_guide(tmp_path / "seeds")
    code, out, _ = run("build", "--seeds", str(small), "--out", str(made))
    assert (code, made.is_file(), str(made) in out) == (0, True, True)


@pytest.mark.parametrize("option", [["build", "--out"], ["build", "--seeds"], ["check", "--seeds"]])
def test_an_empty_path_is_wrong_use(run, option):
    code, out, err = run(*option, "")
    assert (code, out) == (2, "")
    assert "不能是空的" in err


def a_folder(path):
    path.mkdir()


def a_pipe(path):
    os.mkfifo(path)


def a_link_to_nothing(path):
    path.symlink_to(path.with_name("nothing"))


def a_text(path):
    path.write_text("要紧的东西", encoding="utf-8")


def another_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE case_file (id INTEGER)")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (a_folder, "不是普通文件"),
        (a_pipe, "不是普通文件"),
        (a_link_to_nothing, "不是普通文件"),
        (a_text, "不是内容库"),
        (another_database, "不是内容库"),
    ],
)
def test_build_replaces_nothing_but_a_content_database(run, tmp_path, make, message):
    place = tmp_path / "out"
    make(place)
    before = place.lstat()
    code, out, err = run("build", "--out", str(place))
    assert (code, out) == (2, "")
    assert message in err
    after = place.lstat()
    assert (after.st_ino, after.st_mode, after.st_size) == (
        before.st_ino,
        before.st_mode,
        before.st_size,
    )
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.slow
def test_build_replaces_an_empty_file_an_old_and_a_damaged_content_database(run, tmp_path, paths):
    seeds = str(write_small_guide(tmp_path / "seeds"))
    place = tmp_path / "content.sqlite3"
    whole = paths.content_database.read_bytes()
    made = set()
    for old in (b"", whole, whole[:100] + b"\xff" * 8000):
        place.write_bytes(old)
        assert run("build", "--seeds", seeds, "--out", str(place))[0] == 0
        made.add(place.read_bytes())
    (new,) = made
    assert new.startswith(SQLITE_HEADER)
    assert len(new) != len(whole)


def test_bad_content_is_refused_with_file_and_line(run, tmp_path):
    seeds = tmp_path / "seeds"
    (seeds / "answers").mkdir(parents=True)
    (seeds / "answers" / "a.yaml").write_text(
        "answers:\n- id: a\n  colour: red\n", encoding="utf-8"
    )
    for command in (["check"], ["build", "--out", str(tmp_path / "out.sqlite3")]):
        code, out, err = run(*command, "--seeds", str(seeds))
        assert (code, out) == (1, "")
        assert "answers/a.yaml:3: 不认识“colour”" in err
    assert not (tmp_path / "out.sqlite3").exists()


def test_doctor(run, run_json, paths):
    assert run("doctor")[0] == 0
    assert {"name", "value", "well", "remedy"} == set(run_json("doctor")[0])
    paths.user.mkdir(parents=True)
    paths.user_database.write_bytes(b"garbage" * 500)
    code, out, _ = run("doctor")
    assert code == 1
    assert "→" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "少写了"),
        (["dance"], "没有“dance”这个命令。可以写：topics、search、show、"),
        (["it's"], "没有“it's”这个命令"),
        (["search"], "少写了"),
        (["search", "卡", "--limit", "many"], "要写整数"),
        (["search", "卡", "--limit"], "后面要写一个值"),
        (["search", "卡", "--limit", "a'b"], "不能写“a'b”，要写整数"),
        (["topics", "--yaml"], "不认识"),
        (["topics", "--js"], "不认识：--js"),
        (["search", "卡", "--l", "1"], "不认识：--l 1"),
        (["--vers"], "少写了：命令"),
        (["topics", "--json=1"], "--json 后面不能再写“1”"),
        (["show", "\udcff"], "“?”里有认不出来的字"),
        (["plan", "e-card", "--answer", "channel=\udcff"], "认不出来的字"),
        (["plan", "insurance-transfer", "--answer", "ended-on=9999-12-31"], "9999 年不像是对的"),
        (["plan", "insurance-transfer", "--answer", "ended-on=0001-01-01"], "1 年不像是对的"),
        (["show", "nothing"], "没有编号“nothing”"),
        (["plan", "nothing"], "没有编号是“nothing”的办事"),
        (["plan", "card-replacement", "--answer", "channel"], "问题=选项"),
        (["plan", "card-replacement", "--answer", "size=big"], "没有问题“size”"),
        (["plan", "card-replacement", "--answer", "channel=bank"], "没有选项“bank”"),
    ],
)
def test_wrong_use_is_told_in_chinese(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not re.search("Traceback|程序出了错|argument|invalid|choose", err)


@pytest.mark.parametrize("command", ["search", "show"])
def test_standard_input_that_is_closed_is_wrong_use(run, command):
    code, out, err = run(command, "-", stdin=None)
    assert (code, out) == (2, "")
    assert "标准输入是关着的" in err


@pytest.mark.parametrize("command", [[], *([c] for c in cli._COMMANDS)])
def test_help_is_in_chinese(run, capsys, command):
    with pytest.raises(SystemExit):
        run(*command, "--help")
    out = capsys.readouterr().out
    assert out.startswith("用法：yibao")
    assert "选项" in out
    assert not re.search("usage|options|arguments|show this", out)


def test_help_and_version(run, capsys):
    for arguments, text in (
        (["--help"], "命令"),
        (["plan", "-h"], "--answer"),
        (["--version"], "0."),
    ):
        with pytest.raises(SystemExit) as caught:
            run(*arguments)
        assert caught.value.code == 0
        assert text in capsys.readouterr().out


def test_a_fault_in_the_data_is_exit_code_one(run, paths, monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "resolve_paths", lambda: Paths(tmp_path, paths.user))
    code, out, err = run("topics")
    assert (code, out) == (1, "")
    assert "找不到内容库" in err


def test_a_bug_is_told_without_a_traceback_and_logged(run, paths, monkeypatch):
    def broken(*_):
        raise RuntimeError("boom")

    monkeypatch.setitem(cli._COMMANDS, "topics", broken)
    code, out, err = run("topics")
    assert (code, out) == (1, "")
    assert "程序出了错" in err
    assert "boom" not in err
    assert "RuntimeError" in paths.log.read_text(encoding="utf-8")


def test_the_tour_shows_topics_a_search_and_a_plan(run, capsys):
    assert cli.tour() == 0
    out = capsys.readouterr().out
    assert out.startswith("这里没有图形界面")
    assert "$ yibao topics" in out
    assert "找到了" in out
    assert "要带的材料" in out


def test_a_procedure_is_drawn_for_its_author(run, run_json):
    code, out, err = run("check", "--diagram", "card-replacement")
    assert (code, err) == (0, "")
    assert out.startswith("flowchart TD\n")
    assert "打电话挂失" in out
    document = run_json("check", "--diagram", "card-replacement")
    assert document == {"procedure": "card-replacement", "diagram": out}


def test_what_cannot_be_drawn_is_said_in_a_sentence(run):
    code, out, err = run("check", "--diagram", "no-such-thing")
    assert (code, out) == (2, "")
    assert err.startswith("没有编号是“no-such-thing”的办事，有这些：")
    assert err.count("\n") == 1
