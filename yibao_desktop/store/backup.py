"""Copies of the user database that are known to open."""

from __future__ import annotations

import datetime
import hashlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from pathlib import Path

from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.errors import DataError
from yibao_desktop.store.beside import PACKED_ENDING, SmallFiles, packed_beside
from yibao_desktop.store.connecting import connect, file_uri, plain_cause
from yibao_desktop.store.engine import BUSY_TIMEOUT_S
from yibao_desktop.store.inspection import inspect
from yibao_desktop.whole_file import whole_file

KEPT_NEWEST = 3
KEPT_DAYS = 7
KEPT_WEEKS = 4
KEPT_OTHERS = 6
"""So many copies made before something was changed at large are kept besides."""

_ABANDONED_S = 600.0
_COPY_ENDING = ".sqlite3"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"(?:(\d{6,9})-)?(\d{8}T\d{6}\.\d{6}Z)-([a-z-]+)\.sqlite3")


class Reason(StrEnum):
    """What a copy was made for."""

    ROUTINE = "routine"
    UPDATE = "before-update"
    RESTORE = "before-restore"
    IMPORT = "before-import"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy.

    Attributes:
        made_at: what the clock said then, aware UTC; it may have been wrong.
        number: grows from one copy to the next; 0 for copies from before they were numbered.
    """

    path: Path
    made_at: datetime.datetime
    reason: Reason
    number: int = 0

    @property
    def place(self) -> tuple[int, datetime.datetime, str]:
        """Where it stands among others: the newest has the greatest, whatever the clock said."""
        return self.number, self.made_at, self.path.name


class BackupFolder:
    """The copies of one user database, in the folder ``backups`` beside it.

    ``noun`` is what the database holds, as the user is told; ``beside`` are small files that are
    kept with every copy.
    """

    def __init__(
        self,
        database: Path,
        clock: Clock = SYSTEM_CLOCK,
        noun: str = "您的记录",
        beside: SmallFiles | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._noun = noun
        self._beside = beside
        self.path = database.parent / "backups"

    def all(self) -> list[Backup]:
        """Every copy, the newest first."""
        try:
            names = [p for p in self.path.iterdir() if p.is_file()]
        except OSError:
            return []
        found = [backup for path in names if (backup := _backup(path))]
        return sorted(found, key=attrgetter("place"), reverse=True)

    def keep(self) -> Backup | None:
        """Make a routine copy if anything changed since the last.

        Raises:
            DataError: the copy cannot be made; what is there stays as it is.
        """
        if not self._database.is_file():
            return None
        routine = [b for b in self.all() if b.reason is Reason.ROUTINE]
        if routine and self._is_as_now(routine[0].path):
            return None
        return self.make(Reason.ROUTINE)

    def _is_as_now(self, copy: Path) -> bool:
        beside = self._beside is None or self._beside.are_in(copy)
        return beside and _same(self._database, copy)

    def make(self, reason: Reason) -> Backup:
        """Make a copy now, and drop those that are no longer to be kept.

        Raises:
            DataError: the copy cannot be made; what is there stays as it is.
        """
        made_at = self._clock.now()
        number = max((backup.number for backup in self.all()), default=0) + 1
        target = self.path / f"{number:06}-{made_at.strftime(_STAMP)}-{reason}{_COPY_ENDING}"
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._beside is not None:  # first: what has its name is whole
                self._beside.pack(target)
            back_up(self._database, target)
        except (OSError, sqlite3.DatabaseError) as error:
            raise DataError(
                f"备份不了{self._noun}（{plain_cause(error)}）。",
                f"请看磁盘是不是满了、{self.path} 能不能写。",
            ) from error
        self._rotate()
        return Backup(target, made_at, reason, number)

    def _rotate(self) -> None:
        backups = self.all()
        for backup in set(backups) - set(kept(backups)):
            for file in (backup.path, packed_beside(backup.path)):
                with suppress(OSError):
                    file.unlink()
        alone = (
            path
            for path in self.path.glob(f"*{PACKED_ENDING}")
            if not path.with_suffix(_COPY_ENDING).exists()
        )
        for path in (*self.path.glob(".*.new*"), *alone):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED_S:
                    path.unlink()


def kept(backups: Iterable[Backup]) -> list[Backup]:
    """Which of the copies stay.

    Of the routine ones the newest, and the newest of each of the last days and weeks; some others.
    Which are the last is told by their numbers: a clock that was years ahead for a while, or says
    the same day at every start, drops nothing that is new.
    """
    newest_first = sorted(backups, key=attrgetter("place"), reverse=True)
    routine = [b for b in newest_first if b.reason is Reason.ROUTINE]
    others = [b for b in newest_first if b.reason is not Reason.ROUTINE]
    return [
        *dict.fromkeys(
            routine[:KEPT_NEWEST]
            + _newest_of_each(routine, lambda b: b.made_at.astimezone().date(), KEPT_DAYS)
            + _newest_of_each(
                routine, lambda b: b.made_at.astimezone().isocalendar()[:2], KEPT_WEEKS
            )
        ),
        *others[:KEPT_OTHERS],
    ]


def _newest_of_each(
    newest_first: list[Backup], period: Callable[[Backup], object], most: int
) -> list[Backup]:
    newest: dict[object, Backup] = {}
    for backup in newest_first:
        newest.setdefault(period(backup), backup)
    return list(newest.values())[:most]


def back_up(database: Path, copy: Path) -> None:
    """Copy a database, also while it is in use; the copy appears only once it is verified.

    Raises:
        DataError: the copy does not pass SQLite's check.
        sqlite3.DatabaseError: the database cannot be read.
        OSError: the copy cannot be written.
    """

    def verify(unfinished: Path) -> None:
        if not inspect(unfinished).sound:
            raise DataError(f"备份 {copy} 没有通过检查。", "请看磁盘是不是满了。")

    with (
        whole_file(copy, verify) as unfinished,
        closing(connect(_reading(database), timeout=BUSY_TIMEOUT_S)) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
        # A copy is one file that can be read anywhere, without a log beside it.
        target.execute("PRAGMA journal_mode = DELETE")


def _reading(database: Path) -> str:
    """A reader that may write clears away the log it made; one that may not leaves it behind."""
    return file_uri(database, "rw")


def _backup(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None or match[3] not in list(Reason):
        return None
    try:
        made_at = datetime.datetime.strptime(match[2], _STAMP).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return Backup(path, made_at, Reason(match[3]), int(match[1] or 0))


def _same(database: Path, copy: Path) -> bool:
    try:
        return _fingerprint(database) == _fingerprint(copy)
    except sqlite3.DatabaseError:
        return False


def _fingerprint(database: Path) -> str:
    """Changes whenever anything stored in the database does, wherever it lies in the file."""
    found = hashlib.sha256()
    with closing(connect(_reading(database), timeout=BUSY_TIMEOUT_S)) as connection:
        found.update(repr(connection.execute("PRAGMA user_version").fetchone()).encode())
        for statement in connection.iterdump():
            found.update(statement.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
