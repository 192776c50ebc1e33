"""What a draft comes to, in the words of its form: what it changes, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.unit.packs.test_drafting import CARD, DRAFT
from tests.unit.packs.test_page_drafting import ANSWER, LOOKS, PROCEDURE, TODAY, head, part
from yibao_desktop.domain.packs.draft import Edit
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.errors import UserError

OVERLAY = replace(DRAFT, source_day=TODAY)
LATIN = re.compile("[A-Za-z]")


def looked(*edits: Edit):
    return LOOKS.look(replace(OVERLAY, edits=edits), TODAY)


def told_of(*edits: Edit) -> list[tuple[str, str]]:
    return [(told.was, told.now) for told in looked(*edits).told]


def test_of_a_part_that_changed_only_what_changed_is_told():
    (told,) = told_of(Edit(PartKind.STEP, "pay-fee", {"fee": "工本费 20 元"}))
    assert "工本费 20 元" in told[1]
    assert "交工本费" not in told[1]  # its title is as it was
    (named,) = told_of(Edit(PartKind.CHANNEL, "window", {"name": "到政务中心办"}))
    assert "到政务中心办" in named[1]
    assert CARD.channel("window").name in named[0]


def test_a_figure_that_is_new_is_told_where_it_stands_and_not_by_itself():
    (told,) = told_of(Edit(PartKind.STEP, "pay-fee", {"more": "现金交 20 元。"}))
    assert "现金交 20 元。" in told[1]
    (changed,) = told_of(Edit(PartKind.FACT, "hotline-12333", {"text": "12345"}))[:1]
    assert "12333" in changed[0]
    assert "12345" in changed[1]


def test_a_part_that_comes_is_told_with_nothing_before():
    texts = {"name": "补卡申请表", "step": "apply-at-window", "when": ""}
    told = told_of(Edit(PartKind.MATERIAL, "new-1", texts))
    assert any(not was and "补卡申请表" in now for was, now in told)


def test_what_is_taken_out_is_told_as_it_was():
    paper = CARD.materials[0]
    told = told_of(Edit(PartKind.MATERIAL, paper.id, gone=True))
    assert any(paper.name in was and not now for was, now in told)


def test_nothing_changed_is_nothing_told():
    look = looked()
    assert (look.told, look.faults) == ((), ())


@pytest.mark.parametrize(
    "gone",
    [
        Edit(PartKind.FACT, "hotline-12333", gone=True),
        Edit(PartKind.OUTCOME, CARD.outcomes[0].id, gone=True),
        Edit(PartKind.QUESTION, "card", gone=True),
    ],
    ids=["fact", "outcome", "question"],
)
def test_what_is_still_needed_is_named_by_its_words_even_though_it_is_gone(gone):
    faults = looked(gone).faults
    assert faults
    for fault in faults:
        assert not LATIN.search(fault.message), fault.message


def test_a_page_the_guide_has_no_more_is_told():
    with pytest.raises(UserError, match="没有"):
        LOOKS.look(replace(OVERLAY, page="gone-page"), TODAY)


def test_a_page_of_ones_own_is_shown_with_what_it_rests_on():
    view = LOOKS.look(ANSWER, TODAY).view
    assert view.item.title == "春水市的卡在哪里补"
    assert view.item.origin.publisher == "春水市医疗保障服务中心"
    (source,) = view.sources
    assert (source.title, source.date) == ("补卡须知", TODAY)
    nameless = replace(ANSWER, publisher=" ", source_title=" ")
    bare = LOOKS.look(nameless, TODAY).view
    assert bare.sources == ()
    assert "还没有写是谁编的" in bare.item.origin.name


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (part(PartKind.STEP, 5, title="交 3 张", do="交。"), "title"),
        (part(PartKind.QUESTION, 1, text="哪种？"), "option-1"),
        (part(PartKind.CHANNEL, 2, name=""), "name"),
        (part(PartKind.OUTCOME, 7, title="领到了", text=""), "text"),
    ],
)
def test_a_fault_of_any_part_stands_at_its_card(change, field):
    faults = LOOKS.look(PROCEDURE.with_edit(change), TODAY).faults
    assert (change.kind, change.target, field) in {fault.field for fault in faults}


def test_one_fault_of_many_ways_is_told_once():
    left = PROCEDURE.without(PartKind.OUTCOME, "new-8")
    messages = [f.message for f in LOOKS.look(left, TODAY).faults]
    assert len(messages) == len(set(messages))
    assert any("还有" in message and "也这样" in message for message in messages)


def test_what_another_page_is_asked_with_is_not_taken():
    doubled = ANSWER.with_edit(head(text="交钱。", asked="同一句\n同一句"))
    assert LOOKS.look(doubled, TODAY).faults
