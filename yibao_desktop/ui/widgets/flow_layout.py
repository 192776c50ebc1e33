"""Lays widgets beside each other and goes on in the next line where there is no room left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from yibao_desktop.ui.theme import SPACE


class FlowLayout(QLayout):
    """Lines of widgets, each as large as it would like to be."""

    def __init__(
        self, parent: QWidget | None = None, spacing: int = SPACE, first_stretches: bool = False
    ) -> None:
        """Make it; the first widget may take what is left where all stand in one line."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._first_stretches = first_stretches
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt for each widget that is added."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Number of widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out; None behind the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It never asks for more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The number of lines follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(len(hints) - 1, 0)
        width = sum(hint.width() for hint in hints) + gaps
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Room for the largest of them."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, place: bool) -> int:
        """Height taken within a width; puts the widgets there if asked to."""
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(item_height for _, _, item_height in line)
            x = rect.x()
            for item, width, item_height in line:
                if place:
                    top = y + (height - item_height) // 2
                    item.setGeometry(QRect(QPoint(x, top), QSize(width, item_height)))
                x += width + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int, int]]]:
        """The items of every line with their sizes."""
        lines: list[list[tuple[QLayoutItem, int, int]]] = []
        left = 0
        for item in self._shown():
            width = max(min(item.sizeHint().width(), room), item.minimumSize().width())
            wanted = item.heightForWidth(width) if item.hasHeightForWidth() else -1
            height = wanted if wanted >= 0 else item.sizeHint().height()
            if not lines or left < width:
                lines.append([])
                left = room
            lines[-1].append((item, width, height))
            left -= width + self.spacing()
        if self._first_stretches and len(lines) == 1:
            item, width, height = lines[0][0]
            lines[0][0] = item, width + max(left + self.spacing(), 0), height
        return lines
