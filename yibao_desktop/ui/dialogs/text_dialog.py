"""A dialog of text with a button to close it; scrolls where the text is long."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.grid import InColumn

WIDTH_IN_CHARACTERS = 36
HEIGHT_TO_WINDOW = 0.85
"""Largest share of the window's height."""


class TextDialog(QDialog):
    """Holds lines of text below each other.

    Attributes:
        column: what is read.
        buttons: the row below it; ways on besides closing are added to it.
        closing: the button that closes the dialog.
    """

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        width = min(context.theme.metrics.body * WIDTH_IN_CHARACTERS, parent.width() - 4 * SPACE)
        self.resize(width, round(parent.height() * HEIGHT_TO_WINDOW))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 2 * SPACE)
        self.column = Column()
        rows.addWidget(self.column)
        close = self.closing = QPushButton("关闭")
        close.clicked.connect(self.accept)
        self.buttons = ButtonRow(close)
        rows.addWidget(InColumn(self.buttons))
