"""Tiles side by side where there is room for two, else below each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.ui.looks.theme import SPACE, Metrics

TWO_FROM_CHARACTERS = 36
"""Two stand side by side from so many characters of width on."""


class TileGrid(QWidget):
    """One column or two, as wide as each other."""

    def __init__(
        self,
        tiles: Sequence[QWidget],
        metrics: Metrics,
        most: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Lay the tiles out; those beyond the first ``most`` come when they are asked for."""
        super().__init__(parent)
        self._tiles = tiles
        self._rest = tiles[most:] if most is not None else ()
        self._two_from = TWO_FROM_CHARACTERS * metrics.body
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE + SPACE // 2)
        self._grid = QGridLayout()
        rows.addLayout(self._grid)
        self._grid.setSpacing(SPACE + SPACE // 2)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._columns = 0
        self._arrange()
        if self._rest:
            for tile in self._rest:
                tile.hide()
            self._more = QPushButton(f"还有 {len(self._rest)} 项")
            self._more.clicked.connect(self._on_more_clicked)
            rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

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

    def _on_more_clicked(self) -> None:
        for tile in self._rest:
            tile.show()
        self._rest[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._more.hide()
