"""What is done with a case, by mouse and keys: written, corrected, put away, taken back."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.flows.journey import answer, begin, go_to_my_cases, write_day
from yibao_desktop.domain.records.commands import Answer, Tick
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.widgets.base.date_field import DateField
from yibao_desktop.ui.work.day_watch import DayWatch


def test_a_case_is_deleted_and_brought_back(open_window):
    program = open_window()
    begin(program, "申请电子医保卡", "奶奶", "已经参加", "微信")
    program.click("删除")
    assert "现在没有正在办的事" in program.texts()
    program.click("撤销")
    assert "奶奶 · 申请电子医保卡" in program.texts()
    program.click("奶奶 · 申请电子医保卡")
    program.click("先收起来")
    assert "收起来了" in program.window.message.text
    go_to_my_cases(program)
    assert "收起来的" in program.texts()
    program.click("奶奶 · 申请电子医保卡")
    program.click("重新打开")
    go_to_my_cases(program)
    assert "收起来的" not in program.texts()


def test_handed_in_taken_on_and_finished_are_told_apart(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    assert "● 准备" in program.texts()
    assert "还没有提交申请" in program.texts()
    program.click("就用这种：打电话挂失")
    program.tick("打电话挂失")
    program.tick("到社保局或医保中心申请补办")
    assert "● 已提交" in program.texts()
    assert "还没有提交申请" not in program.texts()
    assert "新卡做好：大约" in program.texts()
    field = next(f for f in program.visible(QLineEdit) if f.accessibleName() == "受理编号")
    program.type("A-2025-17", field)
    program.click("对方说受理了")
    assert "● 已受理" in program.texts()
    program.close()

    again = open_window()  # where it was left
    field = next(f for f in again.visible(QLineEdit) if f.accessibleName() == "受理编号")
    assert field.text() == "A-2025-17"
    again.click("记错了")
    assert "● 已提交" in again.texts()


def test_another_way_for_what_was_taken_on_says_what_becomes_of_it(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.click("就用这种：打电话挂失")
    program.tick("打电话挂失")
    program.tick("到社保局或医保中心申请补办")
    field = next(f for f in program.visible(QLineEdit) if f.accessibleName() == "受理编号")
    program.type("A-2025-17", field)
    program.click("对方说受理了")
    program.click("修改：您想到窗口办，还是在网上办？")
    program.click("网上办")
    assert "阶段从“已受理”变成“准备”" in program.texts()
    assert "受理编号 A-2025-17 也留着" in program.texts()
    program.click("应用")
    bar = program.page.plan._column.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0
    assert "● 准备" in program.texts()
    assert "照新的回答" in program.window.message.text
    program.click("撤销", program.window.message)
    assert "● 已受理" in program.texts()


def test_another_day_says_what_becomes_of_the_limit(open_window, clock):
    program = open_window()
    program.click("转移医保关系")
    program.click("我自己")
    answer(program, "职工医保", "没有单位", "没有断")
    write_day(program, clock.today())
    program.click("继续")
    program.click("没有错，看要做什么")
    program.click("修改：原来的医保关系是哪天终止的？")
    write_day(program, clock.today() - datetime.timedelta(days=30))
    (case,) = program.desktop.context.services.cases.open_cases()
    (due,) = case.due
    assert f"原来最晚{day_text(due.last)}，改成" in program.texts()
    program.click("不清楚")
    assert f"不算了，原来最晚{day_text(due.last)}" in program.texts()


def test_a_note_is_kept_even_if_the_window_is_closed_while_writing(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.click("记一笔：到社保局或医保中心申请补办")
    program.type("3 号窗口")
    program.close()
    again = open_window()  # where it was left
    notes = [n for n in again.visible(QPlainTextEdit) if n.toPlainText()]
    assert [n.toPlainText() for n in notes] == ["3 号窗口"]
    assert "申请补办" in notes[0].accessibleName()


def test_a_note_stays_with_the_case_it_was_written_in(open_window):
    program = open_window()
    cases = program.desktop.context.services.cases
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.click("首页", program.window.side)
    begin(program, "补办医保卡", "爸爸", "实体卡", "到窗口办")
    fathers = program.page._case_id
    go_to_my_cases(program)
    program.click("妈妈 · 补办医保卡")
    mothers = program.page._case_id
    program.click("记一笔：到社保局或医保中心申请补办")
    program.type("3 号窗口")
    program.window.open_case(fathers)  # from a link, without a pause and without leaving the field
    program.settle()
    assert "爸爸 · 补办医保卡" in program.texts()
    assert [n.toPlainText() for n in program.visible(QPlainTextEdit)] == []
    assert "3 号窗口" not in str(cases.view(fathers).case)
    assert "3 号窗口" in str(cases.view(mothers).case)


def test_writing_goes_on_while_the_plan_is_made_anew(open_window, paths):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    case = program.page._case_id
    program.click("记一笔：到社保局或医保中心申请补办")
    program.type("3 号")
    (field,) = program.visible(QPlainTextEdit)
    assert field.hasFocus()
    cases = program.desktop.context.services.cases
    program.desktop.context.events.changed.emit(cases.apply(case, Tick("apply-at-window", True)))
    program.type("窗口")
    program.settle()
    (field,) = program.visible(QPlainTextEdit)
    assert field.toPlainText() == "3 号窗口"
    assert field.hasFocus()
    program.type("，周三")
    assert program.visible(QPlainTextEdit)[0].toPlainText() == "3 号窗口，周三"


def test_another_name_is_given(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.click("改称呼")
    dialog = program.open_dialog(NameDialog)
    assert dialog.focusWidget().text() == "妈妈"
    program.type("外婆", dialog.focusWidget())
    program.click("存好", dialog)
    assert "外婆 · 补办医保卡" in program.texts()
    program.click("改称呼")
    dialog = program.open_dialog(NameDialog)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Delete)
    program.click("存好", dialog)
    assert "还没有写给谁办" in program.texts(dialog)
    field = program.visible(QLineEdit, dialog)[0]
    assert field.visibleRegion().boundingRect() == field.rect()
    program.type("谁也不是", dialog.focusWidget())
    program.click("取消", dialog)
    assert "外婆 · 补办医保卡" in program.texts()


def test_taking_back_puts_a_finished_case_where_it_was(open_window):
    program = open_window()
    begin(program, "申请电子医保卡", "奶奶", "已经参加", "微信")
    case = program.page._case_id
    cases = program.desktop.context.services.cases
    for name in list(program.ticks()):
        if name.startswith("第"):
            program.tick(name)
    program.click("全部办好了")
    program.click("先收起来")
    assert cases.view(case).case.archived_at is not None
    program.click("撤销")
    assert cases.view(case).case.archived_at is None
    assert cases.view(case).case.closed_at is not None


def test_the_day_a_step_was_done_is_corrected(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.tick("到社保局或医保中心申请补办")
    program.click("改日期：到社保局或医保中心申请补办")
    dialog = program.open_dialog(DayDialog)
    write_day(program, datetime.date(2025, 4, 23), dialog)
    program.click("存好", dialog)
    assert "2025年4月23日（周三） 办好" in program.texts()
    assert "新卡做好：大约2025年5月6日（周二）到2025年5月9日（周五）之间" in program.texts()


def test_a_limit_is_counted_from_the_day_given(open_window, clock):
    program = open_window()
    today = clock.today()
    three_months_ago = datetime.date(2026, 3, 18)  # three days are left of them
    program.click("转移医保关系")
    program.type("爸爸", program.field("给谁办"))
    program.click("开始办理")
    answer(program, "职工医保", "没有单位", "没有断")
    assert program.window.findChild(DateField).day is None
    assert not program.button("继续").isEnabled()
    program.click("就是今天")
    assert program.button("继续").isEnabled()
    program.click("不清楚")
    assert not program.button("就是今天").isChecked()
    write_day(program, three_months_ago)
    assert not program.button("不清楚").isChecked()
    program.click("就是今天")
    assert program.window.findChild(DateField).day == today
    program.click("继续")
    program.click("修改：原来的医保关系是哪天终止的？")
    assert program.button("就是今天").isChecked()
    assert not program.button("应用").isEnabled()
    write_day(program, three_months_ago)
    program.click("应用")
    program.click("没有错，看要做什么")
    assert "自己参保交费：最晚" in program.texts()
    assert "还有 3 天" in program.texts()
    program.window.findChild(DayWatch).look()
    assert "还有 3 天" in program.texts()
    clock.go_on(days=1)  # the window stays open over midnight
    program.window.findChild(DayWatch).look()
    program.settle()
    assert "还有 2 天" in program.texts()
    program.click("首页", program.window.side)
    assert "还有 2 天" in program.texts()
    clock.go_on(days=3)
    program.window.findChild(DayWatch).look()
    program.settle()
    assert "还有 2 天" not in program.texts()
    assert "过" in program.texts()


def test_a_day_and_an_answer_that_contradict_each_other_are_noticed(open_window):
    program = open_window()
    program.click("转移医保关系")
    program.type("爸爸", program.field("给谁办"))
    program.click("开始办理")
    answer(program, "职工医保", "没有单位", "没有断")
    write_day(program, datetime.date(2026, 1, 15))
    program.click("继续")
    program.click("没有错，看要做什么")
    assert "可是“中间断过缴费吗？”您答的对不上，请看看是哪一题答错了" in program.texts()
    program.click("修改：中间断过缴费吗？")
    program.click("断了，超过三个月")
    program.click("应用")
    assert "对不上" not in program.texts()
    assert "期限过了" not in program.texts()
    assert "等待期过了再用" in program.texts()


def test_the_papers_of_two_cases_stand_in_one_list(open_window):
    program = open_window()
    for name in ("妈妈", "爸爸"):
        program.click("首页", program.window.side)
        begin(program, "补办医保卡", name, "实体卡", "到窗口办")
    go_to_my_cases(program)
    assert "本人有效身份证件，2 件事要" in program.texts()
    program.tick("本人有效身份证件（妈妈 · 补办医保卡）")
    program.click("妈妈 · 补办医保卡")
    assert program.ticks()["有了：本人有效身份证件"].isChecked()
    program.click("后退")
    program.click("爸爸 · 补办医保卡")
    assert not program.ticks()["有了：本人有效身份证件"].isChecked()


def test_a_tick_that_cannot_be_stored_is_not_shown(open_window, paths):
    program = open_window()
    case = program.desktop.context.services.cases.start("card-replacement", "妈妈").case.id
    program.desktop.context.services.cases.apply(
        case, Answer({"card": ("physical",), "channel": ("window",)})
    )
    program.window.open_case(case)
    program.settle()
    with closing(sqlite3.connect(paths.user_database)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON case_step BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    program.tick("打电话挂失")
    assert "读写不了" in program.window.message.text
    assert not any(box.isChecked() for box in program.ticks().values())
    with closing(sqlite3.connect(paths.user_database)) as other:
        other.execute("DROP TRIGGER full")
    program.tick("打电话挂失")
    assert "已完成 1/6 步" in program.texts()


def test_two_quick_clicks_tick_once(open_window):
    program = open_window()
    services = program.desktop.context.services
    case = services.cases.start("card-replacement", "妈妈").case.id
    services.cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    program.window.open_case(case)
    program.settle()
    box = next(t for n, t in program.ticks().items() if "打电话挂失" in n)
    program.scroll_into_view(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    program.settle()
    assert "已完成 1/6 步" in program.texts()
