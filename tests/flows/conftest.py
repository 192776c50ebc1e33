"""Journeys use the same window as the tests of its parts; others a real screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import flashes, open_window, window

__all__ = ["flashes", "open_window", "window"]

ACCESSIBILITY = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


@pytest.fixture(autouse=True)
def _no_flashes(request: pytest.FixtureRequest) -> None:
    if "open_window" in request.fixturenames:
        request.getfixturevalue("flashes")


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """Environment of an X server of the test's own."""
    for tool in ("Xvfb", "xdotool"):
        assert shutil.which(tool), f"{tool} is missing; build_spec/system-packages.sh installs it"
    read, write = os.pipe()
    server = subprocess.Popen(
        # Else it begins anew, and lets nobody in meanwhile, whenever its last client goes.
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-noreset"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = pipe.readline().strip()
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    yield environment | {"DISPLAY": f":{display}", "LC_ALL": "C.UTF-8"}
    server.terminate()
    server.wait()


@pytest.fixture
def session(screen: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """Environment of a screen with a session bus, neither of them the user's own."""
    if not shutil.which("dbus-daemon") or not ACCESSIBILITY.exists():
        pytest.skip(
            "needs the packages dbus-daemon and at-spi2-core (build_spec/system-packages.sh)"
        )
    private = {}
    for name in ("XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        private[name] = str(folder)
    environment = screen | private
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert daemon.stdout
    yield environment | {"DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip()}
    daemon.terminate()
    daemon.communicate()


class Clicks(QObject):
    """Counts what the mouse does anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a press on a widget."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            self.count += 1
        return False


@pytest.fixture
def clicks(qapp: QApplication) -> Iterator[Clicks]:
    """The mouse is counted as long as the test runs."""
    counter = Clicks()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)
