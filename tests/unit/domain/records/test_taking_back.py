"""What is taken back is as it was before, and what was done since stays."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import channel, group, material, procedure, question, step
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.records.case import Case, MaterialState, StepMark
from yibao_desktop.domain.records.commands import (
    Accept,
    Answer,
    Archive,
    CaseCommand,
    Note,
    Rename,
    Reopen,
    SetDoneDay,
    SetMaterial,
    SetReceipt,
    Tick,
    have_material,
)
from yibao_desktop.domain.records.taking_back import TakeBack

NOW = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)
TODAY = NOW.astimezone().date()
SAMPLE = procedure(
    step("hand-in", kind="submit", materials=("id", "photo")),
    group("way", step("by-post"), step("by-hand"), kind="any"),
    materials=(material("id"), material("photo")),
    questions=(question("card", "real", "phone"),),
    channels=(channel("hall"), channel("web")),
)
BEGUN = Case("1", "妈妈", SAMPLE.id, "1", NOW, NOW, answers={"card": ("real",)})

COMMANDS: tuple[CaseCommand, ...] = (
    Answer({"card": ("phone",)}),
    Answer({CHANNEL: ("web",)}),
    Tick("hand-in", True),
    Tick("by-hand", True),
    Note("hand-in", "3 号窗口"),
    have_material("id", True),
    SetMaterial("photo", MaterialState.NOT_NEEDED),
    SetReceipt("A-17"),
    Rename("爸爸"),
    Archive(),
)


def done(case: Case, *commands: CaseCommand) -> Case:
    for command in commands:
        case = command.change(case, make_plan(SAMPLE, case.answers), NOW)
    return case


def told(case: Case) -> Case:
    """A case without what says nothing: papers noted as missing, steps with nothing noted."""
    papers = {k: v for k, v in case.materials.items() if v is not MaterialState.MISSING}
    steps = {k: v for k, v in case.steps.items() if v != StepMark()}
    return replace(case, materials=papers, steps=steps)


@given(st.permutations(COMMANDS), st.integers(0, len(COMMANDS) - 1))
def test_whatever_is_taken_back_everything_else_is_as_without_it(order, taken):
    before = done(BEGUN, *order[:taken])
    after = done(before, order[taken])
    now = done(after, *order[taken + 1 :], TakeBack(before, after))
    without = done(BEGUN, *order[:taken], *order[taken + 1 :])
    shared = {CHANNEL, "way", "card"}  # ticking a way chooses it, whichever command came first
    assert told(now).steps == told(without).steps
    assert told(now).materials == told(without).materials
    assert {k: v for k, v in now.answers.items() if k not in shared} == {
        k: v for k, v in without.answers.items() if k not in shared
    }
    assert (now.nickname, now.receipt_number, now.archived_at) == (
        without.nickname,
        without.receipt_number,
        without.archived_at,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
def test_at_once_everything_is_as_before(command):
    after = done(BEGUN, command)
    assert told(after) != told(BEGUN)
    assert told(done(after, TakeBack(BEGUN, after))) == told(BEGUN)


def test_a_day_and_a_note_of_one_step_go_back_each_by_itself():
    ticked = done(BEGUN, Tick("hand-in", True))
    dated = done(ticked, SetDoneDay("hand-in", TODAY - datetime.timedelta(days=3)))
    noted = done(dated, Note("hand-in", "3 号窗口"))
    back = done(noted, TakeBack(ticked, dated))
    assert back.steps["hand-in"] == StepMark(TODAY, "3 号窗口")
    back = done(noted, TakeBack(dated, noted))
    assert back.steps["hand-in"] == StepMark(TODAY - datetime.timedelta(days=3))


def test_what_was_changed_again_since_goes_back_to_what_it_was_before():
    first = done(BEGUN, SetReceipt("A-17"))
    second = done(first, SetReceipt("B-2"))
    assert done(second, TakeBack(BEGUN, first)).receipt_number == ""


def test_a_paper_is_at_hand_or_missing():
    at_hand = done(BEGUN, have_material("id", True))
    assert at_hand.materials == {"id": MaterialState.HAVE}
    assert done(at_hand, have_material("id", False)).materials == {"id": MaterialState.MISSING}


def test_acceptance_and_being_put_away_go_back():
    handed_in = done(BEGUN, Tick("hand-in", True))
    accepted = done(handed_in, Accept(True))
    assert accepted.accepted_on == TODAY
    assert done(accepted, TakeBack(handed_in, accepted)).accepted_on is None
    away = done(accepted, Archive())
    again = done(away, Reopen())
    assert done(again, TakeBack(away, again)).archived_at == NOW
