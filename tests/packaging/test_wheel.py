"""The wheel carries everything: installed in an empty environment it works from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.package

LOCK = ROOT / "build_spec" / "requirements-run.lock"


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(c) for c in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment with the wheel and what it depends on."""
    venv = tmp_path_factory.mktemp("环境") / "venv"
    run(sys.executable, "-m", "venv", venv)
    pip = [
        venv / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    run(*pip, "--no-compile", "--require-hashes", "--use-pep517", "-r", LOCK)
    run(*pip, "--no-compile", "--no-deps", wheel)
    return venv / "bin"


def test_everything_is_in_it(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    bundle = "yibao_desktop/_bundle/"
    for needed in (
        "db/content.sqlite3",
        "db/content.sqlite3.sha256",
        "db/content.sqlite3.xz",
        "db/migrations/0001_initial.sql",
        "db/migrations/0002_stages_and_folders.sql",
        "resources/fonts/YibaoSans-Regular.otf",
        "resources/themes/app.qss",
        "resources/icons/house.svg",
        "resources/void-keys.txt",
        "seeds/sources.yaml",
    ):
        assert bundle + needed in names
    assert not [n for n in names if n.startswith(("tests/", "build_spec/")) or n.endswith(".pyc")]


def test_both_programs_work_from_any_folder(installed, tmp_path):
    folder = tmp_path / "别的 文件夹"
    folder.mkdir()
    environment = {"PATH": os.defpath, "YIBAO_HOME": str(tmp_path / "家"), "HOME": str(tmp_path)}

    def program(name: str, *arguments: str) -> str:
        return run(installed / name, *arguments, cwd=folder, env=environment).stdout

    found = json.loads(program("yibao", "search", "卡丢了怎么办", "--json"))
    assert found["results"][0]["id"] == "card-replacement"
    assert "主题：" in program("yibao", "check")
    assert "内容库：" in program("yibao", "build", "--out", str(tmp_path / "out.sqlite3"))
    doctor = json.loads(program("yibao", "doctor", "--json"))
    assert all(f["well"] for f in doctor)
    assert str(ROOT) not in json.dumps(doctor)
    assert "自检通过" in program("yibao-desktop", "--self-test")
    assert "$ yibao topics" in program("yibao-desktop")
