"""The packaged build works alone: odd folder, no Python on PATH, source tree out of reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.package

HIDE = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packaged build, moved to where nobody would build it."""
    work = tmp_path_factory.mktemp("pyinstaller")
    made = subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
            "--distpath", str(work / "dist"), "--workpath", str(work / "build"),
            str(ROOT / "build_spec" / "yibao-desktop.spec"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-3000:]
    target = work / "医保 指南 é"
    target.mkdir()
    return Path(shutil.move(work / "dist" / "yibao-desktop", target))


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A command prefix under which the source tree is an empty folder."""
    empty = tmp_path_factory.mktemp("empty")
    for unshare in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        prefix = [*unshare, "sh", "-c", HIDE, "sh", str(empty), str(ROOT)]
        probe = subprocess.run(
            [*prefix, "ls", str(ROOT)], capture_output=True, text=True, check=False
        )
        if probe.returncode == 0 and not probe.stdout:
            return prefix
    pytest.skip(f"cannot hide the source tree here: {probe.stderr.strip()}")


def run(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/nonexistent", "HOME": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["/usr/bin/env", "-i", *(f"{k}={v}" for k, v in environment.items()), *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


def test_the_self_test_passes(folder, tmp_path):
    out = run([str(folder / "yibao-desktop"), "--self-test"], tmp_path).stdout
    assert "自检通过" in out
    assert "坏" not in out


def test_the_self_test_passes_without_the_source_tree(folder, hidden, tmp_path):
    program = shutil.which(hidden[0])
    assert program
    command = [program, *hidden[1:], "/usr/bin/env", "-i", f"HOME={tmp_path}", "PATH=/nonexistent"]
    done = subprocess.run(
        [*command, str(folder / "yibao-desktop"), "--self-test"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "自检通过" in done.stdout


def test_the_console_command_does_everything(folder, tmp_path):
    def yibao(*arguments: str) -> str:
        return run([str(folder / "yibao"), *arguments], tmp_path).stdout

    assert json.loads(yibao("search", "卡丢了怎么办", "--json"))["match"] == "direct"
    ids = [t["id"] for t in json.loads(yibao("topics", "--json"))]
    assert json.loads(yibao("show", ids[0], "--json"))["id"] == ids[0]
    for procedure in json.loads(yibao("procedures", "--json")):
        assert json.loads(yibao("plan", procedure["id"], "--json"))["steps"]
    assert len(json.loads(yibao("sources", "--json"))) == 188
    assert "走过的回答方式" in yibao("check")
    assert str(tmp_path) in yibao("build", "--out", str(tmp_path / "out.sqlite3"))
    assert all(f["well"] for f in json.loads(yibao("doctor", "--json")))


def test_nothing_of_this_machine_is_in_it(folder):
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    assert not [n for n in names if "tests/" in n or n.endswith(".lock")]
    for name in ("content.sqlite3", "content.sqlite3.sha256", "content.sqlite3.xz"):
        assert (folder / "_internal" / "db" / name).is_file()
    assert os.access(folder / "yibao", os.X_OK)


def test_chinese_can_be_typed_and_pages_read_aloud(folder):
    plugins = {p.name for p in folder.rglob("plugins/*/*.so")}
    assert "libibusplatforminputcontextplugin.so" in plugins
    assert "libqtexttospeech_speechd.so" in plugins
