"""What is packaged for old systems: what goes in, and that nothing asks for more than they have."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPTS = ROOT / "build_spec"
OLD = SCRIPTS / "old"


@pytest.fixture
def scripts(monkeypatch) -> Path:
    """The scripts of the build can be imported."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return SCRIPTS


@pytest.mark.parametrize(
    "name",
    [
        "json/decoder.py",
        "lib-dynload/_hashlib.cpython-311-x86_64-linux-gnu.so",
        "PySide6/__init__.py",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/libpyside6.abi3.so.6.9",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "jieba/dict.txt",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "tzdata/zoneinfo/UTC",
        "pyside6_essentials-6.9.3.dist-info/METADATA",
        "sqlalchemy/orm/session.py",
    ],
)
def test_what_is_used_goes_in(scripts, name):
    import make_folder

    assert make_folder.is_taken(name)


@pytest.mark.parametrize(
    "name",
    [
        "test/test_json.py",
        "lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "ssl.py",
        "tkinter/__init__.py",
        "PySide6/QtQml.abi3.so",
        "PySide6/QtNetwork.pyi",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/lib/libQt6Core.so.6",  # libraries are taken where something asks for them
        "PySide6/Qt/qml/QtQuick/qmldir",
        "jieba/lac_small/predict.py",
        "numpy/random/mtrand.so",
        "numpy/_core/tests/test_dtype.py",
        "tzdata/zoneinfo/Asia/Shanghai",
        "attrs-26.1.0.dist-info/METADATA",
        "pyside6_essentials-6.9.3.dist-info/RECORD",
    ],
)
def test_what_is_not_used_stays_out(scripts, name):
    import make_folder

    assert not make_folder.is_taken(name)


def test_a_file_that_asks_for_more_than_the_oldest_system_has_is_named(scripts, tmp_path):
    import elf

    program = Path(shutil.copy(sys.executable, tmp_path / "program"))
    needed = elf.required(program)["GLIBC"]
    assert needed > (2, 2)
    assert elf.above(tmp_path, {"GLIBC": needed, "GLIBCXX": (3, 4)}) == []
    version = ".".join(map(str, needed))
    assert elf.above(tmp_path, {"GLIBC": (2, 2)}) == [f"program: GLIBC_{version}"]


def locked(architecture: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "platform_lock.py"), architecture],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = re.findall(
        r"^(\S+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", done.stdout, re.M
    )
    assert len(found) == done.stdout.count("==")
    return {name.lower(): version for name, version, _hashes in found}


@pytest.mark.parametrize("system", ["x86_64", "aarch64", "windows"])
def test_every_system_gets_all_that_the_program_takes_in_one_version(system):
    found = locked(system)
    run = (
        (ROOT / "pyproject.toml").read_text().partition("\ndependencies = [")[2].partition("\n]")[0]
    )
    asked = {name.lower() for name in re.findall(r'"([A-Za-z0-9_-]+)', run)}
    assert len(asked) >= 15
    assert asked | {"shiboken6", "typing-extensions", "tzdata"} <= found.keys()
    same = {found[name] for name in ("pyside6-addons", "pyside6-essentials", "shiboken6")}
    assert len(same) == 1
    assert ("hatchling" in found) == (system == "windows")


def test_old_qt_is_tried_in_the_versions_that_are_packaged():
    tried = re.search(r"^OLD_QT \?= (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert tried
    packaged = {locked(system)["shiboken6"] for system in ("x86_64", "aarch64", "windows")}
    assert packaged == set(tried[1].split())


@pytest.mark.parametrize("name", ["sources.txt", "xcb-x86_64.txt", "xcb-aarch64.txt"])
def test_whatever_is_downloaded_is_pinned(name):
    lines = [line for line in (OLD / name).read_text().splitlines() if not line.startswith("#")]
    assert len(lines) >= 9
    for line in lines:
        assert re.fullmatch(r"[0-9a-f]{64} http://deb\.debian\.org/\S+", line)


def tools(script: str, begins: str) -> set[str]:
    """The programs a script looks for, in the loop that begins so."""
    listed = re.search(rf"{re.escape(begins)}(.*?); do", script, re.S)
    assert listed
    named = re.findall(r'"(\S+) \S+"', listed[1]) or listed[1].split()
    assert len(named) >= 5
    return set(named)


def test_a_clean_system_is_given_every_program_that_the_interpreter_is_made_with():
    building = (OLD / "build-python.sh").read_text()
    packages = (SCRIPTS / "system-packages.sh").read_text()
    wanted = tools(building, "for tool in ")
    given = tools(packages, 'if [ "${1:-run}" = old ]; then\n    for tool in ')
    assert wanted <= given
    unpackers = {".gz": "make", ".bz2": "bzip2", ".xz": "xz"}  # every system has gzip
    packed = {Path(line).suffix for line in (OLD / "sources.txt").read_text().splitlines()[2:]}
    assert {unpackers[suffix] for suffix in packed} <= wanted
