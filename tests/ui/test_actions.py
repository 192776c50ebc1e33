"""Everything there is to do: in the menu, on the keyboard, in the help, each named once."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.actions import SPECS, Act, keys_text
from yibao_desktop.ui.dialogs.help_dialog import HelpDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


def all_actions(menu: QMenu) -> list[QAction]:
    found = []
    for action in menu.actions():
        found += all_actions(action.menu()) if action.menu() else [action]
    return found


def test_every_action_stands_once_in_the_specs_and_no_key_means_two_things():
    assert Counter(spec.act for spec in SPECS) == Counter(Act)
    keys = [QKeySequence(k).toString() for spec in SPECS for k in spec.keys]
    assert "" not in keys
    assert len(keys) == len(set(keys))


def test_every_action_can_be_reached_from_the_menu(window):
    held = all_actions(window.button("菜单").menu())
    for act in Act:
        assert window.window.acts[act] in held, act


def test_the_help_lists_every_key(window):
    window.press(Qt.Key.Key_F1)
    (shown,) = window.visible(HelpDialog)
    text = window.texts(shown)
    for spec in SPECS:
        if spec.keys:
            assert keys_text(spec) in text
            assert spec.text in text
    assert "Ctrl+C" in text
    shown.close()


def turn_wheel(widget, delta, modifiers):
    position = QPointF(widget.rect().center())
    event = QWheelEvent(
        position,
        QPointF(widget.mapToGlobal(position.toPoint())),
        QPoint(0, 0),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("place", ["card-replacement-guide", "card-replacement", "cards"])
def test_control_and_the_wheel_set_the_one_text_size(window, place):
    window.window.open_item(place)
    window.settle()
    settings = window.desktop.context.services.settings
    page = window.page
    scrolling = page.browser if page is window.window.pages.reader else page._column
    over = scrolling.viewport()
    turn_wheel(over, -60, CONTROL)
    assert scrolling.verticalScrollBar().value() == 0
    turn_wheel(over, 60, CONTROL)
    turn_wheel(over, 60, CONTROL)
    assert settings.current.text_size is TextSize.STANDARD
    turn_wheel(over, 60, CONTROL)
    assert settings.current.text_size is TextSize.LARGE
    window.settle()
    turn_wheel(over, -120, CONTROL)
    assert settings.current.text_size is TextSize.STANDARD
    window.settle()
    turn_wheel(over, -120, Qt.KeyboardModifier.NoModifier)
    assert settings.current.text_size is TextSize.STANDARD


def test_what_the_page_cannot_do_is_not_offered(window):
    acts = window.window.acts
    assert not acts[Act.COPY].isEnabled()
    assert not acts[Act.BOOKMARK].isEnabled()
    assert not acts[Act.EARLIER].isEnabled()
    window.window.open_item("own-account")
    window.settle()
    for act in (Act.COPY, Act.BOOKMARK, Act.EARLIER, Act.LATER):
        assert acts[act].isEnabled(), act
    window.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert "江苏" in window.window.pages.reader.browser.toPlainText()
    window.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.window.pages.reader.browser.accessibleName() == "怎么查自己的医保账户"


def test_control_d_keeps_the_page_and_lets_it_go(window):
    window.window.open_item("own-account")
    window.settle()
    reading = window.desktop.context.services.reading
    window.press(Qt.Key.Key_D, CONTROL)
    assert reading.bookmark("own-account") is not None
    assert window.button("已收藏")
    window.press(Qt.Key.Key_D, CONTROL)
    assert reading.bookmark("own-account") is None
    window.click("撤销")
    assert reading.bookmark("own-account") is not None
    assert window.button("已收藏")
