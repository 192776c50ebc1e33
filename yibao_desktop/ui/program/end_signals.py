"""Asked by the system to end, or by Ctrl+C in a terminal, the program closes as by its ✕."""

from __future__ import annotations

import signal
import socket
import sys
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

_SIGNALS = () if sys.platform == "win32" else (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Windows asks the window itself."""


class EndSignals:
    """Hears them while Qt waits, when no Python runs that could be told; what is ignored stays so.

    Unheard, Ctrl+C would be an error in whatever runs next, and the others the end in the middle
    of what is being typed.
    """

    def __init__(self) -> None:
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)
        self._wakes_before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, _heard)
            for number in _SIGNALS
            if signal.getsignal(number) is not signal.SIG_IGN
        }

    def close(self) -> None:
        """Hear them no more."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakes_before)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

    def _on_signal(self) -> None:
        self._reading.recv(256)
        QApplication.closeAllWindows()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """What has to be done is done where Qt is told."""
