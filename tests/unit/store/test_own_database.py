"""The database of one's own documents is the shape its models say, and speaks of itself."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.conftest import ROOT
from yibao_desktop.errors import DataError
from yibao_desktop.store import recovery
from yibao_desktop.store.backup import BackupFolder
from yibao_desktop.store.migrations import migrate
from yibao_desktop.store.own_database import DOCUMENTS, OwnDatabase
from yibao_desktop.store.own_models import OwnBase
from yibao_desktop.store.user_database import KeptDatabase, examine

MIGRATIONS = ROOT / "db" / "migrations" / "own"


@pytest.fixture
def database(tmp_path):
    opened: OwnDatabase = KeptDatabase(tmp_path / "own.sqlite3", MIGRATIONS, DOCUMENTS)
    yield opened
    opened.close()


def test_the_migrations_lead_to_the_models(database):
    with closing(sqlite3.connect(database.path)) as connection:
        for table in OwnBase.metadata.sorted_tables:
            columns = {
                name: (kind, bool(needed) or bool(key))
                for _, name, kind, needed, _, key in connection.execute(
                    f"PRAGMA table_info({table.name})"
                )
            }
            assert columns == {
                c.name: (str(c.type.compile(None)), not c.nullable) for c in table.columns
            }, table.name


def test_what_is_wrong_with_it_is_said_of_documents_not_of_records(tmp_path):
    path = tmp_path / "own.sqlite3"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(DataError, match="您加的资料"):
        examine(path, MIGRATIONS, kind=DOCUMENTS)


def test_a_backup_that_cannot_be_made_is_one_of_documents(database):
    (database.path.parent / "backups").write_bytes(b"in the way")
    with pytest.raises(DataError, match="备份不了您加的资料"):
        BackupFolder(database.path, noun=DOCUMENTS.noun).keep()


def test_an_update_that_cannot_be_backed_up_speaks_of_documents(database, tmp_path):
    database.close()
    newer = tmp_path / "newer"
    shutil.copytree(MIGRATIONS, newer)
    (newer / "0002_more.sql").write_text("CREATE TABLE more (id INTEGER);", "utf-8")
    (database.path.parent / "backups").write_bytes(b"in the way")
    with pytest.raises(DataError, match="备份不了您加的资料"):
        migrate(database.path, newer, noun=DOCUMENTS.noun)


def test_a_recovery_that_must_wait_too_long_speaks_of_documents(tmp_path, monkeypatch):
    monkeypatch.setattr(recovery, "_LOCK_TIMEOUT_S", 0.01)
    path = tmp_path / "own.sqlite3"
    path.write_bytes(b"no database" * 100)
    with closing(sqlite3.connect(tmp_path / ".recovery-lock")) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        opened, incident = recovery.open_database(path, MIGRATIONS, DOCUMENTS)
        opened.close()
    assert "您加的资料" in str(incident.reason)
