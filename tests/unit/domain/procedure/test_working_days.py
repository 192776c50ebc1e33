"""Days counted as offices count them, over holidays and the days worked instead."""

from __future__ import annotations

import datetime

import pytest

from yibao_desktop.domain.procedure.working_days import (
    Counted,
    after,
    last_working_day,
    working_days_until,
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# From the State Council's notices for 2024 to 2026: 春节, 清明, 劳动节, 端午, 中秋, 国庆.
WORKING_DAYS = [
    ("2024-02-09", 1, "2024-02-18"),  # 春节 10–17, worked on Sunday 18
    ("2024-04-03", 1, "2024-04-07"),  # 清明 4–6, worked on Sunday 7
    ("2024-04-30", 2, "2024-05-07"),  # 劳动节 1–5
    ("2024-09-13", 1, "2024-09-14"),  # worked on Saturday 14 before 中秋
    ("2024-09-30", 1, "2024-10-08"),
    ("2024-10-11", 1, "2024-10-12"),  # worked on Saturday 12
    ("2025-01-24", 1, "2025-01-26"),  # worked on Sunday 26 before 春节
    ("2025-01-27", 1, "2025-02-05"),
    ("2025-02-07", 1, "2025-02-08"),  # worked on Saturday 8
    ("2025-04-03", 1, "2025-04-07"),
    ("2025-04-25", 1, "2025-04-27"),  # worked on Sunday 27
    ("2025-04-30", 1, "2025-05-06"),
    ("2025-05-30", 1, "2025-06-03"),  # 端午
    ("2025-09-26", 1, "2025-09-28"),  # worked on Sunday 28
    ("2025-09-30", 1, "2025-10-09"),
    ("2025-09-30", 3, "2025-10-11"),  # worked on Saturday 11
    ("2025-10-10", 1, "2025-10-11"),
    ("2025-04-23", 7, "2025-05-06"),
    ("2025-04-23", 10, "2025-05-09"),
    ("2025-12-31", 1, "2026-01-04"),  # 元旦 1–3, worked on Sunday 4
    ("2026-02-13", 1, "2026-02-14"),  # worked on Saturday 14 before 春节
    ("2026-02-14", 1, "2026-02-24"),  # 春节 15–23
    ("2026-02-27", 1, "2026-02-28"),  # worked on Saturday 28
    ("2026-04-03", 1, "2026-04-07"),
    ("2026-04-30", 1, "2026-05-06"),
    ("2026-05-08", 1, "2026-05-09"),  # worked on Saturday 9
    ("2026-06-18", 1, "2026-06-22"),  # 端午 19–21
    ("2026-09-18", 1, "2026-09-20"),  # worked on Sunday 20
    ("2026-09-24", 1, "2026-09-28"),  # 中秋 25–27
    ("2026-09-30", 1, "2026-10-08"),  # 国庆 1–7
    ("2026-10-09", 1, "2026-10-10"),  # worked on Saturday 10
    ("2026-11-20", 10, "2026-12-04"),
]


@pytest.mark.parametrize(("start", "amount", "end"), WORKING_DAYS)
def test_working_days_leave_out_holidays_and_count_days_worked_instead(start, amount, end):
    assert after(day(start), amount, "个工作日") == Counted(day(end))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        ("2025-04-23", 3, "个月", "2025-07-23"),
        ("2025-11-30", 3, "个月", "2026-02-28"),
        ("2024-01-31", 1, "个月", "2024-02-29"),
        ("2025-12-31", 12, "个月", "2026-12-31"),
        ("2024-02-29", 1, "年", "2025-02-28"),
        ("2025-04-23", 90, "天", "2025-07-22"),
        ("2025-04-23", 2, "周", "2025-05-07"),
    ],
)
def test_other_spans_are_counted_on_the_calendar(start, amount, unit, end):
    assert after(day(start), amount, unit) == Counted(day(end))


def test_beyond_the_known_years_monday_to_friday_count_and_this_is_said():
    counted = after(day("2045-09-29"), 2, "个工作日")
    assert counted == Counted(day("2045-10-03"), exact=False)


def test_a_day_off_is_preceded_by_a_working_day():
    assert last_working_day(day("2025-10-05")) == Counted(day("2025-09-30"))
    assert last_working_day(day("2025-10-11")) == Counted(day("2025-10-11"))


def test_working_days_left_are_those_after_today():
    assert working_days_until(day("2025-09-30"), day("2025-10-11")) == 3
    assert working_days_until(day("2025-10-11"), day("2025-10-11")) == 0
    assert working_days_until(day("2025-10-12"), day("2025-10-11")) == 0
