"""The licences of everything the program is made of, as one text."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.widgets.base.labels import text_label


class LicenceDialog(TextDialog):
    """Only for where there is such a text."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle("许可证")
        self.column.add(text_label("用到的每一样和它的许可证", "h2"))
        text = QPlainTextEdit(context.services.paths.licences.read_text(encoding="utf-8"))
        text.setReadOnly(True)
        text.setAccessibleName("许可证")
        text.setMinimumHeight(parent.height() // 2)
        self.column.add(text)
