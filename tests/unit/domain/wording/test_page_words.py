"""Pages and plans in plain lines: what is dialled, how long it takes, what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import KEY, channel, material, procedure, question, step
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    UNSURE,
    UNSURE_LABEL,
    Deadline,
    Expected,
    Statement,
)
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.wording.plain_text import (
    NONE_OF_THEM,
    answer_text,
    deadline_lines,
    expected_lines,
    is_telephone_number,
    need_text,
    overview_text,
    step_text,
    unsure_lines,
)


@pytest.mark.parametrize("number", ["110", "12333", "0431-12345678", "400-000-0000"])
def test_a_number_to_be_dialled_is_one(number):
    assert is_telephone_number(number)


@pytest.mark.parametrize("text", ["医保局", "12", "12333转1", "-123", "1" * 16, ""])
def test_other_texts_to_copy_are_not_dialled(text):
    assert not is_telephone_number(text)


def fact(fact_id: str) -> Fact:
    return Fact(fact_id, "要多久", "duration", (KEY,), value="7", unit="天")


SAMPLE = procedure(
    step("go", materials=("id",), when=Is(CHANNEL, "hall")),
    step("wait", fee=Statement(RichText.of("不收费"), (KEY,)), done_when=RichText.of("收到短信")),
    audience=RichText.of("丢了卡的人"),
    silent=("费用", "时限"),
    materials=(material("id", when=Is("for", "child")),),
    questions=(
        question(CHANNEL, recommended="hall"),
        question("for", "adult", "child", how_to_find_out=RichText.of("看户口簿。")),
        question("born", kind="date"),
        question("papers", "a", "b", kind="many"),
    ),
    channels=(channel("hall"), channel("web")),
    facts=(fact("days"),),
    expected=(
        Expected("first", "卡做好", "go", "days", (KEY,)),
        Expected("again", "卡做好", "wait", "days", (KEY,)),
        Expected("other", "短信", "wait", "days", (KEY,)),
    ),
    deadlines=(Deadline("d", "参保", "born", "days", True, RichText.of("过了要等。"), (KEY,)),),
)


def test_the_overview_tells_for_whom_and_what_is_not_known():
    lines = overview_text(SAMPLE).splitlines()
    assert lines[:3] == ["这样办。", "适合：丢了卡的人", "办成以后：办好的事"]
    assert "资料没有说：费用、时限 → 请问当地医保部门" in lines
    assert "适合" not in overview_text(replace(SAMPLE, audience=RichText(())))


def test_a_step_tells_its_papers_and_what_it_costs():
    plan = make_plan(SAMPLE, {CHANNEL: ("hall",), "for": ("child",)})
    go, wait = plan.steps
    assert step_text(go).splitlines() == ["· 办 go。", "带：材料 id"]
    assert step_text(wait).splitlines() == ["· 办 wait。", "费用：不收费", "怎样算办好：收到短信"]


def test_how_long_it_takes_is_said_once_and_not_of_what_has_begun():
    plan = make_plan(SAMPLE, {})
    assert expected_lines(plan) == ["卡做好：7 天，各地不同", "短信：7 天，各地不同"]
    assert expected_lines(plan, {"other"}) == ["卡做好：7 天，各地不同"]
    assert deadline_lines(plan) == ["参保：要在 7 天内办（从哪天算起：born？）。过了要等。"]


def test_what_becomes_of_not_knowing():
    plan = make_plan(SAMPLE, {CHANNEL: (UNSURE,), "for": (UNSURE,)})
    assert unsure_lines(plan) == [
        "您说不清楚，先照“渠道 hall”列。也可以换成“渠道 web”。",
        "先弄清楚：for？看户口簿。",
    ]
    assert unsure_lines(make_plan(SAMPLE, {CHANNEL: ("hall",), "for": ("child",)})) == []


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        (CHANNEL, (UNSURE,), f"{UNSURE_LABEL}，先照“渠道 hall”"),
        (CHANNEL, ("web",), "渠道 web"),
        ("for", (UNSURE,), UNSURE_LABEL),
        ("born", ("2026-06-01",), "2026年6月1日（周一）"),
        ("papers", ("a", "b"), "选 a、选 b"),
        ("papers", (), NONE_OF_THEM),
    ],
)
def test_an_answer_is_told_in_the_words_it_was_offered_in(asked, answer, said):
    interview = Interview(SAMPLE, {asked: answer})
    (found,) = (q for q in interview.questions if q.id == asked)
    assert answer_text(interview, found) == said


def test_when_a_paper_is_needed_is_said_unless_it_always_is():
    papers = judged_plan(SAMPLE, {CHANNEL: ("hall",)}).materials
    assert [need_text(paper) for paper in papers] == ["选“选 child”才要"]
    sure = judged_plan(SAMPLE, {CHANNEL: ("hall",), "for": ("child",)}).materials
    assert [need_text(paper) for paper in sure] == [""]
    some = make_plan(SAMPLE, {CHANNEL: ("hall",)}).materials
    assert [need_text(paper) for paper in some] == ["要不要看情况"]
