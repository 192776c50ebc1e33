"""Content packs that are being made are in every backup of the records, and come back from it."""

from __future__ import annotations

import os
import random
import zipfile
from dataclasses import replace

import pytest

from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.errors import DataError
from yibao_desktop.services.backup_service import drafts_text
from yibao_desktop.store.backup import BackupFolder
from yibao_desktop.store.beside import packed_beside
from yibao_desktop.store.draft_store import DraftStore

EXAMPLES = 300
FIRST = Draft("0123abcd", "card-replacement", "补办医保卡", place="春水市")
SECOND = Draft("4567cdef", "e-card", "申请电子医保卡", place="春水市")


@pytest.fixture
def store(paths):
    return DraftStore(paths.drafts)


def newest(services):
    return services.records.backups()[0]


def test_what_is_gone_comes_back_and_what_is_there_stays(services, store):
    store.put(FIRST)
    store.put(SECOND)
    store.put_key("锁着的密钥")
    services.records.keep()
    backup = newest(services)
    assert backup.drafts == 2
    assert "编到一半的内容包 2 份" in drafts_text(backup)
    store.remove(FIRST.id)
    store.put(replace(SECOND, place="秋水市"))
    store.key_file.unlink()
    services.records.restore(backup.name)
    assert {draft.id: draft.place for draft in store.drafts()} == {
        FIRST.id: "春水市",
        SECOND.id: "秋水市",
    }
    assert store.key_text == "锁着的密钥"
    assert store.key_file.stat().st_mode & 0o077 == 0
    before = next(b for b in services.records.backups() if b.reason == "恢复备份之前")
    assert before.drafts == 1


def test_a_draft_written_on_is_reason_enough_for_a_backup(services, store):
    services.records.keep()
    services.records.keep()
    assert [backup.drafts for backup in services.records.backups()] == [0]
    store.put(FIRST)
    services.records.keep()
    services.records.keep()
    assert [backup.drafts for backup in services.records.backups()] == [1, 0]


def test_they_go_with_the_backup_they_belong_to(services, store, paths):
    folder = BackupFolder(paths.user_database).path
    for number in range(12):
        store.put(replace(FIRST, place=f"{number}号市"))
        services.records.keep()
    copies = [backup.path for backup in BackupFolder(paths.user_database).all()]
    assert {packed_beside(copy) for copy in copies} == set(folder.glob("*.zip"))
    assert len(copies) < 12


def test_what_is_damaged_or_of_somebody_else_brings_nothing(services, store, paths):
    store.put(FIRST)
    services.records.keep()
    packed = packed_beside(BackupFolder(paths.user_database).all()[0].path)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../outside.json", "{}")
        archive.writestr("program.exe", "MZ")
    store.remove(FIRST.id)
    services.records.restore(newest(services).name)
    assert list(paths.drafts.iterdir()) == []
    assert not (paths.user / "outside.json").exists()
    packed.write_bytes(b"PK\x03\x04 broken")
    assert newest(services).drafts == 0


def test_where_drafts_cannot_be_put_back_nothing_is_restored(services, store, paths):
    store.put(FIRST)
    services.records.keep()
    backup = newest(services)
    services.reading.add_bookmark("e-card", "申请电子医保卡")
    store.remove(FIRST.id)
    paths.drafts.rmdir()
    paths.drafts.write_text("no folder")
    with pytest.raises(DataError, match="什么也没有恢复"):
        services.records.restore(backup.name)
    assert [bookmark.item_id for bookmark in services.reading.bookmarks()] == ["e-card"]


def test_damage_beside_a_backup_costs_drafts_at_most(services, store, paths):
    """Wherever the wrong bytes stand, the records are listed, kept and restored."""
    store.put(replace(FIRST, place="春水市" * 400))
    services.records.keep()
    packed = packed_beside(BackupFolder(paths.user_database).all()[0].path)
    whole, chance, came = packed.read_bytes(), random.Random(4), set()
    for _ in range(EXAMPLES):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        packed.write_bytes(bytes(spoilt))
        came.add(newest(services).drafts)
    assert came == {0, 1}
    packed.write_bytes(whole[:-1] + b"x")
    services.records.restore(newest(services).name)
    services.records.keep()
    assert newest(services).drafts == 1


def test_what_was_packed_for_a_backup_that_was_never_made_goes(services, store, paths):
    store.put(FIRST)
    services.records.keep()
    folder = BackupFolder(paths.user_database).path
    for name, seconds in (("000009-x.zip", 3_600), ("000010-x.zip", 0)):
        (folder / name).write_bytes(b"")
        written = (folder / name).stat().st_mtime
        os.utime(folder / name, (written - seconds,) * 2)
    store.put(SECOND)
    services.records.keep()
    assert [path.name for path in folder.glob("*-x.zip")] == ["000010-x.zip"]
