"""``make mutants``: puts small faults into the core, one at a time, and counts those tests notice.

Which tests run a line is measured once; of a fault in it, those are asked that run it least often
among others. A fault in a line no test runs is missed without asking. What no test can tell from
the code as it is, ``mutations.py`` leaves out by rule.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerContext
from pathlib import Path
from queue import Queue

from tests.built_content import ROOT
from tests.mutants.measuring import ROOMS, Measured, measured
from tests.mutants.mutations import Mutation, mutations
from tests.mutants.trial import are_known, context, copied, is_noticed

GOAL = 0.85

Fault = tuple[str, Mutation]
"""A file and what is wrong in it."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="faults to try")
    parser.add_argument("--seed", type=int, default=1, help="another choice of faults")
    parser.add_argument("--only", default="", help="only files whose path holds this")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="yibao-mutants-") as name:
        trees = [copied(Path(name) / str(n)) for n in range(options.processes)]
        chosen = _chosen(options.count, options.seed, options.only)
        tests = measured(trees[0], {Path(file).parts[1] for file, _ in chosen})
        missed = _tried(chosen, trees, tests)
    for file, mutation in sorted(missed, key=lambda one: (one[0], one[1].line)):
        print(f"missed  {file}:{mutation.line}  {mutation.what}")
    caught = 1 - len(missed) / len(chosen)
    print(f"{len(chosen) - len(missed)} of {len(chosen)} faults noticed: {caught:.0%}")
    return int(caught < GOAL)


def _chosen(count: int, seed: int, only: str) -> list[Fault]:
    """As many faults from each line of code as from any other, by the luck of the seed."""
    found = [
        (path.relative_to(ROOT).as_posix(), mutation)
        for room in ROOMS
        for path in sorted((ROOT / "yibao_desktop" / room).rglob("*.py"))
        if only in path.as_posix()
        for mutation in mutations(path.read_text(encoding="utf-8"))
    ]
    return random.Random(seed).sample(found, min(count, len(found)))


def _tried(chosen: list[Fault], trees: list[Path], tests: Measured) -> list[Fault]:
    """The faults no test noticed."""
    at = context()
    asked = {name for file, mutation in chosen for name in tests.of(file, mutation.line)}
    if not are_known(at, trees[0], sorted(asked)):
        sys.exit("Some of the tests that were measured are not found one by one.")
    free: Queue[Path] = Queue()
    for tree in trees:
        free.put(tree)

    def noticed(fault: Fault) -> bool:
        tree = free.get()
        try:
            return _noticed(at, tree, fault, tests)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        outcomes = pool.map(noticed, chosen)
        return [one for one, seen in zip(chosen, _counted(outcomes), strict=True) if not seen]


def _noticed(at: ForkServerContext, tree: Path, fault: Fault, tests: Measured) -> bool:
    file, mutation = fault
    asked = tests.of(file, mutation.line)
    place = tree / file
    sound = place.read_bytes()
    try:
        place.write_text(mutation.put_into(sound.decode()), encoding="utf-8")
        return bool(asked) and is_noticed(at, tree, asked)
    finally:
        place.write_bytes(sound)


def _counted(outcomes: Iterator[bool]) -> Iterator[bool]:
    """The outcomes as they come, with a word now and then of how far it is."""
    seen = 0
    for number, outcome in enumerate(outcomes, 1):
        seen += outcome
        if number % 20 == 0:
            print(f"{seen} of {number} so far", file=sys.stderr, flush=True)
        yield outcome


if __name__ == "__main__":
    sys.exit(main())
