"""A copied tree, in which files may be spoilt, and the tests run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.built_content import ROOT, built_content

FORKER = Path(__file__).with_name("forker.py")

MOST_TESTS = 80
"""So many tests are asked about a fault at most: those that run the fewest lines besides."""

COPIED = (
    "yibao_desktop",
    "resources",
    "seeds",
    "db",
    "tests",
    "build_spec",
    "pyproject.toml",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "README.md",
    "Makefile",
)


class Trial:
    """One tree, with a process that runs tests in it.

    Attributes:
        tree: its folder.
    """

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        tree.mkdir()
        for name in COPIED:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, tree / name)
        self._forker = subprocess.Popen(
            [sys.executable, str(FORKER)],
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # a fork has but one thread
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """Let the process end."""
        self._forker.communicate()

    def finds(self, tests: list[str]) -> bool:
        """Whether all of these are there: one that is not would seem to notice everything."""
        return self._run(["--collect-only", *tests]) == 0

    def notices(self, file: str, spoilt: str, tests: list[str]) -> bool:
        """Whether one of the tests fails with a file spoilt, or does not come to an end."""
        place = self.tree / file
        sound = place.read_bytes()
        try:
            place.write_text(spoilt, encoding="utf-8")
            return self._run(tests[:MOST_TESTS]) != 0
        finally:
            place.write_bytes(sound)

    def _run(self, arguments: list[str]) -> int:
        assert self._forker.stdin
        assert self._forker.stdout
        request = (str(self.tree), str(built_content()), arguments)
        self._forker.stdin.write(json.dumps(request) + "\n")
        self._forker.stdin.flush()
        return int(self._forker.stdout.readline())
