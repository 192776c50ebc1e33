"""What is typed in the form of a page comes to changes that do exactly that, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.built_content import ROOT
from tests.depth import tries
from yibao_desktop.content.loader import load_seeds
from yibao_desktop.content.pack_files import read_overlay, write_overlay
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.guide.text import SpanKind
from yibao_desktop.domain.packs.apply import apply
from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.drafting import Drafting
from yibao_desktop.domain.packs.overlay import Overlay, PartKind
from yibao_desktop.domain.packs.part_form import PageForms, part_of
from yibao_desktop.domain.packs.typed_text import read_line, read_quantity
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Step

SEEDS = load_seeds(ROOT / "seeds")
FACTS = {fact.id: fact for fact, _, _ in all_facts(SEEDS)}
PAGES = {seed.value.id: seed.value for seed in SEEDS.procedures}
CARD = PAGES["card-replacement"]
DRAFT = Draft(
    "0123abcd",
    CARD.id,
    CARD.title,
    publisher="春水市医疗保障服务中心",
    region="229900",
    place="春水市",
    source_title="补卡须知",
    source_text="工本费20元，15个工作日办结，电话12345、0431-12345678。",
)


def drafted(*edits: Edit, page=CARD, draft=DRAFT):
    drafting = Drafting(replace(draft, page=page.id, edits=edits), page, FACTS)
    changed, off = apply(page, drafting.changes)
    assert off == ()
    return drafting, changed


def step_of(page, step_id):
    step = part_of(page, PartKind.STEP, step_id)
    assert isinstance(step, Step)
    return step


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_form_nobody_wrote_in_changes_nothing(page):
    edits = [
        Edit(form.kind, form.target, {field.key: field.text for field in form.fields})
        for form in PageForms(page, FACTS, DRAFT).parts()
    ]
    drafting, changed = drafted(*edits, page=page)
    assert drafting.changes == ()
    assert drafting.faults == []
    assert changed == page


def test_a_figure_becomes_a_fact_that_rests_on_the_notice():
    drafting, changed = drafted(Edit(PartKind.STEP, "pay-fee", {"fee": "工本费 20 元"}))
    assert drafting.faults == []
    fee = step_of(changed, "pay-fee").fee
    figure = next(s for s in fee.text.spans if s.kind is SpanKind.FIGURE)
    fact = changed.fact(figure.target)
    assert (fact.text, fact.kind, fact.region) == ("20 元", "money", "229900")
    assert fact.sources == fee.sources == (DRAFT.source_key,)


def test_a_figure_the_notice_does_not_have_is_told_at_its_field():
    drafting, _ = drafted(Edit(PartKind.STEP, "pay-fee", {"fee": "工本费 30 元"}))
    (fault,) = drafting.faults
    assert fault.field == (PartKind.STEP, "pay-fee", "fee")
    assert "没有“30”" in fault.message


def test_the_same_figure_twice_is_one_fact():
    edit = Edit(PartKind.STEP, "pay-fee", {"fee": "工本费 20 元", "more": "现金交 20元。"})
    drafting, _ = drafted(edit)
    assert [c.target for c in drafting.changes if c.adds] == [f"{DRAFT.prefix}figure-1"]


def test_another_telephone_number_is_another_one_to_copy():
    _, changed = drafted(Edit(PartKind.FACT, "hotline-12333", {"text": "12345"}))
    assert changed.fact("hotline-12333").text == "12345"
    assert step_of(changed, "report-loss-phone").copy_text == ("12345",)


def test_a_paper_is_brought_to_its_step_under_its_condition():
    texts = {"name": "补卡申请表", "step": "apply-at-window", "when": "channel=window"}
    _, changed = drafted(Edit(PartKind.MATERIAL, "new-1", texts))
    paper = changed.materials[-1]
    assert paper.name == "补卡申请表"
    assert paper.id in step_of(changed, "apply-at-window").materials


def test_a_paper_without_a_name_or_a_step_is_refused():
    drafting, _ = drafted(Edit(PartKind.MATERIAL, "new-1", {"spec": "一份"}))
    told = {f.field[2]: f.message for f in drafting.faults}
    assert told == {"name": "材料的名字不能空着", "step": "选一下办哪一步时要带"}


def test_a_line_left_empty_goes_and_the_others_keep_their_conditions():
    _, changed = drafted(Edit(PartKind.STEP, "pay-fee", {"line-1": ""}))
    was, now = step_of(CARD, "pay-fee").lines, step_of(changed, "pay-fee").lines
    assert now == (was[0], *was[2:])


def test_a_step_without_a_line_is_refused():
    empty = {f"line-{n}": "" for n in range(9)}
    drafting, _ = drafted(Edit(PartKind.STEP, "pay-fee", empty))
    assert "至少要留一句" in drafting.faults[0].message


def test_what_is_not_in_the_guide_any_more_is_told():
    drafting = Drafting(
        replace(DRAFT, edits=(Edit(PartKind.STEP, "gone-step", {"title": "办"}),)), CARD, FACTS
    )
    assert "已经没有这一处" in drafting.faults[0].message


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("15 个工作日", "15 个工作日", "duration"),
        ("7-10个工作日", "7–10 个工作日", "duration"),
        ("大约 20元", "大约 20 元", "money"),
        ("12345", "12345", "phone"),
        ("0431-12345678", "0431-12345678", "phone"),
        ("2026年1月1日", "2026年1月1日", "date"),
        ("85%", "85%", "ratio"),
    ],
)
def test_what_a_figure_is_read_as(typed, text, kind):
    fact = read_quantity(typed)
    assert fact is not None
    assert (fact.kind, fact.text.replace(" %", "%")) == (kind, text)
    assert fact.faults == ()


def test_a_field_for_one_figure_holds_nothing_else():
    assert read_quantity("大概十五天") is None
    assert read_quantity("15 个工作日左右") is None


typed = st.text(
    st.sampled_from("办卡带，。「」20 元15个工作日12345-～约年月"), min_size=1, max_size=24
)


@pytest.mark.deep
@given(st.lists(typed, min_size=3, max_size=3))
@settings(max_examples=tries(usual=40, deep=100))
def test_whatever_is_typed_the_overlay_is_read_back_or_a_fault_is_told(lines):
    texts = dict(zip(("fee", "time", "more"), (" ".join(t.split()) for t in lines), strict=True))
    drafting = Drafting(replace(DRAFT, edits=(Edit(PartKind.STEP, "pay-fee", texts),)), CARD, FACTS)
    overlay = Overlay(CARD.id, "229900", drafting.changes)
    if not drafting.changes:
        return
    read, _, problems = read_overlay(write_overlay(overlay), "x.yaml")
    assert problems == []
    assert read == overlay


@pytest.mark.deep
@given(typed)
@settings(max_examples=tries(usual=60, deep=200))
def test_no_figure_is_left_in_the_words(text):
    line = read_line(text, (), lambda fact: f"x-{fact.text}" and "x")
    told = (s.text for s in line.spans if s.kind is SpanKind.TEXT)
    assert not any(c.isdigit() for words in told for c in words)


def test_a_paper_that_comes_or_goes_and_a_change_in_its_step_stand_each_other():
    gone = step_of(CARD, "apply-at-window").materials[0]
    edits = (
        Edit(PartKind.MATERIAL, "new-1", {"name": "申请表", "step": "apply-at-window"}),
        Edit(PartKind.MATERIAL, gone, gone=True),
        Edit(PartKind.STEP, "apply-at-window", {"more": "到二楼。"}),
    )
    _, changed = drafted(*edits)
    step = step_of(changed, "apply-at-window")
    assert gone not in step.materials
    assert step.materials[-1] == changed.materials[-1].id
    assert step.lines[-1].text.plain == "到二楼。"


SILENT = next(page for page in PAGES.values() if page.silent)


def read_back(page, drafting):
    """The changes as a pack's file has them, applied to the page again."""
    overlay = Overlay(page.id, "229900", drafting.changes)
    read, _, problems = read_overlay(write_overlay(overlay), "x.yaml")
    assert problems == []
    assert read == overlay
    changed, off = apply(page, read.changes)
    assert off == ()
    return changed


def test_what_the_sources_do_not_tell_can_be_told_in_a_place():
    said = SILENT.silent[0]
    drafting, changed = drafted(Edit(PartKind.SILENT, said, gone=True), page=SILENT)
    assert said not in changed.silent
    assert read_back(SILENT, drafting) == changed


def test_a_channel_an_outcome_and_a_question_say_something_else():
    channel, outcome, question = CARD.channels[0], CARD.outcomes[0], CARD.questions[0]
    option = question.options[0]
    drafting, changed = drafted(
        Edit(PartKind.CHANNEL, channel.id, {"name": "到政务中心办", "fee": "工本费 20 元"}),
        Edit(PartKind.OUTCOME, outcome.id, {"text": "新卡到手了。"}),
        Edit(PartKind.QUESTION, question.id, {f"label-{option.id}": "一张塑料的卡"}),
    )
    assert drafting.faults == []
    assert changed.channel(channel.id).name == "到政务中心办"
    assert changed.channel(channel.id).fee.sources == (DRAFT.source_key,)
    assert changed.outcomes[0].text.plain == "新卡到手了。"
    assert changed.questions[0].options[0] == replace(option, label="一张塑料的卡")
    assert changed.questions[0].options[1:] == question.options[1:]
    assert read_back(CARD, drafting) == changed


def test_an_outcome_needs_its_words():
    drafting, changed = drafted(Edit(PartKind.OUTCOME, CARD.outcomes[0].id, {"text": " "}))
    (fault,) = drafting.faults
    assert fault.field == (PartKind.OUTCOME, CARD.outcomes[0].id, "text")
    assert changed == CARD


def titles(page):
    return [placed.step.title for placed in placed_steps(page.flow)]


def test_steps_come_go_and_change_places():
    gone, moved = titles(CARD)[1], "交工本费"
    steps = {placed.step.title: placed.step.id for placed in placed_steps(CARD.flow)}
    drafting, changed = drafted(
        Edit(PartKind.STEP, "new-2", {"title": "叫号", "do": "等。", "after": "new-1"}),
        Edit(PartKind.STEP, "new-1", {"title": "取号", "do": "取。", "after": steps[moved]}),
        Edit(PartKind.STEP, steps[moved], {"after": "first"}),
        Edit(PartKind.STEP, steps[gone], gone=True),
    )
    rest = [title for title in titles(CARD) if title not in (gone, moved)]
    assert titles(changed) == [moved, "取号", "叫号", *rest]
    assert read_back(CARD, drafting) == changed


def test_a_step_says_where_it_comes():
    drafting, _ = drafted(Edit(PartKind.STEP, "new-1", {"title": "取号", "do": "取。"}))
    assert [f.field[2] for f in drafting.faults] == ["after"]


def test_a_question_that_is_added_decides_about_a_paper_that_is():
    question = {"text": "有没有旧卡？", "option-1": "有", "option-2": "没有"}
    paper = {"name": "旧卡", "step": "apply-at-window", "when": "new-1=option-1"}
    drafting, changed = drafted(
        Edit(PartKind.MATERIAL, "new-2", paper), Edit(PartKind.QUESTION, "new-1", question)
    )
    asked = changed.questions[-1]
    assert changed.materials[-1].when == Is(asked.id, "option-1")
    assert [option.label for option in asked.options] == ["有", "没有"]
    assert read_back(CARD, drafting) == changed
