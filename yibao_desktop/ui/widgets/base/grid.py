"""Where the one column of a page stands: heading, text and buttons begin at the same place.

It begins where it would with an outline at its side, whether there is one or not, and with or
without a scroll bar: nothing jumps from page to page.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yibao_desktop.ui.looks.theme import SPACE

MARGIN = 3 * SPACE
"""Least room on both sides of the column."""

UNBOUNDED = 16_777_215
"""Width of a column that takes all there is: Qt's own bound for the width of a widget."""

SCROLL_BAR = 14
"""Width of a scroll bar, as the style sheet has it."""

BESIDE = 7 / 22
"""Width of what may stand beside the column, in widths of the column."""


def column_place(page: int, column: int) -> tuple[int, int]:
    """Left edge and width of the column in a page.

    Args:
        page: width of the page in logical pixels, with its scroll bar.
        column: width of the column where there is room enough.
    """
    whole = column + MARGIN + round(column * BESIDE)
    left = max(MARGIN, (page - SCROLL_BAR - whole) // 2)
    return left, max(0, min(column, page - SCROLL_BAR - left - MARGIN))


class InColumn(QWidget):
    """Holds a widget where the column stands, on a page or below one."""

    def __init__(
        self, inner: QWidget, above: int = 0, below: int = 0, parent: QWidget | None = None
    ) -> None:
        """Hold a widget, with so much room above and below it."""
        super().__init__(parent)
        self._column = UNBOUNDED
        self._above, self._below = above, below
        self._row = QHBoxLayout(self)
        self._row.addWidget(inner)
        self._place()

    def set_column(self, width: int) -> None:
        """Say how wide the column is where there is room enough."""
        self._column = width
        self._place()

    def set_above(self, above: int) -> None:
        """Say how much room there is above it."""
        self._above = above
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another page may have room for another place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left, width = column_place(self.width(), self._column)
        right = max(MARGIN, self.width() - left - width)
        self._row.setContentsMargins(left, self._above, right, self._below)
