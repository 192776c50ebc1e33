"""One window for one user's folder on Windows: a second start hands its request over a named pipe.

The lock is that of ``single_instance``. The name of the pipe is a secret kept in the user's own
folder, so that nobody else can lie in wait under it; the system lets nobody else write to it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from yibao_desktop.ui.program.single_instance import (
    ANSWER,
    ANSWER_TIMEOUT_S,
    ELSEWHERE,
    MAX_BYTES,
    READ_TIMEOUT_S,
    Handing,
    Request,
    hand_over_to_first,
    is_here,
    note_taking,
    outcome,
    parse_request,
    request_bytes,
    take_lock,
    takes_requests,
)

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

NAME_FILE = "window.pipe"
WINDOWS_FAMILY = "AF_PIPE"


class PipeInstance(QObject):
    """The claim of one process to be the one with the window.

    Signals:
        _received: a request, and what is to be set once the window has taken it.
    """

    _received = Signal(object, object)

    def __init__(self, folder: Path, screen: str = "", family: str = WINDOWS_FAMILY) -> None:
        """``screen`` tells the display of this process from others."""
        super().__init__()
        self._folder = folder
        self._screen = screen
        self._family = family
        self._lock: int | None = None
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._closing = False
        self._on_request: Callable[[Request], None] = lambda _: None
        self._received.connect(self._on_received, Qt.ConnectionType.QueuedConnection)

    def claim(self) -> bool:
        """Whether this is to be the window; also where nobody can tell."""
        free, self._lock = take_lock(self._folder)
        if self._lock is None:
            return free
        with suppress(OSError, ValueError):
            self._listener = Listener(self._address(), self._family)
        return True

    def hand_over(self, request: Request) -> Handing:
        """Give the first window a request."""
        return hand_over_to_first(self._folder, partial(self._send, request))

    def _send(self, request: Request, end: float) -> Handing:
        with Client(self._address(), self._family) as connection:
            _let_others_come_to_front()
            connection.send_bytes(request_bytes(request))
            while True:
                taking = takes_requests(self._folder)
                if connection.poll(ANSWER_TIMEOUT_S):
                    return outcome(connection.recv_bytes(len(ELSEWHERE)))
                if taking or time.monotonic() > end:
                    raise TimeoutError

    def serve(self, on_request: Callable[[Request], None]) -> None:
        """From now on tell requests of further starts; those that wait already come first."""
        if self._listener is None or self._lock is None:
            return
        note_taking(self._lock)
        self._on_request = on_request
        if self._thread is None:
            listening = (self._listener,)
            self._thread = threading.Thread(target=self._listen, args=listening, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Give the claim up."""
        self._closing = True
        if self._thread is not None:
            with suppress(OSError, EOFError, ValueError), Client(self._address(), self._family):
                pass  # whoever waits for a request sees that none will come
            self._thread.join(READ_TIMEOUT_S)
        if self._listener is not None:
            self._listener.close()
        if self._lock is not None:
            os.close(self._lock)
        self._listener = self._thread = self._lock = None

    def _address(self) -> str:
        """The name of the pipe, which is made up at the first start.

        Raises:
            OSError, ValueError: it can be neither kept nor read.
        """
        file = self._folder / NAME_FILE
        with suppress(FileExistsError):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as new:
                new.write(os.urandom(16).hex())
        name = file.read_text(encoding="ascii").strip()
        if self._family == WINDOWS_FAMILY:
            return rf"\\.\pipe\yibao-desktop-{name}"
        return str(self._folder / f"{name}.socket")

    def _listen(self, listener: Listener) -> None:
        while not self._closing:
            try:
                with listener.accept() as connection:
                    self._answer(connection)
            except (OSError, EOFError, ValueError):
                time.sleep(0.05)  # somebody went away, or sent what is no request

    def _answer(self, connection: Connection) -> None:
        """Pass a request on to the thread of the window, and say that the window took it."""
        if self._closing or not connection.poll(READ_TIMEOUT_S):
            return
        request = parse_request(connection.recv_bytes(MAX_BYTES))
        if not is_here(request, self._screen):
            connection.send_bytes(ELSEWHERE)
            return
        taken = threading.Event()
        self._received.emit(request, taken)
        if taken.wait(ANSWER_TIMEOUT_S):
            connection.send_bytes(ANSWER)

    def _on_received(self, request: Request, taken: threading.Event) -> None:
        taken.set()
        self._on_request(request)


def _let_others_come_to_front() -> None:
    """Windows lets only the program the user has just started hand that right on."""
    if sys.platform == "win32":
        import ctypes

        anybody = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)
