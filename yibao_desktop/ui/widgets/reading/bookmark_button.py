"""Keeps or drops the bookmark of the page shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.records.reading import Bookmark
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.common.undo import Done
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.widgets.base.checkable import make_checkable, show_checked


class BookmarkButton(QPushButton):
    """Checked while the page is bookmarked.

    Signals:
        note_known: what the user wrote about the page; empty where there is nothing.
    """

    note_known = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item_id = ""
        self._title = ""
        self._kept: Bookmark | None = None
        make_checkable(self)
        self.setToolTip("收藏这一页（Ctrl+D）")
        self.clicked.connect(self._on_clicked)
        context.events.changed.connect(self._on_changed)
        self._show(False)

    def show_for(self, item_id: str, title: str) -> None:
        """Stand for another page."""
        self._item_id, self._title = item_id, title
        self._load()

    def _load(self) -> None:
        call = partial(self._context.services.reading.bookmark, self._item_id)
        self._context.tasks.run(call, partial(self._on_state_known, self._item_id), self)

    def _on_changed(self, changes: Changes) -> None:
        if changes.bookmarks and self._item_id:
            self._load()

    def _on_state_known(self, item_id: str, bookmark: Bookmark | None) -> None:
        if item_id == self._item_id:
            self._kept = bookmark
            self.note_known.emit(bookmark.note if bookmark else "")
            self._show(bookmark is not None)

    def _show(self, kept: bool) -> None:
        show_checked(self, kept)
        self.setText("已收藏" if kept else "收藏")
        side = self._context.theme.metrics.icon
        self.setIconSize(beside_text(side))
        self.setIcon(self._context.icon("bookmark-check" if kept else "bookmark"))

    def _on_clicked(self, kept: bool) -> None:
        self._show(kept)
        reading = self._context.services.reading
        if kept:
            call = partial(reading.add_bookmark, self._item_id, self._title)
            self._context.write(call, self, partial(self._on_added, self._item_id))
        else:
            call = partial(reading.remove_bookmark, self._item_id)
            self._context.write(call, self, partial(self._on_removed, self._kept))

    def _on_added(self, item_id: str, changes: Changes) -> None:
        remove = partial(self._context.services.reading.remove_bookmark, item_id)
        self._context.undo.add(Done("收藏", changes, remove))
        message = Message(
            "已收藏，在“收藏与历史”里找得到",
            action="写备注、放进文件夹",
            on_action=partial(self._context.events.bookmark_requested.emit, item_id),
        )
        self._context.events.message_requested.emit(message)

    def _on_removed(self, bookmark: Bookmark | None, changes: Changes) -> None:
        text = "已取消收藏"
        if bookmark is None:
            self._context.events.message_requested.emit(Message(text))
            return
        put = partial(self._context.services.reading.put_bookmark, bookmark)
        self._context.undo.offer(text, Done("取消收藏", changes, put))
