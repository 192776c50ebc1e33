"""The packaged build works alone: odd folder, no Python on PATH, source tree out of reach."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.data.packs import walk_in
from tests.packaging.conftest import package

pytestmark = [pytest.mark.package, pytest.mark.xdist_group("packaged")]

NO_ZONES = {"PYTHONTZPATH": ""}
"""A system without a time zone database: a small Ubuntu has none."""

HIDE = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A command prefix under which the source tree is an empty folder; none where this cannot be."""
    empty = tmp_path_factory.mktemp("empty")
    for unshare in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        prefix = [*unshare, "sh", "-c", HIDE, "sh", str(empty), str(ROOT)]
        probe = subprocess.run(
            [*prefix, "ls", str(ROOT)], capture_output=True, text=True, check=False
        )
        if probe.returncode == 0 and not probe.stdout:
            return prefix
    return []


def run(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/nonexistent", "HOME": str(home), "LANG": "C.UTF-8", **NO_ZONES}
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


def test_the_self_test_passes_without_the_source_tree(folder, hidden, tmp_path):
    environment = {"HOME": str(tmp_path), "PATH": "/nonexistent", "LANG": "C.UTF-8", **NO_ZONES}
    clean = ["/usr/bin/env", "-i", *(f"{k}={v}" for k, v in environment.items())]
    done = subprocess.run(
        [*hidden, *clean, str(folder / "yibao-desktop"), "--self-test"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "自检通过" in done.stdout
    assert "坏" not in done.stdout
    assert "out of range" not in done.stderr


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


def test_content_packs_are_made_and_installed_by_it_alone(folder, tmp_path):
    """Keys, signatures and the process of its own that builds the content."""
    walk_in(lambda *said: run([str(folder / "yibao"), *said], tmp_path).stdout, tmp_path)


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


def files(folder: Path) -> dict[str, Path]:
    found = (p for p in folder.rglob("*") if p.is_file() or p.is_symlink())
    return {p.relative_to(folder).as_posix(): p for p in found}


def test_it_is_no_larger_than_need_be(folder):
    size = sum(p.stat().st_size for p in files(folder).values() if not p.is_symlink())
    assert size <= 226e6
    assert all(p.exists() for p in files(folder).values()), "links that lead nowhere"


def test_only_what_is_used_of_the_libraries_is_in_it(folder):
    names = " ".join(files(folder))
    for unused in (
        "libgtk",
        "Quick",
        "Qml",
        "sqldrivers",
        "lac_small",
        "posseg",
        "_ssl.cpython",
        "qgtk3",
        "numpy/random",
        "numpy/ma/",
        "_multiarray_tests",
        "dialects/postgresql",
    ):
        assert unused not in names
    plugins = {p.name for n, p in files(folder).items() if "/plugins/" in n}
    for used in ("libqxcb.so", "libqwayland.so", "libqoffscreen.so", "libqsvg.so", "libqsvgicon.so",
                 "libibusplatforminputcontextplugin.so", "libcupsprintersupport.so",
                 "libqtexttospeech_speechd.so"):  # fmt: skip
        assert used in plugins
    translations = [n for n in files(folder) if n.endswith(".qm")]
    assert [Path(n).name for n in translations] == ["qtbase_zh_CN.qm"]


def test_the_licences_of_what_is_carried_along_are_in_it(folder):
    texts = {p.stem: p for p in (folder / "_internal" / "licences").iterdir()}
    assert texts.keys() >= {"Qt", "Python", "PySide6_Essentials", "SQLAlchemy", "jieba", "cattrs",
                            "pypdfium2", "python-calamine", "ofdkit"}  # fmt: skip
    assert "LESSER GENERAL PUBLIC LICENSE" in texts["Qt"].read_text().upper()
    assert all(p.stat().st_size > 5 for p in texts.values())
    shown = (folder / "_internal" / "resources" / "licences.txt").read_text(encoding="utf-8")
    for name in ("Qt", "Python", "PySide6", "SQLAlchemy", "jieba", "cattrs", "Lucide"):
        assert name in shown


def test_it_measures_its_start(folder, tmp_path):
    environment = {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [str(folder / "yibao-desktop"), "--measure-startup"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["rss_mb"] > 20


def test_with_the_marker_the_users_data_lie_beside_it(folder, tmp_path):
    marker = folder / "portable"
    marker.touch()
    try:
        found = json.loads(run([str(folder / "yibao"), "doctor", "--json"], tmp_path).stdout)
    finally:
        marker.unlink()
        shutil.rmtree(folder / "data", ignore_errors=True)
    assert str(folder / "data") in [f["value"] for f in found]


def test_the_same_sources_give_the_same_build(folder, tmp_path_factory):
    again = package(tmp_path_factory.mktemp("again"))

    def sums(build: Path) -> dict[str, str]:
        return {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in files(build).items()}

    assert sums(again) == sums(folder)
