"""How many clicks and keys everyday tasks take, at a counter and at home.

A click, a key and a chord count as one each; the letters of a text somebody has in mind do not.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.flows.journey import begin
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.pages.home_page import HomePage
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions
from yibao_desktop.ui.widgets.search.result_list import ResultList

CONTROL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Uses the program and counts."""

    def __init__(self, program):
        self.program = program
        self.count = 0

    def click(self, text, within=None):
        self.program.click(text, within)
        self.count += 1

    def tick(self, name):
        self.program.tick(name)
        self.count += 1

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.program.press(key, modifiers)
        self.count += 1

    def click_first_result(self):
        self.program.click_row(self.program.window.pages.search.findChild(ResultList), 0)
        self.count += 1

    def write(self, text):
        self.program.type(text)


@pytest.fixture
def printed(monkeypatch):
    """The documents that would be shown to the system's own dialog for printers."""
    documents = []
    monkeypatch.setattr(HandoutActions, "print", lambda _, make: documents.append(make()))
    return documents


@pytest.fixture
def home(printed, open_window):
    return Hand(open_window())


@pytest.fixture
def desk(printed, open_window):
    program = open_window()
    program.window.acts[Act.COUNTER].trigger()
    program.settle()
    return Hand(program)


def plan_of(hand):
    page = hand.program.page
    assert page is hand.program.window.pages.case
    assert page._stack.currentWidget() is page.plan
    return hand.program.texts()


# -- at the counter -----------------------------------------------------------------------------


def test_a_clerk_comes_from_search_to_a_plan_with_a_name_by_keys(desk):
    desk.program.search("补办医保卡")
    desk.press(Qt.Key.Key_Return)  # to the results
    desk.press(Qt.Key.Key_Return)  # the first of them
    assert desk.program.window.focusWidget().accessibleName() == "给谁办"
    desk.write("王奶奶")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_1)
    assert "王奶奶 · 补办医保卡" in plan_of(desk)
    assert desk.count <= 5


def test_a_clerk_comes_from_search_to_a_plan_with_a_name_by_mouse(desk):
    desk.program.search("补办医保卡")
    desk.click_first_result()
    desk.click("妈妈")
    desk.click("实体卡")
    desk.click("到窗口办")
    assert "妈妈 · 补办医保卡" in plan_of(desk)
    assert desk.count <= 4


def test_a_clerk_hands_out_a_list_without_a_name(desk, printed):
    desk.program.search("补办医保卡")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_P, CONTROL)
    (handout,) = printed
    assert (handout.title, handout.person) == ("补办医保卡", "")
    assert desk.count <= 3


def test_a_clerk_is_ready_for_the_next_one(desk):
    desk.program.click("补办医保卡")
    desk.program.click("妈妈")
    desk.program.click("实体卡")
    desk.click("换一位")
    assert isinstance(desk.program.page, HomePage)
    assert desk.program.window.bar.search.hasFocus()
    assert "妈妈 · 补办医保卡" not in desk.program.texts()
    assert desk.count <= 1


def test_a_clerk_finds_somebody_who_comes_again_and_ticks(desk):
    cases = desk.program.desktop.context.services.cases
    case = cases.start("card-replacement", "王奶奶").case.id
    cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    desk.press(Qt.Key.Key_M, CONTROL)
    desk.press(Qt.Key.Key_Return)  # 显示办理的单子
    desk.click("王奶奶 · 补办医保卡")
    desk.tick("打电话挂失")
    assert cases.view(case).case.done_steps
    assert desk.count <= 4


# -- a daughter at home ---------------------------------------------------------------------------


def test_a_daughter_begins_for_her_mother(home):
    home.program.search("补办医保卡")
    home.click_first_result()
    home.click("妈妈")
    for option in ("实体卡", "到窗口办", "没有错，看要做什么"):
        home.click(option)
    assert "妈妈 · 补办医保卡" in plan_of(home)
    assert home.count <= 5


def test_a_daughter_ticks_a_paper_takes_it_back_and_ticks_the_right_one(home):
    begin(home.program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    home.program.click("首页")
    home.click("妈妈 · 补办医保卡")
    home.tick("到社保局或医保中心申请补办")
    home.press(Qt.Key.Key_Z, CONTROL)
    home.tick("打电话挂失")
    steps = home.program.desktop.context.services.cases.view(home.program.page._case_id).case
    assert len(steps.done_steps) == 1
    assert home.count <= 4


def test_a_daughter_changes_an_answer_and_prints_what_has_come_of_it(home, printed):
    begin(home.program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    home.click("修改：您想到窗口办，还是在网上办？")
    home.press(Qt.Key.Key_2)
    home.click("应用")
    home.press(Qt.Key.Key_P, CONTROL)
    (handout,) = printed
    assert handout.person == "妈妈"
    assert home.count <= 4


def test_a_question_page_is_taken_along_from_its_bar(home, printed):
    home.click("补办医保卡")
    home.click("妈妈")
    home.click("打印", home.program.page)
    assert [p.title for p in printed] == ["补办医保卡"]
