"""Drafts are on disk whole or as they were, whatever happens while they are written."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.errors import DataError
from yibao_desktop.store.draft_store import DraftStore

DRAFT = Draft(
    "0123abcd",
    "card-replacement",
    "补办医保卡",
    place="春水市",
    source_day=datetime.date(2026, 11, 1),
    source_text="工本费\n20元",
    edits=(
        Edit(PartKind.STEP, "pay-fee", {"fee": "20 元"}),
        Edit(PartKind.MATERIAL, "a", {}, True),
    ),
    serial=3,
)


@pytest.fixture
def store(tmp_path):
    return DraftStore(tmp_path / "drafts")


def test_a_draft_is_read_back_as_it_was(store):
    store.put(DRAFT)
    assert store.drafts() == [DRAFT]
    store.remove(DRAFT.id)
    assert store.drafts() == []


def test_a_draft_that_cannot_be_written_stays_as_it_was(store, monkeypatch):
    store.put(DRAFT)

    def refuse(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DataError, match="存不下来"):
        store.put(replace(DRAFT, place="别处"))
    monkeypatch.undo()
    assert store.drafts() == [DRAFT]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 9}', '{"version": 1, "id": 4, "source_day": "", "edits": []}'],
)
def test_a_file_that_is_no_draft_is_set_aside(store, tmp_path, content):
    store.put(DRAFT)
    bad = tmp_path / "drafts" / "bad.json"
    bad.write_text(content)
    assert store.drafts() == [DRAFT]
    assert not bad.exists()
    assert (tmp_path / "drafts" / "bad.json.damaged").read_text() == content


def test_the_key_is_for_the_user_alone(store, tmp_path):
    assert store.key_text == ""
    store.put_key("secret")
    assert store.key_text == "secret"
    assert (tmp_path / "drafts" / "signing.key").stat().st_mode & 0o077 == 0
    assert store.drafts() == []


@pytest.mark.parametrize("content", ["", "{", '{"version": 1}'])
def test_a_damaged_draft_is_what_it_was_before_it_was_last_written(store, tmp_path, content):
    store.put(DRAFT)
    store.put(replace(DRAFT, place="秋水市"))
    file = tmp_path / "drafts" / f"{DRAFT.id}.json"
    file.write_text(content)
    assert store.drafts() == [DRAFT]
    assert file.with_name(f"{file.name}.damaged").read_text() == content
    store.put(replace(DRAFT, place="冬水市"))
    assert [draft.place for draft in store.drafts()] == ["冬水市"]


def test_a_draft_whose_file_is_gone_is_there_again(store, tmp_path):
    store.put(DRAFT)
    store.put(replace(DRAFT, place="秋水市"))
    (tmp_path / "drafts" / f"{DRAFT.id}.json").unlink()
    assert store.drafts() == [DRAFT]
    assert (tmp_path / "drafts" / f"{DRAFT.id}.json").exists()


def test_of_a_draft_thrown_away_nothing_is_left(store, tmp_path):
    store.put(DRAFT)
    store.put(replace(DRAFT, place="秋水市"))
    store.remove(DRAFT.id)
    assert list((tmp_path / "drafts").iterdir()) == []
