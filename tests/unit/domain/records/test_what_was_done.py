"""What was done to a case, in its log and in words, and a case told without its guide."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import get_args

import pytest

from tests.factories import group, material, procedure, question, step
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.records.case import Case, MaterialState, PlanPart, StepMark
from yibao_desktop.domain.records.commands import (
    Accept,
    Acknowledge,
    Answer,
    Archive,
    CaseCommand,
    Finish,
    Note,
    Rename,
    Reopen,
    SetDoneDay,
    SetReceipt,
    Tick,
    Unarchive,
    Writing,
    have_material,
)
from yibao_desktop.domain.records.taking_back import TakeBack
from yibao_desktop.domain.wording.case_lines import case_lines, case_name, finished_lines
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.domain.wording.done_text import done_text
from yibao_desktop.errors import UserError

NOW = datetime.datetime(2026, 11, 20, 4, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 20)
SAMPLE = procedure(
    step("hand-in", kind="submit", materials=("id",)),
    group("way", step("by-post"), step("by-hand"), kind="any"),
    step("collect"),
    materials=(material("id"),),
    questions=(question("card", "real", "phone"),),
)
BEGUN = Case("1", "妈妈", SAMPLE.id, "1", NOW, NOW, answers={"card": ("real",)})

DONE: list[tuple[CaseCommand, str, str, str]] = [
    (Answer({"card": ("phone",), "way": ("by-post",)}), "answered", "card,way", "改回答"),
    (Tick("hand-in", True), "ticked", "hand-in", "给一步打勾"),
    (Tick("hand-in", False), "unticked", "hand-in", "去掉一步的勾"),
    (SetDoneDay("hand-in", DAY), "dated", "hand-in", "改日期"),
    (Note("hand-in", "3 号窗口"), "noted", "hand-in", "记一笔"),
    (have_material("id", True), "material-have", "id", "给材料打勾"),
    (have_material("id", False), "material-missing", "id", "去掉材料的勾"),
    (Accept(True), "accepted", "", "记下受理"),
    (Accept(False), "not-accepted", "", "去掉受理"),
]


@pytest.mark.parametrize(("command", "event", "detail", "said"), DONE, ids=[d[1] for d in DONE])
def test_the_log_and_the_words_tell_what_was_done(command, event, detail, said):
    assert (command.event, command.detail) == (event, detail)
    assert done_text(command) == said


def test_all_that_can_be_done_has_words():
    samples = [command for command, *_ in DONE]
    samples += [SetReceipt("A"), Rename("爸爸"), Finish(), Archive(), Unarchive(), Reopen()]
    samples += [Acknowledge()]
    assert {type(s) for s in samples} == set(get_args(CaseCommand)) - {TakeBack}
    said = [done_text(command) for command in samples]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("field", [Note("hand-in", "3 号窗口"), SetReceipt("A-17")])
def test_what_is_written_in_a_field_is_read_from_it(field: Writing):
    after = field.change(BEGUN, make_plan(SAMPLE, {}), NOW)
    assert field.read(BEGUN) == ""
    assert field.read(after) == field.text


def test_each_field_of_a_case_has_its_own_place():
    fields: tuple[Writing, ...] = (Note("hand-in", "a"), Note("collect", "a"), SetReceipt("a"))
    assert len({field.place for field in fields}) == len(fields)
    assert Note("hand-in", "b").place == fields[0].place


def done(case: Case, *commands: CaseCommand) -> Case:
    for command in commands:
        case = command.change(case, make_plan(SAMPLE, case.answers), NOW)
    return case


def test_finished_only_when_handed_in_and_all_is_done():
    with pytest.raises(UserError, match="还没有提交"):
        done(BEGUN, Finish())
    handed_in = done(BEGUN, Tick("hand-in", True), Tick("by-hand", True))
    with pytest.raises(UserError, match="还有步骤"):
        done(handed_in, Finish())
    finished = done(handed_in, Tick("collect", True), Finish())
    assert finished.closed_at == NOW
    with pytest.raises(UserError, match="还有步骤"):
        done(replace(finished, answers={}, closed_at=None), Finish())


def test_put_away_and_taken_out_again_it_stays_finished():
    away = done(replace(BEGUN, closed_at=NOW), Archive())
    out = done(away, Unarchive())
    assert (away.archived_at, out.archived_at, out.closed_at) == (NOW, None, NOW)
    again = done(away, Reopen())
    assert (again.archived_at, again.closed_at) == (None, None)
    assert done(BEGUN, Acknowledge()).seen


SEEN = frozenset(
    {
        PlanPart("procedure", SAMPLE.id, "办一件事"),
        PlanPart("step", "hand-in", "交申请"),
        PlanPart("step", "collect", "领卡"),
        PlanPart("material", "id", "身份证"),
        PlanPart("material", "photo", "照片"),
    }
)


def test_a_case_whose_guide_is_gone_is_told_by_what_was_seen_last():
    case = replace(
        BEGUN,
        seen=SEEN,
        steps={"hand-in": StepMark(DAY, "3 号窗口"), "old": StepMark(DAY - datetime.timedelta(1))},
        materials={"id": MaterialState.HAVE},
        receipt_number="A-17",
    )
    assert case_name(case) == "妈妈 · 办一件事"
    assert case_name(replace(case, seen=frozenset())) == f"妈妈 · {SAMPLE.id}"
    assert case_lines(case) == [
        "办好了：old，2026年11月19日（周四）",
        "办好了：交申请，2026年11月20日（周五）",
        "还没有打勾（不分先后）：领卡",
        "记在“交申请”：3 号窗口",
        "备好了：身份证",
        "还要备：照片",
        "受理编号：A-17",
    ]
    assert case_lines(BEGUN) == []
    assert list(finished_lines(replace(case, closed_at=NOW))) == [
        f"{day_text(NOW.astimezone().date())} 记下：办结",
        "2026年11月19日（周四） 办好：old",
        "2026年11月20日（周五） 办好：交申请",
        "受理编号：A-17",
    ]
    assert list(finished_lines(BEGUN)) == []
