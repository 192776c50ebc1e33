"""At a service desk one visitor follows another: nothing of one is shown to the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.flows.journey import begin, go_to_my_cases
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.pages.home_page import HomePage
from yibao_desktop.ui.pages.plan_page import PlanPage
from yibao_desktop.ui.widgets.search.result_list import ResultList


@pytest.fixture
def counter(open_window):
    """The program as it stands at a desk: the mode was chosen in the menu."""
    program = open_window()
    program.window.acts[Act.COUNTER].trigger()
    program.settle()
    return program


def test_a_switch_in_the_settings_and_one_in_the_menu_are_the_same(open_window):
    program = open_window()
    assert not program.window.bar._next.isVisible()
    program.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    box = program.ticks()["窗口模式"]
    program.scroll_into_view(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    program.settle()
    assert program.window.acts[Act.COUNTER].isChecked()
    assert program.button("换一位", program.window.bar).isVisible()
    program.window.acts[Act.COUNTER].trigger()
    program.settle()
    assert not program.ticks()["窗口模式"].isChecked()
    assert not program.window.bar._next.isVisible()


def test_names_of_others_stand_behind_one_click(counter):
    services = counter.desktop.context.services
    services.cases.start("card-replacement", "王奶奶")
    counter.click("换一位")
    assert isinstance(counter.page, HomePage)
    assert not counter.window.side.isVisible()
    assert "王奶奶" not in counter.texts()
    counter.click("补办医保卡")
    assert "王奶奶" not in counter.texts()
    go_to_my_cases(counter)
    assert "存着 1 件" in counter.texts()
    assert "王奶奶" not in counter.texts()
    assert not counter.window.acts[Act.PRINT].isEnabled()
    counter.press(Qt.Key.Key_Return)  # the button has the focus
    assert "王奶奶 · 补办医保卡" in counter.texts()
    counter.click("首页")
    go_to_my_cases(counter)
    assert "王奶奶" not in counter.texts()


def test_the_same_name_for_another_person_does_not_open_the_papers_of_the_first(counter):
    cases = counter.desktop.context.services.cases
    first = cases.start("card-replacement", "妈妈").case.id
    counter.click("首页")
    counter.click("补办医保卡")
    counter.click("妈妈")
    counter.click("实体卡")
    counter.click("到窗口办")
    assert isinstance(counter.page.plan, PlanPage)
    assert counter.page._case_id != first
    assert len(cases.open_cases()) == 2


def words_on_widgets(program):
    """Everything that stands anywhere in the window, shown or not."""
    texts = []
    for widget in program.window.findChildren(QWidget):
        if isinstance(widget, QLineEdit | QLabel):
            texts.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            texts.append(widget.toPlainText())
        texts.append(widget.accessibleName())
    return "\n".join(texts)


def test_nothing_of_the_last_visitor_is_left_anywhere(counter):
    program = counter
    program.search("怎么给家人用我的医保")
    program.press(Qt.Key.Key_Return)
    program.click_row(program.window.pages.search.findChild(ResultList), 0)
    program.click("首页")
    begun = program.desktop.context.services
    program.click("补办医保卡")
    program.type("李四妹", program.field("给谁办"))
    program.click("开始办理")
    program.click("实体卡")
    program.click("到窗口办")
    program.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    program.type("三号窗口", program.window.find_bar.box)
    program.window.acts[Act.TREE].trigger()
    program.window.open_item("card-replacement-guide")
    program.settle()
    program.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    program.type("王二", program.window.pages.library.box)
    program.click("换一位")
    assert isinstance(program.page, HomePage)
    left = words_on_widgets(program)
    for trace in ("李四妹", "三号窗口", "王二", "怎么给家人用我的医保"):
        assert trace not in left
    assert begun.reading.queries() == []
    assert begun.reading.recent() == []
    assert not program.window.side.isVisible()
    tree = program.window.side.tree
    assert not tree.currentIndex().isValid()
    assert not any(tree.isExpanded(index) for index in tree._indexes())
    assert not program.window.acts[Act.BACK].isEnabled()
    box = program.window.bar.search
    assert box.hasFocus()
    assert not box.isUndoAvailable()
    program.type("怎")
    offered = box.suggestions
    assert "怎么给家人用我的医保" not in [offered.item(n).text() for n in range(offered.count())]


@pytest.mark.parametrize(("ours", "left"), [(True, ""), (False, "王二 · 补办医保卡")])
def test_what_the_program_copied_for_one_cannot_be_pasted_for_the_next(
    counter, monkeypatch, ours, left
):
    """The platform without a screen never says whose the clipboard is."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)
    QGuiApplication.clipboard().setText("王二 · 补办医保卡")
    counter.click("换一位")
    assert QGuiApplication.clipboard().text() == left


def test_the_next_start_shows_nothing_of_the_day_before(open_window):
    first = open_window()
    first.window.acts[Act.COUNTER].trigger()
    first.settle()
    first.click("补办医保卡")
    first.click("妈妈")
    first.click("实体卡")
    first.close()
    again = open_window()
    assert isinstance(again.page, HomePage)
    assert "妈妈" not in again.texts()
    assert "最近看过" not in again.texts()
    assert again.window.bar._next.isVisible()


def test_several_visitors_one_after_the_other(counter):
    """Pages taken apart are made again, as often as it takes."""
    for name in ("甲", "乙", "丙"):
        counter.click("补办医保卡")
        counter.type(name, counter.field("给谁办"))
        counter.click("开始办理")
        counter.click("实体卡")
        counter.click("到窗口办")
        counter.tick("打电话挂失")
        counter.click("换一位")
        assert name not in counter.texts()
    assert len(counter.desktop.context.services.cases.open_cases()) == 3


def test_arrow_keys_only_choose(counter):
    """Who walks along the answers has not answered yet; Enter and a digit have."""
    counter.click("补办医保卡")
    counter.click("妈妈")
    counter.press(Qt.Key.Key_Down)
    assert "您说的是哪一张？" in counter.texts()
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Return)
    assert "您想到窗口办，还是在网上办？" in counter.texts()


def test_without_the_mode_all_answers_are_shown_once_more(open_window):
    program = open_window()
    begin(program, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    assert isinstance(program.page.plan, PlanPage)
