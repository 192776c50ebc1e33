"""The window on real services, and what must hold after every test with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.clock import SetClock
from tests.ui.driver import Driver
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program.application import Desktop, prepare_application


class Flashes(QObject):
    """Notes every widget shown as a window that is none: it flickers and takes the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            meant = isinstance(watched, QMainWindow | QDialog | QMenu)
            popup = watched.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
            if watched.isWindow() and not meant and not popup:
                self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def flashes(qapp: QApplication) -> Iterator[None]:
    """Nothing flickers as long as the window is open.

    Every event there is has to be looked at, a seventh of all work: so this is for journeys, and
    for the walk through every screen.
    """
    noted = Flashes()
    qapp.installEventFilter(noted)
    yield
    qapp.removeEventFilter(noted)
    assert noted.seen == [], "widgets that were windows of their own for a moment"


@pytest.fixture
def open_window(
    qapp: QApplication, qtbot: QtBot, paths: Paths, clock: SetClock
) -> Iterator[Callable[[], Driver]]:
    """Opens the program as a start does; several times for a restart."""
    prepare_application(qapp, paths)
    opened: list[Driver] = []

    def start(first: bool = False) -> Driver:
        """Open it as somebody does who has used it before, unless it is the first time."""
        services = open_services(paths, clock)
        services.settings.update(welcomed=not first)
        driver = Driver(Desktop(qapp, services), qtbot)
        opened.append(driver)
        driver.start()
        return driver

    yield start
    for driver in opened:
        driver.close()
        assert driver.crashes == []
    stray = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    assert stray == [], "windows left open"


@pytest.fixture
def window(open_window: Callable[[], Driver]) -> Driver:
    """The program, just started."""
    return open_window()
