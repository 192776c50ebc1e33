"""A date to be typed or picked from a calendar, as people here write it."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from yibao_desktop.clock import LAST_YEAR
from yibao_desktop.domain.procedure.interview import FIRST_DAY_YEAR


class DateField(QDateEdit):
    """Begins with a day; weekends look like other days, and weeks have no numbers."""

    def __init__(self, name: str, day: datetime.date, parent: QWidget | None = None) -> None:
        """Make the field; ``name`` says what date it is, ``day`` the one shown first."""
        super().__init__(QDate(day.year, day.month, day.day), parent)
        self.setDateRange(QDate(FIRST_DAY_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy年M月d日")
        self.setCalendarPopup(True)
        calendar = self.calendarWidget()
        calendar.setAccessibleName(name)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        )
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
