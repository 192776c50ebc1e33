"""How long the window takes to open, beside a bare one in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.report import Row, megabytes, speed
from tests.conftest import ROOT
from yibao_desktop.paths import HOME_VARIABLE

WINDOW_GOAL = 1 / 1.5
"""The window is painted after at most one and a half times what a bare window takes."""

READY_GOAL = 1 / 3.5
"""The tree is painted and a first search answered after at most so many times that."""

MEMORY_GOAL = 1 / 2.5
"""It holds at most so many times the memory of a bare window."""

SOURCE = (sys.executable, "-m", "yibao_desktop")
BARE_SOURCE = (sys.executable, str(ROOT / "tests" / "benchmarks" / "bare_window.py"))

Took = Mapping[str, float]


def measure(ours: Sequence[str], bare: Sequence[str], folder: Path, runs: int) -> list[Row]:
    """Start both so many times, in turn; the first start, which fills caches, is not counted."""
    took: tuple[list[Took], list[Took]] = ([], [])
    for run in range(runs + 1):
        for kept, command in zip(took, ([*ours, "--measure-startup"], bare), strict=True):
            measured = _start(command, folder)
            if run:
                kept.append(measured)
    return _rows(*took)


def _rows(ours: Sequence[Took], bare: Sequence[Took]) -> list[Row]:
    def half(took: Sequence[Took], what: str) -> float:
        return median(t[what] for t in took)

    reference = half(bare, "window_ms") / 1000
    held, least = half(ours, "rss_mb"), half(bare, "rss_mb")
    memory = Row(
        "memory", megabytes(held * 1e6), megabytes(least * 1e6), least / held,
        ("less", "more"), MEMORY_GOAL,
    )  # fmt: skip
    return [
        speed("window painted", half(ours, "window_ms") / 1000, reference, WINDOW_GOAL),
        speed(
            "tree painted, question answered", half(ours, "ready_ms") / 1000, reference, READY_GOAL
        ),
        memory,
    ]


def _start(command: Sequence[str], folder: Path) -> Took:
    environment = os.environ | {HOME_VARIABLE: str(folder), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # only the very first start compiles
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    took: Took = json.loads(done.stdout)
    return took
