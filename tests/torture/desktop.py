"""What is around the window: screens, displays, other starts and what they send."""

from __future__ import annotations

import itertools
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.conftest import ROOT
from tests.patience import PATIENCE_S
from tests.torture.child import ChildError, in_child
from tests.torture.live_window import LiveWindow
from tests.torture.table import Row
from tests.torture.world import World
from yibao_desktop.paths import HOME_VARIABLE, Paths
from yibao_desktop.ui.program.single_instance import (
    SOCKET_NAME,
    Handing,
    Request,
    SingleInstance,
    takes_requests,
)

LARGEST = 3840, 2160
SCREENS = [(1024, 768), (1280, 800), (1366, 768), (1440, 900), (1920, 1080), LARGEST]
SCALES = ["1", "1.25", "1.5", "2"]
SMALLEST = 700, 500
"""Logical pixels; on less nothing is promised."""
NOBODY: list[dict[str, str]] = [
    {},
    {"DISPLAY": ":77"},
    {"DISPLAY": ":77", "QT_QPA_PLATFORM": "xcb"},
    {"WAYLAND_DISPLAY": "nobody"},
    {"WAYLAND_DISPLAY": "nobody", "QT_QPA_PLATFORM": "wayland"},
    {"WAYLAND_DISPLAY": "nobody", "DISPLAY": ":77", "QT_QPA_PLATFORM": "wayland;xcb"},
    {"WAYLAND_DISPLAY": "left-behind"},
    {"DISPLAY": "nowhere.invalid:0"},
]
STARTS = 100
STARTS_PATIENCE_S = 900.0


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each so many times."""
    yield _screens(world, SCREENS[1:3] if short else SCREENS, SCALES[:2] if short else SCALES)
    yield _nobody(world, NOBODY[:3] if short else NOBODY)
    yield _starts(world, 8 if short else STARTS)
    yield _requests(world, 20 if short else 400)


# -- screens and displays ---------------------------------------------------------------------


def _screens(world: World, screens: list[tuple[int, int]], scales: list[str]) -> Row:
    """The first window on each, and the next one after it was left filling a much larger one."""
    row = Row("屏幕", "大小和放大的倍数")
    for screen, scale in itertools.product(screens, scales):
        if any(there / float(scale) < least for there, least in zip(screen, SMALLEST, strict=True)):
            continue
        paths, wrong = world.paths(), []
        for shown, by in ((screen, scale), (LARGEST, "1"), (screen, scale)):
            config = _config(world.folder, shown)
            try:
                wrong += in_child(lambda p=paths, c=config, k=by: _placed(p, c, k))
            except ChildError as error:
                wrong.append(str(error))
        row.note("整个窗口都看得到", *(f"{screen} × {scale}: {w}" for w in wrong))
        world.forget(paths)
    return row


def _config(folder: Path, screen: tuple[int, int]) -> Path:
    """A description of one screen for Qt, which reads it by a name in ASCII only."""
    place = {"x": 0, "y": 0, "width": screen[0], "height": screen[1]}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = folder / "screen.json"
    config.write_text(json.dumps({"screens": [{"name": "one", **place, **dots}]}), encoding="utf-8")
    return config


def _placed(paths: Paths, config: Path, scale: str) -> list[str]:
    """What of the window is not on the screen; it fills that when it is closed."""
    os.environ["QT_SCALE_FACTOR"] = scale
    live = LiveWindow(paths, platform=f"offscreen:configfile={config}")
    window = live.desktop.window
    room = window.screen().availableGeometry()
    wrong = [] if room.contains(window.geometry()) else [f"{window.geometry()} in {room}"]
    for widget in window.bar.findChildren(QWidget):
        right = widget.mapTo(window, widget.rect().bottomRight()).x()
        if widget.isVisible() and right > window.width():
            wrong.append(f"{widget.accessibleName() or type(widget).__name__} ends at {right}")
    window.setGeometry(room)
    live.settle()
    live.desktop.close()
    return wrong


def _nobody(world: World, displays: list[dict[str, str]]) -> Row:
    """Displays where nobody answers: the guide comes in the console, with nothing of Qt's."""
    row = Row("显示器", "那里没有人，或者根本没有")
    paths = world.paths()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(os.path.relpath(paths.user.parent / "left-behind"))
    for display in displays:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        }
        environment |= {"XDG_RUNTIME_DIR": str(paths.user.parent), **display}
        done = subprocess.run(
            _program(), env=_home(environment, paths), cwd=ROOT, capture_output=True, check=False
        )
        well = done.returncode == 0 and "这里没有图形界面" in done.stdout.decode("utf-8")
        told = f"{display}: {done.returncode} {done.stderr[-300:]!r}"
        row.note("改在控制台里看指南", *([] if well and not done.stderr else [told]))
    world.forget(paths)
    return row


def _program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "yibao_desktop", *arguments]


def _home(environment: dict[str, str], paths: Paths) -> dict[str, str]:
    return environment | {HOME_VARIABLE: str(paths.user)}


# -- other starts -----------------------------------------------------------------------------


def _starts(world: World, count: int) -> Row:
    """So many at once; one is the window, and all others lead to it."""
    row = Row("打开", f"{count} 次同时打开")
    paths = world.paths()
    environment = _home({**os.environ, "QT_QPA_PLATFORM": "offscreen"}, paths)
    quiet = subprocess.DEVNULL
    started = [
        subprocess.Popen(_program(), env=environment, cwd=ROOT, stdout=quiet, stderr=quiet)
        for _ in range(count)
    ]
    end = time.monotonic() + STARTS_PATIENCE_S
    while sum(one.poll() is None for one in started) > 1 and time.monotonic() < end:
        time.sleep(0.5)
    codes = [one.returncode for one in started if one.returncode is not None]
    if codes != [0] * (count - 1):
        row.lost.append(f"{count - len(codes)} stay, the others end with {sorted(set(codes))}")
    for one in started:
        one.kill()
        one.wait()
    row.note("只有一个窗口")
    world.forget(paths)
    return row


def _requests(world: World, count: int) -> Row:
    """What anybody may send to the window; it goes on taking what a start sends."""
    row = Row("打开", "乱写的、太长的、断了的请求")
    paths, chosen = world.paths(), random.Random(6)
    with _running(paths):
        for _ in range(count):
            wrong = []
            with suppress(OSError):
                _send(paths.user, _rubbish(chosen))
            screen = chosen.choice((":5", "", ":6"))
            handing = SingleInstance(paths.user).hand_over(Request("卡丢了", screen=screen))
            expected = Handing.ELSEWHERE if screen == ":6" else Handing.TAKEN
            if handing is not expected:
                wrong.append(f"a start on {screen!r}: {handing}")
            row.note("窗口照常，别的屏幕上的说明白", *wrong)
    world.forget(paths)
    return row


@contextmanager
def _running(paths: Paths) -> Iterator[None]:
    """The program as its window waits for requests, on a display told from others."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":5"}
    environment.pop("WAYLAND_DISPLAY", None)
    program = subprocess.Popen(_program(), env=_home(environment, paths), cwd=ROOT)
    try:
        end = time.monotonic() + PATIENCE_S
        while not takes_requests(paths.user):
            assert time.monotonic() < end, "no window came"
            time.sleep(0.1)
        yield
        assert program.poll() is None, "the window is gone"
    finally:
        program.kill()
        program.wait()


def _send(folder: Path, data: bytes) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(f"/proc/self/fd/{opened}/{SOCKET_NAME}")
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(64)
    finally:
        os.close(opened)


def _rubbish(chosen: random.Random) -> bytes:
    text = chosen.choice(
        ("卡" * 30_000, "\ud800", "yibao:../../x", "\x00", "\u202e卡", "[" * 9_000, "卡丢了")
    )
    match chosen.randrange(4):
        case 0:
            return chosen.randbytes(chosen.randrange(20_000))
        case 1:
            return json.dumps({"text": text, "token": text, "screen": text}).encode()
        case 2:
            return json.dumps({"text": text}).encode()[: chosen.randrange(1, 60)]
        case _:
            return json.dumps(chosen.choice([text, [text], {"text": 7}, None, 1e308])).encode()
