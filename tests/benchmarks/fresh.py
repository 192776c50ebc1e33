"""A process of its own for what is measured, which prints what it found as its last line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import ROOT


def told(
    command: Sequence[str], folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Any:
    """What a program printed last, as JSON.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: in place of this process's.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = f"{done.stdout[-2000:]}{done.stderr[-4000:]}"
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return json.loads(done.stdout.splitlines()[-1])


def measured(module: str, *arguments: str) -> Any:
    """What a module of the benchmarks printed last, run without a screen."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    return told(command, environment=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
