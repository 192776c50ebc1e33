"""Plans as checklists to take along."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby

from yibao_desktop.domain.guide.doubts import Doubt, doubts_about
from yibao_desktop.domain.guide.items import part_id
from yibao_desktop.domain.guide.text import Callout, ListBlock, Paragraph, RichText
from yibao_desktop.domain.procedure.doubted import plan_doubts
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import CHANNEL, Deadline, Expected, Procedure
from yibao_desktop.domain.procedure.plan import Plan, PlanMaterial, PlanStep
from yibao_desktop.domain.records.case import Case, MaterialState, StepMark
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.domain.wording.handout import (
    Detail,
    Handout,
    HandoutBlock,
    Large,
    Lead,
    Part,
    Tick,
)
from yibao_desktop.domain.wording.plain_text import (
    FAILURE_MARK,
    LINE_MARKS,
    answer_text,
    deadline_lines,
    expected_lines,
    fact_lines,
    is_telephone_number,
    paper_text,
    path_text,
    silent_text,
    step_marks,
    unsure_lines,
)
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.services.handout_parts import (
    Citations,
    doubt_blocks,
    doubt_parts,
    paragraphs,
    with_sources,
)


def case_document(case: CaseView, view: PageView, today: datetime.date) -> Handout:
    """The plan of a case, with what is done and when things are due; ``view`` is its procedure."""
    stage = "" if case.is_draft else f"办到哪里：{case.stage}"
    last = [due.last for due in case.due]
    return plan_document(case.plan, view, today, case.case, case.lasting_times, stage, last)


def plan_document(
    plan: Plan,
    view: PageView,
    today: datetime.date,
    case: Case | None = None,
    times: Iterable[str] | None = None,
    stage: str = "",
    last_days: Iterable[datetime.date] = (),
) -> Handout:
    """A plan as a checklist.

    Args:
        plan: the plan.
        view: the page of its procedure, for doubts and sources.
        today: when it is made.
        case: the case it is the plan of; None where the checklist is for nobody in particular.
        times: how long things take and until when they must be done, a line each; None for what
            the sources say in general.
        stage: how far the case has come, in a line.
        last_days: until when something must be done, where that is known to the day.
    """
    lines = [*deadline_lines(plan), *expected_lines(plan)] if times is None else list(times)

    def made(cite: Citations) -> Handout:
        procedure = plan.procedure
        cite.numbers(procedure.sources)
        over = (Callout(RichText.of(told), "caution") for told in view.cautions(today))
        local = paragraphs(f"本地不一样：{line}" for line in view.local)
        lead = (*over, *_plan_lead(plan, case, stage, cite), *local)
        parts = [
            _questions(plan),
            _times(plan, lines, last_days, cite),
            _materials(plan, case, cite),
            _steps(plan, case, view.doubts, cite),
            *doubt_parts(plan_doubts(plan, view.doubts), cite),
            _faqs(procedure, cite) if not plan.answers else Part("", ()),
            Part("还要问清楚", paragraphs(_silent(plan))),
        ]
        return Handout(
            title=procedure.title,
            lead=lead,
            parts=tuple(part for part in parts if part.blocks),
            sources=cite.documents,
            date=today,
            person=case.nickname if case else "",
            is_checklist=True,
            origin=view.item.origin,
        )

    return with_sources(made, view)


def _silent(plan: Plan) -> list[str]:
    return [silent_text(plan.silent)] if plan.silent else []


def _times(
    plan: Plan, lines: Iterable[str], last_days: Iterable[datetime.date], cite: Citations
) -> Part:
    timed: tuple[Deadline | Expected, ...] = (*plan.deadlines, *plan.expected)
    numbers = cite.numbers(key for part in timed for key in part.sources)
    large = (Large(RichText.of(f"最晚 {day_text(day)}")) for day in last_days)
    return Part("要多久、什么时候以前", (*large, *paragraphs(lines)), sources=numbers)


def _plan_lead(plan: Plan, case: Case | None, stage: str, cite: Citations) -> Iterator[Detail]:
    procedure = plan.procedure
    yield Lead(procedure.answer)
    if procedure.audience and not plan.answers:
        yield Paragraph(procedure.audience.after("适合："))
    said = [f"办成以后：{procedure.result_name}"]
    said += [f"办法：{plan.channel.name}"] if plan.channel else []
    yield _line(said)
    yield from paragraphs(unsure_lines(plan))
    answers = _answers(plan)
    if answers:
        yield _line([f"您的回答：{'；'.join(answers)}"])
    said = [stage] if stage else []
    if case and case.receipt_number:
        said.append(f"受理编号：{case.receipt_number}")
    if said:
        yield _line(said)
    if plan.outcome and plan.outcome.kind != "done":
        text = plan.outcome.text.after(f"{plan.outcome.title}。")
        yield Callout(cite.cited(text, plan.outcome.sources), "caution")


def _line(said: list[str]) -> Paragraph:
    return Paragraph(RichText.of("；".join(said)))


def _answers(plan: Plan) -> list[str]:
    """The answers given before anything is done, each with its question; the way is said above."""
    interview = Interview(plan.procedure, plan.answers)
    apart = plan.choice_ids | ({CHANNEL} if plan.channel else set())
    asked = [q for q in plan.questions if q.id in plan.answers and q.id not in apart]
    return [f"{q.text} {answer_text(interview, q)}" for q in asked]


def _questions(plan: Plan) -> Part:
    """What is still to be asked, with the answers to choose from."""
    interview = Interview(plan.procedure, plan.answers)
    blocks: list[HandoutBlock] = []
    for question in plan.to_ask:
        blocks.append(Lead(RichText.of(question.text)))
        blocks += (Tick(RichText.of(option.label)) for option in interview.options(question))
        if question.how_to_find_out:
            blocks.append(Paragraph(question.how_to_find_out.after("不清楚的话：")))
    return Part("先弄清楚", tuple(blocks))


def _materials(plan: Plan, case: Case | None, cite: Citations) -> Part:
    ticks = tuple(_material_tick(planned, plan, case, cite) for planned in plan.materials)
    return Part("要带的材料", ticks, columns=2)


def _material_tick(planned: PlanMaterial, plan: Plan, case: Case | None, cite: Citations) -> Tick:
    material = planned.material
    numbers = {s.step.id: s.number for s in plan.steps}
    used = "、".join(str(number) for number in dict.fromkeys(numbers[i] for i in planned.steps))
    known = [text for text in (material.spec, material.why, material.how_to_get) if text]
    spans = [span for text in known for span in text.spans]
    details = RichText((*spans, *RichText.of(f"第 {used} 步用。").spans))
    return Tick(
        RichText.of(paper_text(planned)),
        done=case is not None and case.materials.get(material.id) is MaterialState.HAVE,
        details=(Paragraph(details),),
        sources=cite.numbers(material.sources),
        picture=material.picture,
    )


def _steps(plan: Plan, case: Case | None, doubts: Iterable[Doubt], cite: Citations) -> Part:
    untold = list(doubts)
    blocks: list[HandoutBlock] = []
    for _, group in groupby(plan.steps, key=lambda s: s.number):
        steps = list(group)
        told: set[RichText] = set()
        blocks += (Lead(RichText.of(line)) for line in _said_before(plan, steps[0]))
        for step in steps:
            own = doubts_about(untold, part_id(plan.procedure.id, step.step.id))
            untold = [doubt for doubt in untold if doubt not in own]
            blocks.append(_step_tick(step, case, own, told, cite))
    return Part("要做的事", tuple(blocks))


def _said_before(plan: Plan, step: PlanStep) -> Iterator[str]:
    """What leads to a step: that it goes along with others, or has alternatives."""
    others = [s for s in plan.steps if s.together and s.together == step.together]
    if len(others) > 1 and others[0] is step:
        yield f"第 {'、'.join(str(s.number) for s in others)} 步可以同时办"
    if step.choice:
        yield f"{step.number}. {step.choice.title}（任选一种）"


def _step_tick(
    planned: PlanStep,
    case: Case | None,
    doubts: Iterable[Doubt],
    told: set[RichText],
    cite: Citations,
) -> Tick:
    """A step; ``doubts`` are those told here, each once in the document.

    Of what is done the title is left: the rest takes the room of what is still to be done. What
    the alternatives before it have ``told`` is not told again.
    """
    step = planned.step
    mark = case.steps.get(step.id, StepMark()) if case else StepMark()
    details = [] if mark.done_on else [*_step_details(planned, told)]
    if mark.note:
        details += paragraphs([f"自己记的：{mark.note}"])
    for doubt in doubts if not mark.done_on else ():
        details += doubt_blocks(doubt, cite)
    return Tick(
        RichText.of(_step_title(planned, mark)),
        mark.done_on is not None,
        tuple(details),
        cite.numbers(step.sources),
        None if mark.done_on else step.picture,
    )


def _step_details(planned: PlanStep, told: set[RichText]) -> Iterator[Detail]:
    step = planned.step
    for dialled in filter(is_telephone_number, step.copy_text):
        yield Large(RichText.of(f"电话 {dialled}"))
    yield from _said(planned, told)
    for number, path in enumerate(step.paths, 1):
        lead = "依次点" if len(step.paths) == 1 else f"走法 {number}"
        yield Paragraph(RichText.of(f"{lead}：{path_text(path)}"))
    lines = "".join(line.text.plain for line in planned.lines)
    copied = [text for text in step.copy_text if text not in lines]
    facts = [RichText.of(f"照着写：{'、'.join(copied)}")] if copied else []
    facts += fact_lines(step)
    yield from _run_on(facts, told)
    for failure in step.fails:
        yield Lead(failure.symptom.after(FAILURE_MARK))
        yield ListBlock(failure.actions)


def _said(planned: PlanStep, told: set[RichText]) -> Iterator[Detail]:
    """What is to be done, a point each; remarks between them run on, for the room they take."""
    for is_point, group in groupby(planned.lines, key=lambda line: line.kind == "do"):
        lines = tuple(group)
        if is_point:
            yield ListBlock(tuple(line.text for line in lines))
        else:
            remarks = [line.text.after(LINE_MARKS[line.kind]) for line in lines]
            yield from _run_on(remarks, told)


def _run_on(texts: list[RichText], told: set[RichText]) -> Iterator[Paragraph]:
    """What has not been told yet, in one paragraph."""
    fresh = [text for text in dict.fromkeys(texts) if text not in told]
    told.update(fresh)
    spans = [span for text in fresh for span in (*text.spans, *RichText.of(_pause(text)).spans)]
    if spans:
        yield Paragraph(RichText(tuple(spans)))


def _pause(text: RichText) -> str:
    return "" if text.plain.endswith(("。", "！", "？", "；")) else "。"


def _step_title(planned: PlanStep, mark: StepMark) -> str:
    said = planned.step.title if planned.choice else f"{planned.number}. {planned.step.title}"
    said += "".join(f"（{mark}）" for mark in step_marks(planned))
    if mark.done_on:
        said += f"（{day_text(mark.done_on)}办好）"
    return said


def _faqs(procedure: Procedure, cite: Citations) -> Part:
    blocks: list[HandoutBlock] = []
    for faq in procedure.faqs:
        blocks.append(Lead(RichText.of(f"问：{faq.question}")))
        blocks.append(Paragraph(cite.cited(faq.answer.after("答："), faq.sources)))
    return Part("常有人问", tuple(blocks))
