"""Background work, the way back, crashes, the font."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import threading

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.conftest import ROOT
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.reports import LOG_BYTES, PrivateLog
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.fonts import BUNDLED_FAMILY, missing_characters
from yibao_desktop.ui.navigation import HOME, Location, Place, Trail


def test_background_work_answers_in_this_thread(window):
    tasks, seen = window.desktop.tasks, []
    tasks.run(threading.get_ident, lambda ident: seen.append((ident, threading.get_ident())), tasks)
    window.settle()
    ((worked, answered),) = seen
    assert worked != answered == threading.get_ident()


def test_failures_are_told_and_bugs_reported(window):
    tasks, told = window.desktop.tasks, []
    tasks.failed.disconnect()
    tasks.crashed.disconnect()
    tasks.failed.connect(told.append)
    tasks.crashed.connect(told.append)

    def fail(error):
        raise error

    for error in (UserError("不行。"), DataError("坏了。"), RuntimeError("bug")):
        tasks.run(lambda e=error: fail(e), lambda _: told.append("answered"), tasks)
    window.settle()
    assert [type(t) for t in told] == [UserError, DataError, RuntimeError]
    after = []
    tasks.run(
        lambda: fail(UserError("不行。")), after.append, tasks, lambda: after.append("failed")
    )
    window.settle()
    assert after == ["failed"]


def test_an_answer_for_somebody_gone_is_dropped(window):
    owner, seen = QObject(), []
    gate = threading.Event()
    window.desktop.tasks.run(gate.wait, seen.append, owner)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner, 0)
    QApplication.processEvents()
    del owner
    gate.set()
    window.settle()
    assert seen == []


def test_the_way_back():
    trail = Trail()
    assert trail.current is None
    a, b, c = (Location(Place.ITEM, i) for i in "abc")
    for place in (HOME, a, a, b):
        trail.visit(place)
    assert (trail.current, trail.can_go_back, trail.can_go_forward) == (b, True, False)
    assert trail.back() == a
    assert trail.forward() == b
    trail.back()
    trail.visit(c)
    assert not trail.can_go_forward
    trail.replace(b)
    assert trail.current == b
    assert [trail.back(), trail.back()] == [a, HOME]
    assert not trail.can_go_back
    empty = Trail()
    empty.replace(a)
    assert empty.current == a


def test_signals_keep_true_alive():
    """PySide6 6.12.0 drops a reference to True at every emit, and the program ends of it."""

    class Sender(QObject):
        sent = Signal(str)

    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(200):
        sender.sent.emit("x")
    assert sys.getrefcount(True) > before - 100


def test_the_bundled_font_has_every_character_of_the_guide(window):
    services = window.desktop.context.services
    font = window.window.font()
    font.setFamilies([BUNDLED_FAMILY])
    texts = "".join(e.title + e.text for e in services.guide.entries())
    sources = "".join(u.source.key for u in services.guide.source_uses() if u.used_by)
    assert missing_characters(font, texts + sources + "醫療保險卡丟了☐①→✓") == []
    assert missing_characters(font, "\U00013000") == ["\U00013000"]


def test_an_error_in_the_program_is_logged_and_told_while_it_goes_on(window, monkeypatch, caplog):
    for hook in (sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"):
        monkeypatch.setattr(*hook, getattr(*hook))
    window.desktop.crashes.install()
    private = "妈妈"
    try:
        raise RuntimeError(private)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
    window.settle()
    (dialog,) = window.visible(CrashDialog)  # one for both
    assert "RuntimeError" in caplog.text
    assert private not in caplog.text
    window.click("关闭", dialog)
    window.window.open_item("cards")
    window.settle()
    assert window.page is window.window.topic


def test_an_error_in_background_work_is_told_too(window, caplog):
    def broken():
        raise RuntimeError("boom")

    window.desktop.tasks.run(broken, print, window.window)
    window.settle()
    (dialog,) = window.visible(CrashDialog)
    assert "RuntimeError" in caplog.text
    window.click("关闭", dialog)
    assert [str(c) for c in window.crashes] == ["boom"]
    window.crashes.clear()


def test_waiting_for_the_records_does_not_hold_up_reading(window):
    tasks, seen, gate = window.desktop.tasks, [], threading.Event()
    tasks.run(gate.wait, lambda _: seen.append("records"), tasks)
    with window.qtbot.waitSignal(window.window.search.results_shown):
        window.window.search.search("卡丢了怎么办")
    assert seen == []
    gate.set()
    window.settle()
    assert seen == ["records"]


def test_a_setting_that_cannot_be_kept_is_told_and_the_menu_shows_what_holds(window):
    settings = window.desktop.context.services.paths.settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.unlink(missing_ok=True)
    settings.mkdir()
    window.window.bar.step_text_size(1)
    window.settle()
    assert "设置存不下来" in window.window.message.text
    shown = [s for s, a in window.window.bar._size_actions.items() if a.isChecked()]
    assert shown == [TextSize.STANDARD]


def test_dialogs_are_gone_when_closed(window):
    for _ in range(3):
        window.window.bar.help_requested.emit()
        (dialog,) = window.window.findChildren(QDialog)
        window.click("关闭", dialog)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QTest.qWait(0)
    assert window.window.findChildren(QDialog) == []


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
from yibao_desktop.ui.application import make_application, open_desktop
from yibao_desktop.ui.crashes import start_log
from PySide6.QtCore import qWarning, QTimer
paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))
start_log(paths.log)
app = make_application(paths, ["x"])
desktop = open_desktop(app, paths)
desktop.crashes.install()
desktop.show()
def settle():
    while desktop.tasks.busy:
        app.processEvents()
    app.processEvents()
settle()
services = desktop.context.services
case = services.cases.start("card-replacement", "妈妈王秀英").case.id
services.cases.answer(case, {"card": ("physical",), "channel": ("window",)})
services.cases.note(case, "apply-at-window", "身份证在抽屉里")
desktop.window.go(__import__("yibao_desktop.ui.navigation", fromlist=["x"]).Location("search", "我妈的糖尿病"))
settle()
qWarning("cannot read /home/x/妈妈王秀英.pdf")
with sqlite3.connect(paths.user_database) as other:
    other.execute("DROP TABLE case_step")
run = desktop.tasks.run
run(lambda: services.cases.note(case, "apply-at-window", "身份证在抽屉里"), print, desktop.window)
def boom(): raise ValueError("妈妈王秀英 2025-0423-7788")
run(boom, print, desktop.window)
settle()
desktop.window.open_case("妈妈王秀英")
settle()
sys.excepthook(OSError, OSError(2, "no", "/home/x/妈妈王秀英.json"), None)
settle()
desktop.close()
"""


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
