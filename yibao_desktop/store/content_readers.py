"""Connections to a content database, which is replaced whole and never changes under a reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yibao_desktop.store.connecting import connect, file_uri

CACHE_KB = 256
"""So much of the content each connection keeps; the system keeps all of it for everyone."""


class ContentReaders:
    """As many connections as are in use at a time, kept for whoever reads next.

    They are those of Python's own library: what loads and prepares more would hold up the first
    answer of a fresh window.
    """

    def __init__(self, opened: Callable[[], sqlite3.Connection]) -> None:
        """``opened`` makes a connection that any thread may use."""
        self._opened = opened
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @classmethod
    def of_file(cls, path: Path) -> ContentReaders:
        """Readers of a file; nothing is left beside it."""
        uri = file_uri(path, "ro") + "&immutable=1"
        return cls(lambda: connect(uri, isolation_level=None, check_same_thread=False))

    @classmethod
    def of_data(cls, data: bytes) -> ContentReaders:
        """Readers of what a file holds, each with a copy in memory."""

        def opened() -> sqlite3.Connection:
            connection = connect(":memory:", isolation_level=None, check_same_thread=False)
            connection.deserialize(data)
            connection.execute("PRAGMA query_only = ON")
            return connection

        return cls(opened)

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """A connection for one reader; rows have names.

        Raises:
            sqlite3.DatabaseError: there is none to be had.
        """
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._made()
        try:
            yield connection
        finally:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def _made(self) -> sqlite3.Connection:
        connection = self._opened()
        try:
            connection.row_factory = sqlite3.Row
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Let go of the file, as soon as whoever reads has ended."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
