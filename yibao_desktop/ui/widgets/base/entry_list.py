"""A column of short lines, each a button of its own that leads somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE

_LINES = (
    Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextWordWrap
    | Qt.TextFlag.TextWrapAnywhere
    | Qt.TextFlag.TextShowMnemonic
)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the page, or a page it leads to; ``target`` is its anchor or its id."""

    text: str
    target: str


class EntryButton(QPushButton):
    """Breaks its text into lines, which Qt's own button does not.

    Signals:
        step_requested: the entry so many lines further is wanted.
        entered: it has the focus.
    """

    step_requested = Signal(int)
    entered = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "entry")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The text wraps, so that height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height the lines need."""
        room = QRect(0, 0, width - 2 * SPACE, 0)
        lines = self.fontMetrics().boundingRect(room, _LINES, self.text()).height()
        return max(lines + SPACE, self._context.theme.metrics.target_small + SPACE)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, self.heightForWidth(self.width() if self.isVisible() else 10_000))

    def minimumSizeHint(self) -> QSize:
        """Least size; the height is set by ``heightForWidth``."""
        return QSize(0, self._context.theme.metrics.target_small + SPACE)

    def show_current(self, current: bool) -> None:
        """Whether this is where one is; said, and not by colour alone."""
        if self.property("current") != current:
            self.setProperty("current", current)
            self.setAccessibleDescription("现在看到这里" if current else "")
            self.style().unpolish(self)
            self.style().polish(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame as the style has it, and the text in lines."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        colors = self._context.theme.colors
        current = bool(self.property("current"))
        painter.setPen(QColor(colors.accent if current else colors.text_secondary))
        painter.drawText(self.rect().adjusted(SPACE, 0, -SPACE, 0), _LINES, self.text())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down lead along the column, Enter follows the entry."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step:
            self.step_requested.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it is the one the keyboard is at."""
        super().focusInEvent(event)
        self.entered.emit()


class EntryList(QWidget):
    """One stop on the way of the Tab key; from there up and down lead to each entry.

    Signals:
        chosen: target of the entry that was followed.
    """

    chosen = Signal(str)

    def __init__(self, name: str, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entries: Sequence[Entry] = ()
        self._buttons: list[EntryButton] = []
        self.setAccessibleName(name)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    @property
    def buttons(self) -> list[EntryButton]:
        """Those that stand for something now."""
        return self._buttons[: len(self._entries)]

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Stand for other entries; buttons once made are used again."""
        self._entries = entries
        while len(self._buttons) < len(entries):
            self._add_button()
        for number, button in enumerate(self._buttons):
            if number < len(entries):
                button.setText(entries[number].text.replace("&", "&&"))
            button.setVisible(number < len(entries))
            button.show_current(False)
        self._stop_at(0)

    def show_current(self, number: int | None) -> None:
        """Mark the entry one is at; None where one is before the first."""
        for at, button in enumerate(self.buttons):
            button.show_current(at == number)

    def _add_button(self) -> None:
        number = len(self._buttons)
        button = EntryButton(self._context)
        button.clicked.connect(partial(self._on_clicked, number))
        button.step_requested.connect(partial(self._on_step_requested, number))
        button.entered.connect(partial(self._stop_at, number))
        self._buttons.append(button)
        self._rows.addWidget(button)

    def _stop_at(self, number: int) -> None:
        """Let the Tab key stop at this entry only."""
        for at, button in enumerate(self._buttons):
            stops = at == number
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus
            )

    def _on_step_requested(self, number: int, step: int) -> None:
        if 0 <= number + step < len(self._entries):
            self._buttons[number + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self, number: int, _checked: bool = False) -> None:
        self.chosen.emit(self._entries[number].target)
