"""When something is wrong: a report one can read and keep, without what is the user's."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPlainTextEdit

from yibao_desktop.domain.records.commands import Answer, Note
from yibao_desktop.reports import PrivateLog
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.dialogs.report_dialog import ReportDialog


@pytest.fixture
def report(window, paths) -> Iterator[ReportDialog]:
    """The dialog, after something was searched, written and went wrong."""
    services = window.desktop.context.services
    case = services.cases.start("card-replacement", "妈妈王秀英").case.id
    services.cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    services.cases.apply(case, Note("apply-at-window", "身份证在抽屉里"))
    window.search("我妈的糖尿病")
    log = PrivateLog(paths.log)
    log.emit(logging.makeLogRecord({"msg": f"cannot read {paths.user}", "levelname": "ERROR"}))
    log.close()
    window.window.acts[Act.REPORT].trigger()
    window.settle()
    dialog = window.open_dialog(ReportDialog)
    yield dialog
    window.click("关闭", dialog)


def text_of(report: ReportDialog) -> str:
    return report.findChild(QPlainTextEdit).toPlainText()


def test_a_report_says_what_a_helper_needs_and_nothing_of_the_user(report, paths):
    text = text_of(report)
    for needed in (
        "医保指南 ",
        "Python 3.",
        "〔检查〕",
        "好 内容库",
        "〔yibao.log〕",
        "cannot read ~",
    ):
        assert needed in text
    for private in ("王秀英", "抽屉", "糖尿病", str(paths.user)):
        assert private not in text


def test_a_report_is_kept_as_it_was_shown(window, report, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    text = text_of(report)
    window.click("存一份问题报告", report)
    chooser = window.open_dialog(QFileDialog)
    chooser.setDirectory(str(tmp_path))
    window.answer(chooser, QDialogButtonBox.StandardButton.Save)
    kept = (tmp_path / "医保指南问题报告.txt").read_text(encoding="utf-8")
    assert kept.splitlines()[:5] == text.splitlines()[:5]
    assert "存好了" in report.message.text
    window.click("复制", report)
    assert QGuiApplication.clipboard().text() == text


def test_a_report_that_cannot_be_kept_is_told_beside_it(window, report, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    window.click("存一份问题报告", report)
    chooser = window.open_dialog(QFileDialog)
    chooser.setDirectory(str(folder))
    folder.rmdir()
    window.answer(chooser, QDialogButtonBox.StandardButton.Save)
    assert "存不进去" in report.message.text
