"""The one clock, and that nobody asks another."""

from __future__ import annotations

import datetime
import re
import time

import pytest

from tests.clock import SetClock
from tests.conftest import ROOT
from yibao_desktop.clock import FIRST_YEAR, LAST_YEAR

_ASKING = re.compile(
    r"\b(date\.today|datetime\.now|datetime\.utcnow|datetime\.today|time\.time|time\.localtime"
    r"|time\.gmtime|currentDate\w*|currentDateTime\w*|QTime\.currentTime)\("
)
_MAY_ASK = {"yibao_desktop/clock.py", "yibao_desktop/process_meter.py", "tests/unit/test_clock.py"}
"""The clock itself, and how long ago the system began a process, which has nothing to do with days."""


@pytest.mark.parametrize("folder", ["yibao_desktop", "tests"])
def test_only_the_clock_is_asked_what_time_it_is(folder):
    asking = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in (ROOT / folder).rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in _MAY_ASK
        for found in _ASKING.finditer(path.read_text(encoding="utf-8"))
    }
    assert asking == ALLOWED[folder]


ALLOWED = {
    "yibao_desktop": {"yibao_desktop/store/backup.py: time.time("},  # beside times of files
    "tests": set(),
}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Shanghai"])
@pytest.mark.parametrize("year", [1, 1969, 1980, 2026, 2200, 9999])
def test_whatever_the_clock_says_can_be_reckoned_with_everywhere(year, zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for month, day in ((1, 1), (12, 31)):
            clock = SetClock(datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC))
            assert FIRST_YEAR <= clock.today().year <= LAST_YEAR
            assert clock.now().tzinfo is datetime.UTC
            if FIRST_YEAR < year < LAST_YEAR:
                assert abs(clock.today() - datetime.date(year, month, day)).days <= 1
    finally:
        monkeypatch.undo()
        time.tzset()
