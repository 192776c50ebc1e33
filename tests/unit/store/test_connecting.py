"""Damage is told as damage, also where SQLite's message about it cannot be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import DatabaseError

from tests.clock import SetClock
from yibao_desktop.errors import DataError
from yibao_desktop.store.connecting import connect, file_uri
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.engine import reading_engine
from yibao_desktop.store.inspection import inspect, tables
from yibao_desktop.store.preview import preview
from yibao_desktop.store.recovery import open_user_database

USES = {
    "execute": lambda c: c.execute("SELECT * FROM word"),
    "executemany": lambda c: c.executemany("INSERT INTO word VALUES (?)", [(1,)]),
    "executescript": lambda c: c.executescript("SELECT * FROM word"),
    "a cursor": lambda c: c.cursor().execute("PRAGMA integrity_check").fetchall(),
    "a dump": lambda c: list(c.iterdump()),
}


@pytest.fixture
def spoilt(tmp_path):
    """A database whose table has a name that is no text, and a definition that is none."""
    path = tmp_path / "spoilt.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE word (id INTEGER)")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET name = CAST(x'bf77' AS TEXT), sql = 'CREATE TABLE ('"
        )
        connection.commit()
    return path


def test_without_it_the_message_cannot_be_read(spoilt):
    with closing(sqlite3.connect(spoilt)) as connection, pytest.raises(UnicodeDecodeError):
        connection.execute("SELECT * FROM word")


@pytest.mark.parametrize("use", USES)
def test_whatever_is_asked_it_is_damage(spoilt, use):
    with (
        closing(connect(file_uri(spoilt, "rw"))) as connection,
        pytest.raises(sqlite3.DatabaseError) as told,
    ):
        USES[use](connection)
    assert told.value.sqlite_errorcode == sqlite3.SQLITE_CORRUPT


def test_whoever_looks_through_a_database_is_told_of_damage(spoilt):
    for look in (inspect, tables):
        with pytest.raises(sqlite3.DatabaseError):
            look(spoilt)
    with pytest.raises(DataError, match="坏了"):
        preview(spoilt)
    with pytest.raises(DatabaseError), reading_engine(spoilt).connect() as connection:
        connection.exec_driver_sql("SELECT * FROM word")
    with pytest.raises(DataError, match="坏了"):
        ContentRepository(spoilt).items()


def test_records_with_such_damage_are_set_aside_and_the_program_goes_on(spoilt, paths):
    paths.user.mkdir()
    spoilt.rename(paths.user_database)
    user, incident = open_user_database(paths.user_database, paths.migrations, SetClock())
    user.close()
    assert incident is not None
    assert list(paths.user.glob("*.damaged-*"))
