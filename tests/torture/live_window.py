"""The program in this process, without a screen, as it runs for a user."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.patience import PATIENCE_S
from yibao_desktop.bootstrap import open_services
from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program.application import Desktop, make_application

A_MOMENT_MS = 5


class LiveWindow:
    """A window that was welcomed to; one in each process.

    Args:
        paths: where the program lies, and the user's folder.
        clock: what time it is for it.
        platform: of Qt, with its options.
    """

    def __init__(
        self, paths: Paths, clock: Clock = SYSTEM_CLOCK, platform: str = "offscreen"
    ) -> None:
        os.environ["QT_QPA_PLATFORM"] = platform
        self.app = make_application(paths, ["yibao-desktop"])
        services = open_services(paths, clock)
        services.settings.update(welcomed=True)
        self.desktop = Desktop(self.app, services)
        self.desktop.show()
        self.settle()

    def settle(self) -> None:
        """Let it do what it has begun."""
        for _ in range(3):
            live_until(self.app, lambda: not self.desktop.tasks.busy)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let it live until something is true."""
        live_until(self.app, condition)
        assert condition(), "waited in vain"


def live_until(app: QApplication, condition: Callable[[], bool]) -> None:
    """Let the window live until something is true, or for as long as one may have to wait."""
    end = time.monotonic() + PATIENCE_S
    app.processEvents()
    while not condition() and time.monotonic() < end:
        QTest.qWait(A_MOMENT_MS)  # not at once again: what it waits for needs the processor, too
    app.processEvents()
