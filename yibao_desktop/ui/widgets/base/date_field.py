"""A day, as people here write it: typed into three fields, pasted, or picked from a calendar."""

from __future__ import annotations

import datetime
import re
from functools import partial

from PySide6.QtCore import QDate, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label

_UNITS = (("年", 4), ("月", 2), ("日", 2))
_WRITTEN = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,3}")
"""A whole day in one text: 2025-04-23, 2025/4/23, 2025年4月23日."""


class DateField(QWidget):
    """Begins empty: no day is anybody's answer before it is given.

    Signals:
        changed: another day is written, or none any more.
    """

    changed = Signal()

    def __init__(
        self, name: str, latest: datetime.date | None = None, parent: QWidget | None = None
    ) -> None:
        """Make the field; ``name`` says what day it is, which may not be after ``latest``."""
        super().__init__(parent)
        self._latest = latest
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        row = FlowRow()
        self._numbers: list[QLineEdit] = []
        for unit, digits in _UNITS:
            field = QLineEdit()
            field.setAccessibleName(f"{name}{unit}")
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("0" * (digits + 3)))
            field.textEdited.connect(partial(self._on_edited, field, digits))
            self._numbers.append(field)
            row.add(_with_unit(field, unit))
        self._pick = QToolButton()
        self._pick.setText("日历")
        self._pick.setAccessibleName(f"{name}从日历里选")
        self._pick.clicked.connect(self._on_pick_clicked)
        row.add(self._pick)
        self._fault = text_label("", "fault")
        self._fault.hide()
        rows.addWidget(row)
        rows.addWidget(self._fault)
        self._calendar = _calendar(name, self)
        self._calendar.activated.connect(self._on_picked)
        self._calendar.clicked.connect(self._on_picked)
        self.setFocusProxy(self._numbers[0])

    @property
    def day(self) -> datetime.date | None:
        """The day written; None where there is none, or none that can be."""
        texts = [field.text() for field in self._numbers]
        if not all(texts) or len(texts[0]) < _UNITS[0][1]:
            return None
        try:
            day = datetime.date(*map(int, texts))
        except ValueError:
            return None
        return None if self._latest is not None and day > self._latest else day

    def set_day(self, day: datetime.date | None) -> None:
        """Show a day, or none; nobody is told."""
        texts = (str(day.year), str(day.month), str(day.day)) if day else ("", "", "")
        for field, text in zip(self._numbers, texts, strict=True):
            with QSignalBlocker(field):
                field.setText(text)
        self._show_fault()

    def _on_edited(self, field: QLineEdit, digits: int, text: str) -> None:
        """Take what was typed or pasted; a whole day goes into all three fields."""
        written = _WRITTEN.fullmatch(text.strip())
        if written:
            for number, part in zip(self._numbers, written.groups(), strict=True):
                number.setText(str(int(part)))
        elif not text.isdecimal() or len(text) > digits:
            field.setText("".join(sign for sign in text if sign.isdecimal())[:digits])
        at = self._numbers.index(field) + 1
        if not written and len(field.text()) == digits and at < len(self._numbers):
            self._numbers[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._numbers[at].selectAll()
        self._show_fault()
        self.changed.emit()

    def _show_fault(self) -> None:
        """Say at once, beside the fields, why what is written is no day."""
        texts = [field.text() for field in self._numbers]
        whole = all(texts) and len(texts[0]) == _UNITS[0][1]
        wrong = whole and self.day is None
        if wrong:
            future = self._latest is not None and _is_day(texts)
            written = f"{texts[0]}年{texts[1]}月{texts[2]}日"
            self._fault.setText(f"{written}还没有到。" if future else f"没有{written}这一天。")
        self._fault.setVisible(wrong)

    def _on_pick_clicked(self) -> None:
        if self.day is not None:
            self._calendar.setSelectedDate(QDate(self.day.year, self.day.month, self.day.day))
        if self._latest is not None:
            latest = self._latest
            self._calendar.setMaximumDate(QDate(latest.year, latest.month, latest.day))
        self._calendar.move(self._pick.mapToGlobal(QPoint(0, self._pick.height() + 2)))
        self._calendar.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_picked(self, day: QDate) -> None:
        self._calendar.hide()
        self.set_day(datetime.date(day.year(), day.month(), day.day()))
        self.changed.emit()


def _with_unit(field: QLineEdit, unit: str) -> QWidget:
    """A number and its unit, which never part where the fields go on in the next line."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    row.addWidget(field)
    row.addWidget(QLabel(unit))
    return pair


def _is_day(texts: list[str]) -> bool:
    return QDate(*map(int, texts)).isValid()


def _calendar(name: str, field: QWidget) -> QCalendarWidget:
    """A calendar that opens over the page; weekends look like other days, weeks have no numbers."""
    calendar = QCalendarWidget(field)
    calendar.setWindowFlag(Qt.WindowType.Popup)
    calendar.setProperty("role", "popup")
    calendar.setAccessibleName(name)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
    return calendar
