"""What the self-test says where something is wrong; packaged builds are told by it as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.patience import PATIENCE_S

ONE_CHECK = """
import sys
from pathlib import Path
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program.self_test import _SelfTest, run_self_test
_SelfTest.checks = lambda test: [("您的文件夹", test._own_folder)]
sys.exit(run_self_test(Paths(*map(Path, sys.argv[1:]))))
"""


def _tried(bundle: Path, own: Path) -> subprocess.CompletedProcess[str]:
    """The self-test with this check alone, in a program of its own."""
    return subprocess.run(
        [sys.executable, "-c", ONE_CHECK, bundle, own],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )


def test_a_folder_where_nothing_can_be_kept_is_told(bundle):
    done = _tried(bundle, Path("/dev/null/.local/share/yibao-desktop"))
    assert done.returncode == 1
    said = "坏  您的文件夹：/dev/null/.local/share/yibao-desktop 写不进去\n自检没有通过：1 项"
    assert said in done.stdout


def test_one_that_will_be_made_is_well(bundle, tmp_path):
    done = _tried(bundle, tmp_path / "家" / "医保")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("自检通过\n")
