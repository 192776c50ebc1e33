"""Has files read in a process of their own, one each: whatever it dies of costs that one file."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract import wire
from yibao_desktop.extract.child import STANDARD_INPUT
from yibao_desktop.extract.limits import LARGEST_FILE, PROCESSOR_S
from yibao_desktop.paths import own_command

WALL_S = 4 * PROCESSOR_S
"""So long a reader may take by the clock; other programs may want the processor, too."""

_LOOK_S = 0.05


class CancelledError(Exception):
    """The user stopped it."""


def file_bytes(path: Path) -> bytes:
    """What a file holds, if it is a plain one of no more than the allowed size.

    Raises:
        RefusedError: it cannot be read, is no file, or too large.
    """
    try:
        with open(path, "rb", opener=_open_plain) as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise RefusedError(Refusal.UNREADABLE) from error
    if len(data) > LARGEST_FILE:
        raise RefusedError(Refusal.TOO_LARGE)
    return data


def _open_plain(path: str, flags: int) -> int:
    """Open a file, never waiting for a pipe or a device to say something."""
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no plain file")
    return handle


def child_command() -> list[str]:
    """How the reading process is started."""
    return own_command("yibao_desktop.extract", "extract")


class Extractor:
    """Reads files in processes of their own."""

    def __init__(self, command: Sequence[str] | None = None, wall_s: float = WALL_S) -> None:
        self._command = list(command or child_command())
        self._wall_s = wall_s

    def read(
        self, data: bytes, suffix: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Reading:
        """The text of a file.

        Args:
            data: its bytes.
            suffix: the end of its name, with the dot.
            cancelled: asked again and again; whether to stop.

        Raises:
            RefusedError: it cannot be taken in.
            CancelledError: it was stopped.
        """
        with tempfile.TemporaryFile() as given:  # a pipe would have to be fed while it is read
            given.write(data)
            given.seek(0)
            try:
                child = subprocess.Popen(  # noqa: S603 - our own program
                    [*self._command, STANDARD_INPUT, suffix],
                    stdin=given,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                raise RefusedError(Refusal.DIED) from error
            with child:
                try:
                    answer = self._answer(child, cancelled)
                finally:
                    child.kill()
        if child.returncode != 0:
            raise RefusedError(_DIED_OF.get(child.returncode, Refusal.DIED))
        return wire.from_text(answer.decode("utf-8", "replace"))

    def _answer(self, child: subprocess.Popen[bytes], cancelled: Callable[[], bool]) -> bytes:
        ends = time.monotonic() + self._wall_s
        while True:
            try:
                return child.communicate(timeout=_LOOK_S)[0]
            except subprocess.TimeoutExpired:
                if cancelled():
                    raise CancelledError from None
                if time.monotonic() > ends:
                    raise RefusedError(Refusal.TOO_SLOW) from None


_OUT_OF_TIME = ("SIGXCPU", "SIGKILL")
_DIED_OF = {
    -getattr(signal, name): Refusal.TOO_SLOW for name in _OUT_OF_TIME if hasattr(signal, name)
} | {1816: Refusal.TOO_SLOW}
"""Ends of a process that had all of its time; the number is what a Windows job object gives."""
