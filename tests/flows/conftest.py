"""Journeys use the same window as the tests of its parts; others a real screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from tests.ui.conftest import open_window, window

__all__ = ["open_window", "window"]

PATIENCE_S = 30

T = TypeVar("T")


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """Environment of an X server of the test's own."""
    for tool in ("Xvfb", "xdotool"):
        assert shutil.which(tool), f"{tool} is missing; build_spec/system-packages.sh installs it"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24"],
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


def until(condition: Callable[[], T], what: str) -> T:
    """Wait for something to become true; its value."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited in vain: {what}")
