"""A fresh process: opens a bundle, asks some questions and prints the seconds each one took."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.fresh import measured
from tests.benchmarks.questions import QUESTIONS
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.paths import Paths

ASKED = 15
"""Questions each process asks."""


def measure(bundle: Path, processes: int) -> list[tuple[float, float]]:
    """First query and median of the later ones, of so many processes, each with another first."""
    return [_measure(bundle, start) for start in range(processes)]


def _measure(bundle: Path, start: int) -> tuple[float, float]:
    first, *later = measured("first_query", str(bundle), str(start))
    return first, median(later)


def main(bundle: str, start: str) -> None:
    services = ContentServices(Paths(Path(bundle), Path(bundle)))
    seconds = []
    for question in QUESTIONS[int(start) :][:ASKED]:
        started = perf_counter()
        services.search.search(question)
        seconds.append(perf_counter() - started)
    services.close()
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
