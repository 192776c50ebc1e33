"""A check box large enough for unsteady hands, with its mark drawn from the icon set."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from yibao_desktop.ui.context import UiContext

_GAP = 10


class TickBox(QCheckBox):
    """A check box with a short text; the whole of it can be clicked."""

    def __init__(
        self, text: str, name: str, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self._context = context
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def _side(self) -> int:
        return round(self._context.theme.metrics.body * 1.5)

    def sizeHint(self) -> QSize:
        """Box and text, at least as high as anything to be clicked."""
        text = self.fontMetrics().horizontalAdvance(self.text())
        width = self._side + 8 + (text + _GAP if text else 0)
        return QSize(width, self._context.theme.metrics.target_outer)

    def minimumSizeHint(self) -> QSize:
        """Neither box nor text may be cut."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Everything within the widget counts."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, mark and text in the colours of the theme."""
        colors = self._context.theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(4, (self.height() - self._side) // 2, self._side, self._side)
        checked = self.isChecked()
        painter.setBrush(QColor(colors.accent if checked else colors.surface))
        painter.setPen(QPen(QColor(colors.accent if checked else colors.border_strong), 2))
        painter.drawRoundedRect(box, 4, 4)
        if checked:
            self._context.icon("check", colors.on_accent).paint(painter, box.adjusted(2, 2, -2, -2))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        if self.text():
            painter.setPen(QColor(colors.text))
            area = self.rect().adjusted(box.right() + _GAP, 0, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
