"""Whole stories, from the first click to the restart."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateEdit, QDialogButtonBox, QFileDialog, QLineEdit, QPlainTextEdit

from tests.ui.pdf import read_pdf, squeeze
from yibao_desktop.domain.diff_text import diff_lines
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import DRAFT
from yibao_desktop.ui.actions import Act
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.widgets.tile import Tile


def test_a_daughter_replaces_her_mothers_card_over_two_days(open_window):
    day_one = open_window()

    # She types what she would say, and reads.
    day_one.search("卡丢了咋办")
    results = day_one.window.pages.search._list
    titles = [results.model().index(r, 0).data() for r in range(results.model().rowCount())]
    assert titles[0] == "补办医保卡"
    day_one.click_row(results, titles.index("医保卡丢了、坏了怎么补"))
    text = day_one.window.pages.reader.browser.toPlainText()
    assert "约 7–10 个工作日" in text
    assert "文章 004《医保卡补办流程详细步骤》" in text
    assert NOTICE in day_one.texts(day_one.window)

    # She goes over to the procedure and starts it for her mother.
    day_one.click("一步步办：补办医保卡")
    assert "适合" in day_one.texts()
    day_one.click("妈妈")
    day_one.click("开始办理")

    # Two questions, one a screen.
    assert "您说的是哪一张？" in day_one.texts()
    assert not day_one.button("继续").isEnabled()
    day_one.click("实体卡（社保卡、医保卡）")
    day_one.click("继续")
    assert "您想到窗口办，还是在网上办？" in day_one.texts()
    day_one.click("到窗口办（社保局或医保中心）")
    day_one.click("继续")

    # Her answers once more, before she is told what to do.
    assert "请看一遍您的回答" in day_one.texts()
    day_one.click("没有错，看要做什么")

    # The plan; she ticks two steps and a paper.
    assert "妈妈 · 补办医保卡" in day_one.texts()
    assert "还没有提交申请" in day_one.texts()
    day_one.tick("打电话挂失")
    day_one.tick("到社保局或医保中心申请补办")
    day_one.tick("报失证明")
    assert "已完成 2/6 步" in day_one.texts()
    assert "还没有提交申请" not in day_one.texts()
    day_one.close()

    # The next day the program opens where she left it, and the case stands on the first page.
    day_two = open_window()
    assert "妈妈 · 补办医保卡" in day_two.texts()
    assert "已完成 2/6 步" in day_two.texts()
    day_two.click("首页", day_two.window.side)
    assert "妈妈 · 补办医保卡" in day_two.texts()
    assert "已完成 2/6 步　下一步：交工本费" in day_two.texts()
    assert "我的办理 (1)" in day_two.texts(day_two.window)
    day_two.click("妈妈 · 补办医保卡")
    ticked = {name for name, box in day_two.ticks().items() if box.isChecked()}
    assert ticked == {"第1步，打电话挂失", "第2步，到社保局或医保中心申请补办", "有了：报失证明"}

    # She finishes it.
    for step in ("交工本费", "等新卡做好", "领新卡", "激活新卡"):
        day_two.tick(step)
    assert "已完成 6/6 步" in day_two.texts()
    assert "新卡办好了" in day_two.texts()
    assert "● 已提交" in day_two.texts()
    day_two.click("全部办好了")
    assert "办好了" in day_two.window.message.text
    assert "● 已办结" in day_two.texts()
    day_two.click("我的办理", day_two.window.side)
    assert "办好的" in day_two.texts()


def test_family_pooling_with_the_keyboard_alone(open_window):
    program = open_window()
    program.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert program.window.focusWidget() is program.window.bar.search
    with program.qtbot.waitSignal(program.window.pages.search.results_shown):
        program.type("给爸妈用我的医保")
    program.settle()
    program.press(Qt.Key.Key_Down)
    program.press(Qt.Key.Key_Return)
    assert "开通家庭共济" in program.texts()

    tab_to(program, lambda w: isinstance(w, QLineEdit) and w.accessibleName() == "给谁办")
    program.type("爸爸")
    program.press(Qt.Key.Key_Return)

    for answer in ("不在同一个地区", "当地医保经办机构的窗口"):
        tab_to(program, lambda w: isinstance(w, Tile))
        arrow_to(program, answer)
        program.press(Qt.Key.Key_Space)
        tab_to(program, lambda w: getattr(w, "text", str)() == "继续")
        program.press(Qt.Key.Key_Space)

    assert "请看一遍您的回答" in program.texts()
    assert program.window.focusWidget().text() == "没有错，看要做什么"
    program.press(Qt.Key.Key_Space)
    assert "爸爸 · 开通家庭共济" in program.texts()
    assert "问清楚了再办" in program.texts()
    tab_to(program, lambda w: "先打电话问能不能办" in w.accessibleName())
    program.press(Qt.Key.Key_Space)
    assert "已完成 1/6 步" in program.texts()
    assert "先打电话问能不能办" in program.window.focusWidget().accessibleName()


def tab_to(program, wanted, most=80):
    """Press Tab until the focus is where it is wanted."""
    for _ in range(most):
        widget = program.window.focusWidget()
        if widget is not None and widget.isVisible() and wanted(widget):
            return
        program.press(Qt.Key.Key_Tab)
    raise AssertionError("Tab never came there")


def arrow_to(program, name, most=10):
    """Press the arrow key within a group until the focus is on the option."""
    for _ in range(most):
        if program.window.focusWidget().accessibleName().startswith(name):
            return
        program.press(Qt.Key.Key_Down)
    raise AssertionError(f"the arrow never came to {name}")


def begin(program, procedure, name, *answers):
    """Start a case with mouse and keys, and answer until the plan is shown."""
    program.click(procedure)
    program.type(name, program.window.pages.procedure._nickname)
    program.click("开始办理")
    for answer in answers:
        program.click(answer)
        program.click("继续")
    program.click("没有错，看要做什么")


def go_to_my_cases(program):
    program.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)


WHICH_WAY = "修改：您想到窗口办，还是在网上办？"


def test_what_a_changed_answer_does_is_shown_before_it_is_applied(open_window):
    program = open_window()
    begin(program, "补办医保卡", "我自己", "实体卡", "到窗口办")
    program.tick("在网上挂失")
    program.tick("到社保局或医保中心申请补办")
    before = program.texts()

    # Looked at and cancelled: nothing changes.
    program.click(WHICH_WAY)
    assert not program.button("应用").isEnabled()
    program.click("网上办")
    effect = program.texts()
    assert "改成这样以后" in effect
    (case,) = program.desktop.context.services.cases.open_cases()
    told = diff_lines(case.after({"channel": ("online",)}))
    assert [line for line in told if "上传证件照片" in line and "增加" in line]
    assert [line for line in told if "打过勾" in line]
    for line in told:
        assert line in effect
    program.click("取消")
    assert program.texts() == before

    # Applied: the plan is another at once, and changing back restores it with its ticks.
    program.click(WHICH_WAY)
    program.click("网上办")
    program.click("应用")
    assert "上传证件照片" in program.texts()
    assert "改成这样以后" not in program.texts()
    program.click(WHICH_WAY)
    assert program.button("网上办").isChecked()
    program.click("到窗口办（社保局或医保中心）")
    program.click("应用")
    assert program.texts() == before


def test_another_alternative_is_chosen_after_its_effect_was_shown(open_window):
    program = open_window()
    begin(program, "补办医保卡", "我自己", "实体卡", "到窗口办")
    program.click("就用这种：打电话挂失")
    assert "任选一种" not in program.texts()
    assert "已完成 0/6 步" in program.texts()
    program.click("换一种办法")
    program.click("在网上挂失")
    assert "将增加 1 步：在网上挂失" in program.texts()
    program.click("应用")
    assert "第1步，在网上挂失" in program.ticks()


def test_the_electronic_card_has_nothing_to_replace(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("我自己")
    program.click("开始办理")
    program.click("手机里的电子医保卡（医保电子凭证）")
    program.click("继续")
    program.click("没有错，看要做什么")
    assert "电子医保卡没有卡片可补" in program.texts()
    assert "全部办好了" not in program.texts()
    program.click("去看看")
    assert "申请电子医保卡" in program.texts()


def test_not_knowing_is_an_answer(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("我自己")
    program.click("开始办理")
    program.click("不清楚")
    program.click("继续")
    program.click("不清楚")
    program.click("继续")
    program.click("没有错，看要做什么")
    assert "看情况" in program.texts()
    assert "已完成 0/0–9 步" in program.texts()


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
    program.desktop.context.events.changed.emit(cases.tick(case, "apply-at-window", True))
    program.type("窗口", field)
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
    dialog.findChild(QDateEdit).setDate(QDate(2025, 4, 23))
    program.click("存好", dialog)
    assert "2025年4月23日（周三） 办好" in program.texts()
    assert "新卡做好：大约2025年5月6日（周二）到2025年5月9日（周五）之间" in program.texts()


def test_a_limit_is_counted_from_the_day_given(open_window):
    program = open_window()
    program.click("转移医保关系")
    program.type("爸爸", program.window.pages.procedure._nickname)
    program.click("开始办理")
    for answer in ("没有单位", "没有断"):
        program.click(answer)
        program.click("继续")
    assert not program.button("继续").isEnabled()  # the field shows today, nobody has said so
    program.click("就是今天")
    assert program.button("继续").isEnabled()
    program.click("不清楚")
    assert not program.button("就是今天").isChecked()
    program.visible(QDateEdit)[0].setDate(QDate.currentDate().addMonths(-3).addDays(3))
    assert not program.button("不清楚").isChecked()
    program.click("就是今天")
    assert program.visible(QDateEdit)[0].date() == QDate.currentDate()
    program.click("继续")
    program.click("修改：原来的医保关系是哪天终止的？")
    assert program.button("就是今天").isChecked()
    assert not program.button("应用").isEnabled()
    program.visible(QDateEdit)[0].setDate(QDate.currentDate().addMonths(-3).addDays(3))
    program.click("应用")
    program.click("没有错，看要做什么")
    assert "自己参保交费：最晚" in program.texts()
    assert "还有 3 天" in program.texts()
    program.click("首页", program.window.side)
    assert "还有 3 天" in program.texts()


def test_it_can_be_looked_through_without_a_name_and_kept_after_all(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("不写名字，先看看要带什么、怎么办")
    for answer in ("实体卡", "到窗口办"):
        program.click(answer)
        program.click("继续")
    program.click("没有错，看要做什么")
    assert "没有存下来" in program.texts()
    program.tick("报失证明")
    go_to_my_cases(program)
    assert "现在没有正在办的事" in program.texts()
    program.click("后退")
    field = next(f for f in program.visible(QLineEdit) if f.accessibleName() == "给谁办")
    program.type("妈妈", field)
    program.click("存下来")
    assert "没有存下来" not in program.texts()
    assert {n for n, box in program.ticks().items() if box.isChecked()} == {"有了：报失证明"}
    go_to_my_cases(program)
    assert "妈妈 · 补办医保卡" in program.texts()


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


def test_browsing_by_topic_and_back(open_window):
    program = open_window()
    program.click("家庭共济与家人")
    program.click("家人的账户与绑定")
    program.click("怎么看共济账户里有谁")
    assert "成员查询" in program.window.pages.reader.browser.toPlainText()
    program.click("共济账户的余额怎么查。问答")
    assert "个人社会保障信息查询" in program.window.pages.reader.browser.toPlainText()
    program.click("后退")
    assert "成员查询" in program.window.pages.reader.browser.toPlainText()
    program.click("前进")
    assert "个人社会保障信息查询" in program.window.pages.reader.browser.toPlainText()
    program.click("收藏")
    program.click("收藏与历史", program.window.side)
    assert "共济账户的余额怎么查" in program.texts()
    program.click("清除看过的记录")
    assert "还没有看过什么" in program.texts()
    assert "共济账户的余额怎么查" in program.texts()


def test_a_tick_that_cannot_be_stored_is_not_shown(open_window, paths):
    program = open_window()
    case = program.desktop.context.services.cases.start("card-replacement", "妈妈").case.id
    program.desktop.context.services.cases.answer(
        case, {"card": ("physical",), "channel": ("window",)}
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
    services.cases.answer(case, {"card": ("physical",), "channel": ("window",)})
    program.window.open_case(case)
    program.settle()
    box = next(t for n, t in program.ticks().items() if "打电话挂失" in n)
    program.scroll_into_view(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    program.settle()
    assert "已完成 1/6 步" in program.texts()


def test_the_next_visitor_finds_nothing_of_the_one_before(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.search("怎么给家人用我的医保")
    program.click("首页", program.window.side)
    program.click("申请电子医保卡")
    program.click("不写名字，先看看要带什么、怎么办")
    program.window.acts[Act.NEXT_VISITOR].trigger()
    program.settle()
    assert "您要办什么事？" in program.texts()
    assert "最近看过" not in program.texts()
    assert program.window.bar.search.text() == ""
    services = program.desktop.context.services
    assert services.reading.queries() == []
    assert services.reading.recent() == []
    program.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "您要办什么事？" in program.texts()
    assert "妈妈 · 补办医保卡" in program.texts()  # what was given a name stays
    with pytest.raises(UserError):
        services.cases.view(DRAFT)


@pytest.mark.parametrize(
    ("place", "heading"),
    [
        ("article", "医保卡丢了、坏了怎么补"),
        ("procedure", "补办医保卡"),
        ("case", "妈妈 · 补办医保卡"),
    ],
)
def test_what_is_on_the_page_is_saved_as_pdf_from_the_menu(
    open_window, place, heading, tmp_path, monkeypatch
):
    monkeypatch.setenv("HOME", str(tmp_path))
    program = open_window()
    if place == "article":
        program.window.open_item("card-replacement-guide")
        program.settle()
    elif place == "procedure":
        program.click("补办医保卡")
    else:
        begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.window.acts[Act.SAVE_PDF].trigger()
    program.settle()
    program.answer(program.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    (path,) = tmp_path.glob("*.pdf")
    assert read_pdf(path.read_bytes()).body.startswith(squeeze(heading))
