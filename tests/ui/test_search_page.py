"""Search as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from yibao_desktop.ui.navigation import Location, Place


def results(window):
    model = window.window.search._list.model()
    return [model.index(r, 0).data() for r in range(model.rowCount())]


def test_results_come_while_one_types(window):
    window.search("卡")
    assert window.page is window.window.search
    first = results(window)
    window.type("丢了")
    window.qtbot.waitUntil(lambda: window.window.search._title.text() == "“卡丢了”")
    window.settle()
    assert results(window)[0] == "补办医保卡"
    assert results(window) != first


def test_text_being_composed_is_not_searched(window):
    box = window.window.bar.search
    box.setFocus()
    QApplication.sendEvent(box, QInputMethodEvent("ka diu", []))
    QTest.qWait(300)
    window.settle()
    assert window.page is window.window.home
    assert box.text() == ""


def test_an_older_answer_never_replaces_a_newer_one(window):
    page = window.window.search
    shown = []
    page.results_shown.connect(lambda: shown.append(page._title.text()))
    window.window.go(Location(Place.SEARCH, "家庭共济"))
    window.window.go(Location(Place.SEARCH, "卡丢了"))
    window.settle()
    assert shown == ["“卡丢了”"]


def test_enter_goes_to_the_results_and_opens_one(window):
    window.search("卡丢了")
    window.press(Qt.Key.Key_Return)
    assert window.window.focusWidget() is window.window.search._list
    window.press(Qt.Key.Key_Return)
    assert window.page is window.window.procedure


def test_escape_empties_the_box_and_goes_home(window):
    window.search("卡丢了")
    window.press(Qt.Key.Key_Escape)
    window.qtbot.waitUntil(lambda: window.page is window.window.home)
    assert window.window.bar.search.text() == ""


def test_nothing_found_says_whom_to_ask(window):
    window.search("西安停车哪里便宜")
    assert results(window) == []
    assert "没有找到" in window.texts()
    assert "12333" in window.texts()
    window.click("回首页，看看能办什么")
    assert window.page is window.window.home


def test_a_near_result_is_called_so(window):
    window.search("医保卡能贷款吗")
    assert "没有正好的答案" in window.texts()
    assert results(window)


def test_a_hit_within_a_page_opens_there(window):
    window.search("制卡要多长时间")
    row = results(window).index("补办医保卡 · 等新卡做好")
    window.click_row(window.window.search._list, row)
    card = window.window.procedure._column.widget().findChildren(QWidget)
    focused = [w for w in card if w.property("role") == "focused"]
    assert len(focused) == 1
    QTest.qWait(50)
    top = focused[0].mapTo(window.window.procedure, focused[0].rect().topLeft()).y()
    assert 0 <= top < window.window.procedure.height() / 2
