"""What pages that are one scrolling column have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.widgets.column import Column


class ColumnPage(QWidget):
    """A page made anew each time it is shown: ``_begin``, then add to ``_column``."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._column = Column()
        rows.addWidget(self._column)

    def _begin(self) -> None:
        """Empty the column and give it the width that suits the text size."""
        self._column.clear(self._context.theme.metrics.column)
