"""Asks before an address outside the guide is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.labels import breakable, text_label


class OutsideDialog(QDialog):
    """Shows the address; nothing is opened unless the user says so."""

    def __init__(self, url: QUrl, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._url = url
        self.setWindowTitle("打开网页")
        self.setMinimumWidth(480)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label("这个链接要用浏览器上网打开", "h2"))
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        rows.addWidget(text_label(breakable(address), "strong"))
        rows.addWidget(text_label("医保指南自己不上网。网页是别人的，请看清地址再打开。", "quiet"))
        others = []
        for text, slot in (
            ("复制地址", self._on_copy_clicked),
            ("用浏览器打开", self._on_open_clicked),
        ):
            button = QPushButton(text)
            button.clicked.connect(slot)
            others.append(button)
        stay = QPushButton("不打开")
        stay.setDefault(True)
        stay.clicked.connect(self.reject)
        rows.addStretch(1)
        rows.addWidget(ButtonRow(stay, *others))
        stay.setFocus()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._url.toString())

    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(self._url)
        self.accept()
