"""Every page at every size: nothing cut, everything named, its sources told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QStyle, QWidget

from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.records.commands import Answer, Tick
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import Location, Place

pytestmark = pytest.mark.slow

STANDARD_PLACES = [
    Location(Place.HOME),
    Location(Place.CASES),
    Location(Place.LIBRARY),
    Location(Place.FREQUENT),
    Location(Place.TERMS),
    Location(Place.SOURCES),
    Location(Place.SETTINGS),
    Location(Place.WELCOME),
    Location(Place.DRAFTS),
    Location(Place.SEARCH, "卡丢了"),
    Location(Place.SEARCH, "西安停车哪里便宜"),
    Location(Place.ITEM, "cards"),
    Location(Place.ITEM, "card-replacement"),
    Location(Place.ITEM, "card-replacement-guide"),
    Location(Place.ITEM, "jiangsu-password-by-area"),
    Location(Place.ITEM, "term-e-credential"),
]


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_every_page_is_seen_whole_says_what_it_rests_on_and_names_what_takes_the_focus(
    window, size
):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    for place in STANDARD_PLACES:
        window.window.go(place)
        window.settle()
        notices = [w for w in window.visible(QLabel) if w.text() == NOTICE]
        assert len(notices) == 1, place
        check_nothing_is_cut(window)
        check_whatever_takes_the_focus_has_a_name(window)


def check_nothing_is_cut(window, width=1024):
    """No text is cut, and nothing scrolls sideways."""
    QTest.qWait(20)
    assert window.window.width() == width
    for area in window.page.findChildren(QWidget):
        bar = getattr(area, "horizontalScrollBar", None)
        if bar is not None and area.isVisible():
            assert bar().maximum() == 0, f"{area} on {window.page}"
    for label in window.visible(QLabel, window.page):
        needed = (
            label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        )
        assert label.height() >= needed - 1, f"cut: {label.text()[:30]}"
    for button in window.visible(QPushButton, window.page):
        if not button.findChildren(QLabel):
            assert button.width() >= button.minimumSizeHint().width() - 1, button.text()


def check_whatever_takes_the_focus_has_a_name(window):
    for widget in window.visible(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            accessible = QAccessible.queryAccessibleInterface(widget)
            name = accessible.text(QAccessible.Text.Name)
            assert name.strip(), f"{widget} on {window.page}"


def test_a_narrow_window_leaves_the_room_to_the_page(window):
    assert window.window.side.isVisible()
    window.window.resize(700, 600)
    window.settle()
    assert not window.window.side.isVisible()
    window.click("显示或收起主题树")
    assert window.window.side.isVisible()
    window.window.resize(1200, 800)
    window.settle()
    assert window.window.side.isVisible()


def test_the_largest_text_offers_fewer_things_at_once(window):
    window.window.resize(1900, 1000)
    titles = [p.title for p in window.desktop.context.services.procedures.procedures()]
    shown = [title in window.texts() for title in titles]
    assert shown == [True] * 8 + [False] * (len(titles) - 8)
    assert window.window.side.isVisible()
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    window.settle()
    assert not window.window.side.isVisible()
    shown = [title in window.texts() for title in titles]
    assert shown == [True] * 4 + [False] * (len(titles) - 4)
    window.click(f"还有 {len(titles) - 4} 项")
    assert all(title in window.texts() for title in titles)
    assert window.window.focusWidget() is window.button(titles[4])
    check_nothing_is_cut(window, 1900)
    window.click("显示或收起主题树")
    assert window.window.side.isVisible()


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_a_case_fits_a_small_window(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    cases = window.desktop.context.services.cases
    view = cases.start("e-card", "很长很长的一个称呼呀")
    window.window.open_case(view.case.id)
    window.settle()
    check_nothing_is_cut(window)
    cases.apply(view.case.id, Answer({"insured": ("insured-yes",), "channel": ("wechat",)}))
    cases.apply(view.case.id, Tick("check-account", True))
    window.window.open_case(view.case.id)
    window.settle()
    check_nothing_is_cut(window)


@pytest.mark.parametrize("size", list(TextSize))
def test_the_search_box_shows_its_icons_and_its_hint_whole(window, size):
    window.window.resize(1024, 700)
    window.desktop.context.change_settings(text_size=size)
    window.settle()
    box = window.window.bar.search
    metrics = window.desktop.context.theme.metrics
    room = box.style().pixelMetric(QStyle.PixelMetric.PM_LineEditIconSize, None, box)
    assert metrics.icon <= room < metrics.target_outer
    hint = box.fontMetrics().horizontalAdvance(box.placeholderText())
    field = box.width() - 2 * metrics.target_outer - metrics.icon
    assert hint < field


@pytest.mark.parametrize("size", list(TextSize))
def test_the_menus_say_in_words_what_they_are(window, size):
    window.window.resize(1024, 700)
    window.desktop.context.change_settings(text_size=size)
    window.settle()
    for word in ("字号", "菜单"):
        button = window.button(word, window.window.bar)
        assert button.text() == word
        style = Qt.ToolButtonStyle
        elder = size is TextSize.ELDER
        where = style.ToolButtonTextUnderIcon if elder else style.ToolButtonTextBesideIcon
        assert button.toolButtonStyle() is where
        assert button.width() >= button.sizeHint().width()
    window.window.resize(600, 700)
    window.settle()
    button = window.button("菜单", window.window.bar)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
