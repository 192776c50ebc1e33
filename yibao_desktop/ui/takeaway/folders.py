"""Showing a folder in the system's own file manager."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from yibao_desktop.ui.common.app_events import AppEvents
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.widgets.base.labels import breakable

OPEN_FOLDER = "打开文件夹"


def open_folder(folder: Path, events: AppEvents) -> None:
    """Show a folder; where the system has nothing to show it with, say where it is."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        text = f"打不开文件夹，它在：{breakable(str(folder))}"
        events.message_requested.emit(Message(text, warning=True))


def saved_message(file: Path, events: AppEvents) -> Message:
    """A file is where the user wanted it, and one click away."""
    show = partial(open_folder, file.parent, events)
    return Message(f"存好了，在 {breakable(str(file))}", action=OPEN_FOLDER, on_action=show)
