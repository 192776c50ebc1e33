"""Everything by keyboard: Tab goes as one sees it, Enter does what has the focus, digits choose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.flows.journey import begin, start
from tests.ui.test_layout import STANDARD_PLACES
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.widgets.reading.topic_tree import TopicTree

pytestmark = pytest.mark.slow

MOST_STOPS = 400


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
    window.click("实体卡")
    check_order(window.page)
    window.click("继续")
    window.click("到窗口办")
    window.click("继续")
    check_order(window.page)
    window.click("没有错，看要做什么")
    check_order(window.page)


def test_a_question_is_answered_with_enter_alone(window):
    start(window, "补办医保卡", "妈妈")
    assert focused().accessibleName().startswith("实体卡")
    assert not window.button("继续").isEnabled()
    QTest.keyClick(focused(), Qt.Key.Key_Return)  # chooses
    QTest.keyClick(focused(), Qt.Key.Key_Return)  # and goes on
    window.settle()
    assert focused().accessibleName().startswith("到窗口办")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert window.button("继续").isEnabled()
    QTest.keyClick(focused(), Qt.Key.Key_Enter)
    window.settle()
    assert window.button("没有错，看要做什么").hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    window.settle()
    assert "本人有效身份证件" in window.texts()


def test_a_second_key_never_leads_back(window):
    """After 继续 the next question has the focus: whatever is pressed twice chooses."""
    start(window, "补办医保卡", "妈妈")
    QTest.keyClick(focused(), Qt.Key.Key_1)
    window.button("继续").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    window.settle()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    window.settle()
    assert "您打算怎么办" in window.texts() or "到窗口办" in window.texts()
    assert window.button("继续").isEnabled()


def test_digits_choose_the_answer_of_that_number(window):
    start(window, "补办医保卡", "妈妈")
    QTest.keyClick(focused(), Qt.Key.Key_2)
    assert focused().accessibleName().startswith("手机里的电子医保卡")
    assert window.button("手机里的电子医保卡").isChecked()
    QTest.keyClick(focused(), Qt.Key.Key_9)  # there are not so many
    assert window.button("手机里的电子医保卡").isChecked()


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
