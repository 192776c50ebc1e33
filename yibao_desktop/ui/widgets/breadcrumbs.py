"""The topics above a page, each a way up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from yibao_desktop.domain.guide import Item
from yibao_desktop.ui.widgets.flow_layout import FlowLayout
from yibao_desktop.ui.widgets.labels import text_label


class Breadcrumbs(QWidget):
    """A row of links, in more than one line where there is little room.

    Signals:
        open_requested: id of the topic to open.
    """

    open_requested = Signal(str)

    def __init__(self, path: Iterable[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("所在位置"))
        self._row = FlowLayout(self, spacing=0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_path(path)

    def show_path(self, path: Iterable[Item]) -> None:
        """Stand above another page."""
        while (old := self._row.takeAt(0)) is not None:
            widget = old.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        for number, item in enumerate(path):
            if number:
                separator = text_label("›", "quiet")
                separator.setWordWrap(False)
                self._row.addWidget(separator)
            button = QPushButton(item.title)
            button.setProperty("role", "crumb")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.open_requested.emit, item.id))
            self._row.addWidget(button)
