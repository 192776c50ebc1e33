"""What a case says of itself: what is next, what is missing, what another answer would change."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from tests import factories
from tests.unit.services.conftest import WINDOW
from yibao_desktop.domain.guide.text import ListBlock, Paragraph
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.records.case import DRAFT, Case, MaterialState, StepMark
from yibao_desktop.domain.records.commands import (
    Accept,
    Answer,
    Archive,
    Finish,
    Reopen,
    SetMaterial,
    SetReceipt,
    Tick,
)
from yibao_desktop.domain.wording.handout import Tick as Box
from yibao_desktop.errors import UserError
from yibao_desktop.services.case_views import NAMELESS, Needed, SharedMaterial, view_of
from yibao_desktop.services.papers_handout import papers_document

NOW = datetime.datetime(2026, 6, 15, 4, tzinfo=datetime.UTC)
TODAY = NOW.date()


def finish_steps(cases, case_id):
    while (view := cases.view(case_id)).next is not None:
        cases.apply(case_id, Tick(view.next.step.id, True))


def test_what_is_next_is_a_question_a_choice_a_step_or_nothing(cases):
    case = cases.start("card-replacement", "妈妈").case.id
    assert cases.view(case).next_text == "还有问题要回答"
    cases.apply(case, Answer(WINDOW))
    choice = cases.view(case).next.choice
    assert cases.view(case).next_text == f"下一步：{choice.title}"
    cases.apply(case, Tick("report-loss-phone", True))
    assert cases.view(case).next_text == f"下一步：{cases.view(case).next.step.title}"
    finish_steps(cases, case)
    assert cases.view(case).next_text == "步骤都办完了"
    cases.apply(case, Answer({"card": ("e-credential",)}))
    assert cases.view(case).next_text == "看看结果"


def test_a_case_is_headed_by_its_person_and_what_is_done(cases, started):
    assert cases.view(started).heading == "妈妈 · 补办医保卡"
    assert cases.look_through("card-replacement", {}).heading == f"{NAMELESS} · 补办医保卡"


def test_the_questions_answered_are_those_before_anything_is_done(cases, started):
    cases.apply(started, Tick("report-loss-phone", True))
    view = cases.view(started)
    assert "report-loss" in view.case.answers
    assert [q.id for q in view.answered] == ["card", CHANNEL]


def test_a_paper_is_missing_until_it_is_at_hand_and_only_if_it_is_sure(cases, started):
    view = cases.view(started)
    sure = [m.material.id for m in view.plan.materials if m.sure]
    assert [m.material.id for m in view.missing] == sure
    assert len(sure) < len(view.plan.materials)
    cases.apply(started, SetMaterial(sure[0], MaterialState.HAVE))
    cases.apply(started, SetMaterial(sure[1], MaterialState.NOT_NEEDED))
    assert [m.material.id for m in cases.view(started).missing] == sure[1:]


def test_a_case_can_be_finished_once_all_is_done_and_only_once(cases, started):
    assert not cases.view(started).can_finish
    finish_steps(cases, started)
    assert cases.view(started).can_finish
    cases.apply(started, Archive())
    assert not cases.view(started).can_finish
    cases.apply(started, Reopen())
    assert cases.view(started).can_finish
    cases.apply(started, Finish())
    assert not cases.view(started).can_finish


def test_what_was_not_handed_in_or_has_no_step_is_not_finished(cases, started):
    finish_steps(cases, started)
    cases.apply(started, Tick("apply-at-window", False))
    assert not cases.view(started).can_finish
    cases.apply(started, Answer({"card": ("e-credential",)}))
    view = cases.view(started)
    assert view.all_done
    assert not view.can_finish


def test_without_anything_to_hand_in_a_case_is_finished_too():
    sample = factories.procedure(factories.step("only"))
    case = Case("1", "妈妈", sample.id, "1", NOW, NOW, steps={"only": StepMark(TODAY)})
    assert view_of(case, sample, TODAY).can_finish
    assert not view_of(replace(case, steps={}), sample, TODAY).can_finish


def test_the_effect_of_an_answer_names_steps_stage_receipt_and_limits(cases, started):
    finish_steps(cases, started)
    cases.apply(started, Accept(True))
    cases.apply(started, SetReceipt("A-7"))
    view = cases.view(started)
    told = "\n".join(view.effect_of({CHANNEL: ("online",)}, TODAY))
    assert "打过勾" in told
    assert "受理编号 A-7" in told
    assert [s.id for s in view.after({CHANNEL: ("window",)}).steps_added] == []
    assert view.after({CHANNEL: ("online",)}).steps_added
    moving = cases.start("insurance-transfer", "爸爸").case.id
    limited = {"kind": ("employee",), "new-employer": ("no-employer",), "ended-on": ("2026-06-01",)}
    cases.apply(moving, Answer(limited))
    (limit,) = cases.view(moving).due
    told = cases.view(moving).effect_of({"new-employer": ("has-employer",)}, TODAY)
    assert any(limit.deadline.title in line and "不算了" in line for line in told)


def test_a_case_is_kept_from_its_first_answer_on(cases):
    asked = cases.begin("card-replacement", "妈妈")
    assert asked.is_draft
    assert cases.open_cases() == []
    changes = cases.apply(DRAFT, Answer(WINDOW))
    assert changes.cases == {DRAFT, changes.case.case.id}
    assert cases.open_cases() == [changes.case]
    assert (changes.case.case.nickname, changes.case.is_draft) == ("妈妈", False)
    with pytest.raises(UserError, match="不在了"):
        cases.view(DRAFT)


def test_where_nothing_is_asked_a_case_is_kept_at_once(cases, services, monkeypatch):
    silent = factories.procedure(factories.step("only"))
    monkeypatch.setattr(services.procedures, "procedure", lambda _: silent)
    begun = cases.begin("sample", "妈妈")
    assert not begun.is_draft
    assert cases.view(begun.case.id) == begun


def test_the_same_for_the_same_person_is_known_to_be_under_way(cases, started):
    cases.start("e-card", "妈妈")
    cases.start("card-replacement", "爸爸")
    assert cases.under_way("card-replacement", " 妈妈 ").case.id == started
    assert cases.under_way("card-replacement", "奶奶") is None
    assert cases.under_way("insurance-transfer", "妈妈") is None


# -- papers of several cases -----------------------------------------------------------------------


def needed(cases, copies: int | None, nickname: str = "妈妈") -> Needed:
    material = factories.material("photo", copies=copies, when=Is("card", "real"))
    sample = factories.procedure(
        factories.step("go", materials=("photo",)),
        questions=(factories.question("card", "real", "phone"),),
        materials=(material,),
    )
    case = Case("1", nickname, sample.id, "1", NOW, NOW, answers={"card": ("real",)})
    view = view_of(case, sample, TODAY)
    return Needed(view, view.plan.materials[0])


def test_a_paper_of_several_cases_says_for_how_many_and_how_many_copies(cases):
    two, one, unknown = (needed(cases, copies) for copies in (2, 1, None))
    assert SharedMaterial("照片", None, (two,)).text == "材料 photo（2 份）"
    assert SharedMaterial("照片", None, (two, one)).text == "照片，2 件事要，共 3 份"
    assert SharedMaterial("照片", None, (unknown, two, one)).text == "材料 photo，3 件事要"


def test_a_case_that_needs_a_paper_only_perhaps_says_when(cases):
    sure = needed(cases, 1)
    assert sure.text == "妈妈 · 办一件事"
    open_case = view_of(replace(sure.view.case, answers={}), sure.view.procedure, TODAY)
    perhaps = Needed(open_case, open_case.plan.materials[0])
    assert perhaps.text == "妈妈 · 办一件事（选“选 real”才要）"


@pytest.fixture
def sheet(cases, services):
    def made():
        board = cases.board()
        views = [services.guide.page(view.procedure.id) for view in board.open]
        return papers_document(board, views, TODAY)

    return made


def boxes(handout, number: int) -> list[Box]:
    return list(handout.parts[number].blocks)


def test_the_papers_of_all_cases_stand_on_one_sheet(cases, started, sheet):
    other = cases.start("card-replacement", "爸爸").case.id
    cases.apply(other, Answer(WINDOW))
    cases.apply(other, SetMaterial("id-document", MaterialState.HAVE))
    handout = sheet()
    assert handout.lead == (Paragraph(handout.lead[0].text),)
    assert handout.lead[0].text.plain == "正在办的 2 件事，要带的都在这里。"
    assert [(part.title, part.columns) for part in handout.parts] == [
        ("有了就打勾", 2), ("办到哪里", 1),
    ]  # fmt: skip
    assert handout.is_checklist
    assert handout.sources
    shared = next(b for b in boxes(handout, 0) if b.text.plain.startswith("本人有效身份证件"))
    assert "2 件事要" in shared.text.plain
    (named,) = shared.details
    assert isinstance(named, ListBlock)
    assert [item.plain for item in named.items] == ["妈妈 · 补办医保卡", "爸爸 · 补办医保卡"]
    assert not shared.done
    cases.apply(started, SetMaterial("id-document", MaterialState.HAVE))
    assert next(b for b in boxes(sheet(), 0) if b.text == shared.text).done
    first = boxes(handout, 1)[0]
    assert first.text.plain == "爸爸 · 补办医保卡：准备"
    assert first.details[0].text.plain.startswith("下一步：")
    assert not first.done


def test_the_paper_of_one_case_says_whose_it_is(cases, started, sheet):
    box = next(b for b in boxes(sheet(), 0) if b.text.plain.startswith("本人有效身份证件"))
    assert "件事要" not in box.text.plain
    assert [line.text.plain for line in box.details] == ["妈妈 · 补办医保卡"]
    finish_steps(cases, started)
    assert boxes(sheet(), 1)[0].done


def test_a_sheet_of_nothing_has_no_empty_parts(cases, sheet):
    assert sheet().parts == ()


def test_every_case_is_counted_whatever_became_of_it(cases, started):
    cases.start("e-card", "爸爸")
    away = cases.start("e-card", "奶奶").case.id
    cases.apply(away, Archive())
    finish_steps(cases, started)
    cases.apply(started, Finish())
    board = cases.board()
    assert (len(board.open), len(board.finished), len(board.archived)) == (1, 1, 1)
    assert board.count == 3
