"""Asks before a window is closed over something written that cannot be stored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.widgets.base.labels import text_label


class UnsavedDialog(TextDialog):
    """Shows what was written, to be copied; closing it keeps the window open.

    Signals:
        dropped: it may be lost, and the window be closed.
    """

    dropped = Signal()

    def __init__(
        self, texts: Sequence[tuple[str, str]], context: UiContext, parent: QWidget
    ) -> None:
        """``texts`` are what was written, each with the name of its field."""
        super().__init__(context, parent)
        self.setWindowTitle("还没有存下来")
        self.column.add(text_label("您写的这些还没有存下来", "h2"))
        self.column.add(
            text_label(
                "磁盘可能满了，或者别的程序正占着您的记录。关掉以后这些字就没有了。"
                "可以先不关，腾出地方，医保指南会自己再存；也可以复制下来，贴到别处。"
            )
        )
        for label, text in texts:
            self.column.add(text_label(label, "strong"))
            self.column.add(text_label(text))
        self.closing.setText("先不关")
        copy = QPushButton("复制这些字")
        copy.clicked.connect(partial(_copy, "\n".join(f"{label}：{t}" for label, t in texts)))
        drop = QPushButton("不要了，关掉")
        drop.clicked.connect(self._on_drop_clicked)
        for button in (copy, drop):
            self.buttons.add(button)

    def _on_drop_clicked(self) -> None:
        self.accept()
        self.dropped.emit()


def _copy(text: str, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(text)
