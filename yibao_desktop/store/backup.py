"""Copies of the user database that are known to open."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from yibao_desktop.errors import DataError
from yibao_desktop.store.engine import file_uri


def back_up(database: Path, copy: Path) -> None:
    """Copy a database, also while it is in use; the copy appears only once it is verified.

    Raises:
        DataError: the copy does not pass SQLite's check.
        sqlite3.DatabaseError: the database cannot be read.
        OSError: the copy cannot be written.
    """
    unfinished = copy.with_name(f".{copy.name}.new")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(file_uri(database, "ro"), uri=True)) as source,
            closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
            if target.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise DataError(f"备份 {copy} 没有通过检查。", "请看磁盘是不是满了。")
        unfinished.replace(copy)
    finally:
        with suppress(OSError):  # it has its place, or could never be written
            unfinished.unlink()
