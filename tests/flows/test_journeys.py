"""Whole stories, from the first click to the restart."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.ui.widgets.tile import Tile


def test_a_daughter_replaces_her_mothers_card_over_two_days(open_window):
    day_one = open_window()

    # She types what she would say, and reads.
    day_one.search("卡丢了咋办")
    results = day_one.window.search._list
    titles = [results.model().index(r, 0).data() for r in range(results.model().rowCount())]
    assert titles[0] == "补办医保卡"
    day_one.click_row(results, titles.index("医保卡丢了、坏了怎么补"))
    text = day_one.window.reader.browser.toPlainText()
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
    day_two.click("全部办好了")
    assert "收起来了" in day_two.window.message.text
    day_two.click("我的办理", day_two.window.side)
    assert "收起来的" in day_two.texts()


def test_family_pooling_with_the_keyboard_alone(open_window):
    program = open_window()
    program.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert program.window.focusWidget() is program.window.bar.search
    with program.qtbot.waitSignal(program.window.search.results_shown):
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


def test_an_answer_is_changed_and_changed_back(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("我自己")
    program.click("开始办理")
    for answer in ("实体卡（社保卡、医保卡）", "到窗口办（社保局或医保中心）"):
        program.click(answer)
        program.click("继续")
    program.tick("在网上挂失")
    before = program.texts()
    program.click("修改：您想到窗口办，还是在网上办？")
    program.click("网上办")
    program.click("继续")
    assert "上传证件照片" in program.texts()
    assert "已完成 1/9 步" in program.texts()
    program.click("修改：您想到窗口办，还是在网上办？")
    assert program.button("网上办").isChecked()
    program.click("上一步")
    assert "上传证件照片" in program.texts()
    program.click("修改：您想到窗口办，还是在网上办？")
    program.click("到窗口办（社保局或医保中心）")
    program.click("继续")
    assert program.texts() == before
    program.click("换一种办法")
    assert "任选一种" in program.texts()


def test_the_electronic_card_has_nothing_to_replace(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("我自己")
    program.click("开始办理")
    program.click("手机里的电子医保卡（医保电子凭证）")
    program.click("继续")
    assert "电子医保卡没有卡片可补" in program.texts()
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
    assert "看情况" in program.texts()
    assert "已完成 0/0–9 步" in program.texts()


def test_a_case_is_deleted_and_brought_back(open_window):
    program = open_window()
    program.click("申请电子医保卡")
    program.type("奶奶", program.window.procedure._nickname)
    program.click("开始办理")
    program.click("已经参加")
    program.click("继续")
    program.click("微信")
    program.click("继续")
    program.click("删除")
    assert "现在没有正在办的事" in program.texts()
    program.click("撤销")
    assert "奶奶 · 申请电子医保卡" in program.texts()
    program.click("奶奶 · 申请电子医保卡")
    program.click("先收起来")
    assert "重新打开" not in program.texts() or "收起来" in program.window.message.text


def test_browsing_by_topic_and_back(open_window):
    program = open_window()
    program.click("家庭共济与家人")
    program.click("家人的账户与绑定")
    program.click("怎么看共济账户里有谁")
    assert "成员查询" in program.window.reader.browser.toPlainText()
    program.click("共济账户的余额怎么查。问答")
    assert "个人社会保障信息查询" in program.window.reader.browser.toPlainText()
    program.click("后退")
    assert "成员查询" in program.window.reader.browser.toPlainText()
    program.click("前进")
    assert "个人社会保障信息查询" in program.window.reader.browser.toPlainText()
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
