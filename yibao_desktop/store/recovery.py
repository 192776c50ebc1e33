"""Opens the user database whatever has happened to it, and says what was done."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.errors import DataError
from yibao_desktop.own_files import free_name
from yibao_desktop.store.backup import Backup, BackupFolder, back_up
from yibao_desktop.store.checksum import digest, drop_digest, stored_digest
from yibao_desktop.store.kind import DatabaseKind, Unit
from yibao_desktop.store.migrations import ForeignError, NewerError, migrate
from yibao_desktop.store.user_database import (
    RECORDS,
    DamagedError,
    KeptDatabase,
    UnitOfWork,
    UnwritableDatabase,
    check_values,
    examine,
    log_file,
    unusable,
)
from yibao_desktop.whole_file import sync_folder

_LOCK_TIMEOUT_S = 20.0
_LOOKS = 5
"""So often a file that changes meanwhile is looked at before it is believed to be damaged."""
_STAMP = "%Y%m%d-%H%M%S"
_PARTS = ("", "-wal", "-shm", ".sha256")


class Outcome(StrEnum):
    """What became of records that could not simply be opened."""

    RECOVERED = "recovered"
    """The last good backup is in use."""
    BEGUN_ANEW = "begun-anew"
    """There was no good backup; the records are empty."""
    ALTERED = "altered"
    """The file was changed by something else but can be read; it is in use."""
    UNWRITABLE = "unwritable"
    """Nothing can be stored this time."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Something the user must be told about the records.

    Attributes:
        reason: what was wrong.
        set_aside: where the damaged file was moved to.
        backup: what was restored.
        passed_over: backups that are newer than it and could not be used, with what was wrong.
    """

    outcome: Outcome
    reason: DataError
    set_aside: Path | None = None
    backup: Backup | None = None
    passed_over: tuple[tuple[Backup, DataError], ...] = ()


def open_user_database(
    path: Path, folder: Path, clock: Clock = SYSTEM_CLOCK
) -> tuple[KeptDatabase[UnitOfWork], Incident | None]:
    """Open the user's records, whatever has happened to them."""
    return open_database(path, folder, RECORDS, clock)


def open_database(
    path: Path, folder: Path, kind: DatabaseKind[Unit], clock: Clock = SYSTEM_CLOCK
) -> tuple[KeptDatabase[Unit], Incident | None]:
    """Open a database of the user's; ``folder`` holds the migrations.

    What is damaged is moved aside and never deleted; the newest backup that is good takes its
    place. Records that cannot be used and cannot be moved can still be read, as far as they go.
    """
    try:
        incident = _made_sound(path, folder, kind, clock)
        return KeptDatabase(path, folder, kind, clock), incident
    except DataError as error:
        reason = error
    except OSError as error:
        reason = unusable(path, error, kind.noun)
    return UnwritableDatabase(path, folder, kind, reason), Incident(Outcome.UNWRITABLE, reason)


def _made_sound(path: Path, folder: Path, kind: DatabaseKind[Any], clock: Clock) -> Incident | None:
    try:
        altered = _checked(path, folder, kind)
    except (DamagedError, ForeignError):
        with _alone(path.parent, kind.noun):
            try:
                _checked(path, folder, kind)  # another process may have been quicker
            except (DamagedError, ForeignError) as error:
                return _recovered(path, folder, kind, error, clock)
        return None
    return Incident(Outcome.ALTERED, altered) if altered else None


def _checked(path: Path, folder: Path, kind: DatabaseKind[Any]) -> DataError | None:
    """Look whether the file can be used as it is; what else is to be told about it.

    A file nobody uses is read without its locks. Where another process comes to use it meanwhile,
    what is read may be of two states, and looks damaged: then it is looked at again.

    Raises:
        DamagedError, ForeignError: it has to make way.
        DataError, OSError: it cannot be used, and nothing can be done about it.
    """
    for _ in range(_LOOKS - 1):
        before = _state(path)
        try:
            return _looked_at(path, folder, kind)
        except (DamagedError, ForeignError):
            if _state(path) == before:
                raise
    return _looked_at(path, folder, kind)


def _state(path: Path) -> list[tuple[int, int, int] | None]:
    """Tells whether a file or its log was written, came or went between two looks."""
    found: list[tuple[int, int, int] | None] = []
    for file in (path, log_file(path)):
        try:
            stat = file.stat()
            found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
        except OSError:
            found.append(None)
    return found


def _looked_at(path: Path, folder: Path, kind: DatabaseKind[Any]) -> DataError | None:
    if not os.path.lexists(path) or (path.is_file() and path.stat().st_size == 0):
        if BackupFolder(path).all():
            raise DamagedError(f"存{kind.noun}的文件不见了：{path}。")
        return None
    if not path.is_file():
        raise DamagedError(f"存{kind.noun}的地方不是一个文件：{path}。")
    in_use = log_file(path).exists()
    expected = None if in_use else stored_digest(path)
    if expected is not None and digest(path) == expected:
        return None
    found = examine(path, folder, kind=kind)
    if found.version == found.newest:
        check_values(path, kind)
    with suppress(OSError):
        drop_digest(path)
    if expected is None:
        return None
    return DataError(
        f"{kind.noun}在医保指南关着的时候被改动过，现在还能用。",
        "如果看到不对的地方，请恢复一份备份。",
    )


def _recovered(
    path: Path, folder: Path, kind: DatabaseKind[Any], reason: DataError, clock: Clock
) -> Incident:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        backup, passed_over = _newest_good(path, folder, kind, unfinished)
        aside = _set_aside(path, clock)
        if backup is not None:
            unfinished.replace(path)
            sync_folder(path.parent)
    finally:
        with suppress(OSError):
            unfinished.unlink()
    outcome = Outcome.RECOVERED if backup else Outcome.BEGUN_ANEW
    return Incident(outcome, reason, aside, backup, passed_over)


class UnreadableError(DataError):
    """A backup is not allowed to be read, or cannot be."""


def _newest_good(
    path: Path, folder: Path, kind: DatabaseKind[Any], target: Path
) -> tuple[Backup | None, tuple[tuple[Backup, DataError], ...]]:
    """The backup made last that could be copied to its new place, and those passed over for it."""
    passed_over: list[tuple[Backup, DataError]] = []
    for backup in BackupFolder(path).all():
        try:
            prepare_backup(backup.path, folder, target, kind)
        except (DamagedError, ForeignError, NewerError, UnreadableError) as error:
            passed_over.append((backup, error))
        else:
            return backup, tuple(passed_over)
    return None, tuple(passed_over)


def prepare_backup(
    backup: Path, folder: Path, target: Path, kind: DatabaseKind[Any] = RECORDS
) -> None:
    """Make a copy of a backup that is of the newest version and known to be whole.

    Raises:
        DamagedError, ForeignError, NewerError: the backup cannot be used.
        UnreadableError: the backup cannot be read.
        DataError: the copy cannot be written.
    """
    try:
        backup.open("rb").close()
    except OSError as error:
        raise UnreadableError(f"这份备份读不了：{backup.name}（{error.strerror}）。") from error
    try:
        if examine(backup, folder, to_write=False, kind=kind).version == 0:
            raise DamagedError(f"这份备份是空的：{backup.name}。")
        target.unlink(missing_ok=True)
        back_up(backup, target)
        migrate(target, folder, keep_copy=False, noun=kind.noun)
    except (OSError, sqlite3.DatabaseError) as error:
        raise unusable(backup, error, kind.noun) from error
    check_values(target, kind)


def _set_aside(path: Path, clock: Clock) -> Path | None:
    """Rename what stands in the way, with what belongs to it; its new place."""
    if not os.path.lexists(path):
        return None
    aside = free_name(path, f"damaged-{clock.local_now().strftime(_STAMP)}")
    for part in _PARTS:
        own = path.with_name(path.name + part)
        if os.path.lexists(own):
            own.replace(aside.with_name(aside.name + part))
    sync_folder(path.parent)
    return aside


@contextmanager
def _alone(folder: Path, noun: str) -> Iterator[None]:
    """Keep other processes from recovering at the same time; ends with the process at latest."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = folder / ".recovery-lock"
    lock.touch(mode=0o600)
    with closing(
        sqlite3.connect(lock, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    ) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise unusable(lock, error, noun) from error
        yield
