"""The console's way to the user's records, and what it says of damage and bugs."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from yibao_desktop.cli import main
from yibao_desktop.paths import Paths


def test_records_are_exported_looked_at_and_read_in(paths, services, tmp_path, capsys):
    services.cases.start("e-card", "妈妈")
    services.close()
    file = tmp_path / "记录.json"
    assert main(["export", str(file)]) == 0
    assert "办理 1 件" in capsys.readouterr().out
    assert main(["export", str(file)]) == 2
    assert "已经有这个文件" in capsys.readouterr().err
    shutil.rmtree(paths.user)
    assert main(["import", str(file), "--preview", "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["done"], [new["nickname"] for new in seen["new"]]) == (False, ["妈妈"])
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr().out == "读入了：办理 1 件（妈妈），收藏 0 个。\n"
    assert main(["import", str(file)]) == 0
    assert "一模一样的：1 件" in capsys.readouterr().out
    assert main(["backups", "--json"]) == 0
    backups = json.loads(capsys.readouterr().out)
    assert [c["nickname"] for b in backups for c in b["cases"]][:1] == ["妈妈"]
    assert main(["backups"]) == 0
    assert "办理 1 件（妈妈），收藏 0 个" in capsys.readouterr().out


def test_without_a_backup_it_says_how_one_comes(paths, capsys):
    assert main(["backups"]) == 0
    assert "还没有备份" in capsys.readouterr().out


def test_a_file_that_is_no_export_is_refused(paths, tmp_path, capsys):
    (tmp_path / "x.json").write_text("{}")
    assert main(["import", str(tmp_path / "x.json")]) == 2
    assert "不是医保指南导出的记录" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "none.json")]) == 1


def test_damaged_content_is_replaced_and_told(paths, tmp_path, capsys, monkeypatch):
    bundle = Path(shutil.copytree(paths.bundle, tmp_path / "bundle", symlinks=True))
    spoilt = bundle / "db" / "content.sqlite3"
    spoilt.write_bytes(b"spoilt")
    monkeypatch.setattr("yibao_desktop.cli.resolve_paths", lambda: Paths(bundle, paths.user))
    assert main(["search", "卡丢了", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["results"]
    assert "备用" in told.err


def test_a_bug_is_written_down_without_what_was_typed(paths, monkeypatch, capsys):
    private = "妈妈的受理编号 2025-0423"

    def fail(*_):
        raise ValueError(private)

    monkeypatch.setattr("yibao_desktop.cli.ContentServices", fail)
    assert main(["topics"]) == 1
    log = paths.log.read_text(encoding="utf-8")
    assert "ValueError" in log
    assert Path(__file__).name in log
    assert "妈妈" not in log
    assert "0423" not in log
    assert stat.S_IMODE(paths.log.stat().st_mode) == 0o600


@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may read anything here"
)
def test_records_that_may_not_be_read_are_not_exported(paths, services, tmp_path):
    services.cases.start("e-card", "妈妈")
    services.close()
    file = tmp_path / "好的.json"
    assert main(["export", str(file)]) == 0
    before = file.read_bytes()
    paths.user_database.chmod(0)
    for part in ("-wal", "-shm", ".sha256"):
        paths.user_database.with_name(f"user.sqlite3{part}").unlink(missing_ok=True)
    ordinary = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
    yibao = [*(ordinary if os.geteuid() == 0 else []), sys.executable, "-m", "yibao_desktop.cli"]
    for arguments in (["export", str(tmp_path / "new.json")], ["backups"], ["export", str(file)]):
        done = subprocess.run(
            [*yibao, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 1
        assert "读不出来" in done.stderr
        assert "Traceback" not in done.stderr
    assert file.read_bytes() == before
    assert not (tmp_path / "new.json").exists()
    paths.user_database.chmod(0o600)
    assert main(["export", str(tmp_path / "new.json")]) == 0
    assert "妈妈" in (tmp_path / "new.json").read_text(encoding="utf-8")


def test_settings_are_taken_in_only_if_asked(paths, services, tmp_path, capsys):
    services.settings.update(text_size="elder", region="320000")
    services.close()
    file = tmp_path / "x.json"
    assert main(["export", str(file)]) == 0
    shutil.rmtree(paths.user)
    capsys.readouterr()
    assert main(["import", str(file)]) == 0
    assert "2 样设置跟这里不一样，没有动" in capsys.readouterr().out
    assert not paths.settings.exists()
    assert main(["import", str(file), "--settings", "--preview", "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["settings"], seen["settings_taken"]) == (
        {"text_size": "elder", "region": "320000"},
        False,
    )
    assert not paths.settings.exists()
    assert main(["import", str(file), "--settings"]) == 0
    assert "设置也换过来了：2 样" in capsys.readouterr().out
    assert json.loads(paths.settings.read_text())["text_size"] == "elder"
