"""How a case begins, how one goes back in it, and how it ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from tests.flows.journey import answer, begin, go_to_my_cases, start
from yibao_desktop.ui.dialogs.again_dialog import AgainDialog
from yibao_desktop.ui.widgets.case.step_card import StepCard


def cases(program):
    return program.desktop.context.services.cases.open_cases()


def unticked(program):
    """Names of the steps still to be done."""
    ticks = program.ticks()
    return [n for n, box in ticks.items() if not box.isChecked() and not n.startswith("有了")]


def test_nothing_is_left_of_a_case_whose_first_question_was_not_answered(open_window):
    program = open_window()
    start(program, "补办医保卡", "妈妈")
    assert "第 1 题\n" in program.texts()  # how many there are rests on the answer
    program.click("上一步")
    assert program.page is program.window.pages.procedure
    assert cases(program) == []
    go_to_my_cases(program)
    assert "现在没有正在办的事" in program.texts()


def test_the_first_answer_keeps_a_case(open_window):
    program = open_window()
    start(program, "补办医保卡", "妈妈")
    program.click("实体卡")
    assert [view.heading for view in cases(program)] == ["妈妈 · 补办医保卡"]
    assert "第 2 题，共 2 题" in program.texts()
    program.close()
    again = open_window()
    go_to_my_cases(again)
    again.click("妈妈 · 补办医保卡")
    assert "第 2 题，共 2 题" in again.texts()


def test_the_arrow_back_leads_to_the_question_before(open_window):
    program = open_window()
    start(program, "补办医保卡", "妈妈")
    answer(program, "实体卡", "到窗口办")
    for shown in ("第 2 题，共 2 题", "第 1 题"):
        program.click("后退")
        assert shown in program.texts()
    program.click("后退")
    assert program.page is not program.window.pages.case


def test_the_same_for_the_same_person_is_asked_about(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    program.click("首页", program.window.side)
    start(program, "补办医保卡", " 妈妈 ")
    dialog = program.open_dialog(AgainDialog)
    assert "已经有一件了，接着办" in program.texts(dialog)
    program.click("接着办", dialog)
    assert "本人有效身份证件" in program.texts()
    assert len(cases(program)) == 1
    program.click("首页", program.window.side)
    start(program, "补办医保卡", "妈妈")
    program.click("再办一件", program.open_dialog(AgainDialog))
    program.click("实体卡")
    assert len(cases(program)) == 2
    program.click("首页", program.window.side)
    start(program, "补办医保卡", "爸爸")
    assert "第 1 题" in program.texts()


def test_what_is_done_is_finished_at_the_top_and_told(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    warning = "还没有提交申请"
    assert warning in program.texts()
    while left := unticked(program):
        program.tick(left[0])
    button = program.button("全部办好了")
    first = program.visible(StepCard)[0]
    assert button.mapTo(program.page, QPoint()).y() < first.mapTo(program.page, QPoint()).y()
    button.setFocus()
    program.press(Qt.Key.Key_Return)
    program.settle()
    assert "办完了" in program.texts()
    assert "2026年6月15日（周一） 记下：办结" in program.texts()
    program.click("撤销")
    assert program.button("全部办好了").isVisible()
