"""Ctrl and the wheel set the text size, wherever the mouse is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

NOTCH = 120
"""What a wheel tells of one notch, in eighths of a degree."""


class SizeWheel(QObject):
    """Takes Ctrl and the wheel from everything that scrolls in a window.

    Signals:
        stepped: 1 for larger, -1 for smaller, once a notch.
    """

    stepped = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._turned = 0
        for area in window.findChildren(QAbstractScrollArea):
            area.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count what the wheel is turned while Ctrl is held; all else goes its way."""
        if not isinstance(event, QWheelEvent):
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches:
            self.stepped.emit(1 if notches > 0 else -1)
        return True
