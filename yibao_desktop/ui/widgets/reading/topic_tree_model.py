"""The topic tree as an item model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel

from yibao_desktop.domain.guide.items import one_place
from yibao_desktop.domain.guide.kinds import KIND_NAMES, Kind
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import item_icon

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Item

ID_ROLE = Qt.ItemDataRole.UserRole


class TopicTreeModel(QStandardItemModel):
    """Topics with their pages below them; ``ID_ROLE`` is an entry's id."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: dict[str, QStandardItem] = {}

    def show_entries(self, entries: Iterable[Item]) -> None:
        """Replace everything; parents come before their children."""
        self.clear()
        self._rows = {}
        self.setHorizontalHeaderLabels(["主题"])
        for entry in entries:
            row = QStandardItem(entry.title)
            row.setData(entry.id, ID_ROLE)
            row.setToolTip(entry.title)
            row.setEditable(False)
            kind = KIND_NAMES[entry.kind] if entry.origin.is_guide else entry.origin.name
            row.setData(f"{entry.title}，{kind}", Qt.ItemDataRole.AccessibleTextRole)
            colors = self._context.theme.colors
            if entry.kind is not Kind.TOPIC:
                own = colors.text_secondary if entry.origin.is_guide else colors.own_stripe
                row.setIcon(self._context.icon(item_icon(entry), own))
            if not entry.origin.is_guide and self._is_elsewhere(entry):
                row.setForeground(QColor(colors.text_secondary))
            parent = self._rows.get(entry.parent or "", self.invisibleRootItem())
            parent.appendRow(row)
            self._rows[entry.id] = row

    def _is_elsewhere(self, entry: Item) -> bool:
        """Whether it is told for another place than the user's."""
        own = self._context.services.settings.current.region
        return bool(own and entry.region and not one_place(own, entry.region))

    def with_ancestors(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that are in the tree, and everything above them."""
        found: set[str] = set()
        for item_id in ids:
            row = self._rows.get(item_id)
            while row is not None:
                found.add(row.data(ID_ROLE))
                row = row.parent()
        return frozenset(found)

    def index_of(self, item_id: str) -> QModelIndex:
        """Where the item stands; invalid where it is not in the tree."""
        row = self._rows.get(item_id)
        return self.indexFromItem(row) if row else QModelIndex()
