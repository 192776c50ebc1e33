"""What is written is stored by itself: after a pause, and before one leaves."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

PAUSE_MS = 600


class AutoSave(QObject):
    """Watches a field and tells its text once, when it has changed and the user pauses or leaves.

    Signals:
        save_requested: the text as it is now.
    """

    save_requested = Signal(str)

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._stored = self._text()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        field.textChanged.connect(self._on_text_changed)
        field.installEventFilter(self)

    def flush(self) -> bool:
        """Tell now what has not been told yet; whether there was anything."""
        self._timer.stop()
        text = self._text()
        if text == self._stored:
            return False
        self._stored = text
        self.save_requested.emit(text)
        return True

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """Tell before the field is left or taken away, but not while it is being destroyed."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide) and shiboken6.isValid(
            self._field
        ):
            self.flush()
        return False

    def _on_text_changed(self) -> None:
        self._timer.start()

    def _text(self) -> str:
        if isinstance(self._field, QLineEdit):
            return self._field.text()
        return self._field.toPlainText()
