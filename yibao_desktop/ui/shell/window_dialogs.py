"""The dialogs the menu opens, each loaded when it is first wanted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from yibao_desktop.domain.records.reading import Bookmark, by_folder
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.undo import Done


class WindowDialogs(QObject):
    """Opens them over the window."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.events.region_requested.connect(self.show_region)
        context.events.bookmark_requested.connect(self.show_bookmark)

    def show_region(self) -> None:
        """Let the user say where he is insured."""
        from yibao_desktop.ui.dialogs.region_dialog import RegionDialog

        RegionDialog(self._context, self._window).open()

    def show_records(self) -> None:
        """Show the backups, and the way to take everything along."""
        from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog

        RecordsDialog(self._context, self._window).open()

    def show_packs(self) -> None:
        """Show the content packs, and the way to install one."""
        from yibao_desktop.ui.dialogs.packs_dialog import PacksDialog

        PacksDialog(self._context, self._window).open()

    def show_bookmark(self, item_id: str) -> None:
        """Let the user write on a bookmark, unless it is gone by then."""
        bookmarks = self._context.services.reading.bookmarks
        self._context.tasks.run(bookmarks, partial(self._on_bookmarks_read, item_id), self)

    def _on_bookmarks_read(self, item_id: str, bookmarks: list[Bookmark]) -> None:
        from yibao_desktop.ui.dialogs.bookmark_dialog import BookmarkDialog

        bookmark = next((b for b in bookmarks if b.item_id == item_id), None)
        if bookmark is not None:
            folders = [name for name, _ in by_folder(bookmarks) if name]
            dialog = BookmarkDialog(bookmark, folders, self._context, self._window)
            dialog.stored.connect(partial(self._on_bookmark_stored, bookmark))
            dialog.open()

    def _on_bookmark_stored(self, before: Bookmark, changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        put = partial(self._context.services.reading.put_bookmark, before)
        self._context.undo.add(Done("改备注和文件夹", changes, put))

    def show_help(self) -> None:
        """Show what can be done, and with which keys."""
        from yibao_desktop.ui.dialogs.help_dialog import HelpDialog

        HelpDialog(self._context, self._window).open()

    def show_report(self) -> None:
        """Show what to do when something is wrong, and a report of it."""
        from yibao_desktop.ui.dialogs.report_dialog import ReportDialog

        ReportDialog(self._context, self._window).open()

    def show_about(self) -> None:
        """Show what the program and the guide are made of."""
        from yibao_desktop.ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._context, self._window).open()
