"""The user database: opened, migrated, and used one unit of work at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from yibao_desktop.errors import DataError
from yibao_desktop.store.case_repository import CaseRepository
from yibao_desktop.store.engine import IMMEDIATE, use_write_ahead_log, writable_engine
from yibao_desktop.store.inspection import inspect
from yibao_desktop.store.migrations import SET_ASIDE, migrate, migrations, refuse_foreign
from yibao_desktop.store.reading_repository import (
    BookmarkRepository,
    HistoryRepository,
    QueryRepository,
)
from yibao_desktop.store.user_models import UserBase


class UnitOfWork:
    """What one action reads and writes; nothing stays unless ``commit`` is called."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.cases = CaseRepository(session)
        self.bookmarks = BookmarkRepository(session)
        self.history = HistoryRepository(session)
        self.queries = QueryRepository(session)

    def commit(self) -> None:
        """Put everything on disk."""
        self._session.commit()


class UserDatabase:
    """Bookmarks, history and cases of one user."""

    def __init__(self, path: Path, migrations: Path) -> None:
        """Open the file, creating or upgrading it.

        Raises:
            DataError: it cannot be read or written, is damaged, or comes from a newer program.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self.version = migrate(path, migrations)
        except (OSError, sqlite3.DatabaseError) as error:
            raise _unusable(path, error) from error
        self._engine = writable_engine(path)
        use_write_ahead_log(self._engine)
        self._readers = sessionmaker(self._engine)
        self._writers = sessionmaker(self._engine.execution_options(begin=IMMEDIATE))

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit of work that only reads."""
        with self._units(self._readers) as unit:
            yield unit

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A unit of work that may write; other writers wait until it ends."""
        with self._units(self._writers) as unit:
            yield unit

    @contextmanager
    def _units(self, sessions: sessionmaker[Session]) -> Iterator[UnitOfWork]:
        try:
            with sessions() as session:
                yield UnitOfWork(session)
        except DatabaseError as error:
            if _is_damage(error.orig):
                raise _damaged(self.path) from error
            raise DataError(
                f"您的记录现在读写不了（{error.orig}）。",
                "如果别的窗口正开着医保指南，请先关掉它；再看看磁盘是不是满了。",
            ) from error


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that can be used: its version, and the one it will be brought to when opened."""

    version: int
    newest: int


def examine(path: Path, folder: Path) -> Examined:
    """Look at a user database without changing it; ``folder`` holds the migrations.

    Raises:
        DataError: it cannot be read or written, is damaged or incomplete, or comes from a newer
            or another program.
    """
    if not path.is_file():
        raise DataError(f"存您的记录的地方不是一个文件：{path}。", SET_ASIDE)
    if not os.access(path, os.R_OK | os.W_OK):
        raise DataError(f"您的记录不让读写：{path}。", "请改这个文件的权限，让您自己能读能写。")
    try:
        found = inspect(path)
        newest = len(migrations(folder))
    except (OSError, sqlite3.DatabaseError) as error:
        raise _unusable(path, error) from error
    refuse_foreign(path, found.version, newest, bool(found.tables))
    complete = found.version < newest or found.tables >= UserBase.metadata.tables.keys()
    if not (found.sound and complete):
        raise _damaged(path)
    return Examined(found.version, newest)


def _is_damage(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _damaged(path: Path) -> DataError:
    return DataError(f"存您的记录的文件坏了，或者不是医保指南的：{path}。", SET_ASIDE)


def _unusable(path: Path, error: Exception) -> DataError:
    if _is_damage(error):
        return _damaged(path)
    hint = "请看这个文件夹能不能写；文件没有被改动。"
    return DataError(f"您的记录打不开：{path}（{error}）。", hint)
