"""The topics above a page, each a way up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.guide.items import Item
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label


class Breadcrumbs(FlowRow):
    """A row of links, in more than one line where there is little room.

    Signals:
        open_requested: id of the topic to open.
    """

    open_requested = Signal(str)

    def __init__(self, path: Iterable[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=SPACE // 2)
        self.setAccessibleName("所在位置")
        self.show_path(path)

    def show_path(self, path: Iterable[Item]) -> None:
        """Stand above another page."""
        self.clear()
        for number, item in enumerate(path):
            if number:
                separator = text_label("›", "quiet")
                separator.setWordWrap(False)
                self.add(separator)
            button = QPushButton(item.title)
            button.setProperty("role", "crumb")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.open_requested.emit, item.id))
            self.add(button)
