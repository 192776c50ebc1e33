"""``make mutants``: puts small faults into the core, one at a time, and counts those tests notice.

Which tests run a line is measured once; of a fault in it, those are asked that run it least often
among others. A fault in a line no test runs is missed without asking.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from coverage import CoverageData

from tests.conftest import ROOT
from tests.mutants.mutations import Mutation, mutations

PACKAGES = ("domain", "search", "services", "store")
GOAL = 0.85
MOST_TESTS = 60
"""So many tests are asked about a fault at most: those that run the fewest lines besides."""
PATIENCE_S = 240
COPIED = (
    "yibao_desktop",
    "resources",
    "seeds",
    "db",
    "tests",
    "build_spec",
    "pyproject.toml",
    "CONTRIBUTING.md",
    "Makefile",
)

Tests = dict[tuple[str, int], set[str]]
"""For every line of every file, the tests that run it."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="faults to try")
    parser.add_argument("--seed", type=int, default=1, help="another choice of faults")
    parser.add_argument("--only", default="", help="only files whose path holds this")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="yibao-mutants-") as name:
        trees = [_copied(Path(name) / str(n)) for n in range(options.processes)]
        tests = _measured(trees[0])
        chosen = _chosen(options.count, options.seed, options.only)
        missed = _tried(chosen, trees, tests)
    for file, mutation in sorted(missed, key=lambda one: (one[0], one[1].line)):
        print(f"missed  {file}:{mutation.line}  {mutation.what}")
    caught = 1 - len(missed) / len(chosen)
    print(f"{len(chosen) - len(missed)} of {len(chosen)} faults noticed: {caught:.0%}")
    return int(caught < GOAL)


def _copied(tree: Path) -> Path:
    """A tree of its own, in which files may be spoilt."""
    tree.mkdir()
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tree / name)
    kept = ROOT / "build" / "test-content"
    if kept.exists():
        shutil.copytree(kept, tree / "build" / "test-content")
    return tree


def _pytest(tree: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    environment = os.environ | {"PYTHONPATH": str(tree), "YIBAO_MUTANTS": "1"}
    return subprocess.run(
        [*command, *arguments],
        cwd=tree,
        env=environment,
        capture_output=True,
        check=False,
        timeout=PATIENCE_S if "--cov" not in arguments else None,
    )


def _measured(tree: Path) -> Tests:
    """Run the unit tests once and note which of them runs what."""
    done = _pytest(
        tree, "tests/unit", "-m", "not slow", "--cov", "--cov-context=test", "--cov-report="
    )
    if done.returncode != 0:
        sys.exit(f"The tests fail before anything is spoilt:\n{done.stdout.decode()[-2000:]}")
    data = CoverageData(str(tree / ".coverage"))
    data.read()
    tests: Tests = {}
    for path in data.measured_files():
        file = Path(path).relative_to(tree).as_posix()
        run = {
            line: {context.partition("|")[0] for context in contexts if context}
            for line, contexts in data.contexts_by_lineno(path).items()
        }
        every = set[str]().union(*run.values())
        # What runs at the import, as a constant does, is judged by all tests of the file.
        tests |= {(file, line): names or every for line, names in run.items()}
    return tests


def _chosen(count: int, seed: int, only: str) -> list[tuple[str, Mutation]]:
    """As many faults from each line of code as from any other, by the luck of the seed."""
    found = [
        (path.relative_to(ROOT).as_posix(), mutation)
        for package in PACKAGES
        for path in sorted((ROOT / "yibao_desktop" / package).rglob("*.py"))
        if only in path.as_posix()
        for mutation in mutations(path.read_text(encoding="utf-8"))
    ]
    return random.Random(seed).sample(found, min(count, len(found)))


def _tried(
    chosen: list[tuple[str, Mutation]], trees: list[Path], tests: Tests
) -> list[tuple[str, Mutation]]:
    """The faults no test noticed."""
    weight = Counter(name for names in tests.values() for name in names)
    free: Queue[Path] = Queue()
    for tree in trees:
        free.put(tree)

    def noticed(one: tuple[str, Mutation]) -> bool:
        file, mutation = one
        asked = sorted(tests.get((file, mutation.line), ()), key=lambda name: weight[name])
        if not asked:
            return False
        tree = free.get()
        place = tree / file
        sound = place.read_text(encoding="utf-8")
        try:
            place.write_text(mutation.source, encoding="utf-8")
            return _pytest(tree, *asked[:MOST_TESTS]).returncode != 0
        except subprocess.TimeoutExpired:
            return True
        finally:
            place.write_text(sound, encoding="utf-8")
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        outcomes = pool.map(noticed, chosen)
        return [one for one, seen in zip(chosen, outcomes, strict=True) if not seen]


if __name__ == "__main__":
    sys.exit(main())
