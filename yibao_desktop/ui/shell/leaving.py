"""Nothing written is lost when the window is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.work.waiting import wait_for

PATIENCE_MS = 15_000
"""So long closing waits for what is being written; a locked file is given up earlier."""


class Leaving(QObject):
    """Lets a window close once everything is on disk, or the user said that it may be lost."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._waiting = False

    def may_close(self) -> bool:
        """Whether everything written is on disk; where it cannot be, what to do is asked."""
        unsaved = self._context.unsaved
        if self._waiting or not unsaved.waiting:
            return not unsaved.waiting
        self._waiting = True
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        unsaved.try_again()
        wait_for(unsaved.answered, PATIENCE_MS)
        QGuiApplication.restoreOverrideCursor()
        self._waiting = False
        if unsaved.waiting:
            self._ask()
        return not unsaved.waiting

    def _ask(self) -> None:
        from yibao_desktop.ui.dialogs.unsaved_dialog import UnsavedDialog

        dialog = UnsavedDialog(self._context.unsaved.texts, self._context, self._window)
        dialog.dropped.connect(self._on_dropped)
        dialog.open()

    def _on_dropped(self) -> None:
        self._context.unsaved.forget()
        self._window.close()
