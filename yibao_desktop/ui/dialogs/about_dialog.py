"""What this program is, where its data lies, and under which licences it is given."""

from __future__ import annotations

import platform
import sqlite3
from functools import partial

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop import __version__
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.licence_dialog import LicenceDialog
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.widgets.base.labels import breakable, text_label


class AboutDialog(TextDialog):
    """Versions, data, licences."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self.setWindowTitle("关于医保指南")
        self.column.add(text_label(f"医保指南 {__version__}", "h2"))
        for text in (NOTICE, "不联网，也不会把您的任何东西传出去。"):
            self.column.add(text_label(text))
        self._add_versions()
        self._add_places()
        self._add_licences()

    def _add_versions(self) -> None:
        self.column.add(text_label("版本", "h3"))
        content = self._context.services.content_version
        self.column.add(text_label(f"内容的编号：{content}"))
        parts = (
            ("Python", platform.python_version()),
            ("Qt", qVersion()),
            ("SQLite", sqlite3.sqlite_version),
        )
        self.column.add(text_label("，".join(f"{name} {version}" for name, version in parts)))

    def _add_places(self) -> None:
        paths = self._context.services.paths
        self.column.add(text_label("东西在哪里", "h3"))
        places = (
            f"您的收藏、历史和办理的事：{paths.user_database}",
            f"您的设置：{paths.settings}",
            f"出错时的记录：{paths.log}",
            f"指南的内容：{paths.content_database}",
        )
        for text in places:
            self.column.add(text_label(breakable(text)))
        copy = QPushButton("复制这些位置")
        copy.clicked.connect(partial(_copy, "\n".join(places)))
        self.column.add_button(copy)

    def _add_licences(self) -> None:
        paths = self._context.services.paths
        self.column.add(text_label("许可证", "h3"))
        self.column.add(
            text_label(
                breakable(
                    "本程序用 MIT 许可证发布。界面用 PySide6（LGPL），字体是思源黑体的子集"
                    f"（OFL），图标来自 Lucide（ISC），句子编码器取自 Universal Sentence Encoder"
                    f"（Apache-2.0）。许可证全文在：{paths.resources}"
                )
            )
        )
        if paths.licences.is_file():
            show = QPushButton("看用到的每一样的许可证")
            show.clicked.connect(self._on_licences_clicked)
            self.column.add_button(show)

    def _on_licences_clicked(self) -> None:
        LicenceDialog(self._context, self).open()


def _copy(text: str, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(text)
