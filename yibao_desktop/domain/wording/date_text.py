"""Days, estimates and limits in words."""

from __future__ import annotations

import datetime

from yibao_desktop.domain.procedure.timing import DueDate, ExpectedDate

UNKNOWN_HOLIDAYS = "（那时的放假安排还不知道，未计节假日调休）"
_WEEKDAYS = "一二三四五六日"


def day_text(day: datetime.date) -> str:
    """A day as people say it, such as ``2025年4月23日（周三）``."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def expected_text(expected: ExpectedDate) -> str:
    """An estimate in one sentence."""
    first, last = day_text(expected.earliest), day_text(expected.latest)
    when = first if first == last else f"{first}到{last}之间"
    return f"{expected.expected.title}：大约{when}，各地不同{_unknown(expected.exact)}"


def due_text(due: DueDate) -> str:
    """A limit in one sentence: the last day, and how long it still is."""
    return f"{_last(due)}，{_left(due)}"


def due_line(due: DueDate) -> str:
    """A limit with how long it still is and what follows once it is over."""
    return f"{due_text(due)}。{_follows(due)}"


def limit_text(due: DueDate) -> str:
    """A limit as it is true on any day: without how long it still is."""
    return f"{_last(due)}。{_follows(due)}"


def _last(due: DueDate) -> str:
    return f"{due.deadline.title}：最晚{day_text(due.last)}{_unknown(due.exact)}"


def _left(due: DueDate) -> str:
    if due.is_past:
        return f"已经过了 {-due.days_left} 天"
    if due.days_left == 0:
        return "就是今天"
    return f"还有 {due.days_left} 天（{due.working_days_left} 个工作日）"


def _follows(due: DueDate) -> str:
    """What happens afterwards, and the last day offices can be gone to."""
    follows = due.deadline.consequence.plain + _dispute(due)
    if due.at_counter == due.last or due.is_past:
        return follows
    return f"{follows}那天多半不上班，要到窗口的，最晚{day_text(due.at_counter)}去。"


def _dispute(due: DueDate) -> str:
    """That the day and another answer contradict each other, and what to do about it."""
    if not due.disputed:
        return ""
    asked = "、".join(f"“{question.text}”" for question in due.disputed)
    return f"可是{asked}您答的对不上，请看看是哪一题答错了。"


def _unknown(exact: bool) -> str:
    return "" if exact else UNKNOWN_HOLIDAYS
