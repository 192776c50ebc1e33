"""A check box large enough for unsteady hands, with its mark drawn from the icon set."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from yibao_desktop.ui.common.context import UiContext

_FRAME = 4


class TickBox(QCheckBox):
    """A box without text of its own; what it stands beside is its accessible name.

    A click only asks: what is shown is what is stored, and changes once that has changed.

    Signals:
        ticked: the key given and whether the user wants it ticked.
    """

    ticked = Signal(str, bool)

    def __init__(
        self,
        key: str,
        name: str,
        checked: bool,
        context: UiContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._context = context
        self.setAccessibleName(name)
        self.setChecked(checked)
        self.toggled.connect(self._on_toggled)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def reach_by(self, label: QLabel) -> None:
        """A click on a label beside it counts as one on the box, unless text is marked there."""
        label.setCursor(Qt.CursorShape.PointingHandCursor)
        label.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a click on a label."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            assert isinstance(watched, QLabel)
            inside = watched.rect().contains(event.position().toPoint())
            left = event.button() == Qt.MouseButton.LeftButton
            if left and inside and not watched.hasSelectedText():
                self.click()
        return False

    def sizeHint(self) -> QSize:
        """As wide as the box, as high as anything to be clicked."""
        metrics = self._context.theme.metrics
        return QSize(self._side + 2 * _FRAME, metrics.target_outer)

    def minimumSizeHint(self) -> QSize:
        """The box may not be cut."""
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Ask instead of changing."""
        self.ticked.emit(self._key, not self.isChecked())

    def setChecked(self, checked: bool) -> None:
        """Show what is stored."""
        with QSignalBlocker(self):
            super().setChecked(checked)

    def _on_toggled(self, checked: bool) -> None:
        """Switched without a click, as assistive technology does: that only asks, too."""
        self.setChecked(not checked)
        self.ticked.emit(self._key, checked)

    def hitButton(self, position: QPoint) -> bool:
        """Everything within the widget counts."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and mark in the colours of the theme."""
        colors = self._context.theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(_FRAME, (self.height() - self._side) // 2, self._side, self._side)
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
        painter.end()

    @property
    def _side(self) -> int:
        return round(self._context.theme.metrics.body * 1.5)
