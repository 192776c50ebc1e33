"""Coming back to a page, within the window and after a restart, finds it as it was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt

from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.pages.home_page import HomePage
from yibao_desktop.ui.shell.window_state import WindowState

pytestmark = pytest.mark.slow

ALT = Qt.KeyboardModifier.AltModifier


def bar_of(window):
    page = window.page
    scrolling = page.browser if page is window.window.pages.reader else page._column
    return scrolling.verticalScrollBar()


def settle_scrolling(window):
    """Wait until nothing is waiting to be scrolled to."""
    window.settle()
    window.qtbot.waitUntil(lambda: not window.window.navigator.where.settling)


@pytest.mark.parametrize(
    "place",
    [
        Location(Place.ITEM, "card-replacement-guide"),
        Location(Place.ITEM, "card-replacement"),
        Location(Place.TERMS),
        HOME,
    ],
    ids=str,
)
def test_back_and_forward_find_the_page_scrolled_as_it_was(window, place):
    window.window.resize(1180, 500)
    window.window.go(place)
    window.settle()
    window.qtbot.waitUntil(lambda: bar_of(window).maximum() > 137)
    bar_of(window).setValue(137)
    window.window.open_item("own-account")
    settle_scrolling(window)
    bar_of(window).setValue(41)
    window.press(Qt.Key.Key_Left, ALT)
    settle_scrolling(window)
    assert bar_of(window).value() == pytest.approx(137, abs=1)
    window.press(Qt.Key.Key_Right, ALT)
    settle_scrolling(window)
    assert bar_of(window).value() == pytest.approx(41, abs=1)


def test_a_page_asked_for_anew_begins_at_its_top(window):
    window.window.resize(1180, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    bar_of(window).setValue(200)
    window.window.open_item("own-account")
    window.settle()
    window.window.open_item("card-replacement-guide")
    settle_scrolling(window)
    assert bar_of(window).value() == 0


def test_a_question_begins_at_its_top(window):
    window.window.resize(1024, 420)
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    case = window.desktop.context.services.cases.start("card-replacement", "妈妈").case
    window.window.open_case(case.id)
    window.settle()
    bar = window.page.questions._column.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 50
    window.click("不清楚")
    assert "您想到窗口办，还是在网上办？" in window.texts()
    assert bar.maximum() > 50
    assert bar.value() == 0


def test_larger_text_leaves_one_about_where_one_was(window):
    window.window.resize(1180, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    bar = bar_of(window)
    bar.setValue(bar.maximum() // 2)
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    settle_scrolling(window)
    assert bar_of(window).value() / bar_of(window).maximum() == pytest.approx(0.5, abs=0.02)


def test_the_program_opens_where_it_was_left(open_window):
    first = open_window()
    first.window.open_item("card-replacement-guide")
    first.settle()
    bar_of(first).setValue(150)
    left = bar_of(first).value() / bar_of(first).maximum()
    first.close()
    second = open_window()
    settle_scrolling(second)
    assert second.window.pages.reader.browser.accessibleName() == "医保卡丢了、坏了怎么补"
    now = bar_of(second).value() / bar_of(second).maximum()
    assert now == pytest.approx(left, abs=0.02)
    second.press(Qt.Key.Key_Left, ALT)
    assert isinstance(second.page, HomePage)


def test_a_query_and_a_case_are_found_again_too(open_window):
    first = open_window()
    first.search("卡丢了")
    first.close()
    second = open_window()
    second.settle()
    assert second.window.bar.search.text() == "卡丢了"
    assert second.page is second.window.pages.search
    case = second.desktop.context.services.cases.start("e-card", "爸爸").case
    second.window.open_case(case.id)
    second.settle()
    second.close()
    third = open_window()
    assert third.page is third.window.pages.case
    assert "爸爸" in third.texts()


def test_a_case_only_looked_through_is_not_looked_for_again(open_window):
    first = open_window()
    first.click("补办医保卡")
    first.click("不写名字，先看看要带什么、怎么办")
    first.close()
    again = open_window()
    assert again.page is again.window.pages.home
    assert again.window.message.text == ""


@pytest.mark.parametrize("setting", [{"reopen": False}, {"no_trace": True}], ids=str)
def test_where_it_was_left_is_not_kept_where_that_is_not_wanted(open_window, paths, setting):
    first = open_window()
    first.window.open_item("own-account")
    first.settle()
    first.desktop.context.services.settings.update(**setting)
    assert WindowState(paths.window_state).left_at is None
    first.window.open_item("card-replacement-guide")
    first.settle()
    first.close()
    assert "own-account" not in paths.window_state.read_text()
    assert "card-replacement" not in paths.window_state.read_text()
    second = open_window()
    assert isinstance(second.page, HomePage)


def test_a_page_that_is_gone_is_not_opened(open_window, paths):
    first = open_window()
    first.window.open_item("own-account")
    first.settle()
    first.close()
    file = QSettings(str(paths.window_state), QSettings.Format.IniFormat)
    file.setValue("value", "no-longer-there")
    file.sync()
    second = open_window()
    assert isinstance(second.page, HomePage)
    assert second.window.message.text == ""


@pytest.mark.parametrize("content", ["", "[General]\nplace=nowhere\nscrolled=x\n", "\x00\x01"])
def test_a_strange_file_is_no_hindrance(open_window, paths, content):
    paths.user.mkdir(parents=True)
    paths.window_state.write_text(content)
    assert isinstance(open_window().page, HomePage)
