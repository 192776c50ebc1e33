"""Background work, the way back, crashes, the font."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import get_args

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.common.navigation import HOME, Location, Place, Trail
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.looks.fonts import BUNDLED_FAMILY, missing_characters
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.work.after_paint import after_paint
from yibao_desktop.ui.work.tasks import TaskRunner


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
    assert window.page is window.window.pages.topic


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
    with window.qtbot.waitSignal(window.desktop.context.events.results_shown):
        window.window.pages.search.search("卡丢了怎么办")
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
        window.window.acts[Act.HELP].trigger()
        (dialog,) = window.window.findChildren(QDialog)
        window.click("关闭", dialog)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QTest.qWait(0)
    assert window.window.findChildren(QDialog) == []


def test_a_label_knows_its_height_again_when_text_or_font_change(qtbot):
    label = text_label("短")
    qtbot.addWidget(label)
    one_line = label.heightForWidth(200)
    label.setText("很长的一句话，两百个像素里放不下，要好几行才写得完，后面还有。")
    longer = label.heightForWidth(200)
    assert longer > one_line
    font = label.font()
    font.setPixelSize(40)
    label.setFont(font)
    assert label.heightForWidth(200) > longer


def test_what_can_wait_is_done_after_painting_and_not_for_what_is_gone(qtbot):
    order = []

    class Shown(QWidget):
        def paintEvent(self, _event):
            order.append("painted")

    widget, gone = Shown(), QObject()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    QApplication.processEvents()
    order.clear()
    widget.update()
    after_paint(gone, lambda: order.append("for nobody"))
    after_paint(widget, lambda: order.append("afterwards"))
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: "afterwards" in order)
    assert order[0] == "painted"
    assert "for nobody" not in order


def test_every_drawing_is_there_and_takes_the_colour_of_the_theme(paths):
    for name in get_args(Picture):
        svg = (paths.resources / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in svg
        assert "#" not in svg


def test_each_procedure_is_known_by_a_drawing_of_its_own(guide):
    procedures = guide.procedures.procedures()
    drawn = [p.picture for p in procedures]
    assert None not in drawn
    assert len(set(drawn)) == len(drawn)
    listed = {e.id: e.picture for e in guide.guide.entries() if e.kind is Kind.PROCEDURE}
    assert listed == {p.id: p.picture for p in procedures}
    assert [m.id for p in procedures for m in p.materials if m.picture is None] == []


def test_each_way_of_doing_it_is_drawn_by_what_is_used(guide):
    procedure = next(p for p in guide.procedures.procedures() if p.id == "e-card")
    (asked,) = (q for q in all_questions(procedure) if q.id == CHANNEL)
    drawn = {option.id: option.picture for option in asked.options}
    assert set(drawn) == {c.id for c in procedure.channels}
    assert drawn["counter"] == "service-counter"
    assert drawn["app"] == "mobile-phone"


def test_a_result_never_comes_before_whoever_asked_goes_on(qtbot, monkeypatch):
    """A call may be done before it is known who hears of it; what is connected next must hear."""
    done: Future[int] = Future()
    done.set_result(7)
    monkeypatch.setattr(ThreadPoolExecutor, "submit", lambda _self, _call: done)
    runner, heard = TaskRunner(), []
    runner.run(lambda: 7, heard.append, runner)
    assert (heard, runner.busy) == ([], True)
    qtbot.waitUntil(lambda: heard == [7])
    assert not runner.busy
    runner.close()
