"""Looks at SQLite files and folders without leaving a trace in them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from yibao_desktop.store.connecting import connect, file_uri
from yibao_desktop.store.engine import OPENING_TIMEOUT_S

SQLITE_HEADER = b"SQLite format 3\0"
"""What every SQLite file begins with."""

_COLUMNS = "SELECT name FROM pragma_table_info(?)"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a database holds; ``sound`` says whether SQLite finds no damage in it.

    Attributes:
        columns: names of the columns of each table.
    """

    version: int
    columns: Mapping[str, frozenset[str]]
    sound: bool

    @property
    def tables(self) -> frozenset[str]:
        """Names of the tables."""
        return frozenset(self.columns)


def inspect(database: Path) -> Inspection:
    """Look through a whole database.

    Raises:
        sqlite3.DatabaseError: it is none, or too damaged to be looked through.
    """
    with _opened(database) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        columns = {
            table: frozenset(name for (name,) in connection.execute(_COLUMNS, (table,)).fetchall())
            for table in _tables(connection)
        }
        return Inspection(version, columns, sound)


def tables(database: Path) -> frozenset[str]:
    """Names of the tables of a database.

    Raises:
        sqlite3.DatabaseError: it is none, or too damaged to tell.
    """
    with _opened(database) as connection:
        return _tables(connection)


def can_be_written(folder: Path) -> bool:
    """Whether files can be put into a folder, made first where it is not there yet."""
    there = next(p for p in (folder, *folder.parents) if os.path.lexists(p))
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    uri = file_uri(database, "ro")
    if not database.with_name(f"{database.name}-wal").exists():
        # Even a reader would make the files of the write-ahead log, and leave them behind.
        uri += "&immutable=1"
    with closing(connect(uri, timeout=OPENING_TIMEOUT_S)) as connection:
        yield connection


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(name for (name,) in rows)
