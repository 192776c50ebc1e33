"""Ctrl+Z takes back whatever can be taken back, the newest first; a notice goes with its page."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from tests.flows.journey import answer, begin, go_to_my_cases, start
from yibao_desktop.domain.records.case import MaterialState
from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.domain.records.taking_back import TakeBack
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.dialogs.bookmark_dialog import BookmarkDialog, FolderDialog
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.dialogs.name_dialog import NameDialog

pytestmark = pytest.mark.slow

CONTROL = Qt.KeyboardModifier.ControlModifier


def undo(window):
    if not window.window.isActiveWindow():  # offscreen, no window manager does it after a dialog
        window.window.activateWindow()
        window.qtbot.waitUntil(window.window.isActiveWindow)
    window.press(Qt.Key.Key_Z, CONTROL)


@pytest.fixture
def plan(window):
    begin(window, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    return window


def state(window):
    return window.desktop.context.services.cases.view(window.page._case_id).case


def test_ticks_are_taken_back_one_by_one(plan):
    plan.tick("打电话挂失")
    plan.tick("有了：本人有效身份证件")
    assert state(plan).done_steps
    assert state(plan).materials
    undo(plan)
    assert set(state(plan).materials.values()) == {MaterialState.MISSING}
    assert "撤销了：给材料打勾" in plan.window.message.text
    undo(plan)
    assert not state(plan).done_steps
    assert not any(box.isChecked() for box in plan.ticks().values())


def test_a_tick_removed_comes_back_with_its_day(plan, clock):
    plan.tick("打电话挂失")
    day = set(state(plan).done_days.values())
    clock.go_on(days=3)
    plan.tick("打电话挂失")
    assert not state(plan).done_days
    undo(plan)
    assert set(state(plan).done_days.values()) == day


def note_of(plan, step):
    return next(f for f in plan.page.findChildren(QPlainTextEdit) if step in f.accessibleName())


def save(plan):
    """What a pause in writing does."""
    plan.page.plan.save_fields()
    plan.settle()


def test_a_note_is_taken_back_as_a_whole_and_a_tick_before_it_stays(plan):
    step = "到社保局或医保中心申请补办"
    plan.tick("打电话挂失")
    plan.click(f"记一笔：{step}")
    for part in ("3 号窗口", "，下周二"):
        plan.type(part)
        save(plan)
    plan.window.setFocus()
    undo(plan)
    assert "撤销了：记一笔" in plan.window.message.text
    assert not any(mark.note for mark in state(plan).steps.values())
    assert note_of(plan, step).toPlainText() == ""
    assert state(plan).done_steps
    undo(plan)
    assert not state(plan).done_steps


def test_a_note_that_was_changed_and_a_note_elsewhere_go_back_each_by_itself(plan):
    first, second = "打电话挂失", "到社保局或医保中心申请补办"
    for step, words in ((first, "打过了"), (second, "带钱")):
        plan.click(f"记一笔：{step}")
        plan.type(words)
        save(plan)
    note_of(plan, first).setFocus()
    plan.type("没人接")
    save(plan)
    plan.window.setFocus()
    notes = []
    for _ in range(3):
        undo(plan)
        notes.append([note_of(plan, step).toPlainText() for step in (first, second)])
    assert notes == [["打过了", "带钱"], ["打过了", ""], ["", ""]]


def test_a_receipt_number_is_taken_back_and_its_field_says_so(plan):
    plan.tick("打电话挂失")
    plan.tick("到社保局或医保中心申请补办")
    plan.type("A1", plan.field("受理编号"))
    save(plan)
    assert state(plan).receipt_number == "A1"
    plan.window.setFocus()
    undo(plan)
    assert "撤销了：写受理编号" in plan.window.message.text
    assert state(plan).receipt_number == ""
    assert plan.field("受理编号").text() == ""
    assert len(state(plan).done_steps) == 2


def test_what_was_written_and_removed_again_is_nothing_to_take_back(plan):
    plan.tick("打电话挂失")
    plan.tick("到社保局或医保中心申请补办")
    field = plan.field("受理编号")
    plan.type("A1", field)
    save(plan)
    field.clear()
    save(plan)
    plan.window.setFocus()
    undo(plan)
    assert len(state(plan).done_steps) == 1


def test_the_key_in_a_field_takes_back_what_was_typed_there_first(plan):
    plan.tick("打电话挂失")
    plan.tick("到社保局或医保中心申请补办")
    field = next(f for f in plan.visible(QLineEdit) if f.accessibleName() == "受理编号")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, "A1")
    undo(plan)
    assert field.text() != "A1"
    assert len(state(plan).done_steps) == 2
    while field.isUndoAvailable():
        undo(plan)
    assert len(state(plan).done_steps) == 2
    undo(plan)  # nothing of the field is left to take back
    assert len(state(plan).done_steps) == 1


def test_another_answer_and_another_name_are_taken_back(plan):
    plan.click("改称呼")
    dialog = plan.open_dialog(NameDialog)
    plan.type("外婆", dialog.focusWidget())
    plan.click("存好", dialog)
    plan.click("修改：您想到窗口办，还是在网上办？")
    before = dict(state(plan).answers)
    plan.press(Qt.Key.Key_2)
    plan.click("应用")
    assert state(plan).answers != before
    undo(plan)
    assert state(plan).answers == before
    undo(plan)
    assert state(plan).nickname == "妈妈"
    assert "妈妈 · 补办医保卡" in plan.texts()


def test_put_away_and_deleted_cases_come_back(plan):
    case = state(plan).id
    cases = plan.desktop.context.services.cases
    plan.click("先收起来")
    assert cases.view(case).case.archived_at
    undo(plan)
    assert cases.view(case).case.archived_at is None
    plan.click("删除")
    assert cases.count_open() == 0
    undo(plan)
    assert cases.count_open() == 1
    assert "撤销" not in plan.texts(plan.window.message).replace("撤销了", "")


def test_bookmarks_folders_and_history_come_back(window):
    reading = window.desktop.context.services.reading
    for page in ("card-replacement-guide", "own-account"):
        window.window.open_item(page)
        window.settle()
    reading.note_query("卡丢了")
    window.click("收藏", window.page)
    (kept,) = reading.bookmarks()
    window.press(Qt.Key.Key_B, CONTROL)
    window.click(f"改备注和文件夹：{kept.title}")
    dialog = window.open_dialog(BookmarkDialog)
    note, folder = dialog.findChild(QPlainTextEdit), dialog.findChild(QLineEdit)
    window.type("问过窗口", note)
    window.type("妈妈的事", folder)
    window.click("存好", dialog)
    window.click("给文件夹“妈妈的事”改名")
    dialog = window.open_dialog(FolderDialog)
    window.type("家里", dialog.focusWidget())
    window.click("存好", dialog)
    assert reading.bookmarks()[0].folder == "家里"
    window.click(f"取消收藏：{kept.title}")
    assert reading.bookmarks() == []
    visits, queries = reading.recent(), reading.queries()
    window.click("清除看过的记录")
    assert (reading.recent(), reading.queries()) == ([], [])
    undo(window)
    assert (reading.recent(), reading.queries()) == (visits, queries)
    undo(window)
    assert reading.bookmarks()[0].folder == "家里"
    undo(window)
    assert reading.bookmarks()[0].folder == "妈妈的事"
    undo(window)
    assert (reading.bookmarks()[0].folder, reading.bookmarks()[0].note) == ("", "")
    undo(window)
    assert reading.bookmarks() == []
    assert not window.window.acts[Act.UNDO].isEnabled()


def test_one_page_of_the_history_comes_back_to_its_place(window, clock):
    reading = window.desktop.context.services.reading
    for page in ("card-replacement-guide", "own-account", "hunan-flexible"):
        window.window.open_item(page)
        window.settle()
        clock.go_on(minutes=1)
    before = reading.recent()
    window.press(Qt.Key.Key_B, CONTROL)
    window.click(f"删掉这一条：{before[1].title}")
    assert len(reading.recent()) == 2
    window.click("撤销", window.window.message)
    assert reading.recent() == before


def test_what_cannot_be_taken_back_is_said(plan):
    plan.tick("打电话挂失")
    plan.desktop.context.services.cases.delete(state(plan).id)
    undo(plan)
    assert "已经不在了" in plan.window.message.text


def test_the_next_visitor_cannot_take_back_what_the_last_one_did(plan):
    plan.tick("打电话挂失")
    plan.window.acts[Act.NEXT_VISITOR].trigger()
    plan.settle()
    assert not plan.window.acts[Act.UNDO].isEnabled()


def test_only_what_differs_goes_back(services, clock):
    case = services.cases.start("card-replacement", "妈妈").case.id
    answered = services.cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    ticked = services.cases.apply(case, Tick("apply-at-window", True))
    services.cases.apply(case, Note("apply-at-window", "带钱"))
    services.cases.apply(case, TakeBack(ticked.before, ticked.case.case))
    mark = services.cases.view(case).case.steps["apply-at-window"]
    assert (mark.done_on, mark.note) == (None, "带钱")
    services.cases.apply(case, TakeBack(answered.before, answered.case.case))
    assert services.cases.view(case).case.answers == {}


# -- notices --------------------------------------------------------------------------------


def test_a_notice_goes_with_its_page(window):
    window.window.acts[Act.NO_TRACE].trigger()
    window.settle()
    assert "不留痕开了" in window.window.message.text
    window.click("补办医保卡")
    assert window.window.message.text == ""
    window.window.acts[Act.NEXT_VISITOR].trigger()
    window.settle()
    assert "可以换一位" in window.window.message.text
    window.search("卡丢了")
    assert window.window.message.text == ""


def test_a_complaint_goes_once_it_is_mended(plan, paths):
    with closing(sqlite3.connect(paths.user_database)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON case_step"
            " BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    plan.tick("打电话挂失")
    assert "读写不了" in plan.window.message.text
    with closing(sqlite3.connect(paths.user_database)) as other:
        other.execute("DROP TRIGGER full")
    plan.tick("打电话挂失")
    assert plan.window.message.text == ""


def faults(window, within=None):
    labels = window.visible(QLabel, within or window.page)
    return [label.text() for label in labels if label.property("role") == "fault"]


def test_a_missing_name_is_told_beside_its_field_and_goes_when_it_is_there(window):
    window.click("补办医保卡")
    window.click("开始办理")
    assert len(faults(window)) == 1
    assert "还没有写给谁办" in faults(window)[0]
    assert window.window.message.text == ""
    field = window.window.focusWidget()
    assert field.accessibleName() == "给谁办"
    assert "还没有写给谁办" in field.accessibleDescription()
    window.type("妈")
    assert faults(window) == []
    window.press(Qt.Key.Key_Return)
    assert "妈 · 补办医保卡" in window.texts()
    assert window.window.message.text == ""


def test_a_draft_without_a_name_is_told_beside_its_field(window):
    window.click("补办医保卡")
    window.click("不写名字，先看看要带什么、怎么办")
    answer(window, "实体卡", "到窗口办")
    window.click("没有错，看要做什么")
    window.click("存下来")
    assert "还没有写给谁办" in faults(window)[0]
    window.type("妈妈")
    assert faults(window) == []
    window.press(Qt.Key.Key_Return)
    assert "妈妈 · 补办医保卡" in window.texts()


# -- what is written is kept ------------------------------------------------------------------


def test_escape_keeps_what_is_written_in_a_note(window):
    reading = window.desktop.context.services.reading
    window.window.open_item("card-replacement-guide")
    window.settle()
    window.click("收藏", window.page)
    window.click("写备注、放进文件夹")
    dialog = window.open_dialog(BookmarkDialog)
    window.type("周三去", dialog.findChild(QPlainTextEdit))
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    window.settle()
    assert [b.note for b in reading.bookmarks()] == ["周三去"]
    undo(window)
    assert [b.note for b in reading.bookmarks()] == [""]


def test_escape_keeps_a_name_and_a_day_and_cancel_drops_them(plan):
    plan.tick("打电话挂失")
    plan.click("改称呼")
    dialog = plan.open_dialog(NameDialog)
    plan.type("外婆", dialog.focusWidget())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    plan.settle()
    assert state(plan).nickname == "外婆"
    plan.click("改称呼")
    dialog = plan.open_dialog(NameDialog)
    plan.type("姑姑", dialog.focusWidget())
    plan.click("取消", dialog)
    assert state(plan).nickname == "外婆"
    plan.click("改日期：打电话挂失")
    dialog = plan.open_dialog(DayDialog)
    year = dialog.findChildren(QLineEdit)[0]
    year.selectAll()
    QTest.keyClicks(year, "2025")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    plan.settle()
    assert {day.year for day in state(plan).done_days.values()} == {2025}
    assert datetime.date(2025, 1, 1) <= min(state(plan).done_days.values())


def test_escape_with_nothing_in_the_field_says_so(plan):
    plan.click("改称呼")
    dialog = plan.open_dialog(NameDialog)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Delete)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    plan.settle()
    assert "还没有写给谁办" in faults(plan, dialog)[0]
    plan.click("取消", dialog)
    assert state(plan).nickname == "妈妈"


def test_a_first_answer_is_taken_back_to_its_question(window):
    start(window, "补办医保卡", "妈妈")
    answer(window, "实体卡", "到窗口办")
    undo(window)
    assert "您想到窗口办，还是在网上办？" in window.texts()
    go_to_my_cases(window)
    assert "妈妈 · 补办医保卡" in window.texts()
