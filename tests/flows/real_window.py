"""The program as a process of its own, driven by keys and met over the accessibility bus."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import eq, methodcaller
from pathlib import Path
from typing import TypeVar

from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.conftest import ROOT
from tests.flows.accessibility_bus import BusError, Thing, enable, programs
from tests.flows.waiting import until
from yibao_desktop.paths import HOME_VARIABLE

T = TypeVar("T")

FROM_SOURCE = (sys.executable, "-m", "yibao_desktop")
NAME = "医保指南"
PROGRAM = "yibao-desktop"


@dataclass(frozen=True, slots=True)
class RealWindow:
    """A running program.

    Attributes:
        connection: to the accessibility bus.
        program: its root on that bus.
        environment: of the screen it is on.
    """

    connection: DBusConnection
    program: Thing
    environment: Mapping[str, str]

    def xdotool(self, *arguments: str) -> str:
        """Press keys, move the mouse, or ask about windows; what it printed."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def focus(self) -> None:
        """Give it the keyboard, as a window manager would."""
        window = until(
            lambda: self.xdotool("search", "--onlyvisible", "--name", NAME), "the window"
        )
        self.xdotool("windowfocus", "--sync", window.splitlines()[0])

    def found(self, role: str, name: str) -> Thing:
        """Wait for something to be seen with exactly this name."""
        return self._met(role, name, partial(eq, name))

    def begun(self, role: str, words: str) -> Thing:
        """Wait for something to be seen whose name begins with these words."""
        return self._met(role, words, methodcaller("startswith", words))

    def _met(self, role: str, name: str, suits: Callable[[str], bool]) -> Thing:
        return waited(lambda: self.program.find(role, suits), f"{role} “{name}”")


@contextmanager
def opened(
    session: Mapping[str, str], home: Path, command: Sequence[str] = FROM_SOURCE
) -> Iterator[RealWindow]:
    """Start the program on a screen with a session bus; it is ended in the end.

    Args:
        session: environment with ``DISPLAY`` and ``DBUS_SESSION_BUS_ADDRESS``.
        home: where it keeps what is the user's.
        command: the program and its arguments.
    """
    bus = enable(session["DBUS_SESSION_BUS_ADDRESS"])
    environment = dict(session) | {HOME_VARIABLE: str(home)}
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        with open_dbus_connection(bus) as connection:
            yield RealWindow(connection, waited(lambda: _ours(connection), "the program"), session)
    finally:
        process.kill()
        process.wait()


def _ours(connection: DBusConnection) -> Thing | None:
    """The program among those on the bus; an input method may be another."""
    return next((one for one in programs(connection) if one.name == PROGRAM), None)


def waited(condition: Callable[[], T], what: str) -> T:
    """Wait for something to be so; what went away while it was being asked is asked for anew."""

    def now() -> T | None:
        try:
            return condition()
        except BusError:
            return None

    return until(now, what)
