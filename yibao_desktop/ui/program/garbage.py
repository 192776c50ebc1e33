"""Cyclic garbage is collected in the thread of the window, and in no other.

Python collects in whatever thread happens to allocate. A widget that is part of a cycle would then
be destroyed in a thread that is not the window's, and Qt crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class GarbageCollector(QObject):
    """Collects now and then, once enough has gathered, while the event loop runs."""

    _running = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over from Python's own collecting."""
        GarbageCollector._running += 1
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Hand back to Python, once nobody else in the program has taken over."""
        self._timer.stop()
        GarbageCollector._running -= 1
        if not GarbageCollector._running:
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation of which as much has gathered as Python would wait for."""
        gathered = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, limit) in enumerate(gathered) if count > limit]
        if due:
            gc.collect(due[-1])
