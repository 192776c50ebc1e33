"""A day that ends while the window is open: what counts days is out of date then."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from yibao_desktop.clock import Clock

LOOK_EVERY_MS = 15_000
"""Short, since no timer runs while the computer sleeps: so soon after waking it is noticed."""


class DayWatch(QObject):
    """Looks at the calendar now and then.

    Signals:
        turned: it is another day than before.
    """

    turned = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._day = clock.today()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Tell if the day has turned."""
        today = self._clock.today()
        if today != self._day:
            self._day = today
            self.turned.emit()
