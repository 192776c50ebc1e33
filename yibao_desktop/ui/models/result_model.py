"""Search results as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from yibao_desktop.domain.guide import KIND_NAMES
from yibao_desktop.search.results import Hit

HIT_ROLE = Qt.ItemDataRole.UserRole


class ResultModel(QAbstractListModel):
    """One row a hit; ``HIT_ROLE`` is the hit itself."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: Sequence[Hit] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Number of hits."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Title for the eye, everything for a screen reader."""
        hit = self._hits[index.row()]
        passage = hit.passage
        if role == HIT_ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{passage.title} · {passage.heading}" if passage.heading else passage.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = f"，{passage.heading}" if passage.heading else ""
            place = f"说的是{passage.region.name}，" if passage.region else ""
            where = f"{KIND_NAMES[passage.kind]}，{place}{passage.path}"
            return f"{passage.title}{heading}，{where}。{hit.snippet.text}"
        return None
