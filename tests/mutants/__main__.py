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
from pathlib import Path
from queue import Queue

from tests.built_content import ROOT
from tests.mutants.measuring import ROOMS, Measured, measured
from tests.mutants.mutations import Mutation, mutations
from tests.mutants.trial import Trial

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
    chosen = _chosen(options.count, options.seed, options.only)
    with tempfile.TemporaryDirectory(prefix="yibao-mutants-") as name:
        trials = [Trial(Path(name) / str(n)) for n in range(options.processes)]
        tests = measured(trials[0].tree, {Path(file).parts[1] for file, _ in chosen})
        missed = _tried(chosen, trials, tests)
        for trial in trials:
            trial.close()
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


def _tried(chosen: list[Fault], trials: list[Trial], tests: Measured) -> list[Fault]:
    """The faults no test noticed."""
    asked = {name for file, mutation in chosen for name in tests.of(file, mutation.line)}
    if not trials[0].finds(sorted(asked)):
        sys.exit("Some of the tests that were measured are not found one by one.")
    free: Queue[Trial] = Queue()
    for trial in trials:
        free.put(trial)

    def noticed(fault: Fault) -> bool:
        file, mutation = fault
        names = tests.of(file, mutation.line)
        spoilt = mutation.put_into((ROOT / file).read_text(encoding="utf-8"))
        trial = free.get()
        try:
            return bool(names) and trial.notices(file, spoilt, names)
        finally:
            free.put(trial)

    with ThreadPoolExecutor(len(trials)) as pool:
        outcomes = pool.map(noticed, chosen)
        return list(_missed(zip(chosen, outcomes, strict=True)))


def _missed(outcomes: Iterator[tuple[Fault, bool]]) -> Iterator[Fault]:
    """Those nobody noticed, told as they come, with a word now and then of how far it is."""
    missed = 0
    for number, (fault, seen) in enumerate(outcomes, 1):
        if not seen:
            missed += 1
            file, mutation = fault
            print(f"missed  {file}:{mutation.line}  {mutation.what}", flush=True)
            yield fault
        if number % 20 == 0:
            print(f"{number - missed} of {number} so far", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
