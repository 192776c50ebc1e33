"""What a backup holds, without restoring it."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yibao_desktop.errors import DataError
from yibao_desktop.store.connecting import connect, file_uri


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One case of a backup: whether it was finished, and whether it was put away."""

    nickname: str
    procedure: str
    updated_at: datetime.datetime
    closed: bool
    archived: bool


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
        with closing(connect(uri)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("SELECT * FROM case_file WHERE deleted_at IS NULL")
            cases = sorted(map(dict, rows), key=_place, reverse=True)
            (bookmarks,) = connection.execute("SELECT count(*) FROM bookmark").fetchone()
        return Preview(tuple(_summary(case) for case in cases), bookmarks)
    except (sqlite3.DatabaseError, LookupError, ValueError, TypeError) as error:
        raise DataError(f"这份备份坏了，用不了：{copy.name}。", "请选别的一份。") from error


def _place(case: Mapping[str, Any]) -> tuple[int, str]:
    """Where a case stands among others; old databases know only when it was changed."""
    return case.get("position", 0), case["updated_at"]


def _summary(case: Mapping[str, Any]) -> CaseSummary:
    """What a row says; the oldest databases do not know yet what was put away."""
    return CaseSummary(
        case["nickname"],
        case["procedure_id"],
        datetime.datetime.fromisoformat(case["updated_at"]),
        case["closed_at"] is not None,
        case.get("archived_at") is not None,
    )
