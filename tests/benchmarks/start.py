"""How long the window takes to open, beside a bare one in the same run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.fresh import told
from tests.benchmarks.report import Row, columns, megabytes, speed
from tests.conftest import ROOT
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.packs.manifest import PACK_SUFFIX
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import make_pack
from yibao_desktop.paths import HOME_VARIABLE, Paths

WINDOW_GOAL = 1 / 1.5
"""The window is painted after at most one and a half times what a bare window takes."""

READY_GOAL = 1 / 3.5
"""The tree is painted and a first search answered after at most so many times that."""

MEMORY_GOAL = 1 / 2.3
"""It holds at most so many times the memory of a bare window."""

PACK_GOAL = 1 / 1.1
"""With a content pack installed a start takes at most so many times what it takes without."""

SAMPLE = ROOT / "build_spec" / "samples" / "chunshui"

SOURCE = (sys.executable, "-m", "yibao_desktop")
BARE_SOURCE = (sys.executable, str(ROOT / "tests" / "benchmarks" / "bare_window.py"))

PARTED = ROOT / "tests" / "benchmarks" / "parted_start.py"
WHEN = {"painted": "until the window is painted", "ready": "from then until it is ready"}

Took = Mapping[str, float]


def measure(ours: Sequence[str], bare: Sequence[str], folder: Path, runs: int) -> list[Row]:
    """Start both so many times, in turn; the first start, which fills caches, is not counted."""
    took: tuple[list[Took], list[Took]] = ([], [])
    for run in range(runs + 1):
        for kept, command in zip(took, ([*ours, "--measure-startup"], bare), strict=True):
            measured = started(command, folder)
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


def with_pack(folder: Path, runs: int) -> list[Row]:
    """The same window with a content pack installed and without, in turn.

    Args:
        folder: where both users' folders may lie.
        runs: starts that count; the first of each, which fills caches, does not.
    """
    homes = [folder / "with-a-pack", folder / "without"]
    for home in homes:
        home.mkdir()
    _install(homes[0])
    took: tuple[list[Took], list[Took]] = ([], [])
    for run in range(runs + 1):
        for kept, home in zip(took, homes, strict=True):
            measured = started([*SOURCE, "--measure-startup"], home)
            if run:
                kept.append(measured)
    return pack_rows(*took)


def pack_rows(packed: Sequence[Took], plain: Sequence[Took]) -> list[Row]:
    """The rows of a table for starts with a pack and without one."""
    names = {"window_ms": "window painted", "ready_ms": "tree painted, question answered"}
    return [
        speed(name, *(median(t[what] for t in took) / 1000 for took in (packed, plain)), PACK_GOAL)
        for what, name in names.items()
    ]


def _install(home: Path) -> None:
    """Put the sample pack into a user's folder."""
    services = ContentServices(Paths(ROOT, home))
    file = home / f"sample{PACK_SUFFIX}"
    file.write_bytes(make_pack(SAMPLE, SecretKey(b"12345678", bytes(range(32)))))
    services.packs.install(services.packs.look(file))
    services.close()


def parts(trees: Sequence[Path], folder: Path, runs: int) -> str:
    """A table of what each part of a start takes, in milliseconds; medians of so many starts.

    Args:
        trees: source trees of the program, started in turn; a column for each.
        folder: where the user's records may lie.
        runs: starts that count; the first of each tree, which fills caches, does not.
    """
    took: list[list[Mapping[str, Took]]] = [[] for _ in trees]
    for run in range(runs + 1):
        for kept, tree in zip(took, trees, strict=True):
            measured = _printed([sys.executable, str(PARTED), str(tree)], folder, tree)
            if run:
                kept.append(measured)
    lines = [("start, part by part", *(f"{tree.resolve().name}, ms" for tree in trees))]
    for phase, title in WHEN.items():
        halves = [_halves([start[phase] for start in kept]) for kept in took]
        total = (sum(half.values()) for half in halves)
        lines.append((f"  {title}", *(f"{ms:6.1f}" for ms in total)))
        names = dict.fromkeys(part for half in halves for part in half)
        lines += [
            (f"    {part}", *(f"{half[part]:6.1f}" if part in half else "" for half in halves))
            for part in sorted(names, key=lambda part: -max(h.get(part, 0.0) for h in halves))
        ]
    return columns(lines)


def _halves(starts: Sequence[Took]) -> dict[str, float]:
    """The median of every part; one that is missing in a start took no time there."""
    names = dict.fromkeys(part for start in starts for part in start)
    return {part: median(start.get(part, 0.0) for start in starts) for part in names}


def started(command: Sequence[str], folder: Path) -> Took:
    """What a program tells of one start of it, with the user's records in a folder."""
    took: Took = _printed(command, folder, ROOT)
    return took


def _printed(command: Sequence[str], folder: Path, tree: Path) -> Any:
    """The JSON of the last line a program prints that is started with a source tree at hand."""
    environment = os.environ | {HOME_VARIABLE: str(folder), "PYTHONPATH": str(tree)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # only the very first start compiles
    return told(command, folder, environment)
