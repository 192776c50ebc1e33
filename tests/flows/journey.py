"""What several journeys have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.driver import day_numbers
from yibao_desktop.ui.widgets.base.date_field import DateField


def tab_to(program, wanted, most=80):
    """Press Tab until the focus is where it is wanted."""
    passed = []
    for _ in range(most):
        widget = program.window.focusWidget()
        if widget is not None and widget.isVisible() and wanted(widget):
            return
        passed.append(widget and (widget.accessibleName() or getattr(widget, "text", str)()))
        program.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came there, but by {list(dict.fromkeys(passed))}")


def arrow_to(program, name, most=10):
    """Press the arrow key within a group until the focus is on the option."""
    for _ in range(most):
        if program.window.focusWidget().accessibleName().startswith(name):
            return
        program.press(Qt.Key.Key_Down)
    raise AssertionError(f"the arrow never came to {name}")


def start(program, procedure, name):
    """Start a case with mouse and keys: its first question is shown."""
    program.click(procedure)
    program.type(name, program.field("给谁办"))
    program.click("开始办理")


def answer(program, *options):
    """Click answers one after the other, and go on where that does not go on by itself."""
    for option in options:
        waits = program.shows("继续")
        program.click(option)
        if waits:
            program.click("继续")


def begin(program, procedure, name, *answers):
    """Start a case with mouse and keys, and answer until the plan is shown."""
    start(program, procedure, name)
    answer(program, *answers)
    program.click("没有错，看要做什么")


def write_day(program, day, within=None):
    """Write a day into the three fields for it, key by key."""
    field = (within or program.page).findChild(DateField)
    for number, part in zip(day_numbers(field), (day.year, day.month, day.day), strict=True):
        number.selectAll()
        number.setFocus()
        QTest.keyClicks(number, str(part))
    program.settle()


def go_to_my_cases(program):
    program.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
