"""The user database: opened, migrated, and used one unit of work at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.errors import DataError
from yibao_desktop.store.archive_repository import ArchiveRepository
from yibao_desktop.store.case_repository import CaseRepository
from yibao_desktop.store.checksum import drop_digest, store_digest
from yibao_desktop.store.connecting import connect, file_uri, plain_cause
from yibao_desktop.store.engine import (
    IMMEDIATE,
    idle_engine,
    memory_engine,
    reading_engine,
    use_write_ahead_log,
    writable_engine,
)
from yibao_desktop.store.inspection import inspect
from yibao_desktop.store.kind import DatabaseKind, Unit
from yibao_desktop.store.migrations import (
    SET_ASIDE,
    NewerError,
    bring_up,
    migrate,
    migrations,
    refuse_foreign,
)
from yibao_desktop.store.reading_repository import (
    BookmarkRepository,
    HistoryRepository,
    QueryRepository,
)
from yibao_desktop.store.user_models import UserBase


class DamagedError(DataError):
    """The file is no user database, or a damaged or incomplete one."""


class UnitOfWork:
    """What one action reads and writes; nothing stays unless ``commit`` is called."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.cases = CaseRepository(session)
        self.bookmarks = BookmarkRepository(session)
        self.history = HistoryRepository(session)
        self.queries = QueryRepository(session)
        self.archive = ArchiveRepository(session)

    def commit(self) -> None:
        """Put everything on disk."""
        self._session.commit()

    def replace_all(self, database: Path) -> None:
        """Put everything another user database of the newest version holds in place of all this."""
        connection = self._session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        uri = file_uri(database, "ro") + "&immutable=1"
        with closing(connect(uri)) as other:
            for table in UserBase.metadata.sorted_tables:
                names = ", ".join(f'"{column.name}"' for column in table.columns)
                marks = ", ".join("?" for _ in table.columns)
                rows = other.execute(f"SELECT {names} FROM {table.name}").fetchall()  # noqa: S608 - our own names
                connection.exec_driver_sql(f"DELETE FROM {table.name}")  # noqa: S608
                if rows:
                    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608
                    connection.exec_driver_sql(statement, rows)


def _read_records(unit: UnitOfWork) -> None:
    for read in (unit.archive.cases, unit.bookmarks.all, unit.archive.visits):
        read()
    unit.queries.all()


RECORDS = DatabaseKind("您的记录", UserBase.metadata, UnitOfWork, _read_records)
"""Bookmarks, history and cases."""


class KeptDatabase(Generic[Unit]):
    """A database of one user's, whatever it holds.

    Attributes:
        refusal: why nothing can be stored; None where all is well.
        complete: whether everything the file holds can be seen; false where it could not be read.
    """

    complete = True

    def __init__(
        self,
        path: Path,
        migrations: Path,
        kind: DatabaseKind[Unit],
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """Open the file, creating or upgrading it.

        Raises:
            DataError: it cannot be read or written, is damaged, or comes from a newer program.
        """
        self.path = path
        self.kind = kind
        self.refusal: DataError | None = None
        self._changed = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
            self.version = migrate(path, migrations, clock=clock, noun=kind.noun)
        except (OSError, sqlite3.DatabaseError) as error:
            raise unusable(path, error, kind.noun) from error
        engine = writable_engine(path)
        use_write_ahead_log(engine)
        self._use(engine)

    def _use(self, engine: Engine) -> None:
        self._engine = engine
        self._readers = sessionmaker(engine)
        self._writers = sessionmaker(engine.execution_options(begin=IMMEDIATE))

    def close(self) -> None:
        """Let go of the file; when nobody else has it, its checksum is kept beside it."""
        self._engine.dispose()
        if self.refusal is not None:
            return
        with suppress(OSError):
            if not log_file(self.path).exists():
                store_digest(self.path)
            elif self._changed:
                drop_digest(self.path)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """A unit of work that only reads."""
        with self._units(self._readers) as unit:
            yield unit

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """A unit of work that may write; other writers wait until it ends.

        Raises:
            DataError: nothing can be stored.
        """
        if self.refusal is not None:
            raise self.refusal
        if not self._changed:
            self._announce_change()
        with self._units(self._writers) as unit:
            yield unit

    def _announce_change(self) -> None:
        """From now on the checksum of the file says nothing."""
        try:
            drop_digest(self.path)
        except OSError as error:
            raise unusable(self.path, error, self.kind.noun) from error
        self._changed = True

    @contextmanager
    def _units(self, sessions: sessionmaker[Session]) -> Iterator[Unit]:
        try:
            with sessions() as session:
                yield self.kind.unit(session)
        except DatabaseError as error:
            if _is_damage(error.orig):
                raise _damaged(self.path, self.kind.noun) from error
            raise DataError(
                f"{self.kind.noun}现在读写不了：{plain_cause(error.orig)}。",
                "请看这个文件夹能不能写、磁盘满了没有、别的程序是不是占着它。",
            ) from error


class UserDatabase(KeptDatabase[UnitOfWork]):
    """Bookmarks, history and cases of one user."""

    def __init__(self, path: Path, migrations: Path, clock: Clock = SYSTEM_CLOCK) -> None:
        super().__init__(path, migrations, RECORDS, clock)


class UnwritableDatabase(KeptDatabase[Unit]):
    """What can still be read of a database, in memory; writing raises ``refusal``."""

    def __init__(
        self, path: Path, migrations: Path, kind: DatabaseKind[Unit], refusal: DataError
    ) -> None:
        self.path = path
        self.kind = kind
        self.refusal = refusal
        self._changed = False
        engine = memory_engine()
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            readable = not isinstance(refusal, NewerError | DamagedError)
            self.complete = readable and _read_into(raw, path)
            try:
                bring_up(raw, migrations)
            except sqlite3.DatabaseError:
                raise refusal from None
            self.version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        self._use(engine)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that can be used: its version, and the one it will be brought to when opened."""

    version: int
    newest: int


def examine(
    path: Path, folder: Path, to_write: bool = True, kind: DatabaseKind[Any] = RECORDS
) -> Examined:
    """Look at a database of the user's without changing it.

    Args:
        path: the file.
        folder: holds the migrations.
        to_write: whether it is to be written, and not only to be read.
        kind: what it holds.

    Raises:
        DamagedError: it is damaged or incomplete.
        DataError: it cannot be read or written, or comes from a newer or another program.
    """
    if not path.is_file():
        raise DamagedError(f"存{kind.noun}的地方不是一个文件：{path}。", SET_ASIDE)
    if not os.access(path, os.R_OK | (os.W_OK if to_write else 0)):
        raise DataError(f"{kind.noun}不让读写：{path}。", "请改这个文件的权限，让您自己能读能写。")
    try:
        found = inspect(path)
        newest = len(migrations(folder))
    except (OSError, sqlite3.DatabaseError) as error:
        raise unusable(path, error, kind.noun) from error
    refuse_foreign(path, found.version, newest, bool(found.tables), kind.noun)
    complete = found.version < newest or all(
        found.columns.get(table.name, frozenset()) >= {column.name for column in table.columns}
        for table in kind.metadata.tables.values()
    )
    if not (found.sound and complete):
        raise _damaged(path, kind.noun)
    return Examined(found.version, newest)


def check_values(path: Path, kind: DatabaseKind[Any] = RECORDS) -> None:
    """Read everything a database of the user's of the newest version holds, once.

    Raises:
        DamagedError: a value is not what was ever written.
        DataError: it cannot be read.
    """
    # A reader of a file that is not in use would leave an empty log beside it.
    engine = reading_engine(path) if log_file(path).exists() else idle_engine(path)
    try:
        with Session(engine) as session:
            kind.read_all(kind.unit(session))
            if session.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise _damaged(path, kind.noun)
    except DatabaseError as error:
        raise unusable(path, error.orig or error, kind.noun) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(path, kind.noun) from error
    finally:
        engine.dispose()


def log_file(database: Path) -> Path:
    """The write-ahead log of a database; there while the database is in use or was not closed."""
    return database.with_name(f"{database.name}-wal")


def unusable(path: Path, error: BaseException, noun: str = RECORDS.noun) -> DataError:
    """What to tell of a file that could not be opened."""
    if _is_damage(error):
        return _damaged(path, noun)
    hint = "请看这个文件夹能不能写、磁盘满了没有、别的程序是不是占着它；文件没有被改动。"
    return DataError(f"{noun}打不开：{path}（{plain_cause(error)}）。", hint)


def _read_into(memory: sqlite3.Connection, path: Path) -> bool:
    """Fill a database in memory with what the file holds; whether it could be read at all."""
    if not os.path.lexists(path):
        return True  # there is nothing yet
    for options in ("", "&immutable=1"):
        with (
            suppress(sqlite3.DatabaseError),
            closing(connect(file_uri(path, "ro") + options, timeout=0)) as source,
        ):
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(memory)
            return True
    return False


def _is_damage(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return True
    return isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error)


def _damaged(path: Path, noun: str) -> DamagedError:
    return DamagedError(f"存{noun}的文件坏了，或者不是医保指南的：{path}。", SET_ASIDE)
