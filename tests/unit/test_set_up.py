"""`make` and build_spec/set-up.sh, with a Python that only notes what it is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
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
