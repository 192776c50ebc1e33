"""Reminders as an iCalendar file, which every calendar program reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.domain.wording.date_text import limit_text
from yibao_desktop.services.case_views import CaseView

PRODUCER = "-//yibao-desktop//yibao-desktop//ZH"
UID_DOMAIN = "yibao-desktop"
DAYS_BEFORE = (3, 0)
"""So many days before the day itself the calendar speaks up."""

HOUR = datetime.timedelta(hours=9)
"""When on such a day."""


def case_reminders(view: CaseView) -> tuple[Reminder, ...]:
    """The limits of a case that are still running, each on the last day offices work."""
    return tuple(
        Reminder(
            uid=f"{view.case.id}-{due.deadline.id}",
            title=f"{view.heading}：{due.deadline.title}",
            description=f"{limit_text(due)}\n{NOTICE}",
            date=due.at_counter,
        )
        for due in view.due
        if not due.is_past
    )


def calendar_file(reminders: Iterable[Reminder], now: datetime.datetime) -> bytes:
    """The reminders as whole days with alarms; ``now`` is an aware time."""
    # Only whoever keeps a calendar needs the library.
    from icalendar import Alarm, Calendar, Event, vText

    class Text(vText):
        """Text as it is; the library takes a backslash before an N for a new line."""

        def to_ical(self) -> bytes:
            return _escaped(str(self)).encode("utf-8")

    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    for reminder in reminders:
        event = Event()
        event.add("uid", f"{reminder.uid}@{UID_DOMAIN}")
        event.add("dtstamp", now)
        event.add("dtstart", reminder.date)
        event.add("dtend", reminder.date + datetime.timedelta(days=1))
        event.add("summary", Text(reminder.title))
        event.add("description", Text(reminder.description))
        event.add("transp", "TRANSPARENT")
        for days in DAYS_BEFORE:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", Text(reminder.title))
            alarm.add("trigger", HOUR - datetime.timedelta(days=days))
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _escaped(text: str) -> str:
    """As RFC 5545, 3.3.11 has texts."""
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")
