"""A day is typed, pasted or picked; what is no day is said beside it."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLabel, QToolButton

from tests.screens.faults import faults as screen_faults
from tests.ui.driver import day_numbers
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.widgets.base.date_field import DateField

pytestmark = pytest.mark.slow

LATEST = datetime.date(2026, 6, 15)


@pytest.fixture
def field(qtbot) -> DateField:
    made = DateField("哪一天交的", LATEST)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def picker(field: DateField) -> QToolButton:
    return next(b for b in field.findChildren(QToolButton) if b.accessibleName())


def faults(field: DateField) -> str:
    return "".join(
        w.text() for w in field.findChildren(QLabel) if w.isVisible() and len(w.text()) > 1
    )


def test_it_begins_empty_and_is_typed_in_one_go(field):
    assert field.day is None
    year, month, day = day_numbers(field)
    assert [n.accessibleName() for n in day_numbers(field)] == [
        "哪一天交的年",
        "哪一天交的月",
        "哪一天交的日",
    ]
    QTest.keyClicks(year, "2025")
    QTest.keyClicks(month, "04")
    QTest.keyClicks(day, "23")
    assert field.day == datetime.date(2025, 4, 23)
    assert faults(field) == ""


@pytest.mark.parametrize("text", ["2025-04-23", "2025/4/23", "2025年4月23日", "2025.4.23"])
def test_a_whole_day_is_pasted_into_any_of_the_fields(field, text):
    QGuiApplication.clipboard().setText(text)
    told = []
    field.changed.connect(lambda: told.append(field.day))
    QTest.keySequence(day_numbers(field)[0], QKeySequence(QKeySequence.StandardKey.Paste))
    assert told[-1] == datetime.date(2025, 4, 23)
    assert [n.text() for n in day_numbers(field)] == ["2025", "4", "23"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("2025", "2", "30"), "没有2025年2月30日这一天。"),
        (("2025", "13", "1"), "没有2025年13月1日这一天。"),
        (("2026", "6", "16"), "2026年6月16日还没有到。"),
    ],
)
def test_what_is_no_day_is_said_beside_it_and_goes_when_it_is_right(field, written, said):
    for number, text in zip(day_numbers(field), written, strict=True):
        QTest.keyClicks(number, text)
    assert field.day is None
    assert faults(field) == said
    field.set_day(LATEST)
    assert faults(field) == ""


def test_letters_are_not_taken(field):
    QTest.keyClicks(day_numbers(field)[0], "2x0a-25")
    assert day_numbers(field)[0].text() == "2025"


def test_a_day_is_picked_from_the_calendar(field):
    field.set_day(datetime.date(2025, 4, 1))
    QTest.mouseClick(picker(field), Qt.MouseButton.LeftButton)
    calendar = field.findChild(QCalendarWidget)
    assert calendar.isVisible()
    assert calendar.selectedDate() == QDate(2025, 4, 1)
    calendar.clicked.emit(QDate(2025, 4, 23))
    assert field.day == datetime.date(2025, 4, 23)
    assert not calendar.isVisible()
    sunday = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday)
    assert sunday.foreground().style() is Qt.BrushStyle.NoBrush  # like other days


@pytest.mark.parametrize("size", list(TextSize))
def test_all_of_it_fits_at_any_width(qtbot, window, size):
    """At 200 % of the screen a dialog has some 450 logical pixels, and letters of 26."""
    context = window.desktop.context
    context.services.settings.update(text_size=size)
    dialog = DayDialog("这一步是哪一天办好的？", LATEST, context, window.window)
    qtbot.addWidget(dialog)
    dialog.open()
    for width in (260, 330, 480, 700):
        dialog.resize(width, 700)
        window.settle()
        assert screen_faults(dialog, dialog.grab().toImage()) == [], width
        year, month, day = (n.width() for n in day_numbers(dialog.findChild(DateField)))
        assert year > month == day, width
