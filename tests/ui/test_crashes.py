"""Errors nobody caught: told once, from any thread, and nothing private in the log."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import ROOT
from yibao_desktop.reports import LOG_BYTES, PrivateLog
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog


def test_an_error_in_any_thread_is_told_and_unfinished_typing_is_stored(
    window, monkeypatch, caplog
):
    for hook in (sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"):
        monkeypatch.setattr(*hook, getattr(*hook))
    window.desktop.crashes.install()
    services = window.desktop.context.services
    services.cases.start("e-card", "妈妈")
    private = "妈妈"

    def fail():
        raise KeyError(private)

    for _ in range(3):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    window.settle()
    (dialog,) = window.visible(CrashDialog)
    assert "KeyError" in dialog._details
    assert private not in dialog._details
    assert caplog.text.count("builtins.KeyError") == 3
    window.settle()
    assert [b.preview.cases[0].nickname for b in services.records.backups()] == ["妈妈"]
    window.click("复制详细情况", dialog)
    assert QApplication.clipboard().text() == dialog._details
    window.click("关闭", dialog)


PRIVATE_SESSION = """
import logging, sqlite3, sys, warnings
from pathlib import Path
from yibao_desktop.paths import Paths
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer, Note
from yibao_desktop.ui.program.application import Desktop, make_application
from yibao_desktop.ui.program.crashes import start_log
from PySide6.QtCore import qWarning, QTimer
paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))
start_log(paths.log)
app = make_application(paths, ["x"])
desktop = Desktop(app, open_services(paths))
desktop.crashes.install()
desktop.show()
def settle():
    while desktop.tasks.busy:
        app.processEvents()
    app.processEvents()
settle()
services = desktop.context.services
case = services.cases.start("card-replacement", "妈妈王秀英").case.id
services.cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
services.cases.apply(case, Note("apply-at-window", "身份证在抽屉里"))
desktop.window.go(__import__("yibao_desktop.ui.common.navigation", fromlist=["x"]).Location("search", "我妈的糖尿病"))
settle()
qWarning("cannot read /home/x/妈妈王秀英.pdf")
with sqlite3.connect(paths.user_database) as other:
    other.execute("DROP TABLE case_step")
run = desktop.tasks.run
run(lambda: services.cases.apply(case, Note("apply-at-window", "身份证在抽屉里")), print, desktop.window)
def boom(): raise ValueError("妈妈王秀英 2025-0423-7788")
run(boom, print, desktop.window)
settle()
desktop.window.open_case("妈妈王秀英")
settle()
sys.excepthook(OSError, OSError(2, "no", "/home/x/妈妈王秀英.json"), None)
settle()
desktop.close()
"""


@pytest.mark.slow
def test_the_log_holds_nothing_of_the_users(bundle, tmp_path):
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-c", PRIVATE_SESSION, str(bundle), str(home)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    log = (home / "yibao.log").read_text(encoding="utf-8")
    for seen in ("ValueError", "cannot read", "FileNotFoundError", "DataError"):
        assert seen in log, log
    for private in ("王秀英", "抽屉", "糖尿病", "0423", "7788"):
        assert private not in log.replace('raise ValueError("妈妈王秀英 2025-0423-7788")', ""), log


def test_the_log_begins_anew_when_it_has_grown(tmp_path):
    log = PrivateLog(tmp_path / "家" / "yibao.log")
    for number in range(4_000):
        log.emit(logging.makeLogRecord({"msg": f"{number} " + "字" * 200, "levelname": "INFO"}))
    log.close()
    files = sorted((tmp_path / "家").iterdir())
    assert [f.name for f in files] == ["yibao.log", "yibao.log.1", "yibao.log.2"]
    assert all(f.stat().st_size <= LOG_BYTES for f in files)
    assert all(stat.S_IMODE(f.stat().st_mode) == 0o600 for f in files)
    assert "3999 字" in files[0].read_text(encoding="utf-8")
