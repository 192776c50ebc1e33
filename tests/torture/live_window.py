"""The program in this process, without a screen, as it runs for a user."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from tests.patience import PATIENCE_S
from yibao_desktop.bootstrap import open_services
from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program.application import Desktop, make_application


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
        end = time.monotonic() + PATIENCE_S
        for _ in range(3):
            self.app.processEvents()
            while self.desktop.tasks.busy and time.monotonic() < end:
                self.app.processEvents()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let it live until something is true."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            self.app.processEvents()
