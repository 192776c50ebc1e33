"""The user database: migrations, units of work, cases, bookmarks, history."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.conftest import ROOT
from yibao_desktop.domain.records.case import Case, MaterialState, PlanPart, StepMark
from yibao_desktop.domain.records.reading import Bookmark, Visit
from yibao_desktop.errors import DataError
from yibao_desktop.store.backup import BackupFolder, Reason
from yibao_desktop.store.connecting import plain_cause
from yibao_desktop.store.engine import writable_engine
from yibao_desktop.store.migrations import bring_up, migrate, migrations
from yibao_desktop.store.reading_repository import KEPT_QUERIES
from yibao_desktop.store.user_database import Examined, UserDatabase, examine
from yibao_desktop.store.user_models import UserBase

MIGRATIONS = ROOT / "db" / "migrations"
NOW = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "医保 指南 #1?" / "user.sqlite3"


@pytest.fixture
def user(path):
    database = UserDatabase(path, MIGRATIONS)
    yield database
    database.close()


def case(case_id="1", **changes) -> Case:
    values = {
        "nickname": "妈妈",
        "procedure": "card-replacement",
        "content_version": "v1",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Case(case_id, **(values | changes))


def described(path: Path) -> dict:
    engine = writable_engine(path)
    try:
        found = inspect(engine)
        return {
            table: {
                "columns": [
                    (c["name"], str(c["type"]), c["nullable"], c["primary_key"])
                    for c in found.get_columns(table)
                ],
                "primary key": found.get_pk_constraint(table),
                "foreign keys": found.get_foreign_keys(table),
                "indexes": sorted((i["name"], i["column_names"]) for i in found.get_indexes(table)),
            }
            for table in sorted(found.get_table_names())
        }
    finally:
        engine.dispose()


def test_models_equal_the_migrated_head(tmp_path):
    migrate(tmp_path / "migrated.sqlite3", MIGRATIONS)
    engine = writable_engine(tmp_path / "fresh.sqlite3")
    UserBase.metadata.create_all(engine)
    engine.dispose()
    assert described(tmp_path / "migrated.sqlite3") == described(tmp_path / "fresh.sqlite3")


def test_files_are_private_and_kept_with_care(user, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with user.reading() as unit:
        assert unit.cases.all() == []
        connection = unit._session.connection()
        full = 2
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == full
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert user.version == len(migrations(MIGRATIONS))


def test_a_file_others_may_read_is_made_private(path):
    UserDatabase(path, MIGRATIONS).close()
    path.chmod(0o644)
    UserDatabase(path, MIGRATIONS).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_case_is_stored_whole(user):
    stored = case(
        region="310000",
        answers={"card": ("physical",), "papers": (), "several": ("b", "a")},
        steps={"report": StepMark(NOW.date(), "打过了"), "wait": StepMark(note="等")},
        materials={"id": MaterialState.HAVE},
        closed_at=NOW,
        archived_at=NOW,
        accepted_on=NOW.date(),
        receipt_number="2025-0423",
        seen=frozenset({PlanPart("step", "report", "挂失"), PlanPart("material", "id", "身份证")}),
    )
    with user.writing() as unit:
        unit.cases.add(stored)
        unit.commit()
    with user.reading() as unit:
        assert unit.cases.get("1") == stored
        assert unit.cases.all() == [stored]


def test_changes_to_a_case_are_stored(user):
    with user.writing() as unit:
        unit.cases.add(case(answers={"card": ("physical",), "channel": ("window",)}))
        unit.commit()
    changed = case(
        answers={"card": ("e-credential",), "channel": ("window",), "many": ("x", "y")},
        steps={"report": StepMark(NOW.date())},
        materials={"id": MaterialState.MISSING},
        closed_at=NOW,
        archived_at=NOW,
        accepted_on=NOW.date(),
        receipt_number="7",
        seen=frozenset({PlanPart("step", "report", "挂失")}),
        updated_at=NOW + datetime.timedelta(minutes=1),
    )
    again = replace(changed, steps={"report": StepMark(None, "重来")}, seen=frozenset())
    for version in (changed, again):
        with user.writing() as unit:
            unit.cases.update(version)
            unit.cases.log("1", NOW, "changed")
            unit.commit()
        with user.reading() as unit:
            assert unit.cases.get("1") == version


def test_what_is_not_committed_does_not_stay(user):
    with user.writing() as unit:
        unit.cases.add(case())
    with user.reading() as unit:
        assert unit.cases.get("1") is None


def test_a_deleted_case_is_hidden_and_can_come_back(user):
    with user.writing() as unit:
        unit.cases.add(case())
        unit.cases.set_deleted("1", NOW)
        unit.commit()
    with user.reading() as unit:
        assert unit.cases.get("1") is None
        assert unit.cases.all() == []
    with user.writing() as unit:
        unit.cases.set_deleted("1", None)
        unit.commit()
    with user.reading() as unit:
        assert unit.cases.get("1") is not None


def test_foreign_keys_are_watched(user):
    with pytest.raises(DataError), user.writing() as unit:
        unit.cases.log("nobody", NOW, "ticked")
        unit.commit()


def test_bookmarks(user):
    with user.writing() as unit:
        unit.bookmarks.add(Bookmark("a", "甲", NOW))
        unit.bookmarks.add(Bookmark("b", "乙", NOW + datetime.timedelta(seconds=1)))
        unit.bookmarks.add(Bookmark("a", "甲", NOW, "要看", "妈妈的"))
        unit.commit()
    with user.writing() as unit:
        kept = [(b.item_id, b.note, b.folder) for b in unit.bookmarks.all()]
        assert kept == [("b", "", ""), ("a", "要看", "妈妈的")]
        assert unit.bookmarks.get("a") == Bookmark("a", "甲", NOW, "要看", "妈妈的")
        unit.bookmarks.remove("a")
        unit.commit()
    with user.reading() as unit:
        assert unit.bookmarks.get("a") is None


def test_history_names_each_page_once_newest_first(user):
    with user.writing() as unit:
        for minute, item in enumerate("abcab"):
            unit.history.add(Visit(item, item, NOW + datetime.timedelta(minutes=minute)))
        unit.commit()
    with user.writing() as unit:
        assert [v.item_id for v in unit.history.recent(2)] == ["b", "a"]
        assert [v.item_id for v in unit.history.recent(9)] == ["b", "a", "c"]
        unit.history.clear()
        unit.commit()
    with user.reading() as unit:
        assert unit.history.recent(9) == []


def test_queries_are_kept_once_newest_first_and_not_for_ever(user):
    with user.writing() as unit:
        for query in ["卡丢了", "共济", "卡丢了", *map(str, range(KEPT_QUERIES - 1))]:
            unit.queries.add(query, NOW)
        unit.commit()
    with user.writing() as unit:
        assert unit.queries.all() == [*map(str, reversed(range(KEPT_QUERIES - 1))), "卡丢了"]
        unit.queries.clear()
        unit.commit()
    with user.reading() as unit:
        assert unit.queries.all() == []


def test_two_writers_wait_for_each_other(user):
    def write(number: int) -> None:
        with user.writing() as unit:
            unit.cases.add(case(f"{number:02}"))
            unit.commit()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with user.reading() as unit:
        assert len(unit.cases.all()) == 8


@pytest.mark.parametrize("ahead", [1, 90])
def test_a_newer_database_is_refused_untouched(path, ahead):
    UserDatabase(path, MIGRATIONS).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations(MIGRATIONS)) + ahead}")
    before = path.read_bytes()
    with pytest.raises(DataError, match="更新的版本") as caught:
        UserDatabase(path, MIGRATIONS)
    assert "新版" in caught.value.hint
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_untouched(path):
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is not a database" * 100)
    before = path.read_bytes()
    with pytest.raises(DataError, match="坏了") as caught:
        UserDatabase(path, MIGRATIONS)
    assert str(path) in str(caught.value)
    assert "改名" in caught.value.hint
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_untouched(path):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(DataError, match="别的程序") as caught:
        UserDatabase(path, MIGRATIONS)
    assert "改名" in caught.value.hint
    assert path.read_bytes() == before


def test_damage_met_while_it_is_used_is_told(path):
    UserDatabase(path, MIGRATIONS).close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(DataError, match="坏了"):
        examine(path, MIGRATIONS)
    database = UserDatabase(path, MIGRATIONS)
    with pytest.raises(DataError, match="坏了") as caught, database.reading() as unit:
        unit.bookmarks.all()
    database.close()
    assert str(path) in str(caught.value)
    assert "改名" in caught.value.hint


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="打不开"):
        UserDatabase(tmp_path / "file" / "user.sqlite3", MIGRATIONS)


@pytest.fixture
def next_migration(tmp_path: Path) -> Path:
    """The shipped migrations and one more."""
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    number = len(migrations(folder)) + 1
    (folder / f"{number:04}_more.sql").write_text(
        "CREATE TABLE more (id INTEGER PRIMARY KEY);\nINSERT INTO more VALUES (1);\n"
    )
    return folder


def test_an_older_database_is_copied_and_brought_up_to_date(path, next_migration):
    old = UserDatabase(path, MIGRATIONS)
    with old.writing() as unit:
        unit.cases.add(case())
        unit.commit()
    old.close()
    new = UserDatabase(path, next_migration)
    assert new.version == old.version + 1
    with new.reading() as unit:
        assert unit.cases.get("1") == case()
    new.close()
    (copy,) = BackupFolder(path).all()
    assert copy.reason is Reason.UPDATE
    with closing(sqlite3.connect(copy.path)) as connection:
        assert connection.execute("SELECT nickname FROM case_file").fetchall() == [("妈妈",)]
        assert connection.execute("PRAGMA user_version").fetchone()[0] == old.version


def test_an_older_database_is_examined_without_changing_it(path, next_migration):
    UserDatabase(path, MIGRATIONS).close()
    before = path.read_bytes()
    newest = len(migrations(next_migration))
    assert examine(path, next_migration) == Examined(newest - 1, newest)
    assert path.read_bytes() == before
    assert {p.name for p in path.parent.iterdir()} == {path.name, f"{path.name}.sha256"}


def test_a_database_in_use_is_examined_with_what_was_written_last(user, path):
    with user.writing() as unit:
        unit.bookmarks.add(Bookmark("a", "甲", NOW))
        unit.commit()
    assert path.with_name(f"{path.name}-wal").stat().st_size
    assert examine(path, MIGRATIONS).version == user.version


def test_a_migration_that_fails_leaves_nothing_behind(path, next_migration):
    UserDatabase(path, MIGRATIONS).close()
    (broken,) = next_migration.glob("*_more.sql")
    broken.write_text(
        "CREATE TABLE more (id INTEGER PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);\n"
    )
    with pytest.raises(DataError):
        UserDatabase(path, next_migration)
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert "more" not in tables
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(
            migrations(MIGRATIONS)
        )


@pytest.mark.parametrize("pages", [3, 5, 12])
def test_a_disk_that_is_full_in_a_migration_is_told_as_that(tmp_path, pages):
    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.DatabaseError) as caught:
            bring_up(connection, MIGRATIONS)
        assert not connection.in_transaction
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_FULL
    assert plain_cause(caught.value) == "磁盘满了"


def test_migrations_are_numbered_without_a_gap(tmp_path):
    (tmp_path / "0002_second.sql").write_text("SELECT 1;\n")
    with pytest.raises(ValueError, match="numbered"):
        migrations(tmp_path)


def test_a_migration_that_breaks_off_is_an_error(tmp_path):
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE a (\n")
    (migration,) = migrations(tmp_path)
    with pytest.raises(ValueError, match="middle"):
        list(migration.statements())


def test_each_migration_is_one_transaction_with_its_version():
    said = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.set_trace_callback(said.append)
        bring_up(connection, MIGRATIONS)
    bounds = [s for s in said if s.startswith(("BEGIN", "COMMIT", "PRAGMA user_version ="))]
    assert bounds == [
        line
        for step in migrations(MIGRATIONS)
        for line in ("BEGIN IMMEDIATE", f"PRAGMA user_version = {step.number}", "COMMIT")
    ]
    work = [n for n, s in enumerate(said) if s.startswith(("CREATE", "ALTER", "INSERT"))]
    first, last = said.index("BEGIN IMMEDIATE"), len(said) - said[::-1].index("COMMIT")
    assert work
    assert first < min(work) <= max(work) < last
