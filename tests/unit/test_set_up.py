"""`make` and build_spec/set-up.sh, with a Python that only notes what it is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT

NOTING_PYTHON = """#!/bin/sh
case "$*" in
"-m venv "*)
    echo "$*" >>"$NOTES"
    for venv; do :; done
    mkdir -p "$venv/bin"
    touch "$venv/pyvenv.cfg"
    cp "$0" "$venv/bin/python"
    ;;
esac
"""
NOTING_SET_UP = """#!/bin/sh
echo "begin $1" >>"$NOTES"
sleep 0.3
mkdir -p "$2"
touch "$2/$1.stamp"
echo "end $1" >>"$NOTES"
"""


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def notes(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "notes"
    path.touch()
    monkeypatch.setenv("NOTES", str(path))
    return path


@pytest.fixture
def set_up(tmp_path, notes, monkeypatch):
    """Run set-up.sh for a folder; what it had Python make."""
    program(tmp_path / "build_spec" / "system-packages.sh", "#!/bin/sh\n")
    script = shutil.copy(ROOT / "build_spec" / "set-up.sh", tmp_path / "build_spec")
    monkeypatch.setenv("PYTHON", str(program(tmp_path / "python", NOTING_PYTHON)))

    def call(venv: Path) -> list[str]:
        notes.write_text("")
        subprocess.run([script, "run", venv], check=True, capture_output=True)
        return notes.read_text().splitlines()

    return call


def test_an_environment_is_made_once(set_up, tmp_path):
    venv = tmp_path / "环境 venv"
    assert set_up(venv) == [f"-m venv {venv}"]
    assert (venv / "run.stamp").exists()
    assert set_up(venv) == []


def test_an_environment_whose_making_broke_off_is_made_anew(set_up, tmp_path):
    venv = tmp_path / "venv"
    program(venv / "bin" / "python", "#!/bin/sh\nexit 1\n")
    (venv / "pyvenv.cfg").touch()
    assert set_up(venv) == [f"-m venv --clear {venv}"]


def test_a_folder_that_is_no_environment_is_not_emptied(set_up, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert set_up(folder) == [f"-m venv {folder}"]


def test_two_set_ups_never_run_at_the_same_time(tmp_path, notes):
    shutil.copy(ROOT / "Makefile", tmp_path)
    program(tmp_path / "build_spec" / "set-up.sh", NOTING_SET_UP)
    for name in (
        "pyproject.toml",
        "build_spec/system-packages.sh",
        "build_spec/requirements-run.lock",
        "build_spec/requirements-test.lock",
    ):
        (tmp_path / name).touch()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "-j2", ".venv/test.stamp", ".venv/run.stamp"],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = notes.read_text().splitlines()
    assert lines
    assert all(
        b.split() == ["end", a.split()[1]] for a, b in zip(lines[::2], lines[1::2], strict=True)
    )


BACKEND = """
import zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "program-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{wheel_directory}/{name}", "w") as wheel:
        wheel.writestr("program-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: program\\nVersion: 1.0\\n")
        wheel.writestr("program-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("program-1.0.dist-info/RECORD", "")
    return name
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "program"
version = "1.0"
"""


@dataclass(frozen=True)
class Index:
    """A folder of tiny packages, as pip looks for them."""

    folder: Path

    def publish(self, name: str, version: str, *requires: str, extras: tuple[str, ...] = ()) -> str:
        """Put a package there; its line for a lock."""
        about = f"{name}-{version}.dist-info"
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        lines += [f"Provides-Extra: {extra}" for extra in extras]
        lines += [f"Requires-Dist: {required}" for required in requires]
        path = self.folder / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(f"{about}/METADATA", "\n".join([*lines, ""]))
            wheel.writestr(
                f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{about}/RECORD", "")
        return f"{name}=={version} --hash=sha256:{sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def index(tmp_path, monkeypatch) -> Index:
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return Index(folder)


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Run set-up.sh on a lock with a real Python and a real pip."""
    program(tmp_path / "build_spec" / "system-packages.sh", "#!/bin/sh\n")
    script = shutil.copy(ROOT / "build_spec" / "set-up.sh", tmp_path / "build_spec")
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    monkeypatch.setenv("PYTHON", sys.executable)

    def call(*lock: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "build_spec" / "requirements-run.lock").write_text("".join(lock))
        command = [script, "run", tmp_path / "venv"]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    return call


@pytest.mark.slow
def test_a_newer_release_on_the_index_does_not_get_in_the_way_of_a_lock(index, install, tmp_path):
    """pip resolves what stands behind an extra to the newest release, which no lock can name."""
    lock = [
        index.publish("tests", "1.0", "cover[toml]>=1"),
        index.publish("cover", "1.0", "parser; extra == 'toml'", extras=("toml",)),
        index.publish("parser", "1.0"),
    ]
    index.publish("cover", "2.0", "parser>=2; extra == 'toml'", extras=("toml",))
    index.publish("parser", "2.0")
    done = install(*lock)
    assert done.returncode == 0, done.stderr
    there = {path.name for path in (tmp_path / "venv").rglob("*.dist-info")}
    assert {"tests-1.0.dist-info", "cover-1.0.dist-info", "parser-1.0.dist-info"} <= there


@pytest.mark.slow
def test_a_lock_that_lacks_something_is_told(index, install, tmp_path):
    index.publish("parser", "1.0")
    done = install(index.publish("tests", "1.0", "parser"))
    assert done.returncode == 1
    assert "锁定的清单不完整" in done.stderr
    assert not (tmp_path / "venv" / "run.stamp").exists()


def test_every_lock_is_installed_without_resolving():
    """Wherever a lock is installed: the set-up and the hosted runners."""
    for path in (*ROOT.glob("build_spec/**/*.sh"), *ROOT.glob(".github/workflows/*.yml")):
        for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
            if ".lock" in line and "pip install" in line:
                assert "--no-deps" in line, f"{path.name}: {line.strip()}"
