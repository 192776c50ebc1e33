"""Asks for whom a case is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from yibao_desktop.services.case_service import MAX_NICKNAME
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.widgets.labels import text_label


class NameDialog(FormDialog):
    """Another name for the person a case is for.

    Signals:
        named: the name as it was written.
    """

    named = Signal(str)

    def __init__(self, name: str, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(self.tr("改称呼"))
        self.column.add(text_label(self.tr("这件事是给谁办的？"), "h2"))
        self._name = QLineEdit(name)
        self._name.setMaxLength(MAX_NICKNAME)
        self._name.setAccessibleName(self.tr("给谁办"))
        self.column.add(self._name)
        self.accepted.connect(self._on_accepted)
        self._name.setFocus()
        self._name.selectAll()

    def _on_accepted(self) -> None:
        self.named.emit(self._name.text())
