"""The forms a page is made in: what stands in them, and what there is to choose from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import factories
from tests.unit.packs.test_drafting import CARD, DRAFT, FACTS, PAGES
from tests.unit.packs.test_page_drafting import ANSWER, ARTICLE, PROCEDURE, part
from yibao_desktop.domain.packs.draft import HEAD, CardKind, Edit
from yibao_desktop.domain.packs.form_fields import PartForm, option_keys
from yibao_desktop.domain.packs.hanging import hanging_on
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.page_form import Catalogue, page_form, page_groups, part_name
from yibao_desktop.domain.packs.part_form import AS_IT_IS, FIRST, PageForms
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import CHANNEL

CATALOGUE = Catalogue((("card-loss", "卡丢了"),), (("card-replacement", "补办医保卡"),))


def field(form: PartForm, key: str):
    return next(field for field in form.fields if field.key == key)


def values(form: PartForm, key: str) -> list[str]:
    return [value for value, _ in field(form, key).choices]


def names(form: PartForm, key: str) -> list[str]:
    return [name for _, name in field(form, key).choices]


# -- a page of one's own ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        (ANSWER, [CardKind.HEAD]),
        (ARTICLE, [CardKind.HEAD, CardKind.SECTION]),
        (
            PROCEDURE,
            [
                CardKind.HEAD,
                PartKind.STEP,
                PartKind.MATERIAL,
                PartKind.QUESTION,
                PartKind.CHANNEL,
                PartKind.OUTCOME,
            ],
        ),
    ],
    ids=["answer", "article", "procedure"],
)
def test_a_page_has_a_form_for_its_head_and_for_every_part(draft, kinds):
    groups = page_groups(draft, CATALOGUE)
    assert [group.kind for group in groups] == kinds
    head, *others = groups
    (whole,) = head.forms
    assert (whole.target, whole.is_whole, head.add, head.ordered) == (HEAD, True, "", False)
    assert values(whole, "topic") == ["", "card-loss"]
    assert values(whole, "related") == ["", "card-replacement"]
    for group in others:
        assert [form.target for form in group.forms] == [e.target for e in draft.parts(group.kind)]
        assert not any(form.is_whole for form in group.forms)
        assert group.add.startswith("加一")
        assert group.ordered


def test_a_form_has_a_field_for_all_that_is_read_of_it():
    for draft in (ANSWER, ARTICLE, PROCEDURE):
        for group in page_groups(draft, CATALOGUE):
            for form, edit in zip(group.forms, draft.parts(group.kind), strict=True):
                assert set(edit.texts) <= {field.key for field in form.fields}


def test_what_has_several_lines_or_answers_has_room_for_them():
    forms = [form for group in page_groups(PROCEDURE, CATALOGUE) for form in group.forms]
    forms += [form for draft in (ANSWER, ARTICLE) for g in page_groups(draft, CATALOGUE)
              for form in g.forms]  # fmt: skip
    long = {(form.kind, field.key) for form in forms for field in form.fields if field.long}
    assert long == {
        (CardKind.HEAD, "answer"), (CardKind.HEAD, "text"), (CardKind.HEAD, "asked"),
        (CardKind.SECTION, "text"), (PartKind.STEP, "do"), (PartKind.STEP, "caution"),
        (PartKind.STEP, "note"), (PartKind.QUESTION, "why"),
        (PartKind.QUESTION, "how_to_find_out"), (PartKind.OUTCOME, "text"),
    }  # fmt: skip
    many = {(form.kind, field.key) for form in forms for field in form.fields if field.many}
    assert many == {(PartKind.MATERIAL, "step")}


def test_a_part_is_called_by_its_words_or_by_its_number():
    blank = PROCEDURE.with_edit(part(PartKind.STEP, 5, title=" ")).with_edit(
        part(PartKind.CHANNEL, 3)
    )
    steps, channels = (blank.parts(kind) for kind in (PartKind.STEP, PartKind.CHANNEL))
    assert [part_name(blank, edit) for edit in steps] == ["填申请表", "第 2 步"]
    assert [part_name(blank, edit) for edit in channels] == ["到窗口办", "第 2 种办法"]


def test_a_paper_is_brought_to_any_step_of_the_page():
    (form,) = (page_form(PROCEDURE, edit) for edit in PROCEDURE.parts(PartKind.MATERIAL))
    assert field(form, "step").choices == (("new-4", "填申请表"), ("new-5", "交申请"))


def test_a_part_may_hang_on_every_answer_but_its_own():
    step = page_form(PROCEDURE, PROCEDURE.parts(PartKind.STEP)[0])
    asked = ["new-1=option-1", "new-1=option-2"]
    ways = [f"{CHANNEL}=new-2", f"{CHANNEL}=new-3"]
    assert values(step, "when") == ["", *asked, *ways]
    assert names(step, "when")[:2] == ["都办", "只有回答〔您的卡是哪一种？〕是〔实体卡〕才办"]
    question = page_form(PROCEDURE, PROCEDURE.parts(PartKind.QUESTION)[0])
    assert values(question, "when") == ["", *ways]
    channel = page_form(PROCEDURE, PROCEDURE.parts(PartKind.CHANNEL)[0])
    assert values(channel, "when") == ["", *asked]


def test_where_there_is_one_way_nobody_chooses_it():
    single = PROCEDURE.without(PartKind.CHANNEL, "new-3")
    step = page_form(single, single.parts(PartKind.STEP)[0])
    assert values(step, "when") == ["", "new-1=option-1", "new-1=option-2"]


def test_a_question_has_two_choices_at_least_and_all_that_were_given_in_their_order():
    assert option_keys(Edit(PartKind.QUESTION, "new-1")) == ("option-1", "option-2")
    given = {f"option-{n}": "甲" for n in (11, 2, 3)}
    asked = Edit(PartKind.QUESTION, "new-1", {"text": "哪种？", **given})
    assert option_keys(asked) == ("option-1", "option-2", "option-3", "option-11")
    form = page_form(PROCEDURE.with_edit(asked), asked)
    assert [f.label for f in form.fields if f.key.startswith("option-")] == [
        "选项 1", "选项 2", "选项 3", "选项 4",
    ]  # fmt: skip


# -- a page of the guide ---------------------------------------------------------------------------


def forms_of(page, *edits: Edit) -> PageForms:
    return PageForms(page, FACTS, replace(DRAFT, page=page.id, edits=edits))


def form_in(forms: PageForms, target: str) -> PartForm:
    return next(form for group in forms.groups() for form in group.forms if form.target == target)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_part_of_a_page_has_its_form_and_can_go(page):
    groups = {group.kind: group for group in forms_of(page).groups()}
    assert list(groups) == [
        PartKind.FACT, PartKind.SILENT, PartKind.QUESTION, PartKind.CHANNEL,
        PartKind.MATERIAL, PartKind.STEP, PartKind.OUTCOME,
    ]  # fmt: skip
    for kind, parts in (
        (PartKind.FACT, page.facts),
        (PartKind.QUESTION, page.questions),
        (PartKind.CHANNEL, page.channels),
        (PartKind.MATERIAL, page.materials),
        (PartKind.OUTCOME, page.outcomes),
    ):
        assert [form.target for form in groups[kind].forms] == [part.id for part in parts]
        assert all(bool(form.go) is (form.target != CHANNEL) for form in groups[kind].forms)
    assert [bool(group.add) for group in groups.values()] == [False] * 2 + [True] * 5


def test_a_part_says_what_the_guide_says():
    forms = forms_of(CARD)
    fee = form_in(forms, "pay-fee")
    step = next(form for form in forms.parts() if form.target == "pay-fee")
    assert fee == step
    assert field(fee, "title").text == "交工本费"
    lines = [f for f in fee.fields if f.key.startswith("line-")]
    assert [f.key for f in lines] == [f"line-{n}" for n in range(len(lines))]
    assert all(f.text and f.long for f in lines)
    assert field(fee, "more").long
    assert not field(fee, "title").long
    card = form_in(forms, "card")
    assert [f.label for f in card.fields if f.key.startswith("label-")][:2] == ["选项 1", "选项 2"]
    fact = form_in(forms, "hotline-12333")
    assert field(fact, "text").text == "12333"


def test_what_it_costs_and_how_long_it_takes_is_shown_where_it_is_told():
    shown = set()
    for page in PAGES.values():
        forms = forms_of(page)
        for told in (*page.channels, *(placed.step for placed in placed_steps(page.flow))):
            form = form_in(forms, told.id)
            for key, said in (("fee", told.fee), ("time", told.time)):
                assert bool(field(form, key).text) is bool(said)
                shown.add((key, bool(said)))
    assert len(shown) == 4


def test_a_step_follows_any_other_step():
    new = Edit(PartKind.STEP, "new-1", {"title": "取号"})
    forms = forms_of(CARD, new)
    steps = [target for target, _ in forms.steps()]
    assert steps[-1] == "new-1"
    added = form_in(forms, "new-1")
    assert values(added, "after") == ["", FIRST, *steps[:-1]]
    known = form_in(forms, "pay-fee")
    assert values(known, "after") == ["", FIRST, *(s for s in steps if s != "pay-fee")]
    assert "wait" not in [f.key for f in added.fields]


def test_conditions_are_those_of_what_is_left_and_of_what_came():
    question = {"text": "有没有旧卡？", "option-1": "有", "option-2": "没有"}
    edits = (
        Edit(PartKind.QUESTION, "new-1", question),
        Edit(PartKind.CHANNEL, "new-2", {"name": "打电话办"}),
        Edit(PartKind.CHANNEL, CARD.channels[0].id, gone=True),
        Edit(PartKind.QUESTION, "card", gone=True),
    )
    whens = [value for value, _ in forms_of(CARD, *edits).when("办")]
    ways = [c.id for c in CARD.channels[1:]] + ["new-2"]
    assert set(whens) == {
        "", "new-1=option-1", "new-1=option-2", *(f"{CHANNEL}={way}" for way in ways),
    }  # fmt: skip
    assert all("才办" in name for value, name in forms_of(CARD, *edits).when("办") if value)


def test_where_one_way_is_left_nothing_hangs_on_it():
    page = replace(CARD, questions=tuple(q for q in CARD.questions if q.id != CHANNEL))
    gone = [Edit(PartKind.CHANNEL, channel.id, gone=True) for channel in page.channels[1:]]
    assert any(value.startswith(CHANNEL) for value, _ in forms_of(page).when("办"))
    assert not any(value.startswith(CHANNEL) for value, _ in forms_of(page, *gone).when("办"))


def test_a_condition_the_form_has_no_words_for_is_kept():
    whens = [
        field(form, "when")
        for page in PAGES.values()
        for group in forms_of(page).groups()
        for form in group.forms
        if any(f.key == "when" for f in form.fields)
    ]
    for when in whens:
        offered = [value for value, _ in when.choices]
        assert when.text in offered
        assert (AS_IT_IS in offered) is (when.text == AS_IT_IS)
    assert {when.text == AS_IT_IS for when in whens} == {True, False}


# -- what hangs on a question ----------------------------------------------------------------------


def test_of_much_that_hangs_on_a_question_the_first_four_are_named():
    page = PAGES["claim-later"]
    paper = next(m for m in page.materials if m.id == "discharge-bill")
    bare = replace(page, flow=factories.group("flow", factories.step("only")))

    def said(papers: int) -> str:
        named = tuple(replace(paper, id=f"m{n}", name=f"{n}号单") for n in range(1, papers + 1))
        return hanging_on(replace(bare, materials=named), "stay")

    assert said(0) == ""
    assert said(2).startswith("材料“1号单”、材料“2号单”是照这个问题的回答分的")
    assert "材料“4号单”是照" in said(4)
    assert "材料“4号单”等是照" in said(5)
