"""Asks before the original of a document is handed to another program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.labels import breakable, text_label


class OriginalDialog(QDialog):
    """Nothing is opened unless the user says so."""

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._file = file
        self.setWindowTitle("打开原件")
        self.setMinimumWidth(480)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label("原件要用电脑上别的程序打开", "h2"))
        rows.addWidget(text_label(breakable(file.name), "strong"))
        rows.addWidget(
            text_label("打开的是存的那一份的副本，只能看；来路不明的文件请不要打开。", "quiet")
        )
        opening = QPushButton("用别的程序打开")
        opening.clicked.connect(self._on_open_clicked)
        stay = QPushButton("不打开")
        stay.setDefault(True)
        stay.clicked.connect(self.reject)
        rows.addStretch(1)
        rows.addWidget(ButtonRow(stay, opening))
        stay.setFocus()

    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))
        self.accept()
