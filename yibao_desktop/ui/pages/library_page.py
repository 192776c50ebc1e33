"""Bookmarks, reading history and earlier queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.reading import Bookmark, Visit
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import Message
from yibao_desktop.ui.widgets.column_page import ColumnPage
from yibao_desktop.ui.widgets.labels import text_label
from yibao_desktop.ui.widgets.tile import Tile


@dataclass(frozen=True, slots=True)
class _Kept:
    bookmarks: list[Bookmark]
    visits: list[Visit]
    queries: list[str]


class LibraryPage(ColumnPage):
    """What was kept and what was read.

    Signals:
        open_requested: id of the item to open.
    """

    open_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context.events.changed.connect(self._on_changed)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self)

    def _read(self) -> _Kept:
        reading = self._context.services.reading
        return _Kept(reading.bookmarks(), reading.recent(50), reading.queries())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.bookmarks or changes.history or changes.queries):
            self.load()

    def _on_read(self, kept: _Kept) -> None:
        self._begin()
        self._column.add(text_label(self.tr("收藏与历史"), "h1"))
        self._column.add(text_label(self.tr("收藏"), "h2"))
        if not kept.bookmarks:
            self._column.add(
                text_label(self.tr("还没有收藏。看到有用的页，点右上角的“收藏”。"), "quiet")
            )
        for bookmark in kept.bookmarks:
            self._add(bookmark.title, bookmark.item_id, "bookmark-check")
        self._column.add(text_label(self.tr("看过的"), "h2"))
        if not kept.visits:
            self._column.add(text_label(self.tr("还没有看过什么。"), "quiet"))
        for visit in kept.visits:
            self._add(visit.title, visit.item_id, "history")
        if kept.visits or kept.queries:
            self._add_clear()

    def _add_clear(self) -> None:
        self._column.add(
            text_label(
                self.tr("搜过的话也记着，下次打字时会提示。清除时，看过的和搜过的一起清除。"),
                "quiet",
            )
        )
        clear = QPushButton(self.tr("清除看过的记录"))
        clear.clicked.connect(self._on_clear_clicked)
        self._column.add_button(clear)

    def _add(self, title: str, item_id: str, icon: str) -> None:
        theme = self._context.theme
        tile = Tile(title, "", self._context.icon(icon, theme.colors.accent), theme.metrics.icon)
        tile.clicked.connect(partial(self.open_requested.emit, item_id))
        self._column.add(tile)

    def _on_clear_clicked(self) -> None:
        reading = self._context.services.reading
        self._context.tasks.run(reading.clear_history, self._on_cleared, self)

    def _on_cleared(self, changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        self._context.events.message_requested.emit(Message(self.tr("看过的和搜过的记录清除了")))
