"""长辈版 is more than larger: words, room to hit, one thing at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.looks.look_names import TEXT_SIZE_NAMES
from yibao_desktop.ui.looks.theme import BODY_PX, LEAST_TARGET_PX

HELD: list[QWidget] = []
"""Qt's own parts: PySide takes them along when it throws the Python side of them away."""

FRAME = 6
"""What the frame of a field may take from what is clicked in it."""


@pytest.fixture
def elder(window):
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    window.window.resize(1024, 700)
    window.settle()
    return window


def bar_buttons(window):
    """By their words; without those within the search box, which are Qt's own."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = window.window.bar.findChildren(QToolButton, options=direct)
    return {b.text(): b for b in found if b.isVisible()}


def test_every_button_of_the_bar_has_its_word_under_its_icon(elder):
    buttons = bar_buttons(elder)
    assert set(buttons) == {"主题", "后退", "前进", "首页", "字号", "菜单"}
    for button in buttons.values():
        assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        assert min(button.width(), button.height()) >= LEAST_TARGET_PX
        needed = button.fontMetrics().height() + button.iconSize().height()
        assert button.height() >= needed
    elder.desktop.context.services.settings.update(text_size=TextSize.STANDARD)
    elder.settle()
    styles = {b.toolButtonStyle() for b in bar_buttons(elder).values()}
    assert Qt.ToolButtonStyle.ToolButtonTextUnderIcon not in styles


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_what_empties_the_search_box_is_hit_without_aiming(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    box = window.window.bar.search
    box.setFocus()
    window.settle()
    box.setText("卡丢了")
    window.settle()
    clear = box.childAt(box.width() - LEAST_TARGET_PX // 2 - FRAME, box.height() // 2)
    HELD.append(clear)
    assert isinstance(clear, QToolButton)
    seen = clear.visibleRegion().boundingRect()
    assert seen.width() >= LEAST_TARGET_PX
    assert seen.height() >= LEAST_TARGET_PX - 2 * FRAME
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton, pos=seen.topLeft() + QPoint(2, 2))
    assert box.text() == ""


def test_an_arrow_of_the_tree_is_a_target_of_its_own(elder):
    elder.click("主题")
    tree = elder.window.side.tree
    index = tree.model().index(0, 0)
    row = tree.visualRect(index)
    arrow = QRect(row.left() - tree.indentation(), row.top(), tree.indentation(), row.height())
    assert min(arrow.width(), arrow.height()) >= LEAST_TARGET_PX
    shown = elder.window.navigator.where.shown
    assert tree.isExpanded(index)
    for at in (arrow.topLeft() + QPoint(3, 3), arrow.bottomRight() - QPoint(3, 3)):
        was = tree.isExpanded(index)
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
        elder.settle()
        assert tree.isExpanded(index) is not was
    assert elder.window.navigator.where.shown == shown  # only the arrow was used


@pytest.mark.parametrize("place", [Place.SETTINGS, Place.WELCOME])
def test_the_buttons_for_text_sizes_are_samples_of_them(window, place):
    window.window.go(Location(place))
    window.settle()
    heights = []
    for size, name in TEXT_SIZE_NAMES.items():
        button = next(b for b in window.visible(QPushButton, window.page) if b.text() == name)
        assert button.font().pixelSize() == BODY_PX[size]
        heights.append(button.fontMetrics().boundingRect(name[0]).height())
    assert heights == sorted(set(heights))


def test_home_shows_frequent_questions_without_much_scrolling(window):
    window.window.resize(1024, 700)
    window.window.go(HOME)
    window.settle()
    page = window.visible(QLabel, window.page)
    assert "大家常问" in [w.text() for w in page if not w.visibleRegion().isEmpty()]
