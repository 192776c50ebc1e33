"""The packages for old systems, made of a small folder that is laid out as the plain one is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from yibao_desktop import __version__

SCRIPTS = ROOT / "build_spec"
UOS = "io.github.yibao.yibao-desktop"

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="there is no dpkg here")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two programs, an interpreter, and a part the program does without."""
    folder = tmp_path_factory.mktemp("plain") / "yibao-desktop"
    interpreter = folder / "_internal" / "python" / "bin" / "python3.11"
    interpreter.parent.mkdir(parents=True)
    shutil.copy("/bin/true", interpreter)
    for program in ("yibao", "yibao-desktop"):
        (folder / program).write_text("#!/bin/sh\n")
    shutil.copy("/bin/true", folder / "_internal" / "libwayland-part.so")
    return folder


@pytest.fixture(scope="module")
def packages(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Kylin's and UOS's, by their names."""
    out = tmp_path_factory.mktemp("debs")
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "make_deb_old.py"), "aarch64", str(folder), str(out)],
        env=os.environ | {"YIBAO_COMPRESSION": "1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    made = [Path(line) for line in done.stdout.split()]
    return {path.name.partition("_")[0]: path for path in made}


def field(package: Path, name: str) -> str:
    done = subprocess.run(
        ["dpkg-deb", "--field", str(package), name], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def unpacked(package: Path, target: Path) -> Path:
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(target)], check=True)
    return target


def test_they_give_way_to_the_package_for_newer_systems(packages):
    assert packages.keys() == {"yibao-desktop", UOS}
    for package in packages.values():
        assert field(package, "Architecture") == "arm64"
        old = field(package, "Version")
        older = ["dpkg", "--compare-versions", old, "lt", __version__]
        assert subprocess.run(older, check=False).returncode == 0
        assert "libc6 (>= 2.31)" in field(package, "Depends")


def test_kylins_lies_where_debians_does(packages, tmp_path):
    root = unpacked(packages["yibao-desktop"], tmp_path / "kylin")
    assert (root / "usr/bin/yibao").readlink() == Path("../lib/yibao-desktop/yibao")
    assert (root / "usr/bin/yibao-desktop").resolve().is_file()
    entry = (root / "usr/share/applications/yibao-desktop.desktop").read_text(encoding="utf-8")
    assert "\nExec=yibao-desktop %u\n" in entry
    for program in ("yibao", "yibao-desktop", "_internal/python/bin/python3.11"):
        assert os.access(root / "usr/lib/yibao-desktop" / program, os.X_OK)


def test_uoss_lies_in_one_folder_and_runs_nothing_when_it_is_installed(packages, tmp_path):
    root = unpacked(packages[UOS], tmp_path / "uos")
    assert {p.name for p in (root / "DEBIAN").iterdir()} == {"control", "md5sums"}
    place = root / "opt" / "apps" / UOS
    assert {p.name for p in root.iterdir()} == {"DEBIAN", "opt"}
    assert {p.name for p in place.iterdir()} == {"info", "entries", "files"}
    told = json.loads((place / "info").read_text(encoding="utf-8"))
    assert (told["appid"], told["version"], told["arch"]) == (UOS, __version__, ["arm64"])
    assert set(told["permissions"].values()) == {False}
    entry = (place / "entries/applications" / f"{UOS}.desktop").read_text(encoding="utf-8")
    asked = [
        line.split("=", 1) for line in entry.splitlines() if line.startswith(("Exec=", "Icon="))
    ]
    assert len(asked) == 5
    for _, value in asked:
        assert (root / value.split()[0].lstrip("/")).is_file()
    text = (place / "entries/metainfo" / f"{UOS}.metainfo.xml").read_text(encoding="utf-8")
    assert f">{UOS}.desktop<" in text
    text = (place / "entries/doc" / UOS / "copyright").read_text(encoding="utf-8")
    assert f"Files: opt/apps/{UOS}/files/_internal/resources/fonts/*" in text


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="its checker is not here")
def test_the_menu_entries_are_well(packages, tmp_path):
    for name, package in packages.items():
        root = unpacked(package, tmp_path / name)
        (entry,) = root.rglob("*.desktop")
        subprocess.run(["desktop-file-validate", str(entry)], check=True)


def test_a_library_nobody_knows_a_package_of_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import make_deb_old

    monkeypatch.setattr(make_deb_old, "PACKAGES", {})
    shutil.copy("/bin/true", tmp_path / "program")
    with pytest.raises(SystemExit, match=r"libc\.so\.6"):
        make_deb_old.needs("x86_64", tmp_path, tmp_path)


def test_a_library_of_the_system_must_have_what_qt_calls(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import elf
    import make_deb_old
    import PySide6

    library = Path(PySide6.__path__[0]) / "Qt" / "lib" / "libQt6Gui.so.6"
    shutil.copy(library, tmp_path)
    for carried in elf.needed([library]) - make_deb_old.PACKAGES.keys():
        (tmp_path / carried).touch()
    must, _should = make_deb_old.needs("x86_64", tmp_path, tmp_path)
    assert "libfreetype6 (>= 2.9)" in must.split(", ")
