"""Which tests run a line, measured once for each state of the sources and kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from tests.built_content import CONTENT_VARIABLE, ROOT, built_content, digest_of

ROOMS = {
    "domain": ("domain", "packs", "services"),
    "search": ("search", "services"),
    "services": ("services",),
    "store": ("store", "services"),
}
"""The core, as folders of ``yibao_desktop``, and the folders of ``tests/unit`` that judge each."""

KEPT = ROOT / "build" / "mutants"
SETTINGS = f"""[run]
source = {",".join(f"yibao_desktop/{room}" for room in ROOMS)}
parallel = true
"""

Lines = defaultdict[str, defaultdict[int, set[str]]]
"""By file, the tests that run each line."""


@dataclass(frozen=True, slots=True)
class Measured:
    """By file, the tests that run each line, those first that run the fewest lines besides."""

    files: dict[str, dict[int, list[str]]]

    def of(self, file: str, line: int) -> list[str]:
        """The tests that run a line."""
        return self.files.get(file, {}).get(line, [])


def measured(tree: Path, rooms: set[str]) -> Measured:
    """Run the tests that judge rooms in a copied tree, unless that was done with these sources."""
    sources = digest_of(("yibao_desktop", "tests/unit", "tests/data", "seeds", "resources"))
    KEPT.mkdir(parents=True, exist_ok=True)
    judges = {room: [_kept(tree, folder, sources) for folder in ROOMS[room]] for room in rooms}
    files: Lines = defaultdict(lambda: defaultdict(set))
    for room, kept in judges.items():
        for path in kept:
            for file, lines in json.loads(path.read_text(encoding="utf-8")).items():
                if Path(file).parts[1] == room:
                    for line, tests in lines.items():
                        files[file][int(line)].update(tests)
    return Measured(_by_weight(files))


def _kept(tree: Path, folder: str, sources: str) -> Path:
    """What the tests of a folder run, in a file; many rooms may be judged by it."""
    kept = KEPT / f"{folder}-{sources}.json"
    if not kept.exists():
        for old in KEPT.glob(f"{folder}-*.json"):
            old.unlink()
        kept.write_text(json.dumps(_measure(tree, folder), ensure_ascii=False), encoding="utf-8")
    return kept


def _measure(tree: Path, folder: str) -> dict[str, dict[int, list[str]]]:
    settings = tree / "coverage.ini"
    settings.write_text(SETTINGS, encoding="utf-8")
    (tree / ".coverage").unlink(missing_ok=True)
    spread = ["-n", "2", "--dist", "loadfile", "-q", "-x", "-m", "not slow"]
    quietly = ["-p", "no:randomly", "-p", "no:cacheprovider"]
    covered = ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *spread, *quietly, *covered, f"tests/unit/{folder}"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), CONTENT_VARIABLE: str(built_content())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"The tests fail before anything is spoilt:\n{done.stdout[-3000:]}")
    return {
        file: {line: sorted(names) for line, names in sorted(lines.items())}
        for file, lines in sorted(_contexts(tree).items())
    }


def _contexts(tree: Path) -> dict[str, dict[int, set[str]]]:
    """Names of tests by file and line; what runs at the import is run by all tests of the file.

    A context is the name of a test, which may have a stroke in it, and behind the last one a word
    for what of the test ran.
    """
    data = CoverageData(str(tree / ".coverage"))
    data.read()
    found = {}
    for path in data.measured_files():
        lines = {
            line: {context.rpartition("|")[0] for context in contexts} - {""}
            for line, contexts in data.contexts_by_lineno(path).items()
        }
        every = set[str]().union(*lines.values())
        file = Path(path).relative_to(tree).as_posix()
        found[file] = {line: names or every for line, names in lines.items()}
    return found


def _by_weight(files: Lines) -> dict[str, dict[int, list[str]]]:
    """Those tests first that run the fewest lines besides."""
    weight = Counter(name for lines in files.values() for names in lines.values() for name in names)
    return {
        file: {
            line: sorted(names, key=lambda name: (weight[name], name))
            for line, names in lines.items()
        }
        for file, lines in files.items()
    }
