"""Ctrl and the wheel set the text size, wherever the mouse is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QStackedWidget, QWidget

NOTCH = 120
"""What a wheel tells of one notch, in eighths of a degree."""


class SizeWheel(QObject):
    """Takes Ctrl and the wheel from everything that scrolls in a window.

    Signals:
        stepped: 1 for larger, -1 for smaller, once a notch.
    """

    stepped = Signal(int)

    def __init__(self, window: QWidget, pages: QStackedWidget) -> None:
        """Watch a window; its pages may be made later."""
        super().__init__(window)
        self._turned = 0
        self._pages = pages
        self._watch(window)
        # Not widgetAdded, which Qt has since 6.9 only; watching a page once more changes nothing.
        pages.currentChanged.connect(self._on_page_shown)

    def _watch(self, widget: QWidget) -> None:
        for area in widget.findChildren(QAbstractScrollArea):
            area.viewport().installEventFilter(self)

    def _on_page_shown(self, index: int) -> None:
        page = self._pages.widget(index)
        if page is not None:
            self._watch(page)

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
