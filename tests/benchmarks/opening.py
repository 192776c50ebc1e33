"""A fresh process: opens the pages of a bundle in a window and prints how long each one took.

Times run from the click to the moment the page has been painted. Memory is what the process holds
before and after many openings more. While a question is answered, what counts is how long the
window's own thread is at work without looking at its events: so long nothing typed is seen.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.fresh import measured
from tests.benchmarks.report import Row, megabytes, speed
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import Paths
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application
from yibao_desktop.ui.work.after_paint import PAINTED

TWO_FRAMES = 2 / 60
"""Seconds in which a page should be there after the click."""

FRAME = 1 / 60
"""Seconds the window's thread should be busy at most while results come in."""

BROAD = ("卡", "医保", "报销")
"""Questions with as many results as there can be."""

MAY_GROW = 30e6
"""Bytes that may be held in addition after many openings."""

RUNS = 3
"""Times every page is opened; the fastest counts, as the machine has other things to do, too."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening pages cost.

    Attributes:
        seconds: for every page, by its id.
        busy: longest processor time between two turns of the window's loop as results came in;
            the median over the questions.
        bytes_before: memory held when every page had been opened once.
        bytes_after: memory held after as many openings more as were asked for.
    """

    seconds: dict[str, float]
    busy: float
    bytes_before: int
    bytes_after: int

    def percentile(self, percent: int) -> float:
        """The seconds that so many of a hundred pages do not exceed."""
        rank = -(-len(self.seconds) * percent // 100)
        return sorted(self.seconds.values())[max(rank, 1) - 1]


def rows(opened: Opened, more: int) -> list[Row]:
    """What was measured beside what it may be."""
    grown = max(opened.bytes_after - opened.bytes_before, 1)
    return [
        speed("opening a page, p50", opened.percentile(50), TWO_FRAMES),
        speed("opening a page, p95", opened.percentile(95), TWO_FRAMES, goal=1),
        speed("opening the slowest page", opened.percentile(100), TWO_FRAMES),
        speed("longest turn as results come in", opened.busy, FRAME, goal=1),
        Row(
            f"memory grown in {more} openings",
            megabytes(grown),
            megabytes(MAY_GROW),
            MAY_GROW / grown,
            ("below", "above"),
            1,
        ),
    ]


class _Painted(QObject):
    """Notes when what is shown now has been laid out and painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False
        self.at = 0.0

    def wait(self) -> None:
        """Ask to be told."""
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), PAINTED)

    def customEvent(self, _event: QEvent) -> None:
        """Told."""
        self.at = perf_counter()
        self.seen = True


def measure(bundle: Path, more: int) -> Opened:
    """Open every page of a bundle, then so many pages more, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="yibao-bench-") as home:
        return Opened(**measured("opening", str(bundle), home, str(more)))


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _settle(desktop: Desktop) -> None:
    """Wait until nothing is under way that belongs to the page before."""
    loop = QEventLoop()
    while desktop.tasks.busy:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    for _ in range(3):
        loop.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _busy(desktop: Desktop) -> float:
    """The longest turn of the window's loop while broad questions are answered."""
    longest = []
    for question in BROAD * RUNS:
        beats = [thread_time()]
        beat = QTimer(interval=0)
        beat.timeout.connect(lambda beats=beats: beats.append(thread_time()))
        beat.start()
        desktop.window.go(Location(Place.SEARCH, question))
        _settle(desktop)
        beat.stop()
        longest.append(max(later - earlier for earlier, later in pairwise(beats)))
        desktop.window.go(HOME)
        _settle(desktop)
    return sorted(longest)[len(longest) // 2]


def main(bundle: str, home: str, more: str) -> None:
    paths = Paths(Path(bundle), Path(home))
    app = make_application(paths, ["yibao-desktop"])
    desktop = Desktop(app, open_services(paths))
    desktop.show()
    desktop.window.resize(1180, 800)
    _settle(desktop)
    guide = desktop.context.services.guide
    painted = _Painted()
    desktop.window.navigator.page_read.connect(painted.wait)
    loop = QEventLoop()

    def opening(item_id: str) -> float:
        painted.seen = False
        started = perf_counter()
        desktop.window.open_item(item_id)
        while not painted.seen:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        taken = painted.at - started
        _settle(desktop)
        return taken

    ids = [*(e.id for e in guide.entries()), *(t.id for t in guide.terms())]
    runs = [{item_id: opening(item_id) for item_id in ids} for _ in range(RUNS)]
    seconds = {item_id: min(run[item_id] for run in runs) for item_id in ids}
    busy = _busy(desktop)
    before = _resident()
    for item_id in islice(cycle(ids), int(more)):
        opening(item_id)
    after = _resident()
    desktop.close()
    delete_windows()
    print(
        json.dumps({"seconds": seconds, "busy": busy, "bytes_before": before, "bytes_after": after})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
