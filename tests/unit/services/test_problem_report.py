"""The report for somebody who is to help: enough to see what is wrong, nothing of the user."""

from __future__ import annotations

from pathlib import Path

import pytest

from yibao_desktop.domain.own.document import OWN_NAME
from yibao_desktop.errors import DataError
from yibao_desktop.services.problem_report import ProblemReport


@pytest.fixture
def report(services, paths, clock):
    services.cases.start("card-replacement", "妈妈")
    services.reading.note_query("卡丢了咋办")
    return ProblemReport(paths, clock)


def lines_of(text: str, heading: str) -> list[str]:
    """The lines below a heading, up to the next empty line."""
    behind = text.partition(f"〔{heading}〕\n")[2]
    return behind.partition("\n\n")[0].splitlines()


def test_it_tells_the_program_the_time_and_what_was_examined(report, clock):
    text = report.text()
    version, moment = lines_of(text, "程序")
    assert "0." in version or "1." in version
    assert moment == f"{clock.local_now():%Y-%m-%d %H:%M %z}"
    found = lines_of(text, "检查")
    assert len(found) > 3
    assert all(line.startswith("好 ") for line in found)


def test_what_is_wrong_is_marked_so(report, paths):
    paths.own_database.parent.mkdir(parents=True)
    paths.own_database.write_bytes(b"no database")
    told = lines_of(report.text(), "检查")
    assert [line.split()[1] for line in told if line.startswith("坏 ")] == [OWN_NAME]


def test_nothing_the_user_wrote_is_in_it(report, paths):
    text = report.text()
    for own in ("妈妈", "卡丢了", str(paths.user)):
        assert own not in text


def test_the_desktop_is_told_by_what_is_set(report, monkeypatch):
    monkeypatch.setenv("QT_SCALE_FACTOR", "1.5")
    monkeypatch.delenv("XMODIFIERS", raising=False)
    monkeypatch.setenv("SECRET_TOKEN", "geheim")
    told = lines_of(report.text(), "桌面")
    assert "QT_SCALE_FACTOR=1.5" in told
    assert not any(line.startswith(("XMODIFIERS", "SECRET")) for line in told)


def test_files_are_told_by_their_size_or_that_they_are_not_there(report, paths):
    told = dict(line.split("：") for line in lines_of(report.text(), "文件的大小"))
    size = paths.user_database.stat().st_size
    assert told[paths.user_database.name] == f"{size:,} 字节"
    assert told[paths.settings.name] == "没有"


def test_the_ends_of_the_logs_are_taken_along(report, paths, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/"))
    paths.log.write_text(f"begun {paths.user}/x\n" + "x" * 99_998 + "\n", encoding="utf-8")
    older = paths.log.with_name(f"{paths.log.name}.1")
    older.write_text("begun earlier\n", encoding="utf-8")
    paths.log.with_name(f"{paths.log.stem}-fault.log").write_bytes(b"broke \xff\n")
    text = report.text()
    assert "begun earlier" in text
    assert "broke \ufffd" in text
    assert f"〔{older.name}〕" in text
    assert "begun ~" not in text
    assert "x" * 99_998 in text
    paths.log.write_text(f"begun {paths.user}/x\n", encoding="utf-8")
    assert "begun ~/x" in report.text()


def test_it_is_written_as_it_is_read(report, tmp_path):
    file = tmp_path / "报告.txt"
    report.save(file)
    written = file.read_text(encoding="utf-8")
    assert written.startswith("医保指南问题报告\n")
    assert lines_of(written, "文件的大小") == lines_of(report.text(), "文件的大小")
    with pytest.raises(DataError):
        report.save(tmp_path / "no such" / "报告.txt")
