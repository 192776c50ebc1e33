"""What years of use bring: days that end meanwhile, other time zones, thousands of cases, rare names."""

from __future__ import annotations

import datetime
import io
import os
import random
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace

from pypdf import PdfReader
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QWidget

from tests.clock import NOON, SetClock
from tests.conftest import ROOT
from tests.torture.child import ChildError, in_child
from tests.torture.live_window import LiveWindow
from tests.torture.table import Row
from tests.torture.world import WINDOW, World
from yibao_desktop.bootstrap import Services, open_services
from yibao_desktop.domain.procedure.plan import make_plan, next_step
from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.commands import Accept, Answer, Finish, Tick
from yibao_desktop.paths import Paths
from yibao_desktop.services.plan_handout import plan_document
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.takeaway.paper_style import PaperStyle
from yibao_desktop.ui.takeaway.printing import pdf_bytes
from yibao_desktop.ui.work.day_watch import DayWatch

FULL = 3_600
LONG_S = 1200.0
ZONES = ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Shanghai", "Asia/Kathmandu"]
FONT = ROOT / "resources" / "fonts" / "YibaoSans-Regular.otf"
ENDED_ON = datetime.date(2026, 6, 1)
LEFT = re.compile(r"还有 (\d+) 天")


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each so many times."""
    yield _midnights(world, 2 if short else 20)
    yield _zones(world, ZONES[:2] if short else ZONES)
    yield _full(world, 50 if short else FULL)
    yield _names_on_paper(world, 10 if short else None)


# -- days -------------------------------------------------------------------------------------


def _midnights(world: World, count: int) -> Row:
    """The window stays open over days, or the computer sleeps: what is left is counted anew."""
    row = Row("时钟", "窗口开着，过了半夜或者睡了几天")
    for seed in range(count):
        paths = world.paths()
        try:
            wrong = in_child(lambda p=paths, s=seed: _over_days(p, random.Random(s)))
        except ChildError as error:
            wrong = [str(error)]
        row.note("剩几天跟着变", *(f"{seed}: {w}" for w in wrong))
        world.forget(paths)
    return row


def _over_days(paths: Paths, chosen: random.Random) -> list[str]:
    clock = SetClock(NOON)
    live = LiveWindow(paths, clock)
    window = live.desktop.window
    cases = live.desktop.context.services.cases
    case = cases.start("insurance-transfer", "爸爸").case.id
    answers = {"kind": ("employee",), "new-employer": ("no-employer",), "gap": ("no-gap",)}
    cases.apply(case, Answer({**answers, "ended-on": (ENDED_ON.isoformat(),)}))
    window.open_case(case)
    live.settle()
    wrong = []
    last = None
    for _ in range(8):
        days = chosen.choice((0, 1, 1, 2, 7, 11))
        clock.go_on(days=days, hours=chosen.choice((0, 3)))
        window.findChild(DayWatch).look()
        live.settle()
        shown = _days_left(window)
        today = clock.today()
        if last is not None and shown is not None and last[1] is not None:
            passed = (today - last[0]).days
            if shown != last[1] - passed:
                wrong.append(f"{shown} days on {today}, were {last[1]} on {last[0]}")
        if shown is None and last is None:
            wrong.append("no days are shown")
        last = today, shown
    live.desktop.close()
    return wrong


def _days_left(window: QWidget) -> int | None:
    """What the page counts down."""
    texts = [w.text() for w in window.findChildren(QWidget) if hasattr(w, "text") and w.isVisible()]
    found = [int(m[1]) for text in texts if isinstance(text, str) and (m := LEFT.search(text))]
    return found[0] if found else None


def _zones(world: World, zones: list[str]) -> Row:
    """What was done on a day stays on it, wherever the computer is taken."""
    row = Row("时钟", "换到别的时区")
    paths = world.paths()
    days = in_child(lambda: _done_days(paths, "Asia/Shanghai", tick=True))
    for zone in zones:
        try:
            moved = in_child(lambda z=zone: _done_days(paths, z))
            row.note("办的那天不变", *([] if moved == days else [f"{zone}: {moved}, not {days}"]))
        except ChildError as error:
            row.note("办的那天不变", str(error))
    world.forget(paths)
    return row


def _done_days(paths: Paths, zone: str, tick: bool = False) -> dict[str, object]:
    os.environ["TZ"] = zone
    time.tzset()
    services = open_services(
        paths, SetClock(datetime.datetime(2026, 6, 14, 17, tzinfo=datetime.UTC))
    )
    (case,) = [v.case for v in services.cases.board().open if v.case.nickname == "奶奶"]
    if tick:
        services.cases.apply(case.id, Tick("apply-at-window", True))
        services.cases.apply(case.id, Accept(True))
    kept = services.cases.view(case.id).case
    services.close()
    assert kept.done_days["apply-at-window"]
    return {**kept.done_days, "accepted": kept.accepted_on}


# -- much, and odd names ----------------------------------------------------------------------


def _full(world: World, count: int) -> Row:
    """Records of a desk after years: the file is written, read by another, and is the same."""
    row = Row("您的记录", f"办完的事有 {count} 件，导出再读入")
    paths, other = world.paths(), world.paths()
    shutil.rmtree(other.user)
    other.user.mkdir()

    def through() -> list[str]:
        ours = open_services(paths)
        first = _do_all(ours, "第 0 位")
        with ours.cases._user.writing() as unit:  # as if each had been done like the first
            for number in range(1, count):
                unit.cases.add(replace(first, id=uuid.uuid4().hex, nickname=f"第 {number} 位"))
            unit.commit()
        file = paths.user / "all.json"
        remarks = ours.records.export(file, ours.settings.current).remarks
        theirs = open_services(other)
        theirs.records.take_in(theirs.records.read_file(file))
        mine, yours = ({c.id: c for c in s.records.cases()} for s in (ours, theirs))
        ours.close()
        theirs.close()
        wrong = [f"told: {remark}" for remark in remarks]
        lost = [case.nickname for key, case in mine.items() if yours.get(key) != case]
        return wrong + [f"{len(lost)} differ: {lost[:5]}"] * bool(lost)

    try:
        row.note("一件不少", *in_child(through, LONG_S))
    except ChildError as error:
        row.note("一件不少", str(error))
    for used in (paths, other):
        world.forget(used)
    return row


def _do_all(services: Services, nickname: str) -> Case:
    """A case, begun and finished."""
    case = services.cases.start("card-replacement", nickname).case.id
    services.cases.apply(case, Answer(WINDOW))
    view = services.cases.view(case)
    while step := next_step(view.plan, view.case.done_steps):
        services.cases.apply(case, Tick(step.step.id, True))
        view = services.cases.view(case)
    services.cases.apply(case, Finish())
    return services.cases.view(case).case


def _names_on_paper(world: World, most: int | None) -> Row:
    """Rare characters of names, on paper and in the text one copies from it."""
    row = Row("纸上", "名字里的生僻字")
    try:
        letters, missing = in_child(lambda: _missing_on_paper(world.paths_of_bundle, most), LONG_S)
    except ChildError as error:
        row.note("都印得出、复制得到", str(error))
        return row
    for letter in letters:
        told = f"{letter} {ord(letter):X} is not in the text"
        row.note("都印得出、复制得到", *([told] if letter in missing else []))
    return row


def _missing_on_paper(paths: Paths, most: int | None) -> tuple[list[str], list[str]]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    clock = SetClock(NOON)
    live = LiveWindow(paths, clock)
    font = QRawFont(str(FONT), 20)
    letters = [chr(code) for code in range(0x10000, 0x40000) if font.supportsCharacter(code)][:most]
    services = live.desktop.context.services
    view = services.guide.page("card-replacement")
    style = PaperStyle.of(paths.resources, TextSize.STANDARD)
    plan, missing = make_plan(view.page, WINDOW), []
    for letter in letters:
        case = Case("x", f"王{letter}", view.page.id, "", clock.now(), clock.now())
        written = pdf_bytes(plan_document(plan, view, clock.today(), case), style)
        read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)
        if f"王{letter}" not in read.replace(" ", ""):
            missing.append(letter)
    live.desktop.close()
    return letters, missing
