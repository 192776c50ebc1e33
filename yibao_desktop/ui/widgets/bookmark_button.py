"""Keeps or drops the bookmark of the page shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import Message


class BookmarkButton(QPushButton):
    """Checked while the page is bookmarked."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item_id = ""
        self._title = ""
        self.setCheckable(True)
        self.setToolTip(self.tr("收藏这一页（Ctrl+D）"))
        self.clicked.connect(self._on_clicked)
        self._show(False)

    def show_for(self, item_id: str, title: str) -> None:
        """Stand for another page."""
        self._item_id, self._title = item_id, title
        reading = self._context.services.reading
        call = partial(reading.is_bookmarked, item_id)
        self._context.tasks.run(call, partial(self._on_state_known, item_id), self)

    def _on_state_known(self, item_id: str, kept: bool) -> None:
        if item_id == self._item_id:
            self._show(kept)

    def _show(self, kept: bool) -> None:
        self.setChecked(kept)
        self.setText(self.tr("已收藏") if kept else self.tr("收藏"))
        side = self._context.theme.metrics.icon
        self.setIconSize(QSize(side, side))
        self.setIcon(self._context.icon("bookmark-check" if kept else "bookmark"))

    def _on_clicked(self, kept: bool) -> None:
        self._show(kept)
        reading = self._context.services.reading
        call = partial(reading.set_bookmark, self._item_id, self._title, kept)
        self._context.tasks.run(call, partial(self._on_stored, kept), self)

    def _on_stored(self, kept: bool, changes: Changes) -> None:
        text = self.tr("已收藏，在“收藏与历史”里找得到") if kept else self.tr("已取消收藏")
        self._context.events.message_requested.emit(Message(text))
        self._context.events.changed.emit(changes)
