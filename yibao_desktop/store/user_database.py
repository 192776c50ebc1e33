"""The user database: opened, migrated, and used one unit of work at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from yibao_desktop.errors import DataError
from yibao_desktop.store.case_repository import CaseRepository
from yibao_desktop.store.engine import IMMEDIATE, use_write_ahead_log, writable_engine
from yibao_desktop.store.migrations import migrate
from yibao_desktop.store.reading_repository import BookmarkRepository, HistoryRepository


class UnitOfWork:
    """What one action reads and writes; nothing stays unless ``commit`` is called."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.cases = CaseRepository(session)
        self.bookmarks = BookmarkRepository(session)
        self.history = HistoryRepository(session)

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
            raise DataError(
                f"您的记录打不开：{path}（{error}）。", "请看这个文件夹能不能写；文件没有被改动。"
            ) from error
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
            raise DataError(
                f"您的记录现在读写不了（{error.orig}）。",
                "如果别的窗口正开着医保指南，请先关掉它；再看看磁盘是不是满了。",
            ) from error

    def is_sound(self) -> bool:
        """Whether SQLite finds no damage in the file."""
        try:
            with self._readers() as session:
                return bool(session.scalar(text("PRAGMA integrity_check")) == "ok")
        except DatabaseError:
            return False
