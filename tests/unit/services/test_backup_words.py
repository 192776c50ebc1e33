"""What backups and damaged files are told as, and what goes along with a case."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from tests.clock import NOON
from tests.unit.services.conftest import WINDOW
from yibao_desktop.domain.records.commands import Answer, Tick
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.services.backup_service import (
    SHOWN_CASES,
    drafts_text,
    incident_text,
    moment_text,
    preview_lines,
    preview_text,
)
from yibao_desktop.services.transfer import parse_records
from yibao_desktop.store.backup import Backup, Reason
from yibao_desktop.store.recovery import Incident, Outcome


@pytest.fixture
def filled(services):
    """Services with two cases and a bookmark."""
    services.cases.start("card-replacement", "妈妈")
    services.cases.start("e-card", "爸爸 👨‍👩‍👧")
    services.reading.add_bookmark("pool-balance", "余额")
    return services


def test_the_log_of_a_case_travels_from_its_beginning_on(services, tmp_path):
    begun = services.cases.start("card-replacement", "妈妈").case.id
    services.cases.apply(begun, Answer(WINDOW))
    services.cases.apply(begun, Tick("report-loss-phone", True))
    services.cases.apply(begun, Tick("report-loss-phone", False))
    services.cases.look_through("e-card", {})
    kept = services.cases.keep("爸爸").case.id
    file = tmp_path / "x.json"
    services.records.export(file, services.settings.current)
    told = json.loads(file.read_text(encoding="utf-8"))["cases"]
    events = {entry["case"]["id"]: entry["events"] for entry in told}
    assert [(e["event"], e["detail"]) for e in events[begun]] == [
        ("started", ""), ("answered", "card,channel"), ("ticked", "report-loss-phone"),
        ("unticked", "report-loss-phone"),
    ]  # fmt: skip
    assert [e["event"] for e in events[kept]] == ["kept"]


def test_what_befell_a_file_is_told_with_what_is_lost_and_where_it_lies(tmp_path):
    damaged = DataError("文件坏了。", "请看磁盘。")
    aside, used = tmp_path / "user.damaged", Backup(tmp_path / "b.zip", NOON, Reason.ROUTINE)
    older = Backup(tmp_path / "a.zip", NOON - datetime.timedelta(days=1), Reason.ROUTINE)
    recovered = Incident(Outcome.RECOVERED, damaged, aside, used, ((older, damaged),))
    here = NOON.astimezone()
    assert moment_text(NOON) == f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
    assert incident_text(recovered, "") == (
        f"存您东西的文件用不了了，已经用 {moment_text(NOON)} 的备份恢复。"
        "在那以后存的没有了，请看一遍，少了的补上。"
        "原来的改名为 user.damaged 留着。"
        f"{moment_text(older.made_at)} 的备份用不了，跳过了：文件坏了。文件坏了。"
    )
    empty = incident_text(Incident(Outcome.BEGUN_ANEW, damaged, aside), "")
    assert "从空白开始" in empty
    assert "user.damaged" in empty
    assert incident_text(Incident(Outcome.UNWRITABLE, damaged), "可以查。") == (
        "可以查。文件坏了。请看磁盘。"
    )
    assert incident_text(Incident(Outcome.ALTERED, damaged), "") == "文件坏了。请看磁盘。"


def test_a_backup_is_told_in_a_line_and_in_several(filled):
    filled.records.keep()
    (view,) = filled.records.backups()
    assert preview_text(view.preview).startswith("办理 2 件（")
    assert preview_text(view.preview).endswith("），收藏 1 个")
    assert preview_text(None) == "坏了，用不了"
    assert preview_lines(None, {}) == ["坏了，用不了"]
    assert "还有" not in "".join(preview_lines(view.preview, {}))
    nobody = replace(view.preview, cases=(), bookmarks=0)
    assert preview_text(nobody) == "办理 0 件，收藏 0 个"
    lines = preview_lines(view.preview, {"card-replacement": "补办医保卡"})
    assert "妈妈 · 补办医保卡" in lines
    assert any(line.endswith("这一版里没有的事") for line in lines)
    many = replace(view.preview, cases=view.preview.cases * 10)
    (more,) = [line for line in preview_lines(many, {}) if line.startswith("还有")]
    assert more == f"还有 {20 - SHOWN_CASES} 件"
    assert drafts_text(replace(view, drafts=0)) == ""
    assert "编到一半的内容包 2 份" in drafts_text(replace(view, drafts=2))


def test_records_that_are_well_have_no_news(filled):
    assert filled.records.news == ""
    assert (filled.records.kept, filled.records.complete) == (True, True)
    assert {case.nickname for case in filled.records.cases()} == {"妈妈", "爸爸 👨‍👩‍👧"}


@pytest.mark.parametrize(("values", "read"), [(1_000_000, True), (1_000_001, False)])
def test_a_file_holds_no_more_lists_and_objects_than_a_million(filled, tmp_path, values, read):
    file = tmp_path / "x.json"
    filled.records.export(file, filled.settings.current)
    document = json.loads(file.read_text(encoding="utf-8"))
    text = json.dumps(document)
    document["visits"] = [[]] * (values - text.count("[") - text.count("{"))
    text = json.dumps(document)
    assert text.count("[") + text.count("{") == values
    if read:
        assert [b.item_id for b in parse_records(text).records.bookmarks] == ["pool-balance"]
    else:
        with pytest.raises(UserError, match="导出的记录"):
            parse_records(text)
