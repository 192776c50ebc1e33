"""What is written down when something goes wrong: where it was, and nothing the user typed."""

from __future__ import annotations

import io
import logging
import os
import platform
import sqlite3
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

from yibao_desktop import __version__

LOG_BYTES = 500_000
LOG_FILES = 3

_WRITING = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
"""Under the name of the log there may lie a pipe nobody reads."""

_ABOUT_CODE = (
    AttributeError,
    NameError,
    ImportError,
    TypeError,
    NotImplementedError,
    RecursionError,
    ZeroDivisionError,
)
"""Their messages name parts of the program, never what somebody typed."""


def program_line() -> str:
    """Which program this is, and on what it runs."""
    return f"医保指南 {__version__}，Python {platform.python_version()}，{platform.platform()}"


def describe(error: BaseException) -> str:
    """Where an error was raised and what led to it; messages that may be private are left out."""
    return "\n".join(_parts(error))


def _parts(error: BaseException) -> Iterator[str]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    for one in reversed(chain):
        yield "".join(traceback.format_tb(one.__traceback__)).rstrip()
        yield f"{type(one).__module__}.{type(one).__qualname__}: {_message(one)}"


def _message(error: BaseException) -> str:
    if isinstance(error, OSError):
        return error.strerror or ""
    if isinstance(error, _ABOUT_CODE):
        return str(error)
    original = getattr(error, "orig", error)
    if isinstance(original, sqlite3.Error):
        return str(original).partition(" with text ")[0]  # which follows
    return f"（内容不记录，{len(str(error))} 个字）"


class PrivateLog(RotatingFileHandler):
    """A UTF-8 log that only its owner can read; it begins anew when it has grown."""

    def __init__(self, path: Path) -> None:
        """Open the log.

        Raises:
            OSError: it cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8")
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def _open(self) -> io.TextIOWrapper:
        handle = os.open(self.baseFilename, _WRITING, 0o600)
        if hasattr(os, "fchmod"):  # Windows has no such rights
            os.fchmod(handle, 0o600)
        return io.TextIOWrapper(io.FileIO(handle, "a"), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is told where it stops the user, not by a log that cannot be written."""
