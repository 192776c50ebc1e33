"""Calendar files: whole days, alarms, and lines no calendar program stumbles over."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys

import pytest
from icalendar import Calendar

from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.services.calendar_file import calendar_file

NOW = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)
LONG = Reminder(
    uid="1f2e-birth-limit",
    title="妈妈 · 给孩子参加医保：最晚这一天" * 4,
    description="出生 90 天以内要参保。\n过了，会怎样；请问当地医保部门, 或者看 C:\\说明。" * 3,
    date=datetime.date(2027, 2, 28),
)


def test_a_reminder_is_a_whole_day_that_reads_back_as_it_was():
    calendar = Calendar.from_ical(calendar_file([LONG], NOW))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == LONG.date
    assert event.decoded("dtend") == datetime.date(2027, 3, 1)
    assert event.decoded("dtstamp") == NOW
    assert str(event["summary"]) == LONG.title
    assert str(event["description"]) == LONG.description
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    morning = datetime.timedelta(hours=9)
    assert triggers == [morning - datetime.timedelta(days=3), morning]


def test_lines_fold_at_75_octets_and_never_within_a_character():
    content = calendar_file([LONG], NOW)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert sum(line.startswith(b" ") for line in lines) > 5
    for line in lines:
        line.decode("utf-8")  # raises where a character was cut


@pytest.mark.parametrize("title", ["一次", "改了名"])
def test_the_same_reminder_keeps_its_name_in_the_calendar(title):
    again = Reminder(LONG.uid, title, "", datetime.date(2027, 3, 5))
    (event,) = Calendar.from_ical(calendar_file([again], NOW)).walk("VEVENT")
    assert str(event["uid"]) == "1f2e-birth-limit@yibao-desktop"


@pytest.mark.parametrize("text", ["C:\\New\\note", "a;b,c\\;", "\\\\N\\n", "一\n二", "\\"])
def test_a_text_means_in_the_calendar_what_was_typed(text):
    """Read by the library, and by the rule of RFC 5545 alone."""
    day = Reminder("1", f"妈妈{text}", text, datetime.date(2026, 6, 15))
    written = calendar_file([day], NOW)
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == (f"妈妈{text}", text)
    unfolded = written.decode("utf-8").replace("\r\n ", "")
    (line,) = [x for x in unfolded.split("\r\n") if x.startswith("SUMMARY:")]
    plain = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], line[8:])
    assert plain == f"妈妈{text}"


def test_several_reminders_are_in_one_file():
    days = [Reminder(f"r{n}", f"第 {n} 件", "", LONG.date) for n in range(3)]
    calendar = Calendar.from_ical(calendar_file(days, NOW))
    assert [str(e["summary"]) for e in calendar.walk("VEVENT")] == ["第 0 件", "第 1 件", "第 2 件"]


def test_what_prints_and_keeps_calendars_is_loaded_only_when_it_is_used():
    code = (
        "import sys, yibao_desktop.services.calendar_file, yibao_desktop.ui.program.application; "
        "late = ('icalendar', 'PySide6.QtPrintSupport', 'yibao_desktop.ui.takeaway.paper', "
        "'yibao_desktop.ui.takeaway.printing', 'yibao_desktop.domain.wording.handout'); "
        "print([m for m in late if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
