"""A double click is meant for what its first half pressed, and for nothing that came in its place.

Many people click everything twice. Where the first click shows another page, the second one would
press whatever stands there now: an answer nobody has read.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


class DoubleClicks(QObject):
    """Keeps the second half of a double click from a button the first half did not press."""

    def __init__(self, window: QWindow) -> None:
        """Watch a window of the system, whose events come before those of any widget."""
        super().__init__(window)
        self._pressed: QWidget | None = None
        self._before: QWidget | None = None
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Drop what would press a button by mistake; all else goes its way."""
        kind = event.type()
        if kind not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return False
        assert isinstance(event, QMouseEvent)
        if kind == QEvent.Type.MouseButtonPress:  # Qt tells of every press, the second one, too
            below = QApplication.widgetAt(event.globalPosition().toPoint())
            self._before, self._pressed = self._pressed, below
            return False
        return isinstance(self._pressed, QAbstractButton) and self._pressed is not self._before
