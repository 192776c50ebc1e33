"""When things of a case are to be expected, and until when they must be done."""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping
from dataclasses import dataclass

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.procedure.conditions import Truth, references
from yibao_desktop.domain.procedure.interview import Interview, date_of
from yibao_desktop.domain.procedure.model import Deadline, Expected, Question, StepKind
from yibao_desktop.domain.procedure.plan import Plan
from yibao_desktop.domain.procedure.working_days import (
    UNITS,
    Counted,
    after,
    last_working_day,
    working_days_until,
)

SOON = 7
"""A last day so many days ahead or fewer is near."""

_AWAITING: tuple[StepKind, ...] = ("wait", "collect", "check")


@dataclass(frozen=True, slots=True)
class ExpectedDate:
    """An estimate: about when something is done; never late, never a warning.

    Attributes:
        earliest, latest: the days between which it is said to be done.
        exact: whether all holidays on the way are known.
    """

    expected: Expected
    earliest: datetime.date
    latest: datetime.date
    exact: bool


@dataclass(frozen=True, slots=True)
class DueDate:
    """A limit counted from the day the user gave.

    Attributes:
        last: the last day on which it is in time.
        at_counter: the last day offices work on, where ``last`` itself is a day off.
        days_left: from today; negative once it is past.
        working_days_left: working days after today up to the last day.
        exact: whether all holidays on the way are known.
        disputed: questions whose answers say that the limit cannot be over, though it is.
    """

    deadline: Deadline
    last: datetime.date
    at_counter: datetime.date
    days_left: int
    working_days_left: int
    exact: bool
    disputed: tuple[Question, ...] = ()

    @property
    def is_past(self) -> bool:
        """Whether the last day is over."""
        return self.days_left < 0

    @property
    def is_near(self) -> bool:
        """Whether the last day has come near or is over."""
        return self.days_left <= SOON


def span_fault(fact: Fact) -> str:
    """Why a figure cannot be counted on a calendar, for its author; empty where it can."""
    if fact.choices:
        return "有几个数的时间没法算日期"
    if fact.unit not in UNITS:
        return f"单位“{fact.unit}”没法算日期；能算的：{'、'.join(UNITS)}"
    if not all(end.isdecimal() for end in _ends(fact)):
        return "要算日期的时间只能是整数"
    return ""


def expected_dates(plan: Plan, done: Mapping[str, datetime.date]) -> tuple[ExpectedDate, ...]:
    """What is to be expected of steps done; ``done`` is the day of each, by step id.

    An estimate is over once the step that waits for it is done.
    """
    dates = []
    for expected in plan.expected:
        if expected.after in done and not _is_over(plan, expected, done):
            fact = plan.procedure.fact(expected.fact)
            first, last = (_count(done[expected.after], fact, end) for end in _ends(fact))
            dates.append(ExpectedDate(expected, first.day, last.day, first.exact and last.exact))
    return tuple(dates)


def _is_over(plan: Plan, expected: Expected, done: Container[str]) -> bool:
    steps = [s.step for s in plan.steps]
    later = steps[[s.id for s in steps].index(expected.after) + 1 :]
    awaiting = next((s for s in later if s.kind in _AWAITING), None)
    return awaiting is not None and awaiting.id in done


def due_dates(plan: Plan, today: datetime.date) -> tuple[DueDate, ...]:
    """Limits whose beginning the user has given, the nearest first."""
    started = ((d, date_of(plan.answers.get(d.start, ()))) for d in plan.deadlines)
    dates = [_due(plan, deadline, start, today) for deadline, start in started if start]
    return tuple(sorted(dates, key=lambda due: due.last))


def _due(plan: Plan, deadline: Deadline, start: datetime.date, today: datetime.date) -> DueDate:
    fact = plan.procedure.fact(deadline.fact)
    last = _count(start, fact, _ends(fact)[1])
    counter = last_working_day(last.day)
    return DueDate(
        deadline,
        last.day,
        counter.day,
        (last.day - today).days,
        working_days_until(today, last.day),
        last.exact and counter.exact,
        _disputed(plan, deadline) if last.day < today else (),
    )


def _disputed(plan: Plan, deadline: Deadline) -> tuple[Question, ...]:
    """Questions answered so that a limit that is over cannot be."""
    interview = Interview(plan.procedure, plan.answers)
    if interview.truth(deadline.past_means) is not Truth.NO:
        return ()
    asked = {question for question, _ in references(deadline.past_means)}
    return tuple(q for q in plan.questions if q.id in asked)


def _ends(fact: Fact) -> tuple[str, str]:
    """The least and the greatest of a figure, the same where it is one number."""
    low, high = fact.low or fact.value or "", fact.high or fact.value or ""
    return low, high


def _count(start: datetime.date, fact: Fact, amount: str) -> Counted:
    unit = next(unit for unit in UNITS if unit == fact.unit)
    return after(start, int(amount), unit)
