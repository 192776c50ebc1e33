"""One window for one user's folder: a second start hands its request to the first.

A lock on a file says who is first; the system lets go of it with the process, however that ends,
so it cannot be left behind. Requests go through a socket in the user's own folder, of which only
the user can open anything. Windows has no such sockets: ``pipe_instance`` stands in there.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier

LOCK_NAME = "window.lock"
SOCKET_NAME = "window.socket"
MAX_BYTES = 16_384
READ_TIMEOUT_S = 0.5
CONNECT_TIMEOUT_S = 2.0
ANSWER_TIMEOUT_S = 8.0
"""A first window that does not answer for so long hangs, and does not keep a second from coming."""
ANSWER = b"ok\n"


@dataclass(frozen=True, slots=True)
class Request:
    """What a start was asked for.

    Attributes:
        text: ``yibao:`` and an item's id, or words to search for; empty for nothing.
        token: lets the window come to the front where the desktop wants to be asked.
    """

    text: str = ""
    token: str = ""


class SingleInstance:
    """The claim of one process to be the one with the window."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: int | None = None
        self._server: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._on_request: Callable[[Request], None] = lambda _: None

    def claim(self) -> bool:
        """Whether this is to be the window; also where nobody can tell."""
        free, self._lock = take_lock(self._folder)
        if self._lock is None:
            return free
        with suppress(OSError), self._address() as address:
            with suppress(FileNotFoundError):
                Path(address).unlink()
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            server.bind(address)
            Path(address).chmod(0o600)
            server.listen()
            server.settimeout(READ_TIMEOUT_S)
            self._server = server
        return True

    def hand_over(self, request: Request) -> bool:
        """Give the first window a request; whether it took it."""
        end = time.monotonic() + CONNECT_TIMEOUT_S
        while time.monotonic() < end:
            try:
                return self._send(request)
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.05)  # it has the lock and is about to listen
            except OSError:
                return False
        return False

    def _send(self, request: Request) -> bool:
        with self._address() as address, socket.socket(socket.AF_UNIX) as connection:
            connection.connect(address)
            connection.settimeout(ANSWER_TIMEOUT_S)
            connection.sendall(request_bytes(request))
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(len(ANSWER)) == ANSWER

    def serve(self, on_request: Callable[[Request], None], parent: QObject) -> None:
        """From now on tell requests of further starts; those that wait already come first."""
        if self._server is None:
            return
        self._on_request = on_request
        self._notifier = QSocketNotifier(self._server.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(self._on_connection_waiting)

    def close(self) -> None:
        """Give the claim up."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._server is not None:
            self._server.close()
            with suppress(OSError), self._address() as address:
                Path(address).unlink()
        if self._lock is not None:
            os.close(self._lock)
        self._notifier = self._server = self._lock = None

    def _on_connection_waiting(self) -> None:
        if self._server is None:
            return
        try:
            connection, _ = self._server.accept()
            with connection:
                connection.settimeout(READ_TIMEOUT_S)
                request = _read(connection)
                connection.sendall(ANSWER)
        except (OSError, ValueError):
            return
        self._on_request(request)

    @contextmanager
    def _address(self) -> Iterator[str]:
        """A short name of the socket; an address may have no more than a hundred bytes."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            yield f"/proc/self/fd/{folder}/{SOCKET_NAME}"
        finally:
            os.close(folder)


def take_lock(folder: Path) -> tuple[bool, int | None]:
    """Take the lock of a user's folder, which is made.

    Returns:
        Whether no other process has it, which is also said where there are no such locks; and the
        open file that keeps it as long as it is open.
    """
    handle = None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        _lock(handle)
    except (OSError, ImportError) as error:
        if handle is not None:
            os.close(handle)
        return not isinstance(error, BlockingIOError), None
    return True, handle


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:  # which one depends on the version of Windows
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read(connection: socket.socket) -> Request:
    """A request.

    Raises:
        ValueError: what was sent is none.
    """
    data = b""
    while part := connection.recv(MAX_BYTES):
        data += part
        if len(data) > MAX_BYTES:
            raise ValueError(len(data))
    return parse_request(data)


def request_bytes(request: Request) -> bytes:
    """A request as it is sent."""
    return json.dumps(asdict(request)).encode("ascii")


def parse_request(data: bytes) -> Request:
    """A request as it was sent.

    Raises:
        ValueError: what was sent is none.
    """
    try:
        sent = json.loads(data)
    except RecursionError as error:
        raise ValueError(len(data)) from error
    match sent:
        case {"text": str(text), "token": str(token)}:
            return Request(text, token)
    raise ValueError(len(data))
