"""What is called sure, compared with every way of answering that leads to what one came for."""

from __future__ import annotations

import pytest

from tests.built_content import PROCEDURES
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.interview import completions
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE
from yibao_desktop.domain.procedure.plan import Plan, make_plan
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.wording.plain_text import need_text, paper_text, step_marks


@pytest.fixture
def procedures(guide):
    return {p.id: p for p in guide.procedures.procedures()}


def open_answers(procedure) -> list[Answers]:
    """Nothing answered, each channel alone, and all answered with 不清楚."""
    unsure = {q.id: (UNSURE,) for q in procedure.questions if q.kind == "one"}
    return [{}, unsure, *({CHANNEL: (c.id,)} for c in procedure.channels)]


def ways_to_the_goal(procedure, answers: Answers) -> list[Plan]:
    plans = [make_plan(procedure, full) for full in completions(procedure, answers)]
    busy = [p for p in plans if p.steps]
    return [p for p in busy if not p.outcome or p.outcome.kind != "elsewhere"] or busy


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_sure_is_what_every_way_to_the_goal_has(procedures, procedure_id):
    procedure = procedures[procedure_id]
    for answers in open_answers(procedure):
        ways = ways_to_the_goal(procedure, answers)
        plan = judged_plan(procedure, answers)
        for step in plan.steps:
            held = [step.step.id in {s.step.id for s in way.steps} for way in ways]
            assert step.sure is all(held), step.step.id
        for paper in plan.materials:
            held = [paper.material.id in {m.material.id for m in w.materials} for w in ways]
            assert paper.sure is (all(held) and not paper.material.some_places)
            assert bool(need_text(paper)) is not (all(held) or paper.material.some_places) or (
                paper.only_if is not None
            )


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_the_question_that_decides_decides_alone(procedures, procedure_id):
    """Answered with one of its options the thing is there in every way, otherwise in none."""
    procedure = procedures[procedure_id]
    for answers in open_answers(procedure):
        plan = judged_plan(procedure, answers)
        things = [(s.only_if, s.step.id) for s in plan.steps]
        things += [(m.only_if, m.material.id) for m in plan.materials]
        for decider, thing in things:
            if decider is None:
                continue
            for way in ways_to_the_goal(procedure, answers):
                chosen = way.answers.get(decider.question.id, ())
                wanted = chosen in [(o.id,) for o in decider.options]
                there = {s.step.id for s in way.steps} | {m.material.id for m in way.materials}
                assert (thing in there) is wanted


def test_an_open_question_does_not_make_the_papers_doubtful(procedures):
    """Who reads about a new card has a card to replace, whatever he has been asked so far."""
    for answers in ({}, {"card": (UNSURE,)}):
        plan = judged_plan(procedures["card-replacement"], {**answers, CHANNEL: ("window",)})
        assert [paper_text(m) for m in plan.materials] == [
            "本人有效身份证件",
            "报失证明",
            "本人近期免冠照片（不是每个地方都要）",
            "身份证原件",
        ]


def test_what_only_one_answer_needs_says_so(procedures):
    plan = judged_plan(procedures["card-replacement"], {})
    papers = [paper_text(m) for m in plan.materials]
    assert "报失证明（选“到窗口办”才要）" in papers
    assert "本人近期免冠照片（不是每个地方都要；选“到窗口办”才要）" in papers
    assert "身份证原件" in papers  # wanted in either way
    assert not [m for m in plan.materials if "不一定要" in paper_text(m)]
    marks = {s.step.id: step_marks(s) for s in plan.steps}
    assert marks["apply-at-window"] == ["选“到窗口办”才做"]
    assert marks["collect-card"] == []


def test_steps_not_everybody_has_say_so(procedures):
    moving = judged_plan(procedures["insurance-transfer"], {})
    unsure = {s.step.id for s in moving.steps if not s.sure}
    assert unsure == {"ask-employer", "enrol-yourself", "repay-gap", "waiting-period"} | {
        "resident-waiting-period"
    }
    card = judged_plan(procedures["card-replacement"], {CHANNEL: ("window",)})
    assert {s.step.id for s in card.steps if not s.sure} == {
        "report-loss-phone",
        "report-loss-online",
    }
