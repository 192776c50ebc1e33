"""Cases: what is acknowledged is kept, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.case import MaterialState
from yibao_desktop.domain.procedure import CHANNEL, UNSURE
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.paths import Paths
from yibao_desktop.services.case_service import MAX_NICKNAME, CaseService
from yibao_desktop.store.user_database import UserDatabase

WINDOW = {"card": ("physical",), CHANNEL: ("window",)}


@pytest.fixture
def cases(services):
    return services.cases


@pytest.fixture
def started(cases):
    view = cases.start("card-replacement", "妈妈")
    cases.answer(view.case.id, WINDOW)
    return view.case.id


def test_a_case_begins_with_its_first_question(cases):
    view = cases.start("card-replacement", "  我 的  妈妈 ")
    assert view.case.nickname == "我 的 妈妈"
    assert [q.id for q in view.plan.to_ask] == ["card"]
    assert (view.progress.min, view.progress.max) == (0, 9)
    assert cases.open_cases() == [view]


def test_a_long_name_is_cut(cases):
    assert cases.start("e-card", "很" * 99).case.nickname == "很" * MAX_NICKNAME


@pytest.mark.parametrize(("procedure", "name"), [("card-replacement", "  "), ("no-such", "妈妈")])
def test_a_case_needs_a_name_and_a_procedure(cases, procedure, name):
    with pytest.raises(UserError) as caught:
        cases.start(procedure, name)
    assert caught.value.hint
    assert cases.open_cases() == []


def test_two_cases_of_one_procedure_are_independent(cases, started):
    other = cases.start("card-replacement", "爸爸").case.id
    cases.tick(started, "report-loss-phone", True)
    assert cases.view(other).case.steps == {}
    assert cases.view(started).progress.done == 1
    assert [v.case.nickname for v in cases.open_cases()] == ["妈妈", "爸爸"]


def test_ticking_an_alternative_chooses_it(cases, started):
    assert cases.view(started).next.choice is not None
    changes = cases.tick(started, "report-loss-online", True)
    assert changes.cases == {started}
    view = cases.view(started)
    assert view.case.answers["report-loss"] == ("report-loss-online",)
    assert [s.step.id for s in view.plan.steps][:2] == ["report-loss-online", "apply-at-window"]
    assert view.next.step.id == "apply-at-window"


def test_changing_the_choice_keeps_the_tick_for_later(cases, started):
    cases.tick(started, "report-loss-online", True)
    cases.answer(started, {"report-loss": (UNSURE,)})
    view = cases.view(started)
    assert view.progress.done == 1
    cases.answer(started, {"report-loss": ("report-loss-phone",)})
    assert cases.view(started).progress.done == 0
    cases.answer(started, {"report-loss": ("report-loss-online",)})
    assert cases.view(started).progress.done == 1


def test_changing_an_answer_and_back_restores_plan_and_ticks(cases, started):
    cases.tick(started, "report-loss-phone", True)
    cases.tick(started, "apply-at-window", True)
    cases.set_material(started, "id-document", MaterialState.HAVE)
    before = cases.view(started)
    cases.answer(started, {"card": ("e-credential",)})
    elsewhere = cases.view(started)
    assert elsewhere.plan.steps == ()
    assert elsewhere.plan.outcome.go_to == "e-card"
    cases.answer(started, {"card": ("physical",)})
    after = cases.view(started)
    assert after.plan.steps == before.plan.steps
    assert after.progress == before.progress
    assert after.case.steps == before.case.steps
    assert after.case.materials == before.case.materials


def test_handing_in_is_told_apart_from_being_done(cases, started):
    view = cases.view(started)
    assert view.awaits_submission
    cases.tick(started, "apply-at-window", True)
    view = cases.view(started)
    assert not view.awaits_submission
    assert not view.all_done
    cases.answer(started, {"channel": ("online",)})
    assert cases.view(started).awaits_submission  # handed in elsewhere is not handed in here
    cases.answer(started, {"channel": ("window",)})
    assert not cases.view(started).awaits_submission
    cases.tick(started, "apply-at-window", False)
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
        cases.tick(started, view.next.step.id, True)
    assert view.all_done
    assert view.progress.percent == 100


def test_notes_and_papers_are_kept(cases, started):
    cases.note(started, "apply-at-window", " 下周二去 ")
    cases.tick(started, "apply-at-window", True)
    cases.set_material(started, "recent-photo", MaterialState.NOT_NEEDED)
    case = cases.view(started).case
    assert case.steps["apply-at-window"].note == "下周二去"
    assert case.steps["apply-at-window"].done_at is not None
    assert case.materials == {"recent-photo": MaterialState.NOT_NEEDED}


def test_closing_reopening_deleting_restoring(cases, started):
    cases.close(started)
    assert cases.open_cases() == []
    assert [v.case.id for v in cases.closed_cases()] == [started]
    cases.reopen(started)
    cases.delete(started)
    assert cases.open_cases() == cases.closed_cases() == []
    with pytest.raises(UserError, match="不在了"):
        cases.view(started)
    cases.restore(started)
    assert [v.case.id for v in cases.open_cases()] == [started]


def test_what_does_not_belong_to_the_plan_is_refused(cases, started):
    with pytest.raises(UserError, match="没有这一步"):
        cases.tick(started, "upload", True)
    with pytest.raises(UserError, match="没有选项"):
        cases.answer(started, {CHANNEL: ("bank",)})
    with pytest.raises(UserError, match="不在了"):
        cases.tick("nobody", "upload", True)
    assert cases.view(started).case.steps == {}


def test_everything_is_there_after_a_restart(paths, services, started):
    services.cases.tick(started, "report-loss-phone", True)
    before = services.cases.view(started)
    services.close()
    again = open_services(paths)
    try:
        assert again.cases.view(started) == before
    finally:
        again.close()


class WithoutProcedures:
    """A guide whose newer content has dropped every procedure."""

    def procedures(self):
        return []


def test_a_case_of_a_procedure_that_is_gone_is_left_alone(services, paths, started):
    user = UserDatabase(paths.user_database, paths.migrations)
    newer = CaseService(user, services._content.content, WithoutProcedures())
    assert newer.open_cases() == []
    with user.reading() as unit:
        assert unit.cases.get(started) is not None
    user.close()


def test_services_do_not_open_without_content(tmp_path, paths):
    with pytest.raises(DataError):
        open_services(Paths(tmp_path, paths.user))
