"""Settings on disk, and where things lie."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from yibao_desktop import paths as paths_module
from yibao_desktop.errors import DataError
from yibao_desktop.paths import (
    FOLDER_VARIABLE,
    HOME_VARIABLE,
    PORTABLE_MARKER,
    own_command,
    resolve_paths,
)
from yibao_desktop.reports import PrivateLog
from yibao_desktop.settings import Settings, SettingsStore, TextSize, Theme
from yibao_desktop.store.checksum import checksum_file, stored_digest


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "用户" / "settings.json"


def test_settings_begin_with_defaults_and_are_kept(file):
    store = SettingsStore(file)
    heard: list[Settings] = []
    store.listen(heard.append)
    assert store.current == Settings()
    store.update(text_size=TextSize.ELDER)
    store.update(text_size=TextSize.ELDER)
    assert heard == [Settings(text_size=TextSize.ELDER)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = SettingsStore(file)
    assert again.current == Settings(text_size=TextSize.ELDER, theme=Theme.SYSTEM)
    assert again.set_aside is None


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 99, "text_size": "standard", "theme": "light"}',
        '{"version": 1, "text_size": "huge", "theme": "light"}',
        '{"version": 1, "theme": "light"}',
        '{"version": 1, "text_size": "standard", "theme": "light", "region": null, "reopen": "yes"}',
        "\udcff",
        "[" * 100_000,
        '{"a":' * 30_000,
        "1" * 100_001,
    ],
    ids=range(10),
)
def test_a_file_that_cannot_be_used_is_set_aside(file, text):
    file.parent.mkdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = file.read_bytes()
    store = SettingsStore(file)
    assert store.current == Settings()
    assert store.set_aside is not None
    assert store.set_aside.read_bytes() == before
    store.update(theme=Theme.DARK)
    assert json.loads(file.read_text(encoding="utf-8"))["theme"] == "dark"


def test_every_file_that_could_not_be_used_is_kept(file):
    file.parent.mkdir()
    kept = []
    for text in ("{", "[", "]"):
        file.write_text(text)
        kept.append(SettingsStore(file).set_aside)
    assert [path.read_text() for path in kept] == ["{", "[", "]"]
    assert [path.name for path in kept] == [
        "settings.json.damaged", "settings.json.damaged~2", "settings.json.damaged~3",
    ]  # fmt: skip


def make_a_folder(path):
    path.mkdir(parents=True)


def make_a_loop(path):
    path.symlink_to(path.name)


@pytest.mark.parametrize("make", [os.mkfifo, make_a_folder, make_a_loop])
def test_what_is_no_file_is_waited_for_by_nobody(file, make):
    file.parent.mkdir()
    make(file)
    store = SettingsStore(file)
    assert store.current == Settings()
    assert os.path.lexists(store.set_aside)
    store.update(theme=Theme.DARK)
    assert SettingsStore(file).current.theme is Theme.DARK
    for name in ("user.sqlite3", "yibao.log"):
        make(checksum_file(file.with_name(name)))
        assert stored_digest(file.with_name(name)) is None
    log = file.with_name("pipe.log")
    os.mkfifo(log)
    with pytest.raises(OSError, match=r"."):
        PrivateLog(log)


def test_a_file_from_before_a_setting_was_there_is_used_and_its_owner_is_no_newcomer(file):
    file.parent.mkdir()
    file.write_text('{"version": 1, "text_size": "elder", "theme": "light", "region": "310000"}')
    store = SettingsStore(file)
    assert store.set_aside is None
    expected = Settings(TextSize.ELDER, Theme.LIGHT, "310000", welcomed=True)
    assert store.current == expected
    assert not Settings().welcomed


def test_settings_that_cannot_be_written_do_not_change(tmp_path):
    (tmp_path / "file").write_text("x")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    with pytest.raises(DataError, match="存不下来"):
        store.update(theme=Theme.DARK)
    assert store.current == Settings()


def test_the_source_tree_is_its_own_bundle(monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "家"))
    found = resolve_paths()
    assert found.bundle == ROOT
    assert found.user == tmp_path / "家"
    assert found.seeds.is_dir()
    assert found.migrations.is_dir()
    assert found.dictionaries.is_dir()
    assert found.user_database.parent == found.settings.parent == found.log.parent == found.user


def test_a_packaged_build_finds_its_own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resolve_paths().content_database == tmp_path / "db" / "content.sqlite3"


def test_a_plain_folder_is_told_by_its_programs(monkeypatch, tmp_path):
    folder = tmp_path / "医保 指南"
    folder.mkdir()
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    assert resolve_paths().content_database == folder / "_internal" / "db" / "content.sqlite3"
    assert resolve_paths().user.name == "yibao-desktop"
    (folder / PORTABLE_MARKER).touch()
    assert resolve_paths().user == folder / "data"


def test_a_packaged_program_looks_where_it_lies_whatever_the_environment_says(
    portable, monkeypatch
):
    monkeypatch.setenv(FOLDER_VARIABLE, "/nowhere")
    assert resolve_paths().bundle == portable / "_internal"
    assert own_command("yibao_desktop.extract", "extract") == [str(portable / "yibao"), "extract"]


def test_processes_of_its_own_are_started_as_the_program_was(monkeypatch, tmp_path):
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    command = own_command("yibao_desktop.packs", "pack", "build")
    assert command == [sys.executable, "-m", "yibao_desktop.packs"]
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    command = own_command("yibao_desktop.packs", "pack", "build")
    assert command == [str(tmp_path / "yibao"), "pack", "build"]


def test_a_wheel_finds_its_bundle(monkeypatch, tmp_path):
    package = tmp_path / "yibao_desktop"
    (package / "_bundle").mkdir(parents=True)
    monkeypatch.setattr(paths_module, "__file__", str(package / "paths.py"))
    assert resolve_paths().bundle == package / "_bundle"


def test_without_the_variable_the_system_says_where(monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    assert resolve_paths().user.name == "yibao-desktop"


@pytest.fixture
def portable(monkeypatch, tmp_path) -> Path:
    """The folder of a packaged program with the file that makes it portable."""
    folder = tmp_path / "U 盘"
    folder.mkdir()
    (folder / PORTABLE_MARKER).touch()
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "yibao"))
    return folder


def test_what_is_the_users_lies_beside_a_portable_program(portable):
    found = resolve_paths()
    assert (found.user, found.refused) == (portable / "data", None)
    assert found.user.is_dir()


def test_where_that_cannot_be_written_the_users_own_folder_is_used(portable):
    (portable / "data").write_text("a file is in the way")
    found = resolve_paths()
    assert found.user.name == "yibao-desktop"
    assert found.refused == portable / "data"


def test_a_packaged_program_is_portable_only_with_the_file(portable):
    (portable / PORTABLE_MARKER).unlink()
    found = resolve_paths()
    assert (found.user.name, found.refused) == ("yibao-desktop", None)


def test_the_variable_comes_before_the_portable_folder(portable, monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "家"))
    assert resolve_paths().user == tmp_path / "家"
