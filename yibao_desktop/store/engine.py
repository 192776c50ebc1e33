"""How the SQLite files of the user, and content that is being built, are opened."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from yibao_desktop.store.connecting import connect, file_uri

BUSY_TIMEOUT_S = 10.0
"""How long a writer waits for another process, in seconds."""

OPENING_TIMEOUT_S = 3.0
"""How long opening waits for another process, in seconds; a window is waiting to come up."""

IMMEDIATE = "BEGIN IMMEDIATE"
"""Value of the execution option ``begin`` for transactions that write."""


def idle_engine(path: Path) -> Engine:
    """Engine for a user database nobody uses; what looks at it leaves nothing beside it."""
    return _engine(file_uri(path, "ro") + "&immutable=1")


def reading_engine(path: Path) -> Engine:
    """Engine for a user database that is only to be looked at."""
    return _engine(file_uri(path, "ro"))


def writable_engine(path: Path) -> Engine:
    """Engine for a file that is written: the user database, or content being built."""
    engine = _engine(file_uri(path, "rwc"))

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


def use_write_ahead_log(engine: Engine) -> None:
    """Keep readers and a writer out of each other's way; each commit is on disk when it returns."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")


def memory_engine() -> Engine:
    """Engine for a database in memory that lives as long as the engine is not disposed of."""
    name = f"file:yibao-{uuid.uuid4().hex}?mode=memory&cache=shared"
    engine = _engine(name)
    keeper = connect(name, check_same_thread=False)

    @event.listens_for(engine, "engine_disposed")
    def _forget(_engine: Engine) -> None:
        keeper.close()

    return engine


def _engine(uri: str) -> Engine:
    def opened() -> sqlite3.Connection:
        # isolation_level=None keeps sqlite3 from opening and closing transactions by itself,
        # which would leave half a migration behind.
        return connect(uri, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)

    # What a statement was given may be private, and errors are logged.
    engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
