"""A date to be typed or picked from a calendar, as people here write it."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget


class DateField(QDateEdit):
    """Begins with today; weekends look like other days, and weeks have no numbers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make the field; ``name`` says what date it is."""
        super().__init__(QDate.currentDate(), parent)
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy年M月d日")
        self.setCalendarPopup(True)
        calendar = self.calendarWidget()
        calendar.setAccessibleName(name)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        )
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())
