"""Walks every screen in one way after the other, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.screens.combinations import Looks

PICTURES = ROOT / "build" / "screens"
"""Where the pictures are kept; not part of the source."""


def walk(looks: Looks, bundle: Path, pictures: Path = PICTURES) -> dict[str, list[str]]:
    """Every screen's name with what is wrong with it."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(looks.scale),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.screens.walk", str(bundle), str(pictures), looks.name],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, list[str]] = json.loads(done.stdout)
    return seen
