"""The search box: tells what was typed after each pause."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from yibao_desktop.search.question import MAX_QUERY
from yibao_desktop.ui.context import UiContext

PAUSE_MS = 180
"""Typing that stops for so long is searched for."""


class SearchBox(QLineEdit):
    """Text of an input method counts only once it is committed.

    Signals:
        query_changed: the text, after a pause in typing; empty when the box was emptied.
        query_submitted: the text, when Enter was pressed.
        results_requested: the down arrow was pressed.
    """

    query_changed = Signal(str)
    query_submitted = Signal(str)
    results_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._picture = QAction(self)
        self.addAction(self._picture, QLineEdit.ActionPosition.LeadingPosition)
        self.setPlaceholderText(self.tr("想办什么事？例如：卡丢了怎么办"))
        self.setAccessibleName(self.tr("搜索"))
        self.setAccessibleDescription(self.tr("输入您想办的事，停下来就会出结果"))
        self.setToolTip(self.tr("搜索（Ctrl+K）"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(MAX_QUERY)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_timeout)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_return_pressed)
        context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_query(self, query: str) -> None:
        """Show a query that did not come from typing."""
        self._pause.stop()
        if self.text() != query:
            self.setText(query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the box, the down arrow goes on to the results."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_text_edited("")
        elif event.key() == Qt.Key.Key_Down:
            self.results_requested.emit()
        else:
            super().keyPressEvent(event)

    def _on_text_edited(self, text: str) -> None:
        self._pause.start()

    def _on_pause_timeout(self) -> None:
        self.query_changed.emit(self.text().strip())

    def _on_return_pressed(self) -> None:
        self._pause.stop()
        self.query_submitted.emit(self.text().strip())

    def _on_theme_changed(self) -> None:
        self._picture.setIcon(
            self._context.icon("search", self._context.theme.colors.text_secondary)
        )
