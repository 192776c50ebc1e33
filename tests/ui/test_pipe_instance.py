"""What hands a second start's request over on Windows, tried over the sockets there are here."""

from __future__ import annotations

import stat
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from yibao_desktop.ui.program import pipe_instance
from yibao_desktop.ui.program.pipe_instance import NAME_FILE, PipeInstance
from yibao_desktop.ui.program.single_instance import Handing, Request

HERE = "AF_UNIX"


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder with a short name: an address of this family has a hundred bytes at most."""
    with tempfile.TemporaryDirectory(prefix="y") as name:
        yield Path(name)


@pytest.fixture
def first(tmp_path, qapp):
    """The first process, with what it was told."""
    instance = PipeInstance(tmp_path / "家", family=HERE)
    assert instance.claim()
    instance.told = []
    instance.serve(instance.told.append)
    yield instance
    instance.close()


def ask(qtbot, folder, request: Request) -> bool:
    """What a second process is answered, asked from a thread of its own."""
    answers = []

    def start_again() -> None:
        second = PipeInstance(folder, family=HERE)
        answers.append(Handing.GONE if second.claim() else second.hand_over(request))

    asking = threading.Thread(target=start_again)
    asking.start()
    qtbot.waitUntil(lambda: bool(answers))
    asking.join()
    return answers[0] is Handing.TAKEN


@pytest.mark.parametrize("text", ["", "yibao:card-replacement", "卡丢了怎么办" * 20])
def test_a_second_start_hands_its_request_over(first, qtbot, text):
    assert ask(qtbot, first._folder, Request(text))
    assert first.told == [Request(text)]
    assert ask(qtbot, first._folder, Request("再一次"))
    assert first.told[1:] == [Request("再一次")]


def test_the_name_is_a_secret_of_the_user(first):
    file = first._folder / NAME_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text()) == 32
    assert file.read_text() in PipeInstance(first._folder)._address()
    assert PipeInstance(first._folder)._address().startswith("\\\\.\\pipe\\")


def test_rubbish_does_no_harm(first, qtbot):
    for rubbish in (b"\xff\x00", b"[]", b'{"text": 1, "token": ""}', b"x" * 100_000, b"[" * 9_000):
        with Client(first._address(), family=HERE) as connection:
            connection.send_bytes(rubbish)
            assert connection.poll(10)
            with pytest.raises((EOFError, OSError)):
                connection.recv_bytes()
    assert ask(qtbot, first._folder, Request("卡"))
    assert first.told == [Request("卡")]


def test_who_says_nothing_does_not_keep_others_waiting(first, qtbot, monkeypatch):
    monkeypatch.setattr(pipe_instance, "READ_TIMEOUT_S", 0.1)
    with Client(first._address(), family=HERE):
        assert ask(qtbot, first._folder, Request("卡"))


def test_a_window_that_hangs_does_not_keep_a_second_from_coming(tmp_path, qapp, monkeypatch):
    monkeypatch.setattr(pipe_instance, "ANSWER_TIMEOUT_S", 0.2)
    hanging = PipeInstance(tmp_path, family=HERE)
    assert hanging.claim()
    hanging.serve(lambda _: None)
    second = PipeInstance(tmp_path, family=HERE)
    assert not second.claim()
    assert (
        second.hand_over(Request("卡")) is Handing.UNANSWERED
    )  # nobody handles the events of the first
    hanging.close()


def test_the_next_comes_after_the_first_has_gone(first, qapp):
    first.close()
    again = PipeInstance(first._folder, family=HERE)
    assert again.claim()
    again.close()


def test_a_folder_that_cannot_be_written_does_not_block_a_start(tmp_path, qapp):
    (tmp_path / "file").touch()
    assert PipeInstance(tmp_path / "file" / "home", family=HERE).claim()


def test_a_start_on_another_display_is_told_where_the_window_is(tmp_path, qapp, qtbot):
    first, told = PipeInstance(tmp_path, ":1", family=HERE), []
    assert first.claim()
    first.serve(told.append)
    assert not ask(qtbot, tmp_path, Request("卡", screen=":2"))
    assert ask(qtbot, tmp_path, Request("卡", screen=":1"))
    assert [request.screen for request in told] == [":1"]
    first.close()
