"""Search results as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from yibao_desktop.domain.guide.items import KIND_NAMES
from yibao_desktop.search.results import Hit, Why

HIT_ROLE = Qt.ItemDataRole.UserRole


def about(hit: Hit) -> list[str]:
    """What kind of page it is, where it stands, for which place and year it is told."""
    passage = hit.passage
    said = [KIND_NAMES[passage.kind], passage.path]
    if passage.region:
        said.append(f"说的是{passage.region.name}")
    if passage.as_of:
        said.append(f"{passage.as_of} 年的说法")
    return said


def reason(hit: Hit) -> str:
    """Why it is a result, where that cannot be seen in its text."""
    seen = hit.why is Why.LITERAL or (hit.why is Why.WORDS and hit.snippet.marks)
    return "" if seen else hit.why.value


def found_words(hit: Hit) -> tuple[str, ...]:
    """The words of its text that match the query, each once."""
    text = hit.snippet.text
    return tuple(dict.fromkeys(text[start:end] for start, end in hit.snippet.marks))


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
            said = (passage.title, passage.heading, *about(hit), reason(hit))
            return f"{'，'.join(part for part in said if part)}。{hit.answer}{hit.snippet.text}"
        return None
