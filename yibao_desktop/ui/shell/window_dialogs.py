"""The dialogs the menu opens, each loaded when it is first wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.common.context import UiContext


class WindowDialogs(QObject):
    """Opens them over the window."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def show_region(self) -> None:
        """Let the user say where he is insured."""
        from yibao_desktop.ui.dialogs.region_dialog import RegionDialog

        RegionDialog(self._context, self._window).open()

    def show_records(self) -> None:
        """Show the backups, and the way to take everything along."""
        from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog

        RecordsDialog(self._context, self._window).open()

    def show_help(self) -> None:
        """Show what can be done, and with which keys."""
        from yibao_desktop.ui.dialogs.help_dialog import HelpDialog

        HelpDialog(self._context, self._window).open()

    def show_about(self) -> None:
        """Show what the program and the guide are made of."""
        from yibao_desktop.ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._context, self._window).open()
