"""One window for one user's folder: a second start hands its request to the first.

A lock on a file says who is first; the system lets go of it with the process, however that ends,
so it cannot be left behind. The file says, too, whether the first takes requests yet: until then
it is waited for, however many start at once and however slow the computer is. Requests go through
a socket in the user's own folder, of which only the user can open anything. Windows has no such
sockets: ``pipe_instance`` stands in there.
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
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSocketNotifier

LOCK_NAME = "window.lock"
_TAKING = b"+"
SOCKET_NAME = "window.socket"
MAX_BYTES = 16_384
READ_TIMEOUT_S = 0.5
START_PATIENCE_S = 60.0
"""So long a first window that does not take requests yet is waited for."""
ANSWER_TIMEOUT_S = 15.0
"""A first window that takes requests and does not answer for so long hangs, and does not keep a
second from coming."""
LETTING_GO_S = 10.0
"""So long a first window whose connection broke off may keep its lock: between the end of one and
of the other it is neither there nor gone, and the system decides how long that takes."""
PAUSE_S = 0.05
ANSWER = b"ok\n"
ELSEWHERE = b"elsewhere\n"
LONGEST_TEXT = 200
"""Characters of what is asked for from outside."""
LONGEST_TOKEN = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """What a start was asked for.

    Attributes:
        text: ``yibao:`` and an item's id, or words to search for; empty for nothing.
        token: lets the window come to the front where the desktop wants to be asked.
        screen: tells the display of whoever asks from others; empty where that makes no difference.
    """

    text: str = ""
    token: str = ""
    screen: str = ""

    @classmethod
    def of(cls, text: str, token: str = "", screen: str = "") -> Request:
        """A request with what nobody could read or would type left out."""
        return cls(_readable(text)[:LONGEST_TEXT], _readable(token)[:LONGEST_TOKEN], screen)


class Handing(Enum):
    """What became of a request that was to be handed over."""

    TAKEN = 1
    ELSEWHERE = 2
    """The first window is on another display, where nobody here would see it."""
    GONE = 3
    """There is no first window any more."""
    UNANSWERED = 4
    """It is there and hangs."""


def _readable(text: str) -> str:
    """The words, with single spaces between them and without characters nobody can write."""
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())


class SingleInstance:
    """The claim of one process to be the one with the window."""

    def __init__(self, folder: Path, screen: str = "") -> None:
        """``screen`` tells the display of this process from others."""
        self._folder = folder
        self._screen = screen
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

    def hand_over(self, request: Request) -> Handing:
        """Give the first window a request."""
        return hand_over_to_first(self._folder, partial(self._send, request))

    def _send(self, request: Request, end: float) -> Handing:
        with self._address() as address, socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(ANSWER_TIMEOUT_S)
            connection.connect(address)
            connection.sendall(request_bytes(request))
            connection.shutdown(socket.SHUT_WR)
            while True:
                taking = takes_requests(self._folder)
                try:
                    return outcome(connection.recv(len(ELSEWHERE)))
                except TimeoutError:
                    if taking or time.monotonic() > end:
                        raise

    def serve(self, on_request: Callable[[Request], None]) -> None:
        """From now on tell requests of further starts; those that wait already come first."""
        if self._server is None or self._lock is None:
            return
        note_taking(self._lock)
        self._on_request = on_request
        if self._notifier is None:  # it has no parent, as the claim outlives every window
            self._notifier = QSocketNotifier(self._server.fileno(), QSocketNotifier.Type.Read)
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
                here = is_here(request, self._screen)
                connection.sendall(ANSWER if here else ELSEWHERE)
        except (OSError, ValueError):
            return
        if here:
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
        os.ftruncate(handle, 1)
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


def is_free(folder: Path) -> bool:
    """Whether no process has the lock of a user's folder."""
    free, handle = take_lock(folder)
    if handle is not None:
        os.close(handle)
    return free


def note_taking(lock: int) -> None:
    """Note in the locked file that requests are taken from now on."""
    os.lseek(lock, 1, os.SEEK_SET)  # Windows lets nobody read the byte that is locked
    os.write(lock, _TAKING)


def takes_requests(folder: Path) -> bool:
    """Whether the process that has the lock has begun to take requests."""
    try:
        with (folder / LOCK_NAME).open("rb") as file:
            file.seek(1)
            return file.read(1) == _TAKING
    except OSError:
        return False


def is_here(request: Request, screen: str) -> bool:
    """Whether whoever asks would see a window on this screen."""
    return not request.screen or not screen or request.screen == screen


def hand_over_to_first(folder: Path, send: Callable[[float], Handing]) -> Handing:
    """Try to send a request until it is answered or there is nobody to answer.

    Args:
        folder: the user's, with the lock.
        send: sends the request, and waits until this time for a window that is only starting;
            raises OSError, EOFError or ValueError where no answer comes.
    """
    end = time.monotonic() + START_PATIENCE_S
    while time.monotonic() < end:
        try:
            return send(end)
        except (FileNotFoundError, ConnectionRefusedError):
            pass  # it has the lock and is about to listen, or ends
        except (ConnectionError, EOFError):
            end = min(end, time.monotonic() + LETTING_GO_S)
        except (OSError, ValueError):
            break
        if is_free(folder):
            return Handing.GONE
        time.sleep(PAUSE_S)
    return Handing.GONE if is_free(folder) else Handing.UNANSWERED


def outcome(answer: bytes) -> Handing:
    """What an answer says.

    Raises:
        ConnectionError: it is none, as the connection was closed.
    """
    known = {ANSWER: Handing.TAKEN, ELSEWHERE: Handing.ELSEWHERE}
    if answer not in known:
        raise ConnectionError
    return known[answer]


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
        case {"text": str(text), "token": str(token), "screen": str(screen)}:
            return Request.of(text, token, screen)
    raise ValueError(len(data))
