"""Cases: what is acknowledged is kept, and nothing else changes."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.unit.services.conftest import WINDOW
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE
from yibao_desktop.domain.records.case import DRAFT, MaterialState, StepMark
from yibao_desktop.domain.records.commands import (
    Accept,
    Answer,
    Archive,
    Finish,
    Note,
    Rename,
    Reopen,
    SetDoneDay,
    SetMaterial,
    SetReceipt,
    Tick,
)
from yibao_desktop.domain.records.kept_text import NICKNAME
from yibao_desktop.domain.records.stages import Stage, stages
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.paths import Paths
from yibao_desktop.services.case_views import Needed, SharedMaterial
from yibao_desktop.store.case_repository import CaseRepository
from yibao_desktop.store.user_database import UserDatabase


def test_a_case_begins_with_its_first_question(cases):
    view = cases.start("card-replacement", "  我 的  妈妈 ")
    assert view.case.nickname == "我 的 妈妈"
    assert [q.id for q in view.plan.to_ask] == ["card"]
    assert (view.progress.min, view.progress.max) == (0, 9)
    assert cases.open_cases() == [view]


def test_a_long_name_is_cut(cases):
    assert cases.start("e-card", "很" * 99).case.nickname == "很" * NICKNAME.most


@pytest.mark.parametrize(("procedure", "name"), [("card-replacement", "  "), ("no-such", "妈妈")])
def test_a_case_needs_a_name_and_a_procedure(cases, procedure, name):
    with pytest.raises(UserError) as caught:
        cases.start(procedure, name)
    assert caught.value.hint
    assert cases.open_cases() == []


def test_as_many_cases_are_begun_as_can_be_kept_and_no_more(cases, monkeypatch):
    monkeypatch.setattr("yibao_desktop.services.case_service.MAX_CASES", 1)
    cases.start("e-card", "妈妈")
    with pytest.raises(UserError, match="不能再多了"):
        cases.start("e-card", "爸爸")


def test_two_cases_of_one_procedure_are_independent(cases, started):
    other = cases.start("card-replacement", "爸爸").case.id
    cases.apply(started, Tick("report-loss-phone", True))
    assert cases.view(other).case.steps == {}
    assert cases.view(started).progress.done == 1
    assert [v.case.nickname for v in cases.open_cases()] == ["妈妈", "爸爸"]


def test_a_paper_the_plan_does_not_want_is_refused_in_words(cases, started):
    for paper in ("passport", "id-photos"):  # unknown, and of the other channel
        with pytest.raises(UserError, match="不用这样材料"):
            cases.apply(started, SetMaterial(paper, MaterialState.HAVE))
    assert cases.view(started).case.materials == {}


def test_ticking_an_alternative_chooses_it(cases, started):
    assert cases.view(started).next.choice is not None
    changes = cases.apply(started, Tick("report-loss-online", True))
    assert changes.cases == {started}
    view = cases.view(started)
    assert view.case.answers["report-loss"] == ("report-loss-online",)
    assert [s.step.id for s in view.plan.steps][:2] == ["report-loss-online", "apply-at-window"]
    assert view.next.step.id == "apply-at-window"


def test_changing_the_choice_keeps_the_tick_for_later(cases, started):
    cases.apply(started, Tick("report-loss-online", True))
    cases.apply(started, Answer({"report-loss": (UNSURE,)}))
    view = cases.view(started)
    assert view.progress.done == 1
    cases.apply(started, Answer({"report-loss": ("report-loss-phone",)}))
    assert cases.view(started).progress.done == 0
    cases.apply(started, Answer({"report-loss": ("report-loss-online",)}))
    assert cases.view(started).progress.done == 1


def test_changing_an_answer_and_back_restores_plan_and_ticks(cases, started):
    cases.apply(started, Tick("report-loss-phone", True))
    cases.apply(started, Tick("apply-at-window", True))
    cases.apply(started, SetMaterial("id-document", MaterialState.HAVE))
    before = cases.view(started)
    cases.apply(started, Answer({"card": ("e-credential",)}))
    elsewhere = cases.view(started)
    assert elsewhere.plan.steps == ()
    assert elsewhere.plan.outcome.go_to == "e-card"
    cases.apply(started, Answer({"card": ("physical",)}))
    after = cases.view(started)
    assert after.plan.steps == before.plan.steps
    assert after.progress == before.progress
    assert after.case.steps == before.case.steps
    assert after.case.materials == before.case.materials


def test_handing_in_is_told_apart_from_being_done(cases, started):
    view = cases.view(started)
    assert view.awaits_submission
    cases.apply(started, Tick("apply-at-window", True))
    view = cases.view(started)
    assert not view.awaits_submission
    assert not view.all_done
    cases.apply(started, Answer({"channel": ("online",)}))
    assert cases.view(started).awaits_submission  # handed in elsewhere is not handed in here
    cases.apply(started, Answer({"channel": ("window",)}))
    assert not cases.view(started).awaits_submission
    cases.apply(started, Tick("apply-at-window", False))
    assert cases.view(started).awaits_submission


def test_an_answer_the_guide_no_longer_offers_is_asked_for_again(cases, started, paths):
    gone = {"card": ("plastic",), "channel": ("window",), "report-loss": ("by-letter",)}
    user = UserDatabase(paths.user_database, paths.migrations)
    with user.writing() as unit:
        unit.cases.update(replace(unit.cases.get(started), answers=gone))
        unit.commit()
    user.close()
    view = cases.view(started)
    assert [q.id for q in view.plan.to_ask] == ["card"]
    assert not view.all_done
    assert {"report-loss-phone", "apply-at-window"} <= {s.step.id for s in view.plan.steps}
    assert view.case.answers == gone


def test_a_case_is_done_when_every_step_is(cases, started):
    while (view := cases.view(started)).next is not None:
        assert not view.all_done
        cases.apply(started, Tick(view.next.step.id, True))
    assert view.all_done
    assert view.progress.percent == 100


def test_notes_and_papers_are_kept(cases, started):
    cases.apply(started, Note("apply-at-window", " 下周二去 "))
    cases.apply(started, Tick("apply-at-window", True))
    cases.apply(started, SetMaterial("recent-photo", MaterialState.NOT_NEEDED))
    case = cases.view(started).case
    assert case.steps["apply-at-window"].note == "下周二去"
    assert case.steps["apply-at-window"].done_on is not None
    assert case.materials == {"recent-photo": MaterialState.NOT_NEEDED}


def ids(views):
    return [view.case.id for view in views]


def test_putting_away_reopening_deleting_restoring(cases, started):
    cases.apply(started, Archive())
    assert cases.board().open == cases.board().finished == ()
    assert ids(cases.board().archived) == [started]
    cases.apply(started, Reopen())
    cases.delete(started)
    assert cases.board().open == cases.board().archived == ()
    with pytest.raises(UserError, match="不在了"):
        cases.view(started)
    cases.restore(started)
    assert ids(cases.open_cases()) == [started]


def test_only_what_is_done_can_be_finished(cases, started):
    with pytest.raises(UserError, match="还没有提交") as caught:
        cases.apply(started, Finish())
    assert caught.value.hint
    cases.apply(started, Tick("apply-at-window", True))
    with pytest.raises(UserError, match="还有步骤"):
        cases.apply(started, Finish())
    assert ids(cases.open_cases()) == [started]
    while (view := cases.view(started)).next is not None:
        cases.apply(started, Tick(view.next.step.id, True))
    cases.apply(started, Finish())
    assert cases.view(started).stage is Stage.FINISHED
    assert ids(cases.board().finished) == [started]
    cases.apply(started, Tick("apply-at-window", False))
    assert cases.view(started).stage is Stage.PREPARING


def test_stages_follow_what_was_handed_in_and_taken_on(cases, started):
    assert cases.view(started).stage is Stage.PREPARING
    with pytest.raises(UserError, match="还没有提交"):
        cases.apply(started, Accept(True))
    cases.apply(started, Tick("apply-at-window", True))
    assert cases.view(started).stage is Stage.SUBMITTED
    cases.apply(started, Accept(True))
    cases.apply(started, SetReceipt("  受理 2025-0423 "))
    view = cases.view(started)
    assert view.stage is Stage.ACCEPTED
    assert view.case.receipt_number == "受理 2025-0423"
    cases.apply(started, Accept(False))
    assert cases.view(started).stage is Stage.SUBMITTED


def test_without_anything_to_hand_in_there_are_two_stages(cases):
    case_id = cases.start("e-card", "妈妈").case.id
    while (view := cases.view(case_id)).plan.to_ask:
        asked = view.plan.to_ask[0]
        cases.apply(case_id, Answer({asked.id: (asked.options[0].id,)}))
    assert (view.stage, stages(view.plan)) == (Stage.OPEN, (Stage.OPEN, Stage.DONE))
    while (view := cases.view(case_id)).next is not None:
        cases.apply(case_id, Tick(view.next.step.id, True))
    cases.apply(case_id, Finish())
    assert cases.view(case_id).stage is Stage.DONE


def test_the_day_a_step_was_done_can_be_set_and_moves_what_is_expected(cases, started, clock):
    with pytest.raises(UserError, match="还没有打勾"):
        cases.apply(started, SetDoneDay("apply-at-window", datetime.date(2025, 4, 23)))
    cases.apply(started, Tick("apply-at-window", True))
    tomorrow = clock.today() + datetime.timedelta(days=1)
    with pytest.raises(UserError, match="今天以后"):
        cases.apply(started, SetDoneDay("apply-at-window", tomorrow))
    cases.apply(started, SetDoneDay("apply-at-window", datetime.date(2025, 4, 23)))
    (expected,) = cases.view(started).expected
    assert (expected.earliest, expected.latest) == (
        datetime.date(2025, 5, 6),
        datetime.date(2025, 5, 9),
    )


def test_a_limit_runs_from_the_day_answered(cases):
    case_id = cases.start("insurance-transfer", "爸爸").case.id
    cases.apply(case_id, Answer({"kind": ("employee",), "new-employer": ("no-employer",)}))
    assert cases.view(case_id).due == ()
    cases.apply(case_id, Answer({"ended-on": ("2026-10-08",)}))
    (due,) = cases.view(case_id).due
    assert due.last == datetime.date(2027, 1, 8)
    cases.apply(case_id, Answer({"new-employer": ("has-employer",)}))
    assert cases.view(case_id).due == ()


def test_a_case_can_be_called_something_else(cases, started):
    cases.apply(started, Rename(" 外婆 "))
    assert cases.view(started).case.nickname == "外婆"
    with pytest.raises(UserError, match="给谁办"):
        cases.apply(started, Rename(" "))


def test_looking_through_keeps_nothing_until_a_name_is_given(cases, paths):
    view = cases.look_through("card-replacement", {"card": ("physical",)})
    assert view.is_draft
    assert [q.id for q in view.plan.to_ask] == [CHANNEL]
    cases.apply(view.case.id, Answer({CHANNEL: ("window",)}))
    cases.apply(view.case.id, Tick("report-loss-phone", True))
    assert cases.open_cases() == []
    with pytest.raises(UserError, match="给谁办"):
        cases.keep(" ")
    kept = cases.keep("妈妈")
    assert ids(cases.open_cases()) == [kept.case.id]
    assert kept.progress.done == 1
    with pytest.raises(UserError, match="不在了"):
        cases.view(DRAFT)
    cases.look_through("e-card", {})
    assert cases.forget_draft().cases == {DRAFT}
    with pytest.raises(UserError, match="不在了"):
        cases.view(DRAFT)
    assert ids(cases.open_cases()) == [kept.case.id]


def test_the_same_paper_of_several_cases_stands_together(cases, started):
    other = cases.start("card-replacement", "爸爸").case.id
    cases.apply(other, Answer(WINDOW))
    cases.apply(other, SetMaterial("id-document", MaterialState.HAVE))
    shared = {m.name: m for m in cases.board().materials}
    (mother, father) = shared["本人有效身份证件"].needed  # in the order they were begun
    assert (father.view.case.nickname, father.is_at_hand) == ("爸爸", True)
    assert (mother.view.case.nickname, mother.is_at_hand) == ("妈妈", False)
    cases.apply(other, Archive())
    assert len(cases.board().materials[0].needed) == 1


def test_copies_add_up_only_where_all_are_known(cases, started):
    view = cases.view(started)
    (planned, *_) = view.plan.materials
    two = Needed(view, replace(planned, material=replace(planned.material, copies=2)))
    assert SharedMaterial("身份证", "copy", (two, two)).copies == 4
    unknown = Needed(view, replace(planned, material=replace(planned.material, copies=None)))
    assert SharedMaterial("身份证", "copy", (two, unknown)).copies is None


def test_what_does_not_belong_to_the_plan_is_refused(cases, started):
    with pytest.raises(UserError, match="没有这一步"):
        cases.apply(started, Tick("upload", True))
    with pytest.raises(UserError, match="没有选项"):
        cases.apply(started, Answer({CHANNEL: ("bank",)}))
    with pytest.raises(UserError, match="不在了"):
        cases.apply("nobody", Tick("upload", True))
    assert cases.view(started).case.steps == {}


def test_everything_is_there_after_a_restart(paths, services, started):
    services.cases.apply(started, Tick("report-loss-phone", True))
    before = services.cases.view(started)
    services.close()
    again = open_services(paths, services.clock)
    try:
        assert again.cases.view(started) == before
    finally:
        again.close()


def test_services_do_not_open_without_content(tmp_path, paths):
    with pytest.raises(DataError):
        open_services(Paths(tmp_path, paths.user))


def test_the_number_of_open_cases_is_counted_without_reading_one(cases, started, monkeypatch):
    finished = cases.start("e-card", "爸爸").case.id
    cases.apply(finished, Archive())
    gone = cases.start("e-card", "奶奶").case.id
    cases.delete(gone)

    def unread(*_):
        raise AssertionError("a case was read")

    monkeypatch.setattr(CaseRepository, "some", unread)
    monkeypatch.setattr(CaseRepository, "get", unread)
    assert cases.count_open() == 1


def test_a_case_is_read_again_only_after_it_changed(cases, started, paths, clock, monkeypatch):
    other = cases.start("e-card", "爸爸").case.id
    cases.board()
    read, some = [], CaseRepository.some
    monkeypatch.setattr(
        CaseRepository, "some", lambda unit, ids: read.append(sorted(ids)) or some(unit, ids)
    )
    assert [v.case.nickname for v in cases.board().open] == ["爸爸", "妈妈"]
    assert read == []
    cases.apply(started, Tick("report-loss-phone", True))
    cases.apply(started, Tick("report-loss-phone", False))
    views = {v.case.id: v for v in cases.board().open}
    assert read == [[started]]
    assert views[started].case == cases.view(started).case
    cases.delete(other)
    assert [v.case.id for v in cases.board().open] == [started]
    cases.restore(other)
    with closing(sqlite3.connect(paths.user_database)) as another_program, another_program:
        another_program.execute("UPDATE case_file SET updated_at = '2031-01-01 00:00:00.000000'")
    assert {v.case.updated_at.year for v in cases.board().open} == {2031}


def test_what_a_day_brings_nearer_is_told_anew_the_next_day(cases, clock):
    case_id = cases.start("insurance-transfer", "爸爸").case.id
    ended = clock.today().isoformat()
    cases.apply(case_id, Answer({"new-employer": ("no-employer",), "ended-on": (ended,)}))
    (due,) = cases.board().open[0].due
    clock.go_on(days=1)
    (later,) = cases.board().open[0].due
    assert (due.days_left, later.days_left) == (due.days_left, due.days_left - 1)


def test_a_command_returns_the_case_as_it_is_on_disk(cases, started):
    changes = cases.apply(started, Tick("report-loss-phone", True))
    assert changes.case.case.done_steps == {"report-loss-phone"}
    assert changes.case == cases.view(started)
    assert changes.cases == {started}


IMPLAUSIBLE = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]


@pytest.mark.parametrize("day", IMPLAUSIBLE)
def test_a_year_that_cannot_be_right_is_refused_where_it_is_entered(cases, started, day):
    moved = cases.start("insurance-transfer", "爸爸").case.id
    with pytest.raises(UserError, match="年不像是对的"):
        cases.apply(moved, Answer({"ended-on": (day,)}))
    cases.apply(started, Tick("apply-at-window", True))
    with pytest.raises(UserError, match="年不像是对的"):
        cases.apply(started, SetDoneDay("apply-at-window", datetime.date.fromisoformat(day)))


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_days_at_the_edge_of_what_can_be_meant_are_reckoned_with(cases, day):
    moved = cases.start("insurance-transfer", "爸爸").case.id
    cases.apply(moved, Answer({"ended-on": (day,)}))
    assert all(view.times for view in cases.board().open if view.case.id == moved)


@pytest.mark.parametrize("day", IMPLAUSIBLE)
def test_a_case_with_a_day_nobody_can_reckon_with_spoils_no_other(cases, started, day):
    """As a file of an older program, or a tool for databases, may have left it."""
    moved = cases.start("insurance-transfer", "爸爸").case.id
    bad = cases.start("card-replacement", "奶奶").case.id
    cases.apply(bad, Answer(WINDOW))
    with cases._user.writing() as unit:
        transfer, replacement = unit.cases.get(moved), unit.cases.get(bad)
        unit.cases.update(replace(transfer, answers={"ended-on": (day,)}))
        mark = StepMark(datetime.date.fromisoformat(day))
        unit.cases.update(replace(replacement, steps={"apply-at-window": mark}))
        unit.commit()
    board = cases.board()
    assert {v.case.nickname for v in board.open} | {c.nickname for c in board.broken} == {
        "妈妈", "爸爸", "奶奶",
    }  # fmt: skip
    assert {v.case.nickname for v in board.open} >= {"妈妈", "爸爸"}
    assert [c.nickname for c in board.broken] == (["奶奶"] if day == "9999-12-31" else [])
    assert cases.view(moved).due == ()
    cases.delete(bad)
    assert cases.board().broken == ()
