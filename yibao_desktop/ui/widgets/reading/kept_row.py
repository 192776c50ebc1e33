"""A page that was kept or read: a large button to open it, small ones for what else there is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.tile import Tile


class KeptRow(QWidget):
    """Calls what it is given; knows nothing of bookmarks and visits."""

    def __init__(
        self,
        title: str,
        text: str,
        icon: str,
        on_opened: Callable[[], None],
        context: UiContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._title = title
        theme = context.theme
        tile = Tile(title, text, context.icon(icon, theme.colors.accent), theme.metrics.icon)
        tile.clicked.connect(partial(_call, on_opened))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(tile, 1)

    def add_tool(self, icon: str, name: str, on_clicked: Callable[[], None]) -> None:
        """One more thing that can be done with it."""
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setAccessibleName(f"{name}：{self._title}")
        button.setToolTip(name)
        button.setIcon(self._context.icon(icon))
        side = self._context.theme.metrics.icon
        button.setIconSize(QSize(side, side))
        button.clicked.connect(partial(_call, on_clicked))
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def _call(slot: Callable[[], None], _checked: bool = False) -> None:
    slot()
