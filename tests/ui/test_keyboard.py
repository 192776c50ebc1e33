"""Everything by keyboard: Tab goes as one sees it, Enter does what has the focus, digits choose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from tests.flows.journey import begin, start
from tests.ui.test_layout import STANDARD_PLACES
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.widgets.base.switch import Switch
from yibao_desktop.ui.widgets.reading.topic_tree import TopicTree

pytestmark = pytest.mark.slow

MOST_STOPS = 400
NO_KEY = Qt.KeyboardModifier.NoModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def walked(page: QWidget) -> list[QWidget]:
    """What Tab comes to on a page, from its beginning until it leaves it."""
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if not page.isAncestorOf(focused()) or focused() in stops:
            return stops
        stops.append(focused())
    raise AssertionError(f"Tab does not leave the page: {[name(s) for s in stops[-5:]]}")


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.property('text')}"


def place_of(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def check_order(page: QWidget) -> None:
    """Nothing comes after what stands below it, unless it is in the next column."""
    stops = [s for s in walked(page) if not isinstance(s, QScrollArea)]
    for before, after in pairwise(stops):
        upper, lower = place_of(before, page), place_of(after, page)
        goes_back = lower.bottom() <= upper.top() and lower.left() < upper.right()
        assert not goes_back, f"{page}: {name(before)} → {name(after)}"


def test_tab_goes_through_every_page_as_one_sees_it(window):
    for place in STANDARD_PLACES:
        window.window.go(place)
        window.settle()
        check_order(window.page)


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_tab_goes_through_a_case_as_one_sees_it(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.settle()
    start(window, "补办医保卡", "妈妈")
    check_order(window.page)
    for option in ("实体卡", "到窗口办"):
        window.click(option)
        check_order(window.page)
    window.click("没有错，看要做什么")
    check_order(window.page)


def test_a_question_is_answered_with_enter_alone(window):
    start(window, "补办医保卡", "妈妈")
    assert focused().accessibleName().startswith("实体卡")
    assert not window.shows("继续")  # one answer is all that is asked
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    window.settle()
    assert focused().accessibleName().startswith("到窗口办")
    window.click("上一步")
    assert focused().accessibleName().startswith("实体卡")
    assert window.button("继续").isEnabled()
    QTest.keyClick(focused(), Qt.Key.Key_Enter)  # on the one chosen before
    window.settle()
    assert focused().accessibleName().startswith("到窗口办")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    window.settle()
    assert window.button("没有错，看要做什么").hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    window.settle()
    assert "本人有效身份证件" in window.texts()


def test_a_second_key_never_leads_back(window):
    """After 继续 the next question has the focus: whatever is pressed twice chooses."""
    start(window, "补办医保卡", "妈妈")
    QTest.keyClick(focused(), Qt.Key.Key_1)
    window.settle()
    window.click("上一步")
    window.button("继续").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    window.settle()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    window.settle()
    assert "请看一遍您的回答" in window.texts()
    assert "到窗口办" in window.texts()


def hold(window, key, text=""):
    """What the system tells while a key is held: pressed again and again."""
    target = focused()
    for repeated in (False, True, True):
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, NO_KEY, text, repeated)
        QApplication.sendEvent(target, pressed)
        window.settle()
        target = focused()


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_1, "1"), (Qt.Key.Key_Return, "\r")])
def test_a_key_held_for_long_answers_one_question(window, key, text):
    start(window, "补办医保卡", "妈妈")
    hold(window, key, text)
    assert "第 2 题，共 2 题" in window.texts()
    assert focused().accessibleName().startswith("到窗口办")


@pytest.fixture
def double_click(window):
    """Clicks at one place of the screen twice, however long what comes of the first one takes."""
    interval = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(3_600_000)

    def click_twice(widget):
        handle, at = (
            window.window.windowHandle(),
            widget.mapTo(window.window, widget.rect().center()),
        )
        for _ in range(2):
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, NO_KEY, at)
            window.settle()

    yield click_twice
    QApplication.setDoubleClickInterval(interval)


def test_a_double_click_answers_one_question(window, double_click):
    start(window, "补办医保卡", "妈妈")
    double_click(window.button("实体卡"))
    assert "第 2 题，共 2 题" in window.texts()


def test_a_double_click_on_one_thing_is_two_clicks(window, double_click):
    window.window.go(Location(Place.SETTINGS))
    window.settle()
    switch = window.visible(Switch, window.page)[0].findChild(QAbstractButton)
    before = switch.isChecked()
    double_click(switch)
    assert switch.isChecked() is before


def test_digits_choose_the_answer_of_that_number(window):
    start(window, "补办医保卡", "妈妈")
    QTest.keyClick(focused(), Qt.Key.Key_9)  # there are not so many
    window.settle()
    assert "您说的是哪一张？" in window.texts()
    QTest.keyClick(focused(), Qt.Key.Key_2)
    window.settle()
    assert "请看一遍您的回答" in window.texts()
    assert "手机里的电子医保卡" in window.texts()


def test_changing_an_answer_begins_on_the_answer_given(window):
    begin(window, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    window.click("修改：")
    assert window.button("取消").isVisible()
    assert focused().isChecked()


@pytest.mark.parametrize("item", ["newborn", "e-card-guide", "card-replacement"])
def test_a_page_opened_from_another_has_the_focus_as_a_whole(window, item):
    window.window.go(Location(Place.HOME))
    window.settle()
    window.button("补办医保卡", window.page).setFocus()
    window.window.open_item(item)
    window.settle()
    whole = window.window.pages.reader.browser if window.page.focusProxy() is None else None
    assert focused() is (whole or window.page.focusProxy())


def test_tab_comes_to_what_stands_above_a_text_before_it(window):
    window.window.open_item("e-card-guide")
    window.settle()
    window.window.findChild(TopicTree).setFocus()
    met = []
    while focused() is not window.window.pages.reader.browser:
        assert len(met) < MOST_STOPS
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        met.append(name(focused()))
    for button in ("打印", "复制（带出处）", "收藏"):
        assert any(button in one for one in met), met


def test_enter_does_what_a_click_does(window):
    window.window.go(Location(Place.HOME))
    window.settle()
    window.button("补办医保卡", window.page).setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    window.settle()
    assert window.page is window.window.pages.procedure
