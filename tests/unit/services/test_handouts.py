"""Documents to take along: what a plan's checklist and a page's copy say."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from tests import factories
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.guide.text import Paragraph, RichText
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE, Deadline
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.records.case import DRAFT, Case, MaterialState, StepMark
from yibao_desktop.domain.wording.handout import Handout, Lead, Part, Tick
from yibao_desktop.services.calendar_file import case_reminders
from yibao_desktop.services.case_views import view_of
from yibao_desktop.services.handout_service import page_document
from yibao_desktop.services.plan_handout import case_document, plan_document

TODAY = datetime.date(2026, 11, 22)
WINDOW = {"card": ("physical",), "channel": ("window",)}
DAY = datetime.datetime(2026, 11, 20, 4, tzinfo=datetime.UTC)


def plan_handout(guide, answers: Answers, procedure="card-replacement", case=None, **options):
    view = guide.guide.page(procedure)
    return plan_document(make_plan(view.page, answers), view, TODAY, case, **options)


def part(handout: Handout, title: str) -> Part:
    return next(p for p in handout.parts if p.title == title)


def ticks(handout: Handout, title: str) -> list[Tick]:
    return [b for b in part(handout, title).blocks if isinstance(b, Tick)]


def a_case(**changes) -> Case:
    values = {
        "id": "c1",
        "nickname": "妈妈",
        "procedure": "card-replacement",
        "content_version": "1",
        "created_at": DAY,
        "updated_at": DAY,
        "answers": WINDOW,
    }
    return Case(**(values | changes))


def test_a_checklist_has_boxes_for_steps_and_papers(guide):
    handout = plan_handout(guide, WINDOW)
    steps = ticks(handout, "要做的事")
    plan = make_plan(guide.guide.page("card-replacement").page, WINDOW)
    pairs = zip(plan.steps, steps, strict=True)
    assert all(planned.step.title in tick.text.plain for planned, tick in pairs)
    assert not any(t.done for t in steps)
    assert len(ticks(handout, "要带的材料")) == len(plan.materials)
    assert "先弄清楚" not in [p.title for p in handout.parts]
    assert "12333" in handout.text
    assert all(t.picture for t in ticks(handout, "要带的材料"))


def test_what_is_done_and_noted_in_a_case_is_said(guide):
    plan = make_plan(guide.guide.page("card-replacement").page, WINDOW)
    paper = next(m.material.id for m in plan.materials if m.material.name == "报失证明")
    case = a_case(
        steps={plan.steps[0].step.id: StepMark(DAY, "打过 12333，小王接的")},
        materials={paper: MaterialState.HAVE},
        receipt_number="A-77",
    )
    handout = plan_handout(guide, WINDOW, case=case)
    assert handout.heading == "妈妈 · 补办医保卡"
    assert handout.file_name == "妈妈-补办医保卡-2026-11-22"
    (done,) = [t for t in ticks(handout, "要做的事") if t.done]
    assert done.text.plain == f"{plan.steps[0].step.title}（2026年11月20日（周五）办好）"
    assert "自己记的：打过 12333，小王接的" in handout.text
    assert [t.text.plain for t in ticks(handout, "要带的材料") if t.done] == ["报失证明"]
    assert "受理编号：A-77" in handout.text
    assert "✓ 报失证明" in handout.text


def test_answers_are_said_in_the_words_they_were_offered_in(guide):
    said = plan_handout(guide, {"card": ("physical",)}).text
    assert "您的回答：您说的是哪一张？ 实体卡（社保卡、医保卡）" in said.splitlines()
    unsure = plan_handout(guide, {"card": (UNSURE,)}).text
    assert "您的回答：您说的是哪一张？ 不清楚" in unsure.splitlines()


def test_not_knowing_the_route_gives_one_route_and_names_the_others(guide):
    answers = {
        "own-account": ("employee",),
        "member": ("insured-relative",),
        "same-area": ("same",),
        CHANNEL: (UNSURE,),
    }
    text = plan_handout(guide, answers, "family-pooling").text
    line = (
        "您说不清楚，先照“当地医保经办机构的窗口”列。也可以换成“国家医保服务平台”、“随申办市民云”。"
    )
    assert line in text.splitlines()
    assert "只是一地的做法" not in text  # what is doubtful about the app of one city
    assert "打开国家医保服务平台" not in text


def test_the_papers_of_a_child_are_not_asked_of_adults(guide):
    for person, wanted in (("adult", False), ("child", True)):
        text = plan_handout(guide, {"for-whom": (person,)}, "e-card-filing").text
        assert ("出生证明" in text) is wanted


def test_what_is_still_open_has_its_answers_to_tick(guide):
    blocks = part(plan_handout(guide, {}), "先弄清楚").blocks
    assert blocks[0] == Lead(RichText.of("您说的是哪一张？"))
    assert Tick(RichText.of("实体卡（社保卡、医保卡）")) in blocks


def test_who_does_not_know_an_answer_is_told_how_to_find_out(guide):
    page = guide.guide.page("insurance-transfer").page
    blocks = part(plan_handout(guide, {}, page.id), "先弄清楚").blocks
    told = [b.text.plain for b in blocks if isinstance(b, Paragraph)]
    asked = [q for q in make_plan(page, {}).to_ask if q.how_to_find_out]
    assert told == [f"不清楚的话：{q.how_to_find_out.plain}" for q in asked]
    assert told


def test_alternatives_stand_under_their_question(guide):
    blocks = part(plan_handout(guide, WINDOW), "要做的事").blocks
    assert isinstance(blocks[0], Lead)
    assert blocks[0].text.plain.endswith("（任选一种）")


def test_a_way_that_leads_elsewhere_says_so_first(guide):
    handout = plan_handout(guide, {"card": ("e-credential",)})
    assert "电子医保卡没有卡片可补" in handout.text
    assert not any(p.title == "要做的事" for p in handout.parts)


def test_times_are_those_of_the_sources_or_those_given(guide):
    assert "7–10 个工作日" in plan_handout(guide, WINDOW).text
    given = plan_handout(guide, WINDOW, times=["新卡大约 12月4日 到 12月9日 做好"])
    assert part(given, "要多久、什么时候以前").blocks == (
        Paragraph(RichText.of("新卡大约 12月4日 到 12月9日 做好")),
    )


def test_a_limit_is_said_with_what_follows(guide):
    view = guide.guide.page("card-replacement")
    key = view.page.sources[0]
    fact = Fact("limit", "期限", "duration", (key,), value="90", unit="天")
    text = RichText.of("过了要等到明年。")
    limit = Deadline("d", "给孩子参保", "born", "limit", True, text, (key,))
    asked = factories.question("born", kind="date")
    procedure = factories.procedure(
        factories.step("only", sources=(key,)),
        questions=(asked,),
        facts=(fact,),
        deadlines=(limit,),
        sources=(key,),
    )
    handout = plan_document(make_plan(procedure, {}), view, TODAY)
    assert "给孩子参保：要在 90 天内办" in handout.text
    assert "过了要等到明年。" in handout.text


ENDED = {"new-employer": ("no-employer",), "gap": ("no-gap",), "ended-on": ("2026-10-10",)}


def transfer_case(guide, today=TODAY, **changes):
    procedure = guide.guide.page("insurance-transfer").page
    values = {"id": "c7", "procedure": procedure.id, "answers": ENDED}
    return view_of(a_case(**(values | changes)), procedure, today)


def test_a_case_says_its_days_and_how_far_it_is(guide):
    view = transfer_case(guide, steps={"apply-for-transfer": StepMark(DAY)})
    handout = case_document(view, guide.guide.page("insurance-transfer"), TODAY)
    assert "自己参保交费：最晚2027年1月10日（周日）" in handout.text
    assert "还有 49 天" not in handout.text  # tomorrow it would not be true
    assert "等的这段时间看病不能用医保" in handout.text
    assert "转出地办完：大约2026年12月" in handout.text
    assert "转入地接上：5 个工作日" in handout.text
    assert f"办到哪里：{view.stage}" in handout.text
    assert "原来的医保关系是哪天终止的？ 2026年10月10日（周六）" in handout.text
    assert handout.sources


def test_what_is_only_looked_through_is_for_nobody(guide):
    view = transfer_case(guide, id=DRAFT, nickname="")
    handout = case_document(view, guide.guide.page("insurance-transfer"), TODAY)
    assert handout.heading == "转移医保关系"
    assert "办到哪里" not in handout.text


def test_a_limit_is_put_into_the_calendar_on_the_last_day_offices_work(guide):
    (reminder,) = case_reminders(transfer_case(guide))
    assert reminder.date == datetime.date(2027, 1, 8)  # the last day itself is a Sunday
    assert reminder.uid == "c7-enrol-in-time"
    assert reminder.title == "妈妈 · 转移医保关系：自己参保交费"
    assert "最晚2027年1月10日（周日）" in reminder.description
    assert NOTICE in reminder.description


def test_what_is_past_or_has_no_day_is_not_put_into_the_calendar(guide):
    assert case_reminders(transfer_case(guide, datetime.date(2027, 3, 1))) == ()
    assert case_reminders(transfer_case(guide, answers={})) == ()


def test_every_number_of_a_source_stands_in_the_list(guide):
    for entry in guide.guide.entries():
        if entry.kind == "topic":
            continue
        handout = page_document(guide.guide.page(entry.id), TODAY)
        numbers = {n for p in handout.parts for n in p.sources}
        numbers |= {
            n for p in handout.parts for t in p.blocks if isinstance(t, Tick) for n in t.sources
        }
        assert numbers <= set(range(1, len(handout.sources) + 1))
        assert len(set(handout.sources)) == len(handout.sources)


def test_documents_are_counted_where_there_are_several(guide):
    """Each document once, whatever number of its passages is cited; a single one uncounted."""
    several = plan_handout(guide, WINDOW)
    assert len(several.sources) == len(set(several.sources)) == 2
    assert {n for t in ticks(several, "要做的事") for n in t.sources} == {1, 2}
    pages = [e.id for e in guide.guide.entries() if e.kind != "topic"]
    handouts = [page_document(guide.guide.page(page), TODAY) for page in pages]
    single = [handout for handout in handouts if len(handout.sources) == 1]
    assert len(single) > 10
    assert [handout.title for handout in single if "［" in repr(handout)] == []


def test_of_what_is_done_the_title_is_left(guide):
    view = guide.guide.page("card-replacement")
    plan = make_plan(view.page, WINDOW | {"report-loss": ("report-loss-phone",)})
    case = a_case(steps={"report-loss-phone": StepMark(DAY, "打过了")})
    done, following, *_ = ticks(plan_document(plan, view, TODAY, case), "要做的事")
    assert done.details == (Paragraph(RichText.of("自己记的：打过了")),)
    assert len(following.details) > 1


def test_alternatives_do_not_repeat_what_the_first_one_says(guide):
    text = plan_handout(guide, WINDOW).text
    assert text.count("马上挂失。挂得越早，风险越小") == 1


def test_a_doubt_is_told_once(guide):
    text = plan_handout(guide, {}, "insurance-transfer").text
    doubts = guide.guide.page("insurance-transfer").doubts
    assert [d.id for d in doubts if text.count(d.short.plain) != 1] == []


def test_the_text_is_short_lines_without_markup(guide):
    for procedure in guide.procedures.procedures():
        handout = page_document(guide.guide.page(procedure.id), TODAY)
        lines = handout.text.splitlines()
        assert lines[0] == procedure.title
        assert max(len(line) for line in lines) < 250
        assert not [line for line in lines if "**" in line or "<" in line or "](" in line]
        assert "［" not in handout.text
        assert lines[-2].startswith("来源：《")
        assert lines[-1] == f"{NOTICE}（2026-11-22 整理）"
        assert all(p.step.title in handout.text for p in make_plan(procedure, {}).steps)


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("", "办事-2026-11-22"),
        ("妈妈", "妈妈-办事-2026-11-22"),
        ('a/b\\c:d*e?"f<g>h|i\n', "abcdefghi-办事-2026-11-22"),
        ("..", "办事-2026-11-22"),
        ("长" * 200, "长" * 60 + "-2026-11-22"),
    ],
)
def test_the_file_name_is_allowed_everywhere(person, name):
    handout = Handout("办事", (), (), (), TODAY, person)
    assert handout.file_name == name
    assert len(handout.file_name.encode()) < 250


def test_a_page_says_its_answer_first_where_it_has_one(guide):
    for item in ("card-replacement-guide", "yueyang-inpatient"):
        view = guide.guide.page(item)
        told = [block for block in page_document(view, TODAY).lead if isinstance(block, Lead)]
        assert told == [Lead(view.page.answer)]
    bare = replace(view, page=replace(view.page, answer=RichText(())))
    assert not [b for b in page_document(bare, TODAY).lead if isinstance(b, Lead)]


def test_an_answer_that_breaks_off_says_so(guide):
    cut = [e.id for e in guide.guide.entries() if e.kind == "answer"]
    views = [guide.guide.page(i) for i in cut]
    broken = next(v for v in views if v.page.cut_off)
    assert "没有写完" in page_document(broken, TODAY).text
