"""Estimates and limits of a plan, in days."""

from __future__ import annotations

import datetime

import pytest

from tests.factories import KEY, procedure, question, step
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.model import UNSURE, Deadline, Expected, Question
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.procedure.timing import due_dates, expected_dates, span_fault
from yibao_desktop.domain.wording.date_text import due_line


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def fact(**values) -> Fact:
    return Fact("span", "要多久", "duration", (KEY,), **values)


def sample(span: Fact):
    return procedure(
        step("apply"),
        step("pay"),
        step("collect", kind="collect"),
        questions=(Question("born", "哪天出生？", kind="date"),),
        facts=(span,),
        expected=(Expected("card", "新卡做好", "apply", "span", (KEY,)),),
        deadlines=(
            Deadline("enrol", "参保", "born", "span", True, RichText.of("不能追溯。"), (KEY,)),
        ),
    )


def test_an_estimate_is_a_range_from_the_day_the_step_was_done():
    plan = make_plan(sample(fact(low="7", high="10", unit="个工作日")), {})
    assert expected_dates(plan, {}) == ()
    (expected,) = expected_dates(plan, {"apply": day("2025-04-23")})
    assert (expected.earliest, expected.latest) == (day("2025-05-06"), day("2025-05-09"))
    assert expected.exact
    assert expected_dates(plan, {"apply": day("2025-04-23"), "pay": day("2025-04-24")})
    assert not expected_dates(plan, {"apply": day("2025-04-23"), "collect": day("2025-05-07")})


def test_an_estimate_beyond_the_known_holidays_says_so():
    plan = make_plan(sample(fact(value="5", unit="个工作日")), {})
    (expected,) = expected_dates(plan, {"apply": day("2045-04-24")})
    assert (expected.earliest, expected.latest) == (day("2045-05-01"), day("2045-05-01"))
    assert not expected.exact


def test_a_limit_runs_from_the_day_given():
    procedure = sample(fact(value="90", unit="天"))
    today = day("2025-10-01")
    assert due_dates(make_plan(procedure, {}), today) == ()
    assert due_dates(make_plan(procedure, {"born": (UNSURE,)}), today) == ()
    (due,) = due_dates(make_plan(procedure, {"born": ("2025-07-07",)}), today)
    assert (due.last, due.at_counter) == (day("2025-10-05"), day("2025-09-30"))
    assert (due.days_left, due.working_days_left) == (4, 0)
    assert due.is_near
    assert not due.is_past


@pytest.mark.parametrize(
    ("today", "left", "near", "past"),
    [
        ("2025-06-01", 52, False, False),
        ("2025-07-16", 7, True, False),
        ("2025-07-23", 0, True, False),
        ("2025-07-24", -1, True, True),
    ],
)
def test_a_limit_comes_near_and_passes(today, left, near, past):
    plan = make_plan(sample(fact(value="3", unit="个月")), {"born": ("2025-04-23",)})
    (due,) = due_dates(plan, day(today))
    assert (due.days_left, due.is_near, due.is_past) == (left, near, past)


@pytest.mark.parametrize(
    "span",
    [
        fact(choices=("1", "3"), unit="个月"),
        fact(value="24", unit="小时"),
        fact(value="1.5", unit="个月"),
        fact(value="几", unit="天"),
    ],
)
def test_a_figure_that_cannot_be_counted_is_a_fault(span):
    assert span_fault(span)


def test_a_limit_that_is_over_disputes_the_answer_that_says_it_is_not():
    limit = Deadline(
        "enrol", "参保", "ended", "span", False, RichText.of("要等。"), (KEY,), Is("gap", "long")
    )
    sampled = procedure(
        step("apply"),
        questions=(question("gap", "short", "long"), question("ended", kind="date")),
        facts=(fact(value="3", unit="个月"),),
        deadlines=(limit,),
    )

    def line(gap: str, today: str) -> str:
        plan = make_plan(sampled, {"gap": (gap,), "ended": ("2025-04-23",)})
        (due,) = due_dates(plan, day(today))
        return due_line(due)

    assert "对不上" not in line("short", "2025-07-23")
    assert "可是“gap？”您答的对不上" in line("short", "2025-07-24")
    assert "对不上" not in line("long", "2025-07-24")
    assert "对不上" not in line(UNSURE, "2025-07-24")
