"""A page that scrolls: one column of bounded width in the middle."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.ui.theme import SPACE

LARGEST = 16_777_215
"""Qt's own bound for the width of a widget."""


class _Content(QWidget):
    """As high as its texts need at the width they have, and not as they would when narrow."""

    def minimumSizeHint(self) -> QSize:
        """Only the width: the height follows it."""
        return QSize(super().minimumSizeHint().width(), 0)


class Column(QScrollArea):
    """Holds widgets one below the other; never scrolls sideways.

    It takes the focus itself where that would be lost with what it held: keys scroll it, and Tab
    goes on to the first thing in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.clear()

    def clear(self, width: int = LARGEST) -> None:
        """Begin anew with nothing in it, not wider than so many logical pixels."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleName("")
        outer = self._content = _Content()
        outer.setProperty("role", "page")
        row = QHBoxLayout(outer)
        row.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        inner = QWidget()
        inner.setMaximumWidth(width)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2 * SPACE)
        self._rows.addStretch(1)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.setWidget(outer)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others, as wide as the column; the first text is its name."""
        if isinstance(widget, QLabel) and not self.accessibleName():
            self.setAccessibleName(widget.text())
        self._rows.insertWidget(self._rows.count() - 1, widget)

    def add_button(self, button: QAbstractButton) -> None:
        """Put a button below the others, as wide as its text."""
        self._rows.insertWidget(self._rows.count() - 1, button, 0, Qt.AlignmentFlag.AlignLeft)

    def replace(self, old: QWidget, new: QWidget) -> None:
        """Put a widget in the place of another, which is dropped."""
        self._rows.replaceWidget(old, new)
        old.hide()
        old.deleteLater()

    def scroll_to(self, widget: QWidget) -> None:
        """Bring the top of a widget in it to the top of the view."""
        self._rows.activate()
        self._content.adjustSize()
        top = widget.mapTo(self._content, QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(max(0, top - 2 * SPACE))

    def scroll_back(self, value: int) -> None:
        """Scroll to where the bar stood before the column was filled anew."""
        self._rows.activate()
        self._content.adjustSize()
        self.verticalScrollBar().setValue(value)

    def height_for(self, width: int) -> int:
        """Height of all that is in it where it is so many pixels wide."""
        self._rows.activate()
        return self._rows.totalHeightForWidth(width - 6 * SPACE) + 6 * SPACE
