"""Which tests run a line, measured once for each state of the sources and kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from tests.built_content import CONTENT_VARIABLE, ROOT, built_content, digest_of

ROOMS = {
    "domain": ("domain", "packs", "services"),
    "search": ("search",),
    "services": ("services",),
    "store": ("store", "services"),
}
"""The core, as folders of ``yibao_desktop``, and the folders of ``tests/unit`` that judge each."""

KEPT = ROOT / "build" / "mutants"
SETTINGS = """[run]
source = yibao_desktop/{room}
parallel = true
"""

Lines = dict[int, list[str]]
"""Tests by the lines they run, those first that run the fewest lines besides."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the tests run, by file."""

    files: dict[str, Lines]

    def of(self, file: str, line: int) -> list[str]:
        """The tests that run a line."""
        return self.files.get(file, {}).get(line, [])


def measured(tree: Path, rooms: set[str]) -> Measured:
    """Run the tests of rooms in a copied tree, unless that was done with these very sources."""
    sources = digest_of(("yibao_desktop", "tests/unit", "tests/data", "seeds", "resources"))
    KEPT.mkdir(parents=True, exist_ok=True)
    files: dict[str, Lines] = {}
    for room in sorted(rooms):
        kept = KEPT / f"{room}-{sources}.json"
        if not kept.exists():
            for old in KEPT.glob(f"{room}-*.json"):
                old.unlink()
            found = _measure(tree, room)
            kept.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        for file, lines in json.loads(kept.read_text(encoding="utf-8")).items():
            files[file] = {int(line): tests for line, tests in lines.items()}
    return Measured(files)


def _measure(tree: Path, room: str) -> dict[str, Lines]:
    settings = tree / "coverage.ini"
    settings.write_text(SETTINGS.format(room=room), encoding="utf-8")
    folders = [f"tests/unit/{folder}" for folder in ROOMS[room]]
    spread = ["-n", "2", "--dist", "loadfile", "-q", "-x", "-m", "not slow"]
    quietly = ["-p", "no:randomly", "-p", "no:cacheprovider"]
    covered = ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *spread, *quietly, *covered, *folders],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), CONTENT_VARIABLE: str(built_content())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"The tests fail before anything is spoilt:\n{done.stdout[-3000:]}")
    return _by_weight(_contexts(tree))


def _contexts(tree: Path) -> dict[str, dict[int, set[str]]]:
    """Names of tests by file and line; what runs at the import is run by all tests of the file."""
    data = CoverageData(str(tree / ".coverage"))
    data.read()
    found = {}
    for path in data.measured_files():
        lines = {
            line: {context.partition("|")[0] for context in contexts} - {""}
            for line, contexts in data.contexts_by_lineno(path).items()
        }
        every = set[str]().union(*lines.values())
        file = Path(path).relative_to(tree).as_posix()
        found[file] = {line: names or every for line, names in lines.items()}
    return found


def _by_weight(files: dict[str, dict[int, set[str]]]) -> dict[str, Lines]:
    weight = Counter(name for lines in files.values() for names in lines.values() for name in names)
    return {
        file: {
            line: sorted(names, key=lambda name: (weight[name], name))
            for line, names in sorted(lines.items())
        }
        for file, lines in sorted(files.items())
    }
