"""Tiles side by side where there is room for two, else below each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from yibao_desktop.ui.theme import SPACE, Metrics

TWO_FROM_CHARACTERS = 40
"""Two stand side by side from so many characters of width on."""


class TileGrid(QWidget):
    """One column or two, as wide as each other."""

    def __init__(
        self, tiles: Sequence[QWidget], metrics: Metrics, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._two_from = TWO_FROM_CHARACTERS * metrics.body
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE + SPACE // 2)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for another number of columns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= self._two_from else 1
        if columns == self._columns:
            return
        self._columns = columns
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, int(column < columns))
