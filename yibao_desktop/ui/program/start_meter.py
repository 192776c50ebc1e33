"""Measures how long the program takes until it can be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from yibao_desktop.process_meter import milliseconds_running, resident_megabytes
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.work.waiting import FirstPaint, wait_for

if TYPE_CHECKING:
    from yibao_desktop.ui.common.app_events import AppEvents
    from yibao_desktop.ui.shell.main_window import MainWindow

QUESTION = "卡丢了怎么办"
PATIENCE_MS = 60_000


class StartMeter(QObject):
    """Fills the window that was just painted, and asks a question.

    Signals:
        ready: the topic tree is painted and the question answered.
    """

    ready = Signal()

    def __init__(
        self, window: MainWindow, events: AppEvents, show_guide: Callable[[], None]
    ) -> None:
        """To be made as soon as the window is painted; ``show_guide`` fills it."""
        super().__init__()
        self._window_ms = milliseconds_running()
        self._window = window
        self._events = events
        self._show_guide = show_guide
        self._awaited = {"tree", "answer"}

    def measure(self) -> int:
        """Print one line of JSON; the exit code, 1 where the window does not get ready.

        Raises:
            DataError: the content database cannot be used.
            UserError: this system does not tell when a process began.
        """
        tree = self._window.side.tree
        tree.model().rowsInserted.connect(self._on_tree_filled)
        self._show_guide()
        self._events.results_shown.connect(self._on_results_shown)
        self._window.go(Location(Place.SEARCH, QUESTION))
        wait_for(self.ready, PATIENCE_MS)
        measured = {
            "window_ms": round(self._window_ms),
            "ready_ms": round(milliseconds_running()),
            "rss_mb": round(resident_megabytes(), 1),
        }
        if self._awaited:
            return 1
        print(json.dumps(measured), flush=True)
        return 0

    def _on_tree_filled(self) -> None:
        side = self._window.side
        side.tree.model().rowsInserted.disconnect(self._on_tree_filled)
        if side.isHidden():  # the window is too narrow for it
            self._on_tree_painted()
        else:
            FirstPaint(side.tree.viewport()).done.connect(self._on_tree_painted)

    def _on_tree_painted(self) -> None:
        self._note("tree")

    def _on_results_shown(self) -> None:
        self._note("answer")

    def _note(self, came: str) -> None:
        self._awaited.discard(came)
        if not self._awaited:
            self.ready.emit()
