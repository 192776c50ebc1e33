"""What is written while the records cannot be stored stays, is told once, and is stored later."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common import unsaved
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.dialogs.bookmark_dialog import BookmarkDialog, FolderDialog
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.dialogs.unsaved_dialog import UnsavedDialog

STEP = "apply-at-window"


@pytest.fixture
def program(open_window, monkeypatch):
    """The program at the plan of a case; it soon gives up waiting and soon tries again."""
    monkeypatch.setattr("yibao_desktop.store.engine.BUSY_TIMEOUT_S", 0.1)
    monkeypatch.setattr(unsaved, "RETRY_MS", 50)
    program = open_window()
    cases = program.desktop.context.services.cases
    case = cases.start("card-replacement", "妈妈").case.id
    cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    cases.apply(case, Tick("report-loss-phone", True))
    program.window.open_case(case)
    program.settle()
    return program


@contextmanager
def held(paths):
    """Another program has the records to itself."""
    with closing(sqlite3.connect(paths.user_database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def note_of(program) -> str:
    (view,) = program.desktop.context.services.cases.open_cases()
    mark = view.case.steps.get(STEP)
    return mark.note if mark else ""


def until_tried(program) -> None:
    program.qtbot.waitUntil(lambda: program.desktop.context.unsaved._failing)


def write(program, text: str) -> QPlainTextEdit:
    program.click("记一笔：到社保局或医保中心申请补办")
    program.type(text)
    return program.visible(QPlainTextEdit)[0]


def saved(program) -> bool:
    return not program.desktop.context.unsaved.waiting


def test_a_note_that_cannot_be_stored_is_kept_told_once_and_stored_later(program, paths):
    told = []
    program.desktop.context.events.message_requested.connect(told.append)
    with held(paths):
        write(program, "3 号窗口")
        until_tried(program)
        message = program.window.message.text
        assert "您写的字都留着" in message
        assert "请先不要关掉" in message
        program.window.go(HOME)
        program.qtbot.wait(400)  # it is tried again meanwhile
        assert len(told) == 1
        program.window.open_case(program.window.pages.case._case_id)
        program.qtbot.waitUntil(lambda: bool(program.visible(QPlainTextEdit)))
        assert program.visible(QPlainTextEdit)[0].toPlainText() == "3 号窗口"
        program.type("，周三", program.visible(QPlainTextEdit)[0])
        assert note_of(program) == ""
    program.qtbot.waitUntil(lambda: note_of(program).endswith("周三"))
    program.qtbot.waitUntil(lambda: saved(program))
    assert "现在存好了" in program.window.message.text
    assert len(told) == 2
    field = program.visible(QPlainTextEdit)[0]
    assert field.toPlainText() == note_of(program)


def test_a_window_is_not_closed_over_what_cannot_be_stored(program, paths, open_window):
    with held(paths):
        write(program, "3 号窗口")
        program.window.close()
        assert program.window.isVisible()
        dialog = program.open_dialog(UnsavedDialog)
        program.qtbot.waitUntil(lambda: bool(program.visible(QLabel, dialog)))
        text = "\n".join(label.text() for label in program.visible(QLabel, dialog))
        assert "妈妈 · 补办医保卡" in text
        assert "3 号窗口" in text
        button = program.button("复制这些字", dialog)
        button.click()
        assert "3 号窗口" in QGuiApplication.clipboard().text()
        program.button("先不关", dialog).click()
        assert program.window.isVisible()
    program.window.close()
    assert not program.window.isVisible()
    program.close()
    again = open_window()
    assert note_of(again) == "3 号窗口"


def test_who_does_not_want_it_can_close(program, paths):
    with held(paths):
        write(program, "不要紧的")
        program.window.close()
        program.button("不要了，关掉", program.open_dialog(UnsavedDialog)).click()
        assert not program.window.isVisible()
        assert QApplication.overrideCursor() is None
    program.close()


def test_the_receipt_number_is_kept_too(program, paths):
    cases = program.desktop.context.services.cases
    (view,) = cases.open_cases()
    changed = program.desktop.context.events.changed
    changed.emit(cases.apply(view.case.id, Tick(STEP, True)))
    program.settle()
    (field,) = [f for f in program.visible(QLineEdit, program.page) if f.isEnabled()]
    with held(paths):
        program.type("A-17", field)
        until_tried(program)
        changed.emit(Changes(cases=frozenset({view.case.id})))
        program.qtbot.waitUntil(lambda: not program.desktop.tasks.busy)
        (field,) = program.visible(QLineEdit, program.page)
        assert field.text() == "A-17"
    program.qtbot.waitUntil(lambda: saved(program))
    (view,) = cases.open_cases()
    assert view.case.receipt_number == "A-17"


def test_a_note_of_a_case_that_is_gone_is_told_and_not_tried_for_ever(program):
    cases = program.desktop.context.services.cases
    (view,) = cases.open_cases()
    cases.delete(view.case.id)
    write(program, "太晚了")
    program.window.go(HOME)
    program.settle()
    assert "已经不在了" in program.window.message.text
    assert saved(program)


def test_a_bug_while_storing_does_not_take_the_text_away(program, monkeypatch):
    cases = program.desktop.context.services.cases
    apply, bugs = cases.apply, [RuntimeError("a bug")]

    def buggy(*arguments):
        if bugs:
            raise bugs[0]
        return apply(*arguments)

    monkeypatch.setattr(cases, "apply", buggy)
    write(program, "3 号窗口")
    program.window.go(HOME)
    program.qtbot.waitUntil(lambda: bool(program.crashes))
    program.qtbot.waitUntil(lambda: bool(program.window.findChildren(CrashDialog)))
    program.open_dialog(CrashDialog).accept()
    program.crashes.clear()
    bugs.clear()
    program.window.close()
    assert not program.window.isVisible()
    assert note_of(program) == "3 号窗口"


@pytest.mark.parametrize("kind", [BookmarkDialog, FolderDialog])
def test_a_dialog_stays_with_what_was_written_until_it_is_stored(program, paths, kind):
    reading = program.desktop.context.services.reading
    reading.add_bookmark("e-card", "申请电子医保卡")
    (bookmark,) = reading.bookmarks()
    if kind is FolderDialog:
        reading.put_bookmark(replace(bookmark, folder="旧的"))
    program.window.go(Location(Place.LIBRARY))
    program.settle()
    program.click("改备注和文件夹" if kind is BookmarkDialog else "改名")
    dialog = program.open_dialog(kind)
    field = dialog.focusWidget()
    field.selectAll()
    program.type("给妈妈的", field)
    with held(paths):
        program.click("存好", dialog)
        assert dialog.isVisible()
        assert "您写的还在这里" in "\n".join(
            label.text() for label in program.visible(QLabel, dialog)
        )
    program.click("存好", dialog)
    (bookmark,) = reading.bookmarks()
    assert "给妈妈的" in (bookmark.note, bookmark.folder)
    assert "给妈妈的" in program.texts()


def test_notes_are_stored_again_after_one_that_can_never_be(program, paths):
    """Its case is gone by the time it is tried again: that is told, and later notes are stored."""
    cases = program.desktop.context.services.cases
    (view,) = cases.open_cases()
    other = cases.start("card-replacement", "爸爸").case.id
    cases.apply(other, Answer({"card": ("physical",), "channel": ("window",)}))
    with held(paths) as another_program:
        write(program, "太晚了")
        program.window.go(HOME)
        until_tried(program)
        deleted = "UPDATE case_file SET deleted_at = '2025-01-01 00:00:00' WHERE id = ?"
        another_program.execute(deleted, (view.case.id,))
        another_program.execute("COMMIT")
    program.qtbot.waitUntil(lambda: "已经不在了" in program.window.message.text)
    assert saved(program)
    program.window.open_case(other)
    program.settle()
    write(program, "3 号窗口")
    program.window.go(HOME)
    program.qtbot.waitUntil(lambda: saved(program))
    assert cases.view(other).case.steps[STEP].note == "3 号窗口"
    assert view.case.id != other


def test_a_note_written_while_another_is_tried_again_is_stored_as_well(program, paths, monkeypatch):
    cases, kept = program.desktop.context.services.cases, program.desktop.context.unsaved
    (view,) = cases.open_cases()
    another, apply = Note("report-loss-phone", "打过电话了"), cases.apply
    asked, gate = [], threading.Event()

    def slow(case_id, command):
        asked.append(command)
        gate.wait()
        return apply(case_id, command)

    with held(paths):
        write(program, "3 号窗口")
        program.window.go(HOME)
        until_tried(program)
        monkeypatch.setattr(cases, "apply", slow)
        program.qtbot.waitUntil(lambda: bool(asked))
    kept.store(view.case.id, another, view.heading)  # the user writes on meanwhile
    gate.set()
    program.qtbot.waitUntil(lambda: saved(program))
    notes = {step: mark.note for step, mark in cases.view(view.case.id).case.steps.items()}
    assert notes[STEP] == "3 号窗口"
    assert notes["report-loss-phone"] == "打过电话了"
    assert not kept.trying


def test_what_is_being_stored_cannot_be_cancelled_and_what_was_cancelled_is_not_stored(
    program, paths, monkeypatch
):
    """What the screen says is what is on disk, whatever is clicked while the file is locked."""
    cases, asked, gate = program.desktop.context.services.cases, [], threading.Event()
    apply = cases.apply

    def slow(case_id, command):
        asked.append(command)
        gate.wait()
        return apply(case_id, command)

    monkeypatch.setattr(cases, "apply", slow)
    program.click("改称呼")
    dialog = program.open_dialog(NameDialog)
    dialog.focusWidget().selectAll()
    program.type("外婆", dialog.focusWidget())
    dialog.keep.click()
    program.qtbot.waitUntil(lambda: bool(asked))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not program.button("取消", dialog).isEnabled()
    assert "正在存" in program.texts(dialog)
    gate.set()
    program.qtbot.waitUntil(lambda: program.visible(NameDialog) == [])
    program.settle()
    assert "外婆 · 补办医保卡" in program.texts()
    assert cases.open_cases()[0].case.nickname == "外婆"

    with held(paths):
        program.click("改称呼")
        dialog = program.open_dialog(NameDialog)
        program.type("奶奶", dialog.focusWidget())
        dialog.keep.click()
        program.qtbot.waitUntil(lambda: program.button("取消", dialog).isEnabled())
        program.click("取消", dialog)
    program.settle()
    assert cases.open_cases()[0].case.nickname == "外婆"
    assert "外婆 · 补办医保卡" in program.texts()
