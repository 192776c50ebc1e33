"""What a backup holds, without restoring it."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from yibao_desktop.errors import DataError
from yibao_desktop.store.engine import file_uri


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One case of a backup."""

    nickname: str
    procedure: str
    updated_at: datetime.datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Cases, the one changed last first, and the number of bookmarks."""

    cases: tuple[CaseSummary, ...]
    bookmarks: int


def preview(copy: Path) -> Preview:
    """Look into a backup of any version; it is left as it is.

    Raises:
        DataError: it cannot be read.
    """
    uri = file_uri(copy, "ro") + "&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            cases = connection.execute(
                "SELECT nickname, procedure_id, updated_at, closed_at IS NOT NULL FROM case_file"
                " WHERE deleted_at IS NULL ORDER BY updated_at DESC, id"
            ).fetchall()
            (bookmarks,) = connection.execute("SELECT count(*) FROM bookmark").fetchone()
        return Preview(
            tuple(
                CaseSummary(name, procedure, datetime.datetime.fromisoformat(at), bool(closed))
                for name, procedure, at, closed in cases
            ),
            bookmarks,
        )
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        raise DataError(f"这份备份坏了，用不了：{copy.name}。", "请选别的一份。") from error
