"""Something that is on or off, with what that means beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tick_box import TickBox


class Switch(QWidget):
    """A click only asks: what is shown is what holds.

    Signals:
        asked: whether it is to be on.
    """

    asked = Signal(bool)

    def __init__(
        self, name: str, meaning: str, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self._box = TickBox("", name, False, context)
        self._box.setAccessibleDescription(meaning)
        self._box.ticked.connect(self._on_box_ticked)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, role in ((name, "strong"), (meaning, "quiet")):
            label = text_label(text, role)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.addWidget(label)
        row.addWidget(self._box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_on(self, on: bool) -> None:
        """Say whether it is on."""
        self._box.setChecked(on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are part of the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self._box.nextCheckState()

    def _on_box_ticked(self, _key: str, on: bool) -> None:
        self.asked.emit(on)
