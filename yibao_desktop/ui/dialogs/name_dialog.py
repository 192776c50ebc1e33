"""Asks for whom a case is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.commands import Rename
from yibao_desktop.domain.records.kept_text import NICKNAME
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.widgets.base.labels import text_label


class NameDialog(FormDialog):
    """Another name for the person a case is for."""

    def __init__(self, case: Case, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._case = case
        self.setWindowTitle("改称呼")
        self.column.add(text_label("这件事是给谁办的？", "h2"))
        self._name = QLineEdit(case.nickname)
        self._name.setMaxLength(NICKNAME.most)
        self._name.setAccessibleName("给谁办")
        self.add_field(self._name)
        self._name.setFocus()
        self._name.selectAll()

    def _call(self) -> Callable[[], Changes]:
        rename = Rename(self._name.text())
        return partial(self._context.services.cases.apply, self._case.id, rename)
