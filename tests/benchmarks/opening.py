"""A fresh process: opens the pages of a bundle in a window and prints how long each one took.

Times run from the click to the moment the page has been painted. Memory is what the process holds
before and after many openings more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop

from tests.conftest import ROOT
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import Paths
from yibao_desktop.ui.application import Desktop, make_application


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening pages cost.

    Attributes:
        seconds: for every page, by its id.
        bytes_before: memory held when every page had been opened once.
        bytes_after: memory held after as many openings more as were asked for.
    """

    seconds: dict[str, float]
    bytes_before: int
    bytes_after: int

    def percentile(self, percent: int) -> float:
        """The seconds that so many of a hundred pages do not exceed."""
        rank = -(-len(self.seconds) * percent // 100)
        return sorted(self.seconds.values())[max(rank, 1) - 1]


def measure(bundle: Path, more: int) -> Opened:
    """Open every page of a bundle, then so many pages more, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="yibao-bench-") as home:
        command = [sys.executable, "-m", "tests.benchmarks.opening", str(bundle), home, str(more)]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        answer = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    return Opened(**json.loads(answer.stdout))


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


def main(bundle: str, home: str, more: str) -> None:
    paths = Paths(Path(bundle), Path(home))
    app = make_application(paths, ["yibao-desktop"])
    desktop = Desktop(app, open_services(paths))
    desktop.show()
    desktop.window.resize(1180, 800)
    _settle(desktop)
    guide = desktop.context.services.guide
    ids = [*(e.id for e in guide.entries()), *(t.id for t in guide.terms())]
    shown: list[str] = []
    desktop.window.page_shown.connect(shown.append)
    loop = QEventLoop()

    def opening(item_id: str) -> float:
        shown.clear()
        started = perf_counter()
        desktop.window.open_item(item_id)
        while not shown:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.sendPostedEvents()  # lay out, and
        app.sendPostedEvents()  # paint what was laid out
        return perf_counter() - started

    seconds = {}
    for item_id in ids:
        opening(item_id)
        _settle(desktop)
    for item_id in ids:
        seconds[item_id] = opening(item_id)
        _settle(desktop)
    before = _resident()
    for item_id in islice(cycle(ids), int(more)):
        opening(item_id)
        _settle(desktop)
    after = _resident()
    desktop.close()
    print(json.dumps({"seconds": seconds, "bytes_before": before, "bytes_after": after}))


if __name__ == "__main__":
    main(*sys.argv[1:])
