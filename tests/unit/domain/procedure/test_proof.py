"""Every kind of fault in a procedure is caught before it is built."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from tests.factories import KEY, channel, group, material, outcome, procedure, question, step
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText, Span, SpanKind
from yibao_desktop.domain.procedure import proof
from yibao_desktop.domain.procedure.conditions import Is, Not
from yibao_desktop.domain.procedure.model import CHANNEL, Deadline, Expected, Line, Procedure
from yibao_desktop.domain.procedure.proof import prove

CARD = question("card", "real", "phone")
REAL = Is("card", "real")
PHONE = Is("card", "phone")

SOUND = procedure(
    step("a", when=REAL, materials=("id",)),
    group("how", step("b"), step("c"), kind="any", when=REAL),
    questions=(CARD,),
    materials=(material("id"),),
    channels=(channel("hall"), channel("web")),
    outcomes=(outcome("got", REAL), outcome("elsewhere", PHONE, kind="elsewhere")),
)


def test_a_sound_procedure_is_walked_on_every_path():
    result = prove(SOUND)
    assert result.faults == ()
    assert result.paths == 2 * 2 + 2


def changed(**changes) -> Procedure:
    return replace(SOUND, **changes)


MONTHS = Fact("months", "期限", "duration", (KEY,), value="3", unit="个月")
LIMITED = procedure(
    step("enrol"),
    step(
        "repay",
        when=Is("gap", "short"),
        lines=(Line("do", RichText((Span(SpanKind.FIGURE, "3 个月", "months"),))),),
    ),
    questions=(question("gap", "none", "short", "long"), question("ended", kind="date")),
    facts=(MONTHS,),
    deadlines=(
        Deadline("due", "参保", "ended", "months", True, RichText(), (KEY,), Is("gap", "long")),
    ),
)
"""A limit from a day, and an answer that says how long ago that was."""

FAULTS = {
    "two parts with one id": (procedure(step("a"), step("a")), "不止一次"),
    "no step at all": (procedure(group("empty")), "一个步骤也没有"),
    "a choice of one": (procedure(group("how", step("a"), kind="any")), "至少要有两个"),
    "a choice nobody is asked for": (
        procedure(group("how", step("a"), step("b"), kind="any", title="")),
        "要有标题",
    ),
    "an alternative without a title": (
        procedure(group("how", step("a"), group("b", step("c")), kind="any")),
        "都要有标题",
    ),
    "an unknown paper": (procedure(step("a", materials=("passport",))), "passport"),
    "an unknown question": (procedure(step("a", when=Is("size", "big"))), "问题“size”不存在"),
    "an unknown option": (
        procedure(step("a", when=Is("card", "gold")), questions=(CARD,)),
        "card=gold",
    ),
    "a question with one answer": (procedure(questions=(question("card", "real"),)), "至少要有两个"),
    "an option twice": (
        procedure(questions=(question("card", "real", "phone", "real"),)),
        "“real”写了不止一次",
    ),
    "several channels at once": (
        procedure(
            questions=(question(CHANNEL, kind="many"),),
            channels=(channel("hall"), channel("web")),
        ),
        "只能是 kind: one",
    ),
    "a question of the channel's name": (
        procedure(group(CHANNEL, step("a"), step("b"), kind="any")),
        "请换一个 id",
    ),
    "no channel left": (
        procedure(
            questions=(CARD,),
            channels=(channel("hall", when=REAL), channel("web", when=REAL)),
        ),
        "没有一种渠道可选：card=phone",
    ),
    "unsure written out": (procedure(questions=(question("card", "real", "unsure"),)), "自带"),
    "a route recommended that is none": (
        procedure(questions=(replace(CARD, recommended="gold"),)),
        "推荐的“gold”不在选项里",
    ),
    "a route recommended that is not always there": (
        procedure(
            questions=(CARD, question(CHANNEL, recommended="hall")),
            channels=(channel("hall", when=REAL), channel("web")),
        ),
        "不是每种回答下都有",
    ),
    "more ways than are told over in a case": (
        procedure(questions=tuple(question(f"q{number}", "x", "y") for number in range(9))),
        "走法超过",
    ),
    "a step and a channel of one name": (
        procedure(step("hall"), channels=(channel("hall"), channel("web"))),
        "步骤、渠道或结果的 id “hall”",
    ),
    "a line on a question that is none": (
        procedure(step("a", lines=(Line("do", RichText.of("办。"), Is("size", "big")),))),
        "问题“size”不存在",
    ),
    "a line nobody is told": (
        procedure(
            step("a", when=REAL, lines=(Line("do", RichText.of("扫码。"), PHONE),)),
            step("b"),
            questions=(CARD,),
        ),
        "“扫码。”怎么回答都不说",
    ),
    "a day and an answer about the same time": (
        replace(LIMITED, deadlines=(replace(LIMITED.deadlines[0], past_means=None),)),
        "互相矛盾",
    ),
    "a paper named to who need not bring it": (
        procedure(
            step(
                "a",
                materials=("birth",),
                lines=(Line("do", RichText.of("带上材料 birth。")),),
            ),
            questions=(CARD,),
            materials=(material("birth", when=REAL),),
        ),
        "却说到它：card=phone",
    ),
    "a time after no step": (
        procedure(expected=(Expected("e", "好", "gone", "days", ("x",)),)),
        "gone",
    ),
    "a time without a figure": (
        procedure(expected=(Expected("e", "好", "only", "days", ("x",)),)),
        "days",
    ),
    "a time that cannot be counted": (
        procedure(
            facts=(Fact("days", "要多久", "duration", (KEY,), value="24", unit="小时"),),
            expected=(Expected("e", "好", "only", "days", (KEY,)),),
        ),
        "没法算日期",
    ),
    "a limit from no date": (
        procedure(
            deadlines=(Deadline("d", "限", "born", "days", True, RichText(), ("x",)),),
        ),
        "born",
    ),
    "questions in a circle": (
        procedure(
            questions=(
                question("a", "x", "y", ask_if=Is("b", "x")),
                question("b", "x", "y", ask_if=Is("a", "x")),
            )
        ),
        "绕了一圈",
    ),
    "a channel that waits for itself": (
        procedure(
            channels=(channel("hall", when=Is(CHANNEL, "web")), channel("web")),
        ),
        "绕了一圈",
    ),
    "a dead end": (changed(outcomes=(outcome("got", REAL),)), "没有结果"),
    "two ends": (changed(outcomes=(outcome("got", REAL), outcome("all"))), "不止一个结果"),
    "done with nothing done": (
        changed(outcomes=(outcome("got", REAL), outcome("too", PHONE))),
        "一个步骤也没有",
    ),
    "a step never reached": (
        procedure(
            step("a"), step("b", when=Is("sub", "x")),
            questions=(CARD, question("sub", "x", "y", ask_if=Not(Not(Is("card", "real"))))),
            outcomes=(outcome(),),
            channels=(),
            materials=(material("unused"),),
        ),
        "材料“unused”",
    ),
    "an outcome never reached": (
        procedure(
            questions=(CARD,),
            outcomes=(outcome(), outcome("never", Not(Not(Is("other", "x"))))),
        ),
        "other",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name):
    sample, message = FAULTS[name]
    result = prove(sample)
    assert any(message in fault.message for fault in result.faults), result.faults


def test_a_step_behind_a_contradiction_is_unreachable():
    hidden = group("g", step("b", when=PHONE), when=REAL)
    sample = procedure(step("a"), hidden, questions=(CARD,))
    assert [f.message for f in prove(sample).faults] == ["步骤“b”不管怎么回答都走不到"]


def test_an_option_behind_a_contradiction_is_unreachable():
    sample = procedure(
        step("a"),
        questions=(CARD,),
        channels=(channel("hall"), channel("web", when=REAL), channel("app", when=PHONE)),
    )
    assert prove(sample).faults == ()
    never = replace(sample.channels[1], when=Not(Is("card", "real")))
    also = replace(sample.channels[2], when=REAL)
    closed = replace(
        sample,
        questions=(replace(CARD), question(CHANNEL, ask_if=REAL)),
        channels=(sample.channels[0], never, also),
    )
    assert [f.where for f in prove(closed).faults] == ["web"]


def test_a_limit_that_says_what_its_end_means_contradicts_nothing():
    assert prove(LIMITED).faults == ()


def test_too_many_paths_are_refused(monkeypatch):
    monkeypatch.setattr(proof, "PATH_LIMIT", 3)
    (fault,) = prove(SOUND).faults
    assert "超过 3 种" in fault.message


def test_no_channel_is_missed_where_none_is_asked_for():
    sample = procedure(
        questions=(CARD, question(CHANNEL, ask_if=REAL)),
        channels=(channel("hall", when=REAL), channel("web", when=REAL)),
    )
    assert "没有一种渠道可选" not in str(prove(sample).faults)


@pytest.mark.parametrize(
    ("sample", "where"),
    [
        (procedure(step("a", materials=("passport",))), "a"),
        (procedure(step("a", when=Is("size", "big"))), "a"),
        (procedure(step("a", when=Is("card", "gold")), questions=(CARD,)), "a"),
        (procedure(questions=(replace(CARD, ask_if=Is("size", "big")),)), "card"),
        (procedure(questions=(question("card", "real", "real", "phone"),)), "card"),
        (procedure(expected=(Expected("e", "好", "gone", "days", ("x",)),)), "e"),
        (
            procedure(deadlines=(Deadline("d", "限", "born", "days", True, RichText(), ("x",)),)),
            "d",
        ),
    ],
)
def test_a_fault_says_which_part_has_to_be_changed(sample, where):
    assert {fault.where for fault in prove(sample).faults} == {where}


def test_shipped_procedures_have_been_compared_with_their_sources(procedures):
    for sample in procedures.values():
        assert sample.reviewed_on <= datetime.date(2026, 11, 30)
        assert prove(sample).faults == ()
