"""Widgets beside each other that go on in the next line where there is no room left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from yibao_desktop.ui.looks.theme import SPACE


class FlowRow(QWidget):
    """Lines of widgets, each as large as it would like to be.

    It places its children itself: a layout written in Python does not outlive its items safely.
    """

    def __init__(
        self, parent: QWidget | None = None, spacing: int = SPACE, first_stretches: bool = False
    ) -> None:
        """Make it.

        Args:
            parent: what it is part of.
            spacing: between widgets and between lines, in pixels.
            first_stretches: the first widget takes what is left where all stand in one line, and
                else has a line of its own.
        """
        super().__init__(parent)
        self._spacing = spacing
        self._first_stretches = first_stretches
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget behind the others."""
        widget.setParent(self)
        if self.isVisible():
            widget.show()
        self._refit()

    def clear(self) -> None:
        """Drop all widgets."""
        for widget in self._widgets():
            widget.hide()
            widget.deleteLater()

    def _widgets(self) -> list[QWidget]:
        """Those that are to be seen; one made for a hidden row is hidden with it only."""
        return [w for w in self.children() if isinstance(w, QWidget) and self._counts(w)]

    def _counts(self, widget: QWidget) -> bool:
        return not (widget.isHidden() and widget.testAttribute(_HIDDEN_ON_PURPOSE))

    def event(self, event: QEvent) -> bool:
        """A child would like to have another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._refit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines."""
        super().resizeEvent(event)
        self._place()

    def _refit(self) -> None:
        self.updateGeometry()
        self._place()

    def hasHeightForWidth(self) -> bool:
        """The number of lines follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        lines = self._lines(width)
        gaps = self._spacing * max(len(lines) - 1, 0)
        return sum(max(size.height() for _, size in line) for line in lines) + gaps

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [widget.sizeHint() for widget in self._widgets()]
        gaps = self._spacing * max(len(hints) - 1, 0)
        width = sum(hint.width() for hint in hints) + gaps
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Room for the largest of them."""
        least = QSize(0, 0)
        for widget in self._widgets():
            least = least.expandedTo(widget.minimumSizeHint())
        return least

    def _place(self) -> None:
        y = 0
        for line in self._lines(self.width()):
            height = max(size.height() for _, size in line)
            x = 0
            for widget, size in line:
                top = y + (height - size.height()) // 2
                widget.setGeometry(QRect(x, top, size.width(), size.height()))
                x += size.width() + self._spacing
            y += height + self._spacing

    def _lines(self, room: int) -> list[list[tuple[QWidget, QSize]]]:
        """The widgets of every line with their sizes."""
        lines: list[list[tuple[QWidget, QSize]]] = []
        left = 0
        breaks = self._first_stretches and self.sizeHint().width() > room
        for widget in self._widgets():
            hint = widget.sizeHint()
            width = max(min(hint.width(), room), widget.minimumSizeHint().width())
            height = widget.heightForWidth(width) if widget.hasHeightForWidth() else hint.height()
            if not lines or left < width or (breaks and len(lines) == 1):
                lines.append([])
                left = room
            lines[-1].append((widget, QSize(width, height)))
            left -= width + self._spacing
        if self._first_stretches and len(lines) == 1:
            widget, size = lines[0][0]
            size.setWidth(size.width() + max(left + self._spacing, 0))
        return lines


_HIDDEN_ON_PURPOSE = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
