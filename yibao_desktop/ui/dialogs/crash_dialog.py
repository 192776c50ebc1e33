"""Said when the program itself went wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.labels import text_label


class CrashDialog(QDialog):
    """Plain words first, details to copy below them."""

    def __init__(self, details: str, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = details
        self.setWindowTitle("程序出了错")
        self.setMinimumWidth(560)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label("程序出了错，这不是您的问题", "h2"))
        rows.addWidget(text_label("已经打过勾的都存好了，可以接着用。如果又出错，请关掉再打开。"))
        rows.addWidget(text_label(f"详细情况也写在：{log}", "quiet"))
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setAccessibleName("详细情况")
        rows.addWidget(text)
        copy = QPushButton("复制详细情况")
        copy.clicked.connect(self._on_copy_clicked)
        close = QPushButton("关闭")
        close.clicked.connect(self.accept)
        rows.addWidget(ButtonRow(close, copy))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
