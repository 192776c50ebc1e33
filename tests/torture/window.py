"""The window is killed while boxes are ticked in it: it opens again where it was."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from tests.torture.child import ChildError, in_child, killed, moments
from tests.torture.live_window import LiveWindow
from tests.torture.spoiling import fill
from tests.torture.table import Row
from tests.torture.world import WINDOW, World, mount, unmount
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.paths import Paths
from yibao_desktop.ui.widgets.base.tick_box import TickBox

KILLS = 50

Shown = dict[str, bool]


def torture(world: World, short: bool) -> Iterator[Row]:
    """Kill it at random moments; the same records go through all of them."""
    kills = 5 if short else KILLS
    row = Row("强行结束", "在窗口里打勾的时候")
    paths = world.paths()
    ticked = 0
    for number, moment in enumerate(moments(kills, 2.0, 2)):
        told = killed(lambda tell, n=number: _tick(paths, n, tell), moment, when_told=True)
        lines = [json.loads(line) for line in told]
        try:
            case, shown = in_child(lambda: _reopen(paths))
        except ChildError as error:
            row.note("再开在原处，勾都在", str(error))
            continue
        row.note("再开在原处，勾都在", *_wrong(lines, case, shown))
        ticked += sum(line[0] == "shown" for line in lines) - 1
    if ticked < kills:
        row.lost.append(f"only {ticked} ticks were shown in {kills} sessions")
    row.fault += f"（显示了 {ticked} 次）"
    world.forget(paths)
    yield row
    yield _full_while_writing(world)


STEP = "apply-at-window"
WRITTEN = "3 号窗口，周四上午"


def _full_while_writing(world: World) -> Row:
    """The disk is full while a note is written; room is made before the window is closed."""
    row = Row("磁盘满了", "正在写备注的时候，写完就关窗口")
    place = world.folder / "small"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=6M,mode=700", "tmpfs", str(place))
    try:
        paths = world.paths(home=place / "家")
        row.note("留在窗口里，腾出地方就存好", *in_child(lambda: _write_note(paths)))
        kept = in_child(lambda: _note(paths))
        if kept != WRITTEN:
            row.lost.append(f"stored: {kept}")
    except ChildError as error:
        row.note("没有经受住", str(error))
    finally:
        unmount(place)
    return row


def _write_note(paths: Paths) -> list[str]:
    """What is wrong with what the window does."""
    wrong = []
    window = _Window(paths)
    main, unsaved = window.desktop.window, window.desktop.context.unsaved
    services = window.desktop.context.services
    case = services.cases.start("card-replacement", "姥姥").case.id
    services.cases.apply(case, Answer(WINDOW))
    main.open_case(case)
    window.settle()
    ballast = fill(paths.user)
    editor = window.field(STEP)
    editor.insertPlainText(WRITTEN)
    main.close()
    if not main.isVisible():
        wrong.append("closed over what was not stored")
    if "您写的字都留着" not in main.message.text:
        wrong.append(f"told: {main.message.text}")
    if window.field(STEP).toPlainText() != WRITTEN:
        wrong.append("the field is empty")
    ballast.unlink()
    window.wait(lambda: not unsaved.waiting)
    if "现在存好了" not in main.message.text:
        wrong.append(f"afterwards told: {main.message.text}")
    main.close()
    if main.isVisible():
        wrong.append("does not close")
    window.desktop.close()
    return wrong


def _note(paths: Paths) -> str:
    services = open_services(paths)
    try:
        (case,) = [v.case for v in services.cases.open_cases() if v.case.nickname == "姥姥"]
        return case.steps[STEP].note if STEP in case.steps else ""
    finally:
        services.close()


def _wrong(lines: list[list[object]], case: str, shown: Shown) -> list[str]:
    """What is not as the window showed it last; the tick under way may be or not be."""
    last = next(line for line in reversed(lines) if line[0] == "shown")
    allowed = [last[2]]
    if lines[-1][0] == "begun":
        assert isinstance(last[2], dict)
        name = str(lines[-1][1])
        allowed.append({**last[2], name: not last[2][name]})
    wrong = [] if case == last[1] else [f"opened at {case}, not at {last[1]}"]
    return wrong + ([] if shown in allowed else [f"shows {shown}, showed {last[2]}"])


class _Window(LiveWindow):
    """With the boxes and notes of a plan."""

    def field(self, step: str) -> QPlainTextEdit:
        """Where a note on a step is written, opened if it has to be."""
        plan = self.desktop.window.pages.case.plan
        title = next(s.step.title for s in plan.view.plan.steps if s.step.id == step)
        (editor,) = [
            field
            for field in plan.findChildren(QPlainTextEdit)
            if field.accessibleName().endswith(title) and not field.parent().isHidden()
        ]
        for button in plan.findChildren(QPushButton):
            if button.accessibleName() == f"记一笔：{title}" and button.isVisible():
                button.click()
        return editor

    @property
    def boxes(self) -> dict[str, TickBox]:
        plan = self.desktop.window.pages.case.plan
        found = [box for box in plan.findChildren(TickBox) if box.isVisible()]
        return {box.accessibleName(): box for box in found}

    @property
    def shown(self) -> Shown:
        return {name: box.isChecked() for name, box in self.boxes.items()}


def _tick(paths: Paths, seed: int, tell: Callable[[str], None]) -> None:
    """Tick boxes of papers and steps of one case, one after the other, until killed."""
    window = _Window(paths)
    cases = window.desktop.context.services.cases.open_cases()
    case = sorted(view.case.id for view in cases)[seed % len(cases)]
    window.desktop.window.open_case(case)
    window.settle()
    chosen = random.Random(seed)
    while True:
        tell(json.dumps(["shown", case, window.shown]))
        name = chosen.choice(sorted(window.boxes))
        tell(json.dumps(["begun", name]))
        window.boxes[name].click()
        window.settle()


def _reopen(paths: Paths) -> tuple[str, Shown]:
    """Which case is in front after a start, and its boxes."""
    window = _Window(paths)
    page = window.desktop.window.pages.case
    front = window.desktop.window.pages.currentWidget() is page
    shown = page.plan.view if front else None
    return shown.case.id if shown else "no case", window.shown
