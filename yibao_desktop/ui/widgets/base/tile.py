"""A large button with a title and a few words below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label

TICK = ((0.28, 0.52), (0.44, 0.68), (0.74, 0.36))
"""Corners of the tick, in shares of the mark's side."""


class Tile(QPushButton):
    """A button as wide as its place and as high as its text needs.

    One of several to choose from shows at its right whether it is the one, not by colour alone.
    """

    def __init__(
        self,
        title: str,
        text: str = "",
        icon: QIcon | None = None,
        icon_size: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setAccessibleName(f"{title}。{text}" if text else title)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        row.setSpacing(2 * SPACE)
        if icon is not None:
            picture = QLabel()
            picture.setPixmap(icon.pixmap(QSize(icon_size, icon_size)))
            row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(text_label(title, "strong"))
        if text:
            words.addWidget(text_label(text, "quiet"))
        words.addStretch(1)
        row.addLayout(words, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setCheckable(self, checkable: bool) -> None:
        """Let it be chosen, with room for the mark that says so."""
        super().setCheckable(checkable)
        layout = self.layout()
        if checkable and layout is not None:
            margins = layout.contentsMargins()
            margins.setRight(3 * SPACE + self._mark)
            layout.setContentsMargins(margins)

    @property
    def _mark(self) -> int:
        """Side of the mark in pixels."""
        return self.fontMetrics().height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark over the frame of the style."""
        super().paintEvent(event)
        if not self.isCheckable():
            return
        role, colors = QPalette.ColorRole, QGuiApplication.palette()
        side = self._mark
        place = QRectF(self.width() - 2 * SPACE - side, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = role.Highlight if self.isChecked() else role.PlaceholderText
        painter.setPen(QPen(colors.color(ring), 2))
        if self.isChecked():
            painter.setBrush(colors.color(role.Highlight))
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        if self.isChecked():
            painter.setPen(QPen(colors.color(role.HighlightedText), max(2.0, side / 10)))
            corners = [place.topLeft() + QPointF(x * side, y * side) for x, y in TICK]
            painter.drawPolyline(corners)
        painter.end()

    def hasHeightForWidth(self) -> bool:
        """The text wraps, so that height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height the text needs."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Size the text would like."""
        layout = self.layout()
        return layout.totalSizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Least size; the height is set by ``heightForWidth``."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout else super().minimumSizeHint()
