"""换一位: a counter's computer is ready for the next person."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext


class NextVisitor(QObject):
    """Leaves nothing on record of what the last one looked for.

    Signals:
        forgotten: it is done.
    """

    forgotten = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask(self) -> None:
        """Forget what was looked for and looked through; cases that were given a name stay."""
        self._context.write(self._forget, self, self._on_forgotten)

    def _forget(self) -> Changes:
        services = self._context.services
        draft, history = services.cases.forget_draft(), services.reading.clear_history()
        return replace(history, cases=draft.cases)

    def _on_forgotten(self, _changes: Changes) -> None:
        self.forgotten.emit()
