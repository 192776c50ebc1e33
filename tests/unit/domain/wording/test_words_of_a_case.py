"""Days, reasons and news of a case in words."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from tests.factories import KEY, channel, material, outcome, procedure, question, step
from yibao_desktop.domain.guide.sources import SILENT
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.model import CHANNEL, Deadline, Expected, Statement
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.procedure.plan_diff import diff
from yibao_desktop.domain.procedure.reasons import understood, why_step
from yibao_desktop.domain.procedure.timing import DueDate, ExpectedDate
from yibao_desktop.domain.records.case import PlanPart
from yibao_desktop.domain.records.edition import EditionNews, news_lines
from yibao_desktop.domain.records.stages import Stage
from yibao_desktop.domain.wording.date_text import (
    day_text,
    due_line,
    due_text,
    expected_text,
    limit_text,
)
from yibao_desktop.domain.wording.diff_text import UNCHANGED, diff_lines, limit_lines, stage_lines
from yibao_desktop.domain.wording.reason_text import reason_lines

SUNDAY = datetime.date(2025, 10, 5)
BEFORE = datetime.date(2025, 9, 30)
DEADLINE = Deadline("enrol", "参保", "born", "span", True, RichText.of("过了要等。"), (KEY,))
EXPECTED = Expected("card", "新卡做好", "apply", "span", (KEY,))


def due(days_left: int, exact: bool = True) -> DueDate:
    return DueDate(DEADLINE, SUNDAY, BEFORE, days_left, 2, exact)


def test_a_limit_says_the_last_day_how_long_it_is_and_what_follows():
    assert day_text(SUNDAY) == "2025年10月5日（周日）"
    assert due_text(due(5)) == "参保：最晚2025年10月5日（周日），还有 5 天（2 个工作日）"
    assert due_text(due(0)).endswith("就是今天")
    assert due_text(due(-3)).endswith("已经过了 3 天")
    assert "未计节假日调休" in due_text(due(5, exact=False))
    assert due_line(due(5)).endswith(
        "过了要等。那天多半不上班，要到窗口的，最晚2025年9月30日（周二）去。"
    )
    assert due_line(due(-3)).endswith("过了要等。")
    assert "还有" not in limit_text(due(5))


def test_an_estimate_is_about_and_never_sure():
    range_ = ExpectedDate(EXPECTED, BEFORE, SUNDAY, True)
    said = "新卡做好：大约2025年9月30日（周二）到2025年10月5日（周日）之间，各地不同"
    assert expected_text(range_) == said
    one = ExpectedDate(EXPECTED, SUNDAY, SUNDAY, False)
    assert expected_text(one).startswith("新卡做好：大约2025年10月5日（周日），各地不同（")


def test_only_reasons_that_are_not_everybodys_are_told():
    sample = procedure(
        step("first", when=Is("card", "real")),
        step("queue", when=Is(CHANNEL, "hall")),
        questions=(question("card", "real", "phone"),),
        channels=(channel("hall", when=Is("card", "real")), channel("web")),
    )
    plan = make_plan(sample, {"card": ("real",), CHANNEL: ("hall",)})
    assert reason_lines(why_step(plan, "queue")) == ["因为您选了：渠道 hall"]
    assert reason_lines(why_step(plan, "first"), {"card"}) == []
    assert understood(plan) == frozenset()
    unsure = make_plan(sample, {"card": ("real",)})
    (line,) = reason_lines(why_step(unsure, "queue"))
    assert line.startswith("要不要，看这个问题的回答：")


def test_what_a_new_edition_changed_is_told_by_kind():
    old, new = PlanPart("material", "id", "身份证"), PlanPart("material", "id", "身份证原件")
    news = EditionNews(
        added=frozenset({PlanPart("step", "thank", "道谢")}),
        removed=frozenset({PlanPart("material", "photo", "照片")}),
        renamed=frozenset({(old, new)}),
    )
    assert news_lines(news) == ["新增步骤：道谢", "不再有材料：照片", "“身份证”现在叫“身份证原件”"]


def test_what_another_answer_changes_is_told_a_line_for_each_kind():
    free, paid = (Statement(RichText.of(said), (KEY,)) for said in ("不收费", "20 元"))
    hall, web = replace(channel("hall"), fee=paid), replace(channel("web"), fee=free)
    sample = procedure(
        step("queue", title="排队", when=Is(CHANNEL, "hall"), materials=("copy",)),
        step("upload", title="上传", when=Is(CHANNEL, "web")),
        step("late", title="补办", when=Is("late", "yes")),
        materials=(material("copy"),),
        questions=(question("late", "yes", "no", ask_if=Is(CHANNEL, "web")),),
        channels=(hall, web),
        outcomes=(
            outcome("card", Is(CHANNEL, "hall"), title="拿到卡"),
            outcome("file", Is(CHANNEL, "web"), title="拿到凭证"),
        ),
    )
    there, here = (make_plan(sample, {CHANNEL: (way,)}) for way in ("web", "hall"))
    assert diff_lines(diff(here, there, {"queue"})) == [
        "将增加 2 步：上传；补办",
        "将去掉 1 步：排队",
        "去掉的里面有 1 步打过勾：勾会留着，改回来还在。",
        "将去掉 1 样材料：材料 copy",
        "费用：原来是“20 元”，改成“不收费”",
        "结果变成：拿到凭证",
        "还要再问：late？",
    ]
    back = diff_lines(diff(there, here))
    assert "将增加 1 样材料：材料 copy" in back
    assert not any("勾" in line or "还要再问" in line for line in back)
    assert diff_lines(diff(here, here)) == [UNCHANGED]
    silent = make_plan(replace(sample, channels=(replace(hall, fee=None), web)), here.answers)
    assert f"费用：原来是“20 元”，改成“{SILENT}”" in diff_lines(diff(here, silent))


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.PREPARING])
def test_where_nothing_was_handed_in_no_stage_is_told(stage):
    assert list(stage_lines(stage, Stage.PREPARING, "A1")) == []


def test_a_stage_that_goes_back_is_told_with_the_receipt_that_stays():
    (line,) = stage_lines(Stage.ACCEPTED, Stage.PREPARING, "A1")
    assert "从“已受理”变成“准备”" in line
    assert "受理编号 A1 也留着" in line
    (line,) = stage_lines(Stage.SUBMITTED, Stage.SUBMITTED, "")
    assert line == "阶段不变，还是“已提交”。"


def test_limits_are_told_that_come_go_move_and_stay():
    limit = due(3)
    later = replace(limit, last=limit.last + datetime.timedelta(days=7))
    assert list(limit_lines((), ())) == []
    assert [line[:4] for line in limit_lines((), (limit,))] == ["多一个期"]
    (gone,) = limit_lines((limit,), ())
    assert "不算了" in gone
    assert day_text(limit.last) in gone
    (moved,) = limit_lines((limit,), (later,))
    assert f"原来最晚{day_text(limit.last)}，改成{day_text(later.last)}" in moved
    (same,) = limit_lines((limit,), (limit,))
    assert f"不变，最晚{day_text(limit.last)}" in same
