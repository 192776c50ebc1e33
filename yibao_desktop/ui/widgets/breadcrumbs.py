"""The topics above a page, each a way up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from yibao_desktop.domain.guide import Item
from yibao_desktop.ui.widgets.labels import text_label


class Breadcrumbs(QWidget):
    """A row of links.

    Signals:
        open_requested: id of the topic to open.
    """

    open_requested = Signal(str)

    def __init__(self, path: Iterable[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("所在位置"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, item in enumerate(path):
            if number:
                separator = text_label("›", "quiet")
                separator.setWordWrap(False)
                row.addWidget(separator)
            button = QPushButton(item.title)
            button.setProperty("role", "crumb")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.open_requested.emit, item.id))
            row.addWidget(button)
        row.addStretch(1)
