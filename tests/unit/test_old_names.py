"""Folders and files whose names are no UTF-8, as the homes of old computers have them in GBK."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from yibao_desktop.bootstrap import open_services
from yibao_desktop.own_files import old_names_read
from yibao_desktop.paths import Paths
from yibao_desktop.store.backup import BackupFolder

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere names of files are Unicode"
)


@pytest.fixture
def old_home(tmp_path):
    home = tmp_path / os.fsdecode("老电脑".encode("gbk"))
    home.mkdir()
    return os.fsencode(home)


def yibao(home, *arguments):
    command = [sys.executable, "-m", "yibao_desktop.cli", *arguments]
    environment = {**os.environb, b"YIBAO_HOME": home + "/数据".encode("gbk")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_records_are_kept_backed_up_recovered_and_taken_along(bundle, old_home):
    home = Path(os.fsdecode(old_home))
    paths = Paths(bundle, home)
    services = open_services(paths)
    services.cases.start("e-card", "妈妈")
    services.close()
    assert len(BackupFolder(paths.user_database).all()) == 1
    paths.user_database.write_bytes(b"\0" * 5000)
    again = open_services(paths)
    assert "备份恢复" in again.news[0]
    assert [v.case.nickname for v in again.cases.open_cases()] == ["妈妈"]
    file = home / os.fsdecode("记录.json".encode("gbk"))
    again.records.export(file, again.settings.current)
    assert again.records.read_file(file).same == 1
    again.records.restore(again.records.backups()[0].name)
    again.close()


def test_the_content_may_lie_in_such_a_folder(bundle, old_home):
    home = Path(os.fsdecode(old_home))
    shutil.copytree(bundle, home / "bundle", symlinks=True)
    paths = Paths(home / "bundle", home)
    services = open_services(paths)
    assert services.search.search("卡丢了", 1).hits
    services.close()


def test_the_console_takes_such_names_and_shows_them(old_home):
    file = old_home + "/记录.json".encode("gbk")
    code, out, err = yibao(old_home, "export", file)
    assert (code, err) == (0, "")
    assert "老电脑/记录.json" in out
    code, out, _ = yibao(old_home, "import", file, "--json")
    assert code == 0
    code, out, _ = yibao(old_home, "export", old_home + b"/2.json", "--json")
    assert os.fsencode(json.loads(out)["file"]) == old_home + b"/2.json"
    code, _, err = yibao(old_home, "export", file)
    assert (code, "老电脑/记录.json" in err) == (2, True)


@pytest.mark.parametrize("name", ["老电脑", "記録簿", "乂丂丄", "ａb"])
def test_such_a_name_is_shown_within_a_text(name):
    """Also where the second byte of a character is a letter, as in 乂丂丄."""
    found = os.fsdecode(name.encode("gbk"))
    assert (
        old_names_read(f"写不到：/home/{found}/x（满了）。") == f"写不到：/home/{name}/x（满了）。"
    )
    assert old_names_read("妈妈的 abc") == "妈妈的 abc"


def test_texts_must_be_readable_all_the_same(old_home):
    code, _, err = yibao(old_home, "search", "卡丢了".encode("gbk"))
    assert (code, "认不出来的字" in err) == (2, True)
    code, _, err = yibao(old_home, "查".encode("gbk"))
    assert (code, "命令写得不对" in err) == (2, True)
