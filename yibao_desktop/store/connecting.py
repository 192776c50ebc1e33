"""Connections to SQLite files that may be damaged.

SQLite names what is wrong in a file with what stands there. Where that is no text, Python cannot
read even the message, and what is damage like any other would be an error nobody expects.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar
from urllib.parse import quote

P = ParamSpec("P")
R = TypeVar("R")


def file_uri(path: Path, mode: str) -> str:
    """SQLite URI of a file, whatever bytes its path has; ``mode`` is ro, rw or rwc."""
    return f"file:{quote(os.fsencode(path.absolute().as_posix()))}?mode={mode}"


def connect(uri: str, **options: Any) -> sqlite3.Connection:
    """Open a database by its URI, see ``file_uri``; options are those of ``sqlite3``.

    Whatever is wrong in the file is told as ``sqlite3.DatabaseError``.
    """
    return sqlite3.connect(uri, uri=True, factory=_Connection, **options)


def _readable(call: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
    """What a call of SQLite answers.

    Raises:
        sqlite3.DatabaseError: whatever is wrong, also where its message cannot be read.
    """
    try:
        return call(*args, **options)
    except UnicodeDecodeError as error:
        damage = sqlite3.DatabaseError("malformed, with a message that cannot be read")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage from error


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        _readable(super().execute, sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        _readable(super().executemany, sql, parameters)
        return self

    def executescript(self, sql: str, /) -> Self:
        _readable(super().executescript, sql)
        return self

    def __next__(self) -> Any:
        return _readable(super().__next__)

    def fetchone(self) -> Any:
        return _readable(super().fetchone)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return _readable(super().fetchmany, self.arraysize if size is None else size)

    def fetchall(self) -> list[Any]:
        return _readable(super().fetchall)


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def _cursor(self) -> _Cursor:
        return super().cursor(_Cursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return self._cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        return self._cursor().executemany(sql, parameters)

    def executescript(self, sql: str, /) -> sqlite3.Cursor:
        return self._cursor().executescript(sql)


_CAUSES = {
    sqlite3.SQLITE_BUSY: "别的程序正占着它",
    sqlite3.SQLITE_LOCKED: "别的程序正占着它",
    sqlite3.SQLITE_FULL: "磁盘满了",
    sqlite3.SQLITE_READONLY: "它写不进去",
    sqlite3.SQLITE_CANTOPEN: "它打不开",
    sqlite3.SQLITE_IOERR: "磁盘出了错",
}


def plain_cause(error: BaseException | None) -> str:
    """What SQLite or the system says, in plain words where they are known."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _CAUSES.get(code) or getattr(error, "strerror", None) or str(error)
