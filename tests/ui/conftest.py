"""The window on real services, and what must hold after every test with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.driver import Driver
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import Paths
from yibao_desktop.ui.application import Desktop, prepare_application


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, paths: Paths) -> Iterator[Callable[[], Driver]]:
    """Opens the program as a start does; several times for a restart."""
    prepare_application(qapp, paths)
    opened: list[Driver] = []

    def start() -> Driver:
        driver = Driver(Desktop(qapp, open_services(paths)), qtbot)
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
