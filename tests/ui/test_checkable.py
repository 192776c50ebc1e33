"""Buttons that hold tell of it however they are switched, once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.checkable import make_checkable, show_checked
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.base.tile import Tile


@pytest.fixture
def told(qtbot):
    """Two buttons of which one holds, with what they tell."""
    holder = QWidget()
    qtbot.addWidget(holder)
    group = QButtonGroup(holder)
    first, second = QPushButton(holder), QPushButton(holder)
    said: list[tuple[QPushButton, bool]] = []
    for button in (first, second):
        make_checkable(button, button is first)
        group.addButton(button)
    first.clicked.connect(lambda on: said.append((first, on)))
    second.clicked.connect(lambda on: said.append((second, on)))
    yield first, second, said
    holder.close()


def test_a_click_is_told_once(told, qtbot, qapp):
    _, second, said = told
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    qapp.processEvents()
    assert said == [(second, True)]


def test_a_switch_without_a_click_is_told_like_one(told, qtbot):
    first, second, said = told
    second.toggle()
    qtbot.waitUntil(lambda: said == [(second, True)])
    assert not first.isChecked()


def test_what_is_only_shown_is_not_told(told, qapp):
    first, second, said = told
    show_checked(second, True)
    qapp.processEvents()
    assert not first.isChecked()
    assert not said


def test_a_tick_box_switched_without_a_click_only_asks(window):
    asked = []
    box = TickBox("step", "第1步", False, window.desktop.context, window.window)
    box.ticked.connect(lambda key, on: asked.append((key, on)))
    box.toggle()
    assert asked == [("step", True)]
    assert not box.isChecked()
    box.setChecked(True)
    box.click()
    assert asked == [("step", True), ("step", False)]
    assert box.isChecked()


def test_the_tile_chosen_has_a_tick_and_the_others_an_empty_ring(qtbot):
    tile = Tile("到窗口办", "带上证件")
    make_checkable(tile)
    qtbot.addWidget(tile)
    tile.resize(400, 80)

    def grey_along(y: float) -> set[int]:
        """Shades across the middle of the mark, at a height in shares of its side."""
        image, side = tile.grab().toImage(), tile.fontMetrics().height()
        left, top = tile.width() - 2 * SPACE - side, (tile.height() - side) / 2
        xs = range(round(left + 0.3 * side), round(left + 0.7 * side))
        return {image.pixelColor(x, round(top + y * side)).lightness() // 32 for x in xs}

    assert len(grey_along(0.55)) == 1
    tile.click()
    assert len(grey_along(0.55)) > 1
    assert tile.layout().contentsMargins().right() > tile.fontMetrics().height()
