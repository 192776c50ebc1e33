"""The topic tree beside the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import LEAST_TARGET_PX, SPACE
from yibao_desktop.ui.widgets.base.wrapping_delegate import WrappingDelegate
from yibao_desktop.ui.widgets.reading.topic_tree_model import ID_ROLE, TopicTreeModel

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Item


class TopicTree(QTreeView):
    """Browse by topic with mouse or arrow keys; Enter or a click opens.

    Signals:
        open_requested: id of the entry to open.
    """

    open_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._only: frozenset[str] = frozenset()
        self._own_expanded: list[str] = []
        self._model = TopicTreeModel(context, self)
        self.setModel(self._model)
        self.setAccessibleName("主题树")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._delegate = WrappingDelegate(self, context.theme.metrics.target_small)
        self.setItemDelegate(self._delegate)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_activated)

    def show_entries(self, entries: Iterable[Item]) -> None:
        """Show the tree with the top topics open."""
        metrics = self._context.theme.metrics
        side = metrics.icon
        self.setIndentation(LEAST_TARGET_PX if metrics.elder else 2 * SPACE)
        self._delegate.least_height = self._context.theme.metrics.target_outer
        self.setIconSize(QSize(side, side))
        only, self._only = self._only, frozenset()
        expanded = self._own_expanded if only else self._expanded_ids()
        self._model.show_entries(entries)
        if not expanded:
            self.expandToDepth(0)
        for item_id in expanded:
            self.expand(self._model.index_of(item_id))
        self.show_only(only)

    def show_only(self, ids: Iterable[str]) -> bool:
        """Leave only these entries and what is above them; False where the tree has none of them.

        Then, and with no ids at all, everything is shown, opened as it was before.
        """
        only = self._model.with_ancestors(ids)
        if only and not self._only:
            self._own_expanded = self._expanded_ids()
        if only != self._only:
            opened = only or frozenset(self._own_expanded)
            for index in self._indexes():
                entry = index.data(ID_ROLE)
                self.setRowHidden(index.row(), index.parent(), bool(only) and entry not in only)
                self.setExpanded(index, entry in opened and self._model.hasChildren(index))
        self._only = only
        return bool(only)

    def fold(self) -> None:
        """Show no more than the topics, none of them marked, as if nobody had been here."""
        self.show_only(())
        self._own_expanded = []
        self.collapseAll()
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()

    def select(self, item_id: str) -> None:
        """Mark an entry without opening it."""
        index = self._model.index_of(item_id)
        if not index.isValid():
            self.clearSelection()
            return
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """An arrow before entries that have others below."""
        if not self._model.hasChildren(index):
            return
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        metrics = self._context.theme.metrics
        side, room = metrics.icon if metrics.elder else 2 * SPACE, self.indentation()
        left = rect.right() + 1 - (room + side) // 2
        place = QRect(left, rect.center().y() - side // 2, side, side)
        self._context.icon(name, self._context.theme.colors.text_secondary).paint(painter, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their text needs in the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _expanded_ids(self) -> list[str]:
        return [index.data(ID_ROLE) for index in self._indexes() if self.isExpanded(index)]

    def _indexes(self) -> Iterator[QModelIndex]:
        pending = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        while pending:
            index = pending.pop()
            yield index
            rows = self._model.rowCount(index)
            pending += [self._model.index(row, 0, index) for row in range(rows)]

    def _on_clicked(self, index: QModelIndex) -> None:
        if self._model.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
        self.open_requested.emit(index.data(ID_ROLE))

    def _on_activated(self, index: QModelIndex) -> None:
        self.expand(index)
        self.open_requested.emit(index.data(ID_ROLE))
