"""What was wrong in a procedure once stays right: read as its users read it."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.procedure.interview import completions
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.wording.plain_text import step_text, unsure_lines


def told(plan) -> str:
    return "\n".join(f"{s.step.title}\n{step_text(s)}" for s in plan.steps)


def test_who_enrols_online_pays_there_and_not_once_more(procedures):
    sample = procedures["individual-enrolment"]
    ids = [s.step.id for s in make_plan(sample, {CHANNEL: ("online",)}).steps]
    assert "enrol-online" in ids
    assert "pay-premium" not in ids
    assert "enrol-online" not in [
        s.step.id for s in make_plan(sample, {CHANNEL: ("window",)}).steps
    ]


def test_what_it_costs_and_how_long_it_takes_is_not_called_unsaid(procedures):
    sample = procedures["individual-enrolment"]
    assert "要交多少钱" not in sample.silent
    assert "400 元" in told(make_plan(sample, {CHANNEL: ("window",)}))
    assert "1–3 个工作日" in told(make_plan(sample, {CHANNEL: ("online",)}))


@pytest.mark.parametrize("kind", ["employee", "resident"])
@pytest.mark.parametrize("employer", ["has-employer", "no-employer"])
def test_after_a_long_gap_nobody_is_told_to_be_in_time_or_insured_next_month(
    procedures, kind, employer
):
    sample = procedures["insurance-transfer"]
    answers = {"kind": (kind,), "new-employer": (employer,), "gap": ("long-gap",)}
    plan = make_plan(sample, answers)
    text = told(plan)
    assert "终止后 3 个月内办" not in text
    assert "下个月起生效" not in text
    assert plan.deadlines == ()
    assert plan.steps[-1].step.id == "waiting-period"
    assert ("3–6 个月" in text) is (kind == "resident")


def test_a_resident_who_moves_is_told_of_the_waiting_and_never_of_an_employer(procedures):
    sample = procedures["insurance-transfer"]
    plan = make_plan(sample, {"kind": ("resident",), "gap": ("no-gap",)})
    ids = [s.step.id for s in plan.steps]
    assert "enrol-yourself" in ids
    assert "resident-waiting-period" in ids
    assert "ask-employer" not in ids
    assert "new-employer" not in {q.id for q in plan.questions}


@pytest.mark.parametrize(
    ("answer", "outcome", "steps"),
    [
        ("all-met", "bound", True),
        ("other-area", "ask-about-area", True),
        ("not-kin", "not-a-relative", False),
        ("not-insured", "enrol-family-first", False),
    ],
)
def test_who_does_not_meet_the_conditions_is_told_where_to_go(procedures, answer, outcome, steps):
    plan = make_plan(procedures["family-account"], {"conditions": (answer,)})
    assert plan.outcome.id == outcome
    assert bool(plan.steps) is steps


def test_pooling_offers_the_app_of_one_city_last_and_asks_who_may(procedures):
    sample = procedures["family-pooling"]
    assert [c.id for c in sample.channels][-1] == "suishenban"
    ends = {make_plan(sample, full).outcome.id for full in completions(sample, {})}
    assert {"no-own-account", "not-a-close-relative", "family-enrols-first"} < ends


def test_not_knowing_where_to_pool_gives_the_steps_of_the_window_alone(procedures):
    sample = procedures["family-pooling"]
    answers = {
        "own-account": ("employee",),
        "member": ("insured-relative",),
        "same-area": ("same",),
        CHANNEL: (UNSURE,),
    }
    plan = make_plan(sample, answers)
    assert all(s.step.id.startswith("win-") for s in plan.steps)
    assert next(s.number for s in plan.steps if s.step.kind == "submit") == 4
    assert plan.outcome.id == "pooled"


def test_who_is_led_elsewhere_hears_nothing_of_what_he_does_not_do(procedures):
    plan = make_plan(procedures["e-card"], {"insured": ("insured-no",)})
    assert plan.outcome.go_to == "individual-enrolment"
    assert plan.silent == ()
    assert make_plan(procedures["e-card"], {"insured": ("insured-yes",)}).silent


def test_not_knowing_a_fact_says_how_to_find_out(procedures):
    plan = make_plan(procedures["family-account"], {"conditions": (UNSURE,)})
    (line,) = unsure_lines(plan)
    assert line.startswith("先弄清楚：您要绑定的家人")
    assert "打当地医保部门的服务电话问" in line


def test_no_route_of_a_procedure_takes_two_ways_at_once_when_one_does_not_know(procedures):
    for sample in procedures.values():
        unsure = make_plan(sample, {CHANNEL: (UNSURE,)})
        if len(sample.channels) > 1:
            assert unsure.channel is not None
            (assumed,) = unsure.assumed
            taken = make_plan(sample, {CHANNEL: (assumed.recommended,)})
            assert unsure.steps == taken.steps
            assert unsure.materials == taken.materials
