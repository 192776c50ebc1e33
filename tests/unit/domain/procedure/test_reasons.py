"""Why something is in a plan."""

from __future__ import annotations

import pytest

from tests.factories import channel, material, procedure, question, step
from yibao_desktop.domain.procedure.conditions import AllOf, AnyOf, Is
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.procedure.reasons import why_material, why_step

SAMPLE = procedure(
    step("always", materials=("id",)),
    step("queue", when=AllOf((Is(CHANNEL, "hall"), Is("proxy", "yes"))), materials=("letter",)),
    step("either", when=AnyOf((Is(CHANNEL, "hall"), Is("proxy", "yes")))),
    materials=(material("id"), material("letter", when=Is("proxy", "yes"))),
    questions=(question("proxy", "yes", "no"),),
    channels=(channel("hall"), channel("web")),
)


def told(reasons):
    because = {a.question.id: [o.label for o in a.chosen] for a in reasons.because}
    return because, [q.id for q in reasons.depends_on]


def test_what_everybody_has_needs_no_reason():
    plan = make_plan(SAMPLE, {})
    assert told(why_step(plan, "always")) == ({}, [])
    assert told(why_material(plan, "id")) == ({}, [])


def test_answers_given_and_questions_open_are_told():
    plan = make_plan(SAMPLE, {CHANNEL: ("hall",)})
    assert told(why_step(plan, "queue")) == ({CHANNEL: ["渠道 hall"]}, ["proxy"])
    plan = make_plan(SAMPLE, {CHANNEL: ("hall",), "proxy": ("yes",)})
    expected = ({CHANNEL: ["渠道 hall"], "proxy": ["选 yes"]}, [])
    assert told(why_step(plan, "queue")) == expected
    assert told(why_material(plan, "letter")) == expected


def test_there_is_no_reason_for_what_does_not_exist():
    with pytest.raises(KeyError):
        why_step(make_plan(SAMPLE, {}), "nowhere")
    with pytest.raises(KeyError):
        why_material(make_plan(SAMPLE, {}), "nowhere")
