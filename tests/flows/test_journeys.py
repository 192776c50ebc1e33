"""Whole stories, from the first click to the restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit

from tests.flows.journey import arrow_to, begin, go_to_my_cases, tab_to
from tests.ui.pdf import read_pdf, squeeze
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.records.case import DRAFT
from yibao_desktop.domain.wording.diff_text import diff_lines
from yibao_desktop.errors import UserError
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.widgets.base.tile import Tile

WHICH_WAY = "修改：您想到窗口办，还是在网上办？"


def reads_and_starts_for_her_mother(program):
    # She types what she would say, and reads.
    program.search("卡丢了咋办")
    results = program.window.pages.search._list
    titles = [results.model().index(r, 0).data() for r in range(results.model().rowCount())]
    assert titles[0] == "补办医保卡"
    article = next(row for row, title in enumerate(titles) if title.startswith("医保卡丢了、坏了"))
    program.click_row(results, article)
    text = program.window.pages.reader.browser.toPlainText()
    assert "约 7–10 个工作日" in text
    assert "《医保卡补办流程详细步骤》" in text
    assert NOTICE in program.texts(program.window)

    # She goes over to the procedure and starts it for her mother.
    program.click("一步步办：补办医保卡")
    assert "适合" in program.texts()
    program.click("妈妈")

    # Two questions, one a screen.
    assert "您说的是哪一张？" in program.texts()
    assert "点一个回答，就到下一题" in program.texts()
    program.click("实体卡（社保卡、医保卡）")
    assert "您想到窗口办，还是在网上办？" in program.texts()
    program.click("到窗口办（社保局或医保中心）")

    # Her answers once more, before she is told what to do.
    assert "请看一遍您的回答" in program.texts()
    program.click("没有错，看要做什么")


def test_a_daughter_replaces_her_mothers_card_over_two_days(open_window):
    day_one = open_window()

    reads_and_starts_for_her_mother(day_one)

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
    with program.qtbot.waitSignal(program.desktop.context.events.results_shown):
        program.type("给爸妈用我的医保")
    program.settle()
    program.press(Qt.Key.Key_Down)
    program.press(Qt.Key.Key_Return)
    assert "开通家庭共济" in program.texts()

    tab_to(program, lambda w: isinstance(w, QLineEdit) and w.accessibleName() == "给谁办")
    program.type("爸爸")
    program.press(Qt.Key.Key_Return)

    for answer in (
        "是职工医保",
        "是近亲属，也参加了",
        "不在同一个地区",
        "当地医保经办机构的窗口",
    ):
        tab_to(program, lambda w: isinstance(w, Tile))
        arrow_to(program, answer)
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
    program.click("手机里的电子医保卡（医保电子凭证）")
    program.click("没有错，看要做什么")
    assert "电子医保卡没有卡片可补" in program.texts()
    assert "全部办好了" not in program.texts()
    program.click("去看看")
    assert "申请电子医保卡" in program.texts()


def test_not_knowing_is_an_answer(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("我自己")
    program.click("不清楚")
    program.click("不清楚")
    program.click("没有错，看要做什么")
    assert "已完成 0/0–6 步" in program.texts()
    assert "您说不清楚，先照“到窗口办”列" in program.texts()
    assert "登录补办平台" not in program.texts()


def test_it_can_be_looked_through_without_a_name_and_kept_after_all(open_window):
    program = open_window()
    program.click("补办医保卡")
    program.click("不写名字，先看看要带什么、怎么办")
    for option in ("实体卡", "到窗口办"):
        program.click(option)
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


def test_browsing_by_topic_and_back(open_window):
    program = open_window()
    program.click("家庭共济与家人")
    program.click("家人的账户与绑定")
    program.click("共济账户里有谁、剩多少钱，怎么查")
    assert "成员查询" in program.window.pages.reader.browser.toPlainText()
    program.click("怎么查自己的医保账户。问答")
    assert "消费的明细" in program.window.pages.reader.browser.toPlainText()
    program.click("后退")
    assert "成员查询" in program.window.pages.reader.browser.toPlainText()
    program.click("前进")
    assert "消费的明细" in program.window.pages.reader.browser.toPlainText()
    program.click("收藏")
    program.click("收藏与历史", program.window.side)
    assert "怎么查自己的医保账户" in program.texts()
    program.click("清除看过的记录")
    assert "还没有看过什么" in program.texts()
    assert "怎么查自己的医保账户" in program.texts()


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
