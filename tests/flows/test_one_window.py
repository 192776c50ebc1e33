"""A second start leads to the first window; nothing a crash leaves keeps a start from coming."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.patience import PATIENCE_S
from yibao_desktop.errors import DataError
from yibao_desktop.paths import HOME_VARIABLE
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.program.application import come_to_front
from yibao_desktop.ui.program.single_instance import (
    LOCK_NAME,
    SOCKET_NAME,
    Handing,
    Request,
    SingleInstance,
    take_lock,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's folder with a name longer than the address of a socket may be."""
    folder = tmp_path / ("家" * 60)
    folder.mkdir()
    return folder


@pytest.fixture
def first(home, window):
    """The first window, waiting for requests."""
    instance = SingleInstance(home)
    assert instance.claim()
    instance.serve(window.desktop.answer)
    yield instance
    instance.close()


def start_again(home: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "yibao_desktop", *arguments],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", HOME_VARIABLE: str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("yibao:card-replacement", Location(Place.ITEM, "card-replacement")),
        ("卡丢了怎么办", Location(Place.SEARCH, "卡丢了怎么办")),
    ],
)
def test_a_second_start_hands_over_what_it_was_asked_for(first, home, window, argument, expected):
    second = start_again(home, argument)
    window.qtbot.waitUntil(lambda: window.window.navigator.where.trail.current == expected)
    second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 0
    window.settle()
    assert window.window.isVisible()
    assert not (home / "user.sqlite3").exists()  # the second opened nothing itself


def test_a_minimised_window_comes_back(first, home, window):
    window.window.showMinimized()
    answered = []
    asking = threading.Thread(
        target=lambda: answered.append(SingleInstance(home).hand_over(Request()))
    )
    asking.start()
    window.qtbot.waitUntil(lambda: answered == [Handing.TAKEN])
    asking.join()
    assert not window.window.isMinimized()


def test_a_second_start_leads_to_the_window_that_says_what_is_wrong(home, window, qapp):
    trouble = window.desktop.show_trouble(DataError("内容库坏了。", "请重新安装医保指南。"))
    instance = SingleInstance(home)
    assert instance.claim()
    instance.serve(partial(come_to_front, trouble))
    trouble.showMinimized()
    second = start_again(home, "卡丢了怎么办")
    window.qtbot.waitUntil(lambda: not trouble.isMinimized())
    second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 0
    assert not window.window.isVisible()
    instance.close()


def test_an_unknown_page_is_told(first, window):
    window.desktop.answer(Request("yibao:../../etc/passwd"))
    window.settle()
    assert window.window.message.text
    window.window.message.hide()


def test_rubbish_on_the_socket_does_no_harm(first, home, window):
    folder = os.open(home, os.O_RDONLY)
    before = window.window.navigator.where.trail.current
    for rubbish in (b"", b"\xff\x00", b"[]", b'{"text": 1, "token": ""}', b"x" * 100_000):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(f"/proc/self/fd/{folder}/{SOCKET_NAME}")
            try:
                connection.sendall(rubbish)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            window.settle()
    os.close(folder)
    assert window.window.navigator.where.trail.current == before


def wait_for(condition) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_a_killed_program_leaves_does_not_block_the_next(home):
    killed = start_again(home)
    wait_for((home / "user.sqlite3").exists)
    assert (home / SOCKET_NAME).exists()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert (home / LOCK_NAME).exists()
    assert (home / SOCKET_NAME).exists()
    instance = SingleInstance(home)
    assert instance.claim()
    assert not SingleInstance(home).claim()
    instance.close()
    again = SingleInstance(home)
    assert again.claim()
    again.close()


def test_a_window_that_hangs_does_not_keep_a_second_from_coming(home, qapp, monkeypatch):
    monkeypatch.setattr("yibao_desktop.ui.program.single_instance.ANSWER_TIMEOUT_S", 0.2)
    hanging = SingleInstance(home)
    assert hanging.claim()
    hanging.serve(lambda _: None)
    second = SingleInstance(home)
    assert not second.claim()
    assert second.hand_over(Request("卡")) is Handing.UNANSWERED  # no events are handled
    hanging.close()


def test_a_first_window_that_is_only_starting_is_waited_for(home, qapp, qtbot, monkeypatch):
    monkeypatch.setattr("yibao_desktop.ui.program.single_instance.ANSWER_TIMEOUT_S", 0.1)
    first, told, outcomes = SingleInstance(home), [], []
    assert first.claim()
    asking = threading.Thread(
        target=lambda: outcomes.append(SingleInstance(home).hand_over(Request("卡")))
    )
    asking.start()
    asking.join(0.5)  # five times as long as one that takes requests may take
    assert outcomes == []
    first.serve(told.append)
    qtbot.waitUntil(lambda: outcomes == [Handing.TAKEN])
    asking.join()
    assert told == [Request("卡")]
    first.close()


def test_a_first_window_that_ends_while_it_is_waited_for_leaves_its_place(home):
    first, outcomes = SingleInstance(home), []
    assert first.claim()
    second = SingleInstance(home)
    asking = threading.Thread(target=lambda: outcomes.append(second.hand_over(Request())))
    asking.start()
    first.close()
    asking.join()
    assert outcomes == [Handing.GONE]
    assert second.claim()
    second.close()


def test_one_that_ends_may_keep_its_lock_for_a_moment_after_its_socket(home):
    _, lock = take_lock(home)
    folder = os.open(home, os.O_RDONLY)
    server, outcomes = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), []
    server.bind(f"/proc/self/fd/{folder}/{SOCKET_NAME}")
    server.listen()
    asking = threading.Thread(
        target=lambda: outcomes.append(SingleInstance(home).hand_over(Request("卡")))
    )
    asking.start()
    server.accept()[0].close()
    server.close()
    asking.join(0.5)
    assert outcomes == []
    os.close(lock)
    os.close(folder)
    asking.join()
    assert outcomes == [Handing.GONE]


def test_one_that_answers_nothing_hangs(home, monkeypatch):
    monkeypatch.setattr("yibao_desktop.ui.program.single_instance.LETTING_GO_S", 0.2)
    first = SingleInstance(home)
    assert first.claim()
    folder = os.open(home, os.O_RDONLY)
    address = f"/proc/self/fd/{folder}/{SOCKET_NAME}"
    Path(address).unlink()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(address)
        server.listen()
        outcomes = []
        asking = threading.Thread(
            target=lambda: outcomes.append(SingleInstance(home).hand_over(Request("卡")))
        )
        asking.start()
        while asking.is_alive():
            with suppress(TimeoutError):
                server.settimeout(0.1)
                server.accept()[0].close()
    assert outcomes == [Handing.UNANSWERED]
    os.close(folder)
    first.close()


def test_a_start_on_another_display_is_told_where_the_window_is(home, qapp, qtbot):
    first, told, outcomes = SingleInstance(home, ":1"), [], []
    assert first.claim()
    first.serve(told.append)

    def ask(screen: str) -> None:
        outcomes.append(SingleInstance(home).hand_over(Request("卡", screen=screen)))

    for screen, expected in ((":2", Handing.ELSEWHERE), (":1", Handing.TAKEN), ("", Handing.TAKEN)):
        asking = threading.Thread(target=ask, args=(screen,))
        asking.start()
        qtbot.waitUntil(lambda: bool(outcomes))
        asking.join()
        assert outcomes.pop() is expected
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [request.screen for request in told] == [":1", ""]
    first.close()


@pytest.mark.parametrize("text", ["卡" * 20_000, "卡\udcff丢\ud800了", " 卡 \n 丢了 "])
def test_whatever_is_asked_for_fits_and_can_be_read(home, qapp, qtbot, text):
    first, told, outcomes = SingleInstance(home), [], []
    assert first.claim()
    first.serve(told.append)
    asked = Request.of(text, token="x" * 20_000)
    asking = threading.Thread(target=lambda: outcomes.append(SingleInstance(home).hand_over(asked)))
    asking.start()
    qtbot.waitUntil(lambda: outcomes == [Handing.TAKEN])
    asking.join()
    (request,) = told
    assert request.text.encode("utf-8").decode("utf-8").startswith("卡")
    first.close()


def test_a_folder_that_cannot_be_written_does_not_block_a_start(tmp_path):
    (tmp_path / "file").touch()
    assert SingleInstance(tmp_path / "file" / "home").claim()


@pytest.mark.parametrize("arguments", [["--nonsense"], ["a", "b"]])
def test_wrong_arguments_are_told_in_chinese(home, arguments):
    program = start_again(home, *arguments)
    _, errors = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 2
    assert "命令写得不对" in errors.decode()
    assert list(home.iterdir()) == []


def test_help_and_options_of_qt(home):
    program = start_again(home, "--help")
    out, _ = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0
    assert "yibao:编号" in out.decode()
