"""Days, estimates and limits in words."""

from __future__ import annotations

import datetime

from yibao_desktop.domain.plan import Plan
from yibao_desktop.domain.timing import DueDate, ExpectedDate

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
    return f"{due.deadline.title}：最晚{day_text(due.last)}，{left_text(due)}{_unknown(due.exact)}"


def left_text(due: DueDate) -> str:
    """How long a limit still is."""
    if due.is_past:
        return f"已经过了 {-due.days_left} 天"
    if due.days_left == 0:
        return "就是今天"
    return f"还有 {due.days_left} 天（{due.working_days_left} 个工作日）"


def counter_text(due: DueDate) -> str:
    """What to mind where offices are closed on the last day; empty where they work."""
    if due.at_counter == due.last or due.is_past:
        return ""
    return f"那天多半不上班，要到窗口的，最晚{day_text(due.at_counter)}去。"


def limit_lines(plan: Plan) -> list[str]:
    """The limits of a plan before it is known from which day they run."""
    procedure = plan.procedure
    questions = {q.id: q for q in procedure.questions}
    return [
        f"{d.title}：{procedure.fact(d.fact).text}内办；从哪天算起，看这个问题的回答："
        f"{questions[d.start].text}"
        for d in plan.deadlines
    ]


def _unknown(exact: bool) -> str:
    return "" if exact else UNKNOWN_HOLIDAYS
