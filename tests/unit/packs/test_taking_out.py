"""What is taken out of a page in its form, what goes with it, and what has to stay."""

from __future__ import annotations

import pytest

from tests.unit.packs.test_drafting import CARD, PAGES, drafted, step_of
from yibao_desktop.content.pack_files import read_overlay, write_overlay
from yibao_desktop.domain.packs.draft import Edit
from yibao_desktop.domain.packs.overlay import Overlay, PartKind
from yibao_desktop.domain.packs.part_form import part_of
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.procedure.proof import prove


def gone(kind: PartKind, target: str) -> Edit:
    return Edit(kind, target, gone=True)


@pytest.mark.parametrize(
    ("page", "channel"), [(p.id, c.id) for p in PAGES.values() for c in p.channels]
)
def test_with_a_way_of_doing_it_goes_all_that_only_it_needs(page, channel):
    """Every way of answering still ends once, and meets every step and paper that is left."""
    drafting, changed = drafted(gone(PartKind.CHANNEL, channel), page=PAGES[page])
    assert drafting.faults == []
    assert prove(changed).faults == ()
    assert channel not in [known.id for known in changed.channels]
    several = len(changed.channels) > 1
    assert any(question.id == CHANNEL for question in all_questions(changed)) == several


def test_what_is_for_both_ways_keeps_its_condition():
    _, changed = drafted(gone(PartKind.CHANNEL, "online"))
    assert step_of(changed, "apply-at-window") == step_of(CARD, "apply-at-window")
    assert part_of(changed, PartKind.STEP, "upload") is None
    assert part_of(changed, PartKind.MATERIAL, "card-photo") is None
    said = "".join(line.text.plain for line in step_of(changed, "pay-fee").lines)
    assert "网上" not in said


def test_what_is_for_some_ways_is_for_those_of_them_that_are_left():
    _, changed = drafted(gone(PartKind.CHANNEL, "counter"), page=PAGES["e-card"])
    for before in PAGES["e-card"].materials:
        now = part_of(changed, PartKind.MATERIAL, before.id)
        assert now is None or "counter" not in str(now.when)


def test_the_first_way_left_is_what_who_is_not_sure_is_led_by():
    page = PAGES["family-pooling"]
    (asked,) = (q for q in page.questions if q.id == CHANNEL)
    _, changed = drafted(gone(PartKind.CHANNEL, asked.recommended), page=page)
    (now,) = (q for q in changed.questions if q.id == CHANNEL)
    assert now.recommended == changed.channels[0].id


def test_ways_added_to_a_page_that_had_none_are_asked_for():
    edits = [
        Edit(PartKind.CHANNEL, "new-1", {"name": "到窗口办"}),
        Edit(PartKind.CHANNEL, "new-2", {"name": "打电话办", "kind": "phone"}),
    ]
    drafting, changed = drafted(*edits, page=PAGES["claim-later"])
    (asked,) = (q for q in changed.questions if q.id == CHANNEL)
    assert asked.recommended == changed.channels[0].id
    assert prove(changed).faults == ()
    assert drafting.changes == read_overlay_back(drafting.changes)


def read_overlay_back(changes):
    overlay, _, problems = read_overlay(write_overlay(Overlay("x", "229900", changes)), "x.yaml")
    assert problems == []
    return overlay.changes


@pytest.mark.parametrize("choice", ["report-loss-phone", "report-loss-online"])
def test_where_one_of_two_is_left_there_is_nothing_to_choose(choice):
    _, changed = drafted(gone(PartKind.STEP, choice))
    assert prove(changed).faults == ()
    assert "report-loss" not in [question.id for question in all_questions(changed)]


def test_a_question_that_steps_hang_on_stays_and_says_so():
    drafting, _ = drafted(gone(PartKind.QUESTION, "card"))
    (fault,) = drafting.faults
    assert fault.field == (PartKind.QUESTION, "card", "")
    assert fault.message == (
        "从“打电话挂失”到“激活新卡”这几步是照这个问题的回答分的，这里改不了，所以这个问题要留着"
    )


def test_a_question_goes_once_nothing_hangs_on_it():
    page = PAGES["claim-later"]
    asked = gone(PartKind.QUESTION, "stay")
    drafting, _ = drafted(asked, page=page)
    (fault,) = drafting.faults
    assert "材料“出院结算单”" in fault.message
    assert "请先把它们改掉或者去掉" in fault.message
    always = Edit(PartKind.MATERIAL, "discharge-bill", {"when": ""})
    line = Edit(PartKind.STEP, "hand-in-claim", {"line-1": ""})
    drafting, changed = drafted(asked, always, line, page=page)
    assert drafting.faults == []
    assert changed.questions == ()
    assert part_of(changed, PartKind.MATERIAL, "discharge-bill").when is None
    assert prove(changed).faults == ()


@pytest.mark.parametrize("kind", ["step", "material", "outcome", "channel"])
def test_another_condition_is_chosen_for_a_part_of_the_guide(kind):
    wanted = PartKind(kind)
    part = {
        PartKind.STEP: step_of(CARD, "wait-for-card"),
        PartKind.MATERIAL: CARD.materials[0],
        PartKind.OUTCOME: CARD.outcomes[0],
        PartKind.CHANNEL: CARD.channels[1],
    }[wanted]
    _, changed = drafted(Edit(wanted, part.id, {"when": "card=e-credential"}))
    assert part_of(changed, wanted, part.id).when == Is("card", "e-credential")


def test_an_outcome_takes_the_place_of_one_of_the_guide():
    texts = {"title": "电子卡不用补", "kind": "elsewhere", "text": "手机里的不用补。"}
    new = Edit(PartKind.OUTCOME, "new-1", {**texts, "when": "card=e-credential"})
    drafting, changed = drafted(gone(PartKind.OUTCOME, "nothing-to-replace"), new)
    assert drafting.faults == []
    assert [outcome.title for outcome in changed.outcomes][-1] == "电子卡不用补"
    assert prove(changed).faults == ()
