"""The line below every page that says whose word it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from yibao_desktop.domain.guide.origin import THE_GUIDE, Origin
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import TextLabel

BESIDE = 3 * SPACE
"""Room left and right of the text, in logical pixels, as the style sheet has it."""


class NoticeLine(TextLabel):
    """Says it in full where that fits into one line, else in short: the room is for reading.

    A screen reader and the mouse always have it in full.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._origin = THE_GUIDE
        self.setProperty("role", "notice")
        self.setWordWrap(True)
        self.show_origin(THE_GUIDE)

    def show_origin(self, origin: Origin) -> None:
        """Say it of this origin."""
        self._origin = origin
        self.setAccessibleName(origin.notice)
        self.setToolTip(origin.notice)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for more or less."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs more or less room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        whole = self._origin.notice
        fits = self.fontMetrics().horizontalAdvance(whole) <= self.width() - 2 * BESIDE
        text = whole if fits else self._origin.short_notice
        if text != self.text():
            self.setText(text)
