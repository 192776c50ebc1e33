"""Whatever happened to the user database: it opens, nothing is thrown away, and it is told."""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.clock import SetClock
from tests.conftest import ROOT
from yibao_desktop.domain.records.case import Case
from yibao_desktop.errors import DataError
from yibao_desktop.services.backup_service import BackupService
from yibao_desktop.store import recovery
from yibao_desktop.store.backup import Backup, BackupFolder, Reason, back_up, kept
from yibao_desktop.store.checksum import checksum_file, stored_digest
from yibao_desktop.store.migrations import NewerError
from yibao_desktop.store.recovery import Outcome, open_user_database
from yibao_desktop.store.user_database import DamagedError, UserDatabase

MIGRATIONS = ROOT / "db" / "migrations"
NOW = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
OLD_DATABASES = sorted((ROOT / "tests" / "data").glob("user-*.sqlite3"))


def case(case_id: str = "1", nickname: str = "妈妈") -> Case:
    return Case(case_id, nickname, "card-replacement", "v1", NOW, NOW)


def add_case(database: UserDatabase, case_id: str) -> None:
    with database.writing() as unit:
        unit.cases.add(case(case_id))
        unit.commit()


def names(database: UserDatabase) -> list[str]:
    with database.reading() as unit:
        return sorted(c.id for c in unit.cases.all())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "家 里" / "user.sqlite3"


@pytest.fixture
def kept_well(path: Path) -> Path:
    """A database with one case, closed, with a backup of it."""
    database = UserDatabase(path, MIGRATIONS)
    add_case(database, "1")
    database.close()
    BackupFolder(path).keep()
    return path


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def overwrite_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def put_a_folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def drop_a_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE case_file DROP COLUMN receipt_number")


def make_a_time_unreadable(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE case_file SET updated_at = 'yesterday'")
        connection.commit()


def make_a_text_undecodable(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE case_file SET nickname = CAST(x'fffe' AS TEXT)")
        connection.commit()


def become_another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")


DAMAGES: list[Callable[[Path], None]] = [
    truncate,
    overwrite_header,
    put_a_folder,
    drop_a_column,
    make_a_time_unreadable,
    make_a_text_undecodable,
    become_another_programs,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_kept_and_the_backup_used(kept_well, damage):
    damage(kept_well)
    before = kept_well.read_bytes() if kept_well.is_file() else None
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident is not None
    assert incident.outcome is Outcome.RECOVERED
    assert incident.backup == BackupFolder(kept_well).all()[0]
    assert names(database) == ["1"]
    add_case(database, "2")
    database.close()
    assert incident.set_aside is not None
    assert (incident.set_aside.read_bytes() if before else None) == before
    assert "damaged-2" in incident.set_aside.name
    again, nothing = open_user_database(kept_well, MIGRATIONS)
    assert nothing is None
    assert names(again) == ["1", "2"]
    again.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_backup_it_begins_anew_and_keeps_the_file(kept_well, damage):
    shutil.rmtree(BackupFolder(kept_well).path)
    damage(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.BEGUN_ANEW
    assert incident.set_aside.exists()
    add_case(database, "2")
    assert names(database) == ["2"]
    database.close()


@pytest.mark.parametrize("leave", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_file_that_is_gone_comes_back_from_the_backup(kept_well, leave):
    leave(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.RECOVERED
    assert "不见了" in str(incident.reason)
    assert names(database) == ["1"]
    database.close()


def test_a_first_start_has_nothing_to_tell(path):
    database, incident = open_user_database(path, MIGRATIONS)
    assert incident is None
    assert names(database) == []
    database.close()


def test_a_damaged_backup_is_passed_over(kept_well):
    database = UserDatabase(kept_well, MIGRATIONS)
    add_case(database, "2")
    database.close()
    newest = BackupFolder(kept_well).make(Reason.IMPORT)
    truncate(newest.path)
    truncate(kept_well)
    again, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.backup != newest
    assert names(again) == ["1"]
    again.close()


def test_a_backup_that_may_not_be_read_is_passed_over_and_told(kept_well, monkeypatch):
    """As one made once by the administrator; who runs the tests may be that one."""
    (good,) = BackupFolder(kept_well).all()
    locked = BackupFolder(kept_well).make(Reason.IMPORT)
    foreign = BackupFolder(kept_well).make(Reason.UPDATE)
    foreign.path.write_bytes(b"\0" * 5000)
    really_open = Path.open

    def refuse(path, *arguments, **options):
        if path == locked.path:
            raise PermissionError(13, "Permission denied")
        return really_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    overwrite_header(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert (incident.outcome, incident.backup) == (Outcome.RECOVERED, good)
    assert [backup for backup, _ in incident.passed_over] == [foreign, locked]
    assert all(str(reason) for _, reason in incident.passed_over)
    told = BackupService(database, MIGRATIONS, SetClock(), incident).news
    assert told.count("跳过了") == 2
    assert locked.path.name in told
    assert names(database) == ["1"]
    database.close()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\0" * 84, b"x" * 4096])
def test_an_empty_or_broken_backup_is_no_good_one(kept_well, content):
    (good,) = BackupFolder(kept_well).all()
    newer = BackupFolder(kept_well).make(Reason.IMPORT)
    newer.path.write_bytes(content)
    overwrite_header(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.backup == good
    assert [backup for backup, _ in incident.passed_over] == [newer]
    assert names(database) == ["1"]
    database.close()


def test_a_backup_that_can_only_be_read_is_used(kept_well, monkeypatch):
    (good,) = BackupFolder(kept_well).all()
    may = os.access
    monkeypatch.setattr(
        "os.access",
        lambda path, mode: may(path, mode) and not (path == good.path and mode & os.W_OK),
    )
    overwrite_header(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.backup == good
    database.close()


def test_without_room_for_a_copy_no_good_backup_counts_as_damaged(kept_well, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("yibao_desktop.store.recovery.back_up", full)
    overwrite_header(kept_well)
    before = kept_well.read_bytes()
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.UNWRITABLE
    assert kept_well.read_bytes() == before
    database.close()


def test_damage_sqlite_does_not_see_is_told_and_nothing_taken_away(kept_well):
    data = kept_well.read_bytes()
    place = data.index("妈妈".encode())
    kept_well.write_bytes(data[:place] + "婆婆".encode() + data[place + 6 :])
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.ALTERED
    assert names(database) == ["1"]
    database.close()
    again, nothing = open_user_database(kept_well, MIGRATIONS)
    assert nothing is None
    again.close()


def test_a_newer_file_is_left_alone_and_the_window_still_opens(kept_well):
    with closing(sqlite3.connect(kept_well)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = kept_well.read_bytes()
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.UNWRITABLE
    assert isinstance(incident.reason, NewerError)
    assert names(database) == []
    with pytest.raises(NewerError):
        add_case(database, "2")
    database.close()
    assert kept_well.read_bytes() == before


def test_a_file_somebody_else_holds_is_left_alone_and_told(kept_well):
    holder = sqlite3.connect(kept_well, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.UNWRITABLE
    with pytest.raises(DataError, match="占着"):
        add_case(database, "2")
    database.close()
    holder.close()
    again, nothing = open_user_database(kept_well, MIGRATIONS)
    assert nothing is None
    assert names(again) == ["1"]
    again.close()


def test_the_checksum_follows_the_file_only_while_it_is_closed(path):
    UserDatabase(path, MIGRATIONS).close()
    assert stored_digest(path) is not None
    database = UserDatabase(path, MIGRATIONS)
    add_case(database, "1")
    assert stored_digest(path) is None
    other = UserDatabase(path, MIGRATIONS)
    add_case(other, "2")
    other.close()
    assert stored_digest(path) is None  # the first still has it open
    database.close()
    assert stored_digest(path) is not None
    reader = UserDatabase(path, MIGRATIONS)
    assert names(reader) == ["1", "2"]
    reader.close()
    assert open_and_close(path) is None


def open_and_close(path: Path):
    database, incident = open_user_database(path, MIGRATIONS)
    database.close()
    return incident


def test_a_file_whose_program_was_killed_opens_without_a_word(path, tmp_path):
    database = UserDatabase(path, MIGRATIONS)
    add_case(database, "1")
    killed = tmp_path / "killed"
    shutil.copytree(path.parent, killed)
    database.close()
    assert (killed / "user.sqlite3-wal").exists()
    again, incident = open_user_database(killed / "user.sqlite3", MIGRATIONS)
    assert incident is None
    assert names(again) == ["1"]
    again.close()


def test_a_routine_backup_is_made_when_something_changed(kept_well):
    folder = BackupFolder(kept_well)
    (first,) = folder.all()
    database = UserDatabase(kept_well, MIGRATIONS)
    add_case(database, "2")
    second = folder.keep()
    assert second is not None
    assert folder.keep() is None  # nothing changed
    database.close()
    with closing(sqlite3.connect(second.path)) as connection:
        assert connection.execute("SELECT id FROM case_file").fetchall() == [("1",), ("2",)]
    assert stat.S_IMODE(second.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert folder.all() == [second, first]


def made(day: int, hour: int = 12, reason: Reason = Reason.ROUTINE) -> Backup:
    at = datetime.datetime(2026, 11, 22, hour, tzinfo=datetime.UTC)
    at -= datetime.timedelta(days=day)
    return Backup(Path(f"{day}-{hour}-{reason}"), at, reason)


def test_seven_days_and_four_weeks_are_kept():
    days = [made(day, hour) for day in range(60) for hour in (3, 5)]
    others = [made(day, 4, Reason.IMPORT) for day in range(30)]
    stay = kept(days + others)
    routine = sorted((b for b in stay if b.reason is Reason.ROUTINE), key=lambda b: b.path.name)
    ages = sorted(int(b.path.name.partition("-")[0]) for b in routine)
    # 22 November 2026 is a Sunday: its week is among the seven days, three Sundays lie before.
    assert ages == [0, 0, 1, 2, 3, 4, 5, 6, 7, 14, 21]
    assert sorted(b.made_at.hour for b in routine) == [3] + 10 * [5]  # and three in any case
    assert [b for b in stay if b.reason is Reason.IMPORT] == others[:6]


WRONG_CLOCKS = {
    "years ahead, and right again": [*((2098, n) for n in range(1, 13)), (2026, 1)],
    "stopped, at every start": [(1980, 1)] * 9,
    "going back": [(2026, n) for n in range(9, 0, -1)],
}


@pytest.mark.parametrize("days", WRONG_CLOCKS.values(), ids=WRONG_CLOCKS)
def test_a_wrong_clock_costs_no_new_backup_and_the_newest_is_used(path, days):
    clock = SetClock()
    database = UserDatabase(path, MIGRATIONS)
    folder = BackupFolder(path, clock)
    for number, (year, month) in enumerate(days):
        clock.moment = datetime.datetime(year, month, 1, 1, tzinfo=datetime.UTC)
        add_case(database, str(number))
        made = folder.keep()
        assert made is not None
        assert made == folder.all()[0], "dropped, or not known as the newest"
        assert len(folder.all()) >= min(number + 1, 3)
    database.close()
    overwrite_header(path)
    again, incident = open_user_database(path, MIGRATIONS, clock)
    assert incident.backup == made
    assert len(names(again)) == len(days)
    again.close()


def test_backups_from_before_they_were_numbered_are_known(kept_well):
    (first,) = BackupFolder(kept_well).all()
    first.path.rename(first.path.with_name(first.path.name.partition("-")[2]))
    (old,) = BackupFolder(kept_well).all()
    assert (old.number, old.made_at, old.reason) == (0, first.made_at, first.reason)
    newer = BackupFolder(kept_well, SetClock(first.made_at.replace(year=1999))).make(Reason.IMPORT)
    assert BackupFolder(kept_well).all() == [newer, old]


def miscount_free_pages(path: Path) -> None:
    """Damage that can be copied and is found by looking only."""
    with path.open("r+b") as file:
        file.seek(36)
        file.write((7).to_bytes(4, "big"))


@pytest.mark.parametrize("damage", [truncate, miscount_free_pages])
def test_a_copy_that_cannot_be_verified_is_not_left(kept_well, tmp_path, damage):
    damage(kept_well)
    copy = tmp_path / "copy.sqlite3"
    with pytest.raises((DataError, sqlite3.DatabaseError)):
        back_up(kept_well, copy)
    assert [p for p in tmp_path.iterdir() if "copy" in p.name] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(kept_well):
    kept_well.parent.chmod(0o500)
    try:
        database, incident = open_user_database(kept_well, MIGRATIONS)
    finally:
        kept_well.parent.chmod(0o700)
    assert incident.outcome is Outcome.UNWRITABLE
    assert names(database) == ["1"]
    database.close()


@pytest.mark.parametrize("old", OLD_DATABASES, ids=lambda p: p.name)
def test_every_older_version_upgrades_with_its_data(tmp_path, old):
    path = Path(shutil.copy(old, tmp_path / "user.sqlite3"))
    database, incident = open_user_database(path, MIGRATIONS)
    assert incident is None
    with database.reading() as unit:
        by_name = {c.nickname: c for c in unit.cases.all()}
        assert set(by_name) == {"妈妈", "爸爸"}
        mother = by_name["妈妈"]
        assert mother.answers == {"card": ("physical",), "channel": ("window",)}
        assert mother.steps["report-loss-phone"].done_on == datetime.date(2025, 4, 23)
        assert mother.steps["apply-at-window"].note == "下周二去，带身份证"
        assert [b.item_id for b in unit.bookmarks.all()] == ["pool-balance", "e-card"]
        assert [v.item_id for v in unit.history.recent(9)] == ["pool-members", "card-replacement"]
        assert unit.queries.all() == ["卡丢了怎么办", "异地就医"]
        assert {k.case.id: len(k.events) for k in unit.archive.cases()}[mother.id] == 3
    database.close()
    (copy,) = BackupFolder(path).all() or (None,) if old != OLD_DATABASES[-1] else (None,)
    if copy is not None:
        assert copy.reason is Reason.UPDATE
    assert checksum_file(path).exists()


def test_there_is_an_old_database_of_every_version():
    assert [p.name for p in OLD_DATABASES] == [
        f"user-{n}.sqlite3" for n in range(1, len(list(MIGRATIONS.glob("*.sql"))) + 1)
    ]


def test_the_log_of_a_damaged_file_goes_with_it(kept_well):
    """What was left in it by a killed program must not be played into the backup."""
    running = UserDatabase(kept_well, MIGRATIONS)
    add_case(running, "2")
    left = {part: kept_well.with_name(kept_well.name + part) for part in ("", "-wal")}
    state = {part: file.read_bytes() for part, file in left.items()}
    assert len(state["-wal"]) > 0
    running.close()
    for part, file in left.items():
        file.write_bytes(state[part])
    overwrite_header(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.outcome is Outcome.RECOVERED
    assert names(database) == ["1"]
    with database.reading() as unit:
        assert unit._session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
    aside = incident.set_aside
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == state["-wal"]


def test_the_newest_good_backup_is_used(kept_well):
    running = UserDatabase(kept_well, MIGRATIONS)
    add_case(running, "2")
    running.close()
    newest = BackupFolder(kept_well).make(Reason.IMPORT)
    assert BackupFolder(kept_well).all()[0] == newest
    overwrite_header(kept_well)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert incident.backup == newest
    assert names(database) == ["1", "2"]
    database.close()


def test_a_file_another_process_comes_to_use_while_it_is_looked_at_is_not_damaged(
    kept_well, monkeypatch
):
    """Read without locks, as nobody used it, what is read may be of two states."""
    checksum_file(kept_well).unlink()
    sound, torn = recovery.examine, []

    def examine(path, *arguments, **options):
        if len(torn) < 2:  # before and after this process has waited for its turn
            torn.append(path)
            os.utime(path, ns=(0, len(torn)))
            raise DamagedError("two states")
        return sound(path, *arguments, **options)

    monkeypatch.setattr(recovery, "examine", examine)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    database.close()
    assert (torn, incident) == ([kept_well] * 2, None)
    assert list(kept_well.parent.glob("*.damaged-*")) == []
