"""A dialog in which something is filled in, and kept or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.column import Column

WIDTH_IN_CHARACTERS = 32
HEIGHT_TO_WINDOW = 0.85
"""Largest share of the window's height."""


class FormDialog(QDialog):
    """Fields go into ``column``; ``accepted`` is told when they are to be kept."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._parent = parent
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 2 * SPACE)
        self.column = Column()
        rows.addWidget(self.column)
        self.keep = QPushButton(self.tr("存好"))
        self.keep.setProperty("role", "primary")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("取消"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(3 * SPACE, 0, 3 * SPACE, 0)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.keep)
        rows.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size the fields need, as far as the window allows it."""
        super().showEvent(event)
        body = self._context.theme.metrics.body
        width = min(body * WIDTH_IN_CHARACTERS, self._parent.width() - 4 * SPACE)
        needed = self.column.height_for(width) + self.keep.sizeHint().height() + 5 * SPACE
        self.resize(width, min(needed, round(self._parent.height() * HEIGHT_TO_WINDOW)))
