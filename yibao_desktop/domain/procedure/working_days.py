"""Counting days as Chinese offices do: working days with the holidays and the days worked instead.

The calendar is that of the package ``chinesecalendar``, into which the State Council's yearly
notice is entered; beyond its last year Monday to Friday count, and the result says so.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

Unit = Literal["个工作日", "天", "周", "个月", "年"]
UNITS: tuple[Unit, ...] = get_args(Unit)
"""Units in which a span of time can be counted on a calendar."""

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """A day that was counted to; ``exact`` is false where holidays were not known on the way."""

    day: datetime.date
    exact: bool = True


def after(start: datetime.date, amount: int, unit: Unit) -> Counted:
    """The last day of a span of ``amount`` units; ``start`` itself is not counted.

    A span of months ends on the day of the same number, or on the last of the month where that
    has no such day (《民法典》第二百零二条).
    """
    match unit:
        case "个工作日":
            return _after_working_days(start, amount)
        case "天":
            return Counted(start + amount * _DAY)
        case "周":
            return Counted(start + 7 * amount * _DAY)
        case "个月":
            return Counted(_after_months(start, amount))
        case "年":
            return Counted(_after_months(start, 12 * amount))


def last_working_day(day: datetime.date) -> Counted:
    """The day itself if offices work on it, otherwise the last day before it on which they do."""
    exact = True
    while True:
        works, known = _works(day)
        exact = exact and known
        if works:
            return Counted(day, exact)
        day -= _DAY


def working_days_until(today: datetime.date, last: datetime.date) -> int:
    """How many working days come after today up to and including the last day."""
    return sum(_works(today + n * _DAY)[0] for n in range(1, (last - today).days + 1))


def _after_working_days(start: datetime.date, amount: int) -> Counted:
    day, exact = start, True
    while amount > 0:
        day += _DAY
        works, known = _works(day)
        exact = exact and known
        amount -= works
    return Counted(day, exact)


def _after_months(start: datetime.date, amount: int) -> datetime.date:
    years, month = divmod(start.month - 1 + amount, 12)
    year, month = start.year + years, month + 1
    return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _works(day: datetime.date) -> tuple[bool, bool]:
    """Whether offices work on the day, and whether its holidays are known."""
    try:
        return _holidays().is_workday(day), True
    except NotImplementedError:
        return day.weekday() < 5, False


@cache
def _holidays() -> Any:
    # Loaded when the first day is counted, not when the program starts.
    import chinese_calendar

    return chinese_calendar
