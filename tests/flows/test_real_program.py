"""The program as a process of its own, on a real X screen, with real keys and clicks."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.flows.waiting import until
from tests.patience import PATIENCE_S
from yibao_desktop.paths import HOME_VARIABLE

pytestmark = pytest.mark.slow

TITLE = "医保指南"


def rows(database: Path, query: str) -> list[tuple]:
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []


def test_a_question_typed_on_the_keyboard_opens_the_procedure(screen, tmp_path):
    home = tmp_path / "家 里"
    program = subprocess.Popen(
        [sys.executable, "-m", "yibao_desktop"],
        env=screen | {HOME_VARIABLE: str(home)},
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )

    def xdotool(*arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=screen, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    try:
        window = until(
            lambda: xdotool("search", "--onlyvisible", "--name", TITLE), "the window"
        ).splitlines()[0]
        xdotool("windowfocus", "--sync", window)
        xdotool("key", "ctrl+k")
        xdotool("type", "--delay", "60", "ka diu le")

        def opened() -> list[tuple]:
            """Enter leads from the box to the results and from there to the page."""
            xdotool("key", "Return")
            time.sleep(1)
            return rows(home / "user.sqlite3", "SELECT item_id FROM visit")

        visits = until(opened, "the page opened")
        assert visits == [("card-replacement",)]
        xdotool("key", "ctrl+q")
        assert program.wait(PATIENCE_S) == 0
    finally:
        program.kill()
        _, errors = program.communicate()
    assert b"Traceback" not in errors, errors.decode()
    log = (home / "yibao.log").read_text(encoding="utf-8")
    assert "ERROR" not in log
    assert (home / "window.ini").exists()


START = """
import pathlib, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program import application

def read_and_close():
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for window in windows:
        if window.windowTitle() == "医保指南打不开":
            print(len(windows), *[l.text() for l in window.findChildren(QLabel)], sep="|")
            (close,) = [b for b in window.findChildren(QPushButton) if b.text() == "关闭"]
            QTest.mouseClick(close, Qt.MouseButton.LeftButton)
            return
    QTimer.singleShot(50, read_and_close)

make = application.make_application

def making(paths, arguments):
    app = make(paths, arguments)
    QTimer.singleShot(50, read_and_close)
    return app

application.make_application = making
sys.exit(application.run(Paths(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])), ["yibao-desktop"]))
"""


def test_a_program_that_cannot_start_says_why(tmp_path, bundle):
    broken = tmp_path / "bundle"
    (broken / "db").mkdir(parents=True)
    (broken / "resources").symlink_to(bundle / "resources")
    (broken / "db" / "migrations").symlink_to(bundle / "db" / "migrations")
    done = subprocess.run(
        [sys.executable, "-c", START, str(broken), str(tmp_path / "home")],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=PATIENCE_S,
        check=False,
    )
    out = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert out.startswith("1|")  # and no other window
    assert "指南的资料坏了" in out
    assert "重新安装" in out
    assert b"Traceback" not in done.stderr
