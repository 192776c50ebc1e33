"""One packaged build for all tests of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def package(work: Path) -> Path:
    """A packaged build made within a folder."""
    made = subprocess.run(
        [
            sys.executable, str(ROOT / "build_spec" / "make_package.py"),
            str(work / "dist"), str(work / "build"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-3000:]
    return work / "dist" / "yibao-desktop"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packaged build, moved to where nobody would build it."""
    work = tmp_path_factory.mktemp("pyinstaller")
    target = work / "医保 指南 é"
    target.mkdir()
    return Path(shutil.move(package(work), target))
