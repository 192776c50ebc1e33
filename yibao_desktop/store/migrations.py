"""Brings a user database up to the newest version, one numbered file after the other."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.errors import DataError
from yibao_desktop.store.backup import BackupFolder, Reason
from yibao_desktop.store.connecting import connect, file_uri
from yibao_desktop.store.engine import BUSY_TIMEOUT_S, OPENING_TIMEOUT_S

_NAME = re.compile(r"(\d{4})_\w+\.sql")
_STATE = "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"

SET_ASIDE = "请关掉医保指南再打开：会把它改名留着，用最近的一份备份恢复。"
"""What to do about a file that is in the way and may still be worth something."""


@dataclass(frozen=True, slots=True)
class Migration:
    """The statements that lead from version ``number - 1`` to ``number``."""

    number: int
    path: Path

    def statements(self) -> Iterator[str]:
        """Each statement of the file."""
        statement = ""
        for line in self.path.read_text(encoding="utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""
        if statement.strip():
            raise ValueError(f"{self.path.name} ends in the middle of a statement")


def migrations(folder: Path) -> list[Migration]:
    """The migrations of a folder, in order; their numbers run from 1 without a gap."""
    found = [
        Migration(int(match[1]), path)
        for path in sorted(folder.iterdir())
        if (match := _NAME.fullmatch(path.name))
    ]
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"the migrations in {folder} are not numbered 1, 2, 3, …")
    return found


class NewerError(DataError):
    """A database was written by a newer program."""


class ForeignError(DataError):
    """A database was written by another program."""


def migrate(
    database: Path,
    folder: Path,
    keep_copy: bool = True,
    clock: Clock = SYSTEM_CLOCK,
    noun: str = "您的记录",
) -> int:
    """Apply what the database lacks; its version afterwards.

    Each migration is one transaction together with its version. Before the first one a file that
    holds anything is backed up, unless ``keep_copy`` is false. ``noun`` is what it holds,
    as the user is told.

    Raises:
        NewerError, ForeignError: the file comes from a newer or another program; it is left
            untouched.
        DataError: it cannot be backed up.
        sqlite3.DatabaseError: the file is no database or cannot be written.
    """
    steps = migrations(folder)
    uri = file_uri(database, "rwc")
    with closing(connect(uri, timeout=OPENING_TIMEOUT_S, isolation_level=None)) as connection:
        # One statement, so that another process's first migration is seen whole or not at all.
        version, tables = connection.execute(_STATE).fetchone()
        refuse_foreign(database, version, len(steps), tables > 0, noun)
        if keep_copy and 0 < version < len(steps):
            BackupFolder(database, clock, noun).make(Reason.UPDATE)
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")
        bring_up(connection, folder)
    return len(steps)


def bring_up(connection: sqlite3.Connection, folder: Path) -> None:
    """Apply what a database lacks through a connection that is in no transaction."""
    for step in migrations(folder)[_version(connection) :]:
        _apply(connection, step)


def refuse_foreign(
    database: Path, version: int, newest: int, has_tables: bool, noun: str = "您的记录"
) -> None:
    """Let only files pass that this program, or an older one, has written or may write.

    Raises:
        NewerError, ForeignError: the file comes from a newer or another program.
    """
    if version > newest:
        raise NewerError(
            f"{noun}是更新的版本（{version}）存下的，这个程序只认到 {newest}，没有动它。",
            "请安装新版的医保指南再打开。",
        )
    if version == 0 and has_tables:
        raise ForeignError(f"这个文件是别的程序的数据库，没有动它：{database}。", SET_ASIDE)


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < step.number:  # another process may have been quicker
            for statement in step.statements():
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step.number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
