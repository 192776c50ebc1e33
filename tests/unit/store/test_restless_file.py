"""A file another process is writing looks damaged for a moment: it is looked at again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.store.test_recovery import MIGRATIONS, add_case, names
from yibao_desktop.store import recovery
from yibao_desktop.store.backup import BackupFolder
from yibao_desktop.store.recovery import Outcome, open_user_database
from yibao_desktop.store.user_database import DamagedError, UserDatabase


@pytest.fixture
def kept_well(tmp_path: Path) -> Path:
    """A database with two cases, of which its backup has one."""
    path = tmp_path / "user.sqlite3"
    database = UserDatabase(path, MIGRATIONS)
    add_case(database, "1")
    database.close()
    BackupFolder(path).keep()
    database = UserDatabase(path, MIGRATIONS)
    add_case(database, "2")
    database.close()
    return path


@pytest.mark.parametrize(
    ("restless", "found", "outcome"),
    [(0, ["1", "2"], None), (4, ["1", "2"], None), (9, ["1", "2"], None),
     (10, ["1"], Outcome.RECOVERED)],
)  # fmt: skip
def test_a_file_is_believed_damaged_after_five_looks_and_five_more_alone(
    kept_well: Path,
    monkeypatch: pytest.MonkeyPatch,
    restless: int,
    found: list[str],
    outcome: Outcome | None,
) -> None:
    """It changes under so many looks, and seems damaged at each."""
    looks = 0
    examine = recovery.examine

    def seen(path: Path, *given: object, **more: object) -> object:
        nonlocal looks
        if path == kept_well and looks < restless:
            looks += 1
            with path.open("ab") as file:
                file.write(b"\0")
            raise DamagedError("坏了。", "")
        return examine(path, *given, **more)

    recovery.drop_digest(kept_well)
    monkeypatch.setattr(recovery, "examine", seen)
    database, incident = open_user_database(kept_well, MIGRATIONS)
    assert (incident and incident.outcome) == outcome
    assert names(database) == found
    database.close()


def test_a_file_that_stands_still_is_looked_at_twice_at_most(
    kept_well: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def damaged(path: Path, *given: object, **more: object) -> object:
        looks.append(path)
        raise DamagedError("坏了。", "")

    monkeypatch.setattr(recovery, "check_values", lambda *_: None)
    monkeypatch.setattr(recovery, "examine", damaged)
    recovery.drop_digest(kept_well)
    database, _ = open_user_database(kept_well, MIGRATIONS)
    assert looks.count(kept_well) == 2
    database.close()
