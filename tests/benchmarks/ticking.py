"""A fresh process: ticks in a window with few and with many cases, and prints how long it took.

Times run from the tick to the moment the page is right again: stored, counted, and laid out. Beside
each stands one empty commit on the same disk in the same run: the file is locked, a line is added
to the log of a case, and the file is on disk and let go again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.benchmarks.fresh import measured
from tests.benchmarks.report import Row, speed
from yibao_desktop.bootstrap import open_services
from yibao_desktop.clock import SYSTEM_CLOCK
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.records.case import MaterialState
from yibao_desktop.domain.records.commands import Answer, SetMaterial, Tick
from yibao_desktop.paths import Paths
from yibao_desktop.store.user_database import UserDatabase
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application
from yibao_desktop.ui.widgets.case.shared_materials import SharedMaterialList

COUNTS = (1, 30, 300)
"""Cases there are."""

MAY_GROW = 3
"""What a tick may cost with the most cases, in ticks with one."""

RUNS = 12
"""Ticks of each kind; the fastest counts, as the machine has other things to do, too."""

PROCEDURE, STEP, PAPER = "card-replacement", "apply-at-window", "id-document"
ANSWERS = {"card": ("physical",), CHANNEL: ("window",)}


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick cost with so many cases, in seconds; the fastest of all.

    Attributes:
        plan: a step ticked in the plan of a case.
        board: a paper ticked where all cases stand together.
        commit: an empty commit on the same disk.
        plan_work, board_work: processor time of the same, whatever else the machine did meanwhile.
    """

    cases: int
    plan: float
    board: float
    commit: float
    plan_work: float
    board_work: float


def rows(ticked: list[Ticked]) -> list[Row]:
    """What a tick costs beside an empty commit, and beside a tick with one case."""
    few, many = ticked[0], ticked[-1]
    beside = [
        row
        for t in ticked
        for row in (
            speed(f"ticking a step, {t.cases} cases, beside an empty commit", t.plan, t.commit),
            speed(f"ticking a paper of {t.cases} cases, the same", t.board, t.commit),
        )
    ]
    growth = f"{few.cases} → {many.cases} cases"
    return [
        *beside,
        speed(f"work for a step, {growth}", many.plan_work, few.plan_work, goal=1 / MAY_GROW),
        speed(f"work for a paper, {growth}", many.board_work, few.board_work, goal=1 / MAY_GROW),
    ]


def measure(bundle: Path, counts: tuple[int, ...] = COUNTS, runs: int = RUNS) -> list[Ticked]:
    """Tick with so many cases, each time in a process of its own."""
    return [_measured(bundle, count, runs) for count in counts]


def _measured(bundle: Path, count: int, runs: int) -> Ticked:
    with tempfile.TemporaryDirectory(prefix="yibao-bench-") as home:
        return Ticked(**measured("ticking", str(bundle), home, str(count), str(runs)))


def _settle(desktop: Desktop) -> None:
    loop = QEventLoop()
    while desktop.tasks.busy:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    loop.processEvents()
    QApplication.sendPostedEvents(None, 0)


def _taken(act: Callable[[int], None], runs: int) -> tuple[float, float]:
    """Seconds and seconds of work the fastest run took; the first only warms up."""
    taken, work = [], []
    for number in range(runs + 1):
        started, worked = perf_counter(), process_time()
        act(number)
        taken.append(perf_counter() - started)
        work.append(process_time() - worked)
    return min(taken[1:]), min(work[1:])


def _commit(user: UserDatabase, case_id: str, runs: int) -> float:
    def act(_: int) -> None:
        with user.writing() as unit:
            unit.cases.log(case_id, SYSTEM_CLOCK.now(), "empty")
            unit.commit()

    return _taken(act, runs)[0]


def main(bundle: str, home: str, count: str, runs: str) -> None:
    paths = Paths(Path(bundle), Path(home))
    app = make_application(paths, ["yibao-desktop"])
    services = open_services(paths)
    cases = services.cases
    begun = [cases.start(PROCEDURE, f"{number} 号").case.id for number in range(int(count))]
    for case_id in begun:
        cases.apply(case_id, Answer(ANSWERS))
    desktop = Desktop(app, services)
    desktop.show()
    window = desktop.window
    window.resize(1180, 800)
    window.open_case(begun[0])
    _settle(desktop)

    def tick_step(number: int) -> None:
        window.pages.case.plan.wishes.command(Tick(STEP, number % 2 == 0))
        _settle(desktop)

    plan, plan_work = _taken(tick_step, int(runs))
    window.go(Location(Place.CASES))
    _settle(desktop)

    def tick_paper(number: int) -> None:
        (papers,) = window.pages.cases.findChildren(SharedMaterialList)
        state = MaterialState.HAVE if number % 2 == 0 else MaterialState.MISSING
        papers.command_requested.emit(begun[0], SetMaterial(PAPER, state))
        _settle(desktop)

    board, board_work = _taken(tick_paper, int(runs))
    desktop.close()
    delete_windows()
    user = UserDatabase(paths.user_database, paths.migrations)
    commit = _commit(user, begun[0], int(runs))
    user.close()
    print(json.dumps(asdict(Ticked(int(count), plan, board, commit, plan_work, board_work))))


if __name__ == "__main__":
    main(*sys.argv[1:])
