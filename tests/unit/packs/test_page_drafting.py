"""A page typed into a form is the page ``yibao build`` reads, or a fault stands at its field."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.built_content import ROOT
from tests.depth import tries
from yibao_desktop.content.loader import Seeds, load_seeds, load_text
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.guide.items import Answer, Article
from yibao_desktop.domain.packs.draft import HEAD, CardKind, Draft, DraftKind, Edit
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.page_drafting import PageDrafting
from yibao_desktop.domain.packs.starting import begun_from_page
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.packs.draft_files import page_files
from yibao_desktop.services.draft_faults import wording_faults
from yibao_desktop.services.draft_looks import DraftLooks

TODAY = datetime.date(2026, 11, 30)
SEEDS = load_seeds(ROOT / "seeds")
FACTS = {fact.id: fact for fact, _, _ in all_facts(SEEDS)}
LOOKS = DraftLooks(SEEDS)
ASKED_OF_ANOTHER = SEEDS.questions[0].value.questions[0]
GUIDE = {
    seed.value.id: resolve(seed.value, FACTS)
    for seed in SEEDS.pages()
    if isinstance(seed.value, Answer | Article | Procedure)
}
DRAFT = Draft(
    "0123abcd",
    "",
    "",
    publisher="春水市医疗保障服务中心",
    region="229900",
    place="春水市",
    source_title="补卡须知",
    source_text="工本费20元，15个工作日办结，电话0431-12345678。",
)


def draft_of(kind, *edits):
    draft = replace(DRAFT, kind=kind)
    for edit in edits:
        draft = draft.with_edit(edit)
    return draft


def head(**texts):
    given = {
        "title": "春水市的卡在哪里补",
        "answer": "到政务中心二楼补。",
        "topic": "card-loss",
        "related": "card-replacement",
    }
    return Edit(CardKind.HEAD, HEAD, given | texts)


def part(kind, number, /, **texts):
    return Edit(kind, f"new-{number}", texts)


ANSWER = draft_of(
    DraftKind.ANSWER,
    head(
        text="要交 20 元。\n\n带上：\n- 身份证\n- 「补卡申请表」\n注意：15 个工作日办好。",
        asked="春水补卡去哪\n在春水卡丢了上哪儿补",
    ),
)
ARTICLE = draft_of(
    DraftKind.ARTICLE,
    head(),
    part(CardKind.SECTION, 1, title="先挂失", text="打 0431-12345678。"),
    part(CardKind.SECTION, 2, title="再补办", text="1. 填表\n2. 交 20 元"),
)
PROCEDURE = draft_of(
    DraftKind.PROCEDURE,
    head(result="一张新的卡"),
    part(
        PartKind.QUESTION,
        1,
        text="您的卡是哪一种？",
        **{"option-1": "实体卡", "option-2": "电子卡"},
    ),
    part(PartKind.CHANNEL, 2, name="到窗口办", kind="hall"),
    part(PartKind.CHANNEL, 3, name="打电话办", kind="phone"),
    part(PartKind.STEP, 4, title="填申请表", kind="do", do="填好。", when="new-1=option-1"),
    part(
        PartKind.STEP,
        5,
        title="交申请",
        kind="submit",
        do="交给窗口。",
        caution="当场核对。",
        fee="工本费 20 元",
        wait="15 个工作日",
        when="new-1=option-1",
    ),
    part(PartKind.MATERIAL, 6, name="补卡申请表", step="new-5", when="new-1=option-1"),
    part(PartKind.OUTCOME, 7, title="领到了", text="卡领到了。", when="new-1=option-1"),
    part(
        PartKind.OUTCOME,
        8,
        title="不用补",
        kind="elsewhere",
        text="电子卡不用补。",
        when="new-1=option-2",
    ),
)
WHOLE = {"answer": ANSWER, "article": ARTICLE, "procedure": PROCEDURE}


def read_back(draft, made):
    seeds = Seeds()
    for name, text in page_files(made.page, made.asked).items():
        assert load_text(text, name, seeds) == []
    (page,) = seeds.pages()
    return page.value, seeds.asked().get(draft.own_page, ())


@pytest.mark.parametrize("draft", WHOLE.values(), ids=WHOLE)
def test_a_page_without_a_fault_is_read_back_as_it_was_typed(draft):
    assert LOOKS.look(draft, TODAY).faults == ()
    made = PageDrafting(draft, TODAY)
    assert read_back(draft, made) == (made.page, made.asked)


def test_what_was_typed_is_what_the_procedure_says():
    page = PageDrafting(PROCEDURE, TODAY).page
    assert isinstance(page, Procedure)
    first, second = page.flow.children
    assert first.when == Is(page.questions[0].id, "option-1")
    assert second.materials == (page.materials[0].id,)
    assert page.expected[0].after == second.id
    assert page.fact(page.expected[0].fact).text == "15 个工作日"
    channel = next(q for q in page.questions if q.id == "channel")
    assert channel.recommended == page.channels[0].id
    assert {f.region for f in page.facts} == {"229900"}


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        (ANSWER.with_edit(head(text="交 30 元。")), "text", "没有“30”"),
        (ANSWER.with_edit(head(text="交钱。", title=" ")), "title", "不能空着"),
        (ANSWER.with_edit(head(text="交钱。", answer="看情况，问人。")), "answer", "一句话先答"),
        (ANSWER.with_edit(head(text="交钱。", topic="")), "topic", "选一下"),
        (ANSWER.with_edit(head(text="交钱。", asked=ASKED_OF_ANOTHER)), "asked", "叫法或问法"),
        (ANSWER.with_edit(head(text="看 **这里")), "text", "原样显示"),
        (ARTICLE.without(CardKind.SECTION, "new-1").without(CardKind.SECTION, "new-2"), "", "一节"),
    ],
)
def test_a_fault_stands_at_the_field_it_was_typed_in(draft, field, said):
    (fault,) = LOOKS.look(draft, TODAY).faults
    assert fault.field == (CardKind.HEAD, HEAD, field)
    assert said in fault.message
    assert not any("a" <= c <= "z" for c in fault.message)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (part(PartKind.STEP, 4, title="填 2 张表", do="填。"), "title", "不能写数字"),
        (part(PartKind.STEP, 4, title="填表", do=""), "do", "不能空着"),
        (part(PartKind.STEP, 4, title="填表", do="填。", wait="两周"), "wait", "只写一个时间"),
        (part(PartKind.QUESTION, 1, text="哪种？", **{"option-1": "甲"}), "option-2", "两个选项"),
        (part(PartKind.MATERIAL, 6, name="表"), "step", "选一下"),
    ],
)
def test_a_fault_of_a_part_stands_at_its_field(change, field, said):
    found = LOOKS.look(PROCEDURE.with_edit(change), TODAY).faults
    told = {f.field: f.message for f in found}
    assert said in told[change.kind, change.target, field]


def test_answers_that_lead_nowhere_are_told_in_the_words_of_the_form():
    left = PROCEDURE.without(PartKind.OUTCOME, "new-8")
    messages = [f.message for f in LOOKS.look(left, TODAY).faults]
    assert any("〔您的卡是哪一种？〕答〔电子卡〕" in message for message in messages)
    assert not any("a" <= c <= "z" for message in messages for c in message)


@pytest.mark.parametrize("page", GUIDE.values(), ids=GUIDE)
@pytest.mark.parametrize("kind", [DraftKind.ANSWER, DraftKind.ARTICLE, DraftKind.PROCEDURE])
def test_no_form_begins_empty_whatever_it_is_begun_from(page, kind):
    draft = draft_of(kind, *begun_from_page(kind, page))
    assert draft.heading == page.title
    assert len({edit.target for edit in draft.edits}) == len(draft.edits)
    made = PageDrafting(draft, TODAY)
    written = " ".join(text for edit in draft.edits for text in edit.texts.values())
    assert len(written) > len(page.title)
    assert made.page.title == page.title


def test_a_procedure_of_the_guide_keeps_its_conditions_and_papers():
    draft = draft_of(
        DraftKind.PROCEDURE, *begun_from_page(DraftKind.PROCEDURE, GUIDE["card-replacement"])
    )
    page = PageDrafting(draft, TODAY).page
    guide = GUIDE["card-replacement"]
    assert [m.name for m in page.materials] == [m.name for m in guide.materials]
    assert [c.name for c in page.channels] == [c.name for c in guide.channels]
    conditional = [s for s in page.flow.children if s.when is not None]
    assert conditional


def test_a_part_that_went_leaves_its_number_to_nobody():
    draft = ARTICLE.without(CardKind.SECTION, "new-2")
    assert draft.free_target() == "new-3"


def test_parts_change_places_among_their_kind():
    moved = PROCEDURE.moved(Edit(PartKind.STEP, "new-5"), -1)
    page = PageDrafting(moved, TODAY).page
    assert [step.title for step in page.flow.children] == ["交申请", "填申请表"]
    assert moved.parts(PartKind.QUESTION) == PROCEDURE.parts(PartKind.QUESTION)
    assert PROCEDURE.moved(Edit(PartKind.STEP, "new-4"), -1) == PROCEDURE


SIGNS = "办卡，。「」“”：0123 元15个工作日-·.、#*>|[]\\注意说明\n"
typed = st.text(st.sampled_from(SIGNS), max_size=40)


@pytest.mark.deep
@given(st.sampled_from([ANSWER, ARTICLE, PROCEDURE]), st.data())
@settings(max_examples=tries(usual=15, deep=150))
def test_whatever_is_typed_is_read_back_equal_or_has_a_fault(draft, data):
    for edit in draft.edits:
        keys = [k for k in edit.texts if k not in ("topic", "related", "step", "when", "kind")]
        chosen = data.draw(st.sampled_from(keys))
        draft = draft.with_edit(replace(edit, texts={**edit.texts, chosen: data.draw(typed)}))
    made = PageDrafting(draft, TODAY)
    if LOOKS.look(draft, TODAY).faults:
        return
    assert read_back(draft, made) == (made.page, made.asked)


@pytest.mark.deep
@given(
    st.sampled_from([ANSWER, ARTICLE, PROCEDURE]), st.lists(typed.filter(str.strip), min_size=20)
)
@settings(max_examples=tries(usual=40, deep=200))
def test_every_line_of_every_field_is_read_back_equal(draft, texts):
    plain = draft_of(
        draft.kind,
        *(
            replace(
                edit,
                texts={
                    key: said
                    if key in ("topic", "related", "step", "when", "kind", "wait")
                    else texts[(n + len(key)) % len(texts)].replace("\n", "，")
                    for key, said in edit.texts.items()
                },
            )
            for n, edit in enumerate(draft.edits)
        ),
    )
    made = PageDrafting(plain, TODAY)
    unsourced = all("原文里没有" in fault.message for fault in made.faults)
    if unsourced and not list(wording_faults(plain)):
        assert read_back(plain, made) == (made.page, made.asked)
