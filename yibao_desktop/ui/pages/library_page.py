"""Bookmarks in their folders, and what was read, day by day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.records.reading import Bookmark, Visit, by_day, by_folder, mentions
from yibao_desktop.services.backup_service import NOT_SHOWN
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.reading_service import HOW_LONG_KEPT
from yibao_desktop.ui.common.clearing import clear_history
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.undo import Done
from yibao_desktop.ui.dialogs.bookmark_dialog import FolderDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.grid import MARGIN, InColumn
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.reading.kept_row import KeptRow

SHOWN = 40
"""Pages read that are shown at first, and more each time more are asked for."""

PAUSE_MS = 250
"""Typing that stops for so long is looked for."""


@dataclass(frozen=True, slots=True)
class _Kept:
    words: str
    bookmarks: list[Bookmark]
    visits: list[Visit]
    more: bool
    queries: list[str]


class LibraryPage(ColumnPage):
    """What was kept and what was read."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._limit = SHOWN
        self._bookmarks: list[Bookmark] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._build_head()
        self._connect_signals()

    def _build_head(self) -> None:
        """Stays while the column is filled anew, so that typing goes on."""
        inner = QWidget()
        self._head = InColumn(inner, MARGIN)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * SPACE)
        self._title = text_label("收藏与历史", "h1")
        rows.addWidget(self._title)
        self.box = QLineEdit()
        self.box.setClearButtonEnabled(True)
        self.box.setPlaceholderText("在收藏和看过的里面找")
        self.box.setAccessibleName("在收藏和看过的里面找")
        rows.addWidget(self.box)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self._head)

    def _connect_signals(self) -> None:
        self.box.textChanged.connect(self._on_words_changed)
        self._pause.timeout.connect(self.load)
        self._context.events.changed.connect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the room is for what was kept; the box says what one looks in."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        low = self._context.theme.metrics.is_low(self.window().height())
        self._title.setVisible(not (low and self.box.isVisibleTo(self)))
        self._head.set_above(SPACE if low else MARGIN)

    def load(self) -> None:
        """Show how things stand now."""
        call = partial(self._read, self.box.text().strip(), self._limit)
        self._context.tasks.run(call, self._on_read, self)

    def _read(self, words: str, limit: int) -> _Kept:
        reading = self._context.services.reading
        visits = reading.recent(limit + 1, words)
        return _Kept(
            words, reading.bookmarks(), visits[:limit], len(visits) > limit, reading.queries()
        )

    def _on_words_changed(self) -> None:
        self._limit = SHOWN
        self._pause.start()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.bookmarks or changes.history or changes.queries):
            self.load()

    def _on_read(self, kept: _Kept) -> None:
        if kept.words != self.box.text().strip():
            return
        at = self._column.verticalScrollBar().value()
        self._head.set_column(self._context.theme.metrics.column)
        self._bookmarks = kept.bookmarks
        self.box.setVisible(bool(kept.words or kept.bookmarks or kept.visits))
        self._make_room()
        self._begin()
        self._add_bookmarks([b for b in kept.bookmarks if mentions(b, kept.words)], kept.words)
        self._add_visits(kept)
        if (kept.visits or kept.queries) and not kept.words:
            self._add_clear()
        self._column.setAccessibleName("收藏与历史")
        self._column.scroll_back(at)

    # -- bookmarks ----------------------------------------------------------------------------

    def _add_bookmarks(self, bookmarks: list[Bookmark], words: str) -> None:
        self._column.add(text_label("收藏", "h2"))
        if not bookmarks:
            text = (
                f"收藏里没有“{words}”。"
                if words
                else "还没有收藏。看到有用的页，点它上面的“收藏”，以后在这里找。"
            )
            complete = self._context.services.records.complete
            self._column.add(text_label(text if complete else NOT_SHOWN, "quiet"))
        for folder, kept in by_folder(bookmarks):
            if folder:
                self._column.add(self._folder_head(folder))
            for bookmark in kept:
                self._column.add(self._bookmark_row(bookmark))

    def _folder_head(self, folder: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, SPACE, 0, 0)
        row.addWidget(text_label(folder, "h3"), 1)
        rename = QPushButton("改名")
        rename.setProperty("role", "link")
        rename.setAccessibleName(f"给文件夹“{folder}”改名")
        rename.clicked.connect(partial(self._on_rename_clicked, folder))
        row.addWidget(rename)
        return holder

    def _bookmark_row(self, bookmark: Bookmark) -> KeptRow:
        events = self._context.events
        opened = partial(events.open_item, bookmark.item_id)
        row = KeptRow(bookmark.title, bookmark.note, "bookmark-check", opened, self._context)
        edit = partial(events.bookmark_requested.emit, bookmark.item_id)
        row.add_tool("pencil", "改备注和文件夹", edit)
        row.add_tool("trash-2", "取消收藏", partial(self._on_remove_asked, bookmark))
        return row

    def _on_rename_clicked(self, folder: str, _checked: bool = False) -> None:
        dialog = FolderDialog(folder, self._context, self.window())
        moved = [bookmark for bookmark in self._bookmarks if bookmark.folder == folder]
        dialog.stored.connect(partial(self._on_folder_renamed, moved))
        dialog.open()

    def _on_folder_renamed(self, moved: list[Bookmark], changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        put = partial(self._context.services.reading.put_bookmarks, moved)
        self._context.undo.add(Done("文件夹改名", changes, put))

    def _on_remove_asked(self, bookmark: Bookmark) -> None:
        remove = self._context.services.reading.remove_bookmark
        done = partial(self._on_removed, bookmark)
        self._context.write(partial(remove, bookmark.item_id), self, done)

    def _on_removed(self, bookmark: Bookmark, changes: Changes) -> None:
        put = partial(self._context.services.reading.put_bookmark, bookmark)
        done = Done("取消收藏", changes, put)
        self._context.undo.offer(f"取消了收藏：{bookmark.title}", done)

    # -- history ------------------------------------------------------------------------------

    def _add_visits(self, kept: _Kept) -> None:
        self._column.add(text_label("看过的", "h2"))
        settings = self._context.services.settings.current
        if settings.leaves_no_trace:
            name = "窗口模式" if settings.counter else "不留痕"
            text = f"“{name}”开着，现在看的不会记在这里。"
            self._column.add(text_label(text, "quiet"))
        if not kept.visits:
            text = (
                f"看过的里没有“{kept.words}”。"
                if kept.words
                else "还没有看过什么。看过的页会按日子记在这里，想不起来的时候回来找。"
            )
            self._column.add(text_label(text, "quiet"))
        now = self._context.services.clock.local_now()
        told = ""
        for day, visits in by_day(kept.visits, now):
            name = self._day_name(day, now.date())
            if name != told:
                self._column.add(text_label(name, "h3"))
                told = name
            for visit in visits:
                self._column.add(self._visit_row(visit, now))
        if kept.more:
            more = QPushButton("再往前看")
            more.clicked.connect(self._on_more_clicked)
            self._column.add_button(more)

    def _day_name(self, day: datetime.date, today: datetime.date) -> str:
        names = {0: "今天", 1: "昨天"}
        return names.get((today - day).days, "更早")

    def _visit_row(self, visit: Visit, now: datetime.datetime) -> KeptRow:
        at = visit.visited_at.astimezone(now.tzinfo)
        clock = f"{at:%H:%M}"
        recent = (now.date() - at.date()).days < 2
        year = "" if at.year == now.year else f"{at.year}年"
        day = "" if recent else f"{year}{at.month}月{at.day}日 "
        opened = partial(self._context.events.open_item, visit.item_id)
        row = KeptRow(visit.title, f"{day}{clock}", "history", opened, self._context)
        row.add_tool("trash-2", "删掉这一条", partial(self._on_forget_asked, visit))
        return row

    def _on_forget_asked(self, visit: Visit) -> None:
        forget = self._context.services.reading.forget_visits
        done = partial(self._on_forgotten, visit)
        self._context.write(partial(forget, visit.item_id), self, done)

    def _on_forgotten(self, visit: Visit, changes: Changes) -> None:
        put = partial(self._context.services.reading.put_visit, visit)
        done = Done("删掉一条看过的", changes, put)
        self._context.undo.offer(f"删掉了这一条：{visit.title}", done)

    def _on_more_clicked(self) -> None:
        self._limit += SHOWN
        self.load()

    def _add_clear(self) -> None:
        told = "搜过的话也记着，下次打字时会提示。清除时，看过的和搜过的一起清除。"
        self._column.add(text_label(told + HOW_LONG_KEPT, "quiet"))
        clear = QPushButton("清除看过的记录")
        clear.clicked.connect(self._on_clear_clicked)
        self._column.add_button(clear)

    def _on_clear_clicked(self) -> None:
        clear_history(self._context, self)
