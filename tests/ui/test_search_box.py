"""The search box: what it offers while one types, and earlier queries."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.spoken import spoken
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.widgets.search.search_box import PAUSE_MS, STAY_MS


@pytest.fixture
def box(window):
    field = window.window.bar.search
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    window.settle()
    return field


def offered(box):
    rows = box.suggestions
    return [] if rows.isHidden() else [rows.item(r).text() for r in range(rows.count())]


def test_titles_are_offered_with_the_first_character_and_before_any_result(window, box):
    window.type("卡", box)
    assert window.page is window.window.pages.home
    assert offered(box)[:2] == ["卡与凭证", "补办医保卡"]
    window.type("包", box)
    assert offered(box) == []


@pytest.mark.parametrize("typed", ["buban", "bbybk", "补ban"])
def test_titles_are_offered_for_their_sound_too(window, box, typed):
    window.type(typed, box)
    assert offered(box)[0] == "补办医保卡"
    QTest.keyClick(box, Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    assert window.page is window.window.pages.procedure


def test_a_page_marked_with_the_arrows_is_opened_by_enter(window, box):
    window.type("卡", box)
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.suggestions.marked.text == "补办医保卡"
    assert window.window.focusWidget() is box
    window.press(Qt.Key.Key_Return)
    assert window.page is window.window.pages.procedure
    assert offered(box) == []
    assert box.text() == ""


def test_typing_goes_on_in_the_box_while_one_is_marked(window, box):
    window.type("卡", box)
    QTest.keyClick(box, Qt.Key.Key_Down)
    window.type("丢", box)
    assert box.text() == "卡丢"
    assert box.suggestions.marked is None


def test_without_a_marked_one_enter_searches(window, box):
    window.type("卡", box)
    with window.qtbot.waitSignal(window.desktop.context.events.results_shown):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert window.page is window.window.pages.search
    assert offered(box) == []


def test_above_the_first_is_the_box_and_below_the_last_are_the_results(window, box):
    window.search("补办")
    count = len(offered(box))
    assert count
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.suggestions.marked is None
    for _ in range(count):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert window.window.focusWidget() is box
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert offered(box) == []
    assert window.window.focusWidget() is window.window.pages.search._list


def test_escape_closes_them_and_a_second_one_empties_the_box(window, box):
    window.search("补办")
    window.press(Qt.Key.Key_Escape)
    assert (offered(box), box.text()) == ([], "补办")
    window.press(Qt.Key.Key_Escape)
    assert box.text() == ""
    window.qtbot.waitUntil(lambda: window.page is window.window.pages.home)


def test_a_click_takes_one_and_the_focus_stays_in_the_box(window, box):
    window.type("卡", box)
    rows = box.suggestions
    QTest.mouseClick(
        rows.viewport(),
        Qt.MouseButton.LeftButton,
        pos=rows.visualItemRect(rows.item(0)).center(),
    )
    assert window.window.focusWidget() is box
    window.settle()
    assert window.page is window.window.pages.topic


def test_they_make_way_for_the_results_unless_one_is_marked(window, box):
    window.search("卡")
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.qWait(STAY_MS + 100)
    assert offered(box)
    QTest.keyClick(box, Qt.Key.Key_Up)
    window.qtbot.waitUntil(lambda: offered(box) == [])
    assert box.text() == "卡"


def test_they_go_with_the_focus_and_leave_room_to_an_input_method(window, box):
    window.type("卡", box)
    QApplication.sendEvent(box, QInputMethodEvent("diu", []))
    assert offered(box) == []
    window.type("与", box)
    assert offered(box)
    window.window.side.tree.setFocus()
    assert offered(box) == []


def test_earlier_queries_are_offered_and_searched_again(window, box):
    window.search("卡丢了怎么办")
    window.press(Qt.Key.Key_Return)
    window.search("医保卡挂失")
    window.click_row(window.window.pages.search._list, 0)
    window.search("刚打到一半就不要了")
    window.window.focus_search()
    window.press(Qt.Key.Key_Escape)
    assert window.desktop.context.services.reading.queries() == ["医保卡挂失", "卡丢了怎么办"]
    window.type("丢了", box)
    assert offered(box) == ["卡丢了怎么办"]
    QTest.keyClick(box, Qt.Key.Key_Down)
    with window.qtbot.waitSignal(window.desktop.context.events.results_shown):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "卡丢了怎么办"
    window.settle()
    assert window.desktop.context.services.reading.queries()[0] == "卡丢了怎么办"


def test_clearing_the_history_forgets_the_queries(window, box):
    window.search("卡丢了怎么办")
    window.press(Qt.Key.Key_Return)
    window.window.go(Location(Place.LIBRARY))
    window.settle()
    assert "搜过的一起清除" in window.texts()
    window.click("清除看过的记录")
    assert "清除" not in window.texts()
    window.type("丢了", box)
    assert offered(box) == []


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_they_lie_in_the_window_below_the_box_and_can_be_hit(window, box, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    window.settle()
    box.setFocus()
    window.type("卡", box)
    rows, metrics = box.suggestions, window.desktop.context.theme.metrics
    assert rows.sizeHintForRow(0) >= metrics.target_outer
    assert rows.verticalScrollBar().maximum() == 0
    window.window.resize(800, 640)
    QTest.qWait(20)
    below = box.mapTo(window.window, QPoint(0, box.height()))
    assert rows.pos() == below
    assert window.window.rect().contains(rows.geometry())


def test_a_screen_reader_is_told_what_is_offered_and_marked(window, box, monkeypatch):
    told = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: told.extend(spoken(event)),
    )
    window.type("补", box)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert told[0].startswith("有 2 条建议")
    assert told[1] == "补办医保卡，办事"
    assert box.suggestions.accessibleName() == "搜索建议"
    assert box.suggestions.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_another_page_closes_them(window, box):
    window.type("卡", box)
    window.window.open_item("cards")
    window.settle()
    assert offered(box) == []


def test_nothing_is_searched_once_the_window_is_gone(window, box):
    asked = []
    box.query_changed.connect(asked.append)
    window.type("卡", box)
    window.window.hide()
    QTest.qWait(PAUSE_MS + 100)
    assert asked == []
    assert offered(box) == []
