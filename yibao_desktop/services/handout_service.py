"""Pages and plans as documents to take along."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby

from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE, Doubt, about
from yibao_desktop.domain.guide.items import (
    CUT_OFF,
    KIND_NAMES,
    Answer,
    Article,
    ShortPage,
    part_id,
)
from yibao_desktop.domain.guide.text import Block, Callout, ListBlock, Paragraph, RichText
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import Deadline, Expected, Procedure
from yibao_desktop.domain.procedure.plan import Plan, PlanMaterial, PlanStep
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.records.case import Case, MaterialState, StepMark
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.domain.wording.handout import (
    Detail,
    Handout,
    HandoutBlock,
    Lead,
    Part,
    Tick,
    cited,
)
from yibao_desktop.domain.wording.plain_text import (
    FAILURE_MARK,
    answer_text,
    assumed_lines,
    deadline_lines,
    expected_lines,
    fact_lines,
    paper_text,
    path_text,
    said_lines,
    silent_text,
    step_marks,
)
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.guide_service import PageView


class _Citations:
    """Numbers the sources in the order in which they are cited."""

    def __init__(self, view: PageView) -> None:
        self._known = {source.key: source for source in (*view.sources, *view.doubt_sources)}
        self._cited: dict[str, int] = {}

    def numbers(self, keys: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the sources with these keys, smallest first."""
        return tuple(sorted({self._cited.setdefault(k, len(self._cited) + 1) for k in keys}))

    def cited(self, text: RichText, keys: Iterable[str]) -> RichText:
        """A statement with the numbers of the sources it rests on."""
        return cited(text, self.numbers(keys))

    @property
    def lines(self) -> tuple[str, ...]:
        """The sources cited, a line each."""
        return tuple(self._known[key].line for key in self._cited)

    @property
    def documents(self) -> tuple[str, ...]:
        """The articles cited, each with the date of its newest passage cited."""
        dates: dict[str, datetime.date] = {}
        for source in (self._known[key] for key in self._cited):
            name = source.document_name
            dates[name] = max(source.date, dates.get(name, source.date))
        return tuple(f"{name} · {date}" for name, date in sorted(dates.items()))


def page_document(view: PageView, today: datetime.date) -> Handout:
    """A page as it is read; a procedure with every way of doing it.

    Raises:
        ValueError: the view is of a topic, which has no text.
    """
    if isinstance(view.page, Procedure):
        return plan_document(judged_plan(view.page, {}), view, today)
    if view.page is None:
        raise ValueError(view.item.id)
    cite = _Citations(view)
    lead: list[Detail] = [Paragraph(RichText.of(_about(view, view.page)))]
    if isinstance(view.page, Article | Answer):
        lead.append(Lead(view.page.answer))
    if isinstance(view.page, Article):
        parts = [*_sections(view.page, view.doubts, cite)]
    else:
        lead += view.page.text.blocks
        parts = []
    if isinstance(view.page, Answer) and view.page.cut_off:
        lead.append(Paragraph(RichText.of(CUT_OFF)))
    parts += _doubt_parts(about(view.doubts, view.page.id), cite)
    cite.numbers(source.key for source in view.sources)
    return Handout(
        title=view.item.title,
        lead=tuple(lead),
        parts=tuple(parts),
        sources=cite.lines,
        documents=cite.documents,
        date=today,
        origin=view.item.origin,
    )


def _about(view: PageView, page: Article | ShortPage) -> str:
    origin = view.item.origin
    said = [KIND_NAMES[view.item.kind] if origin.is_guide else origin.name]
    if view.region:
        said.append(f"说的是{view.region.name}")
    if page.as_of:
        said.append(f"{page.as_of} 年的说法")
    return "　·　".join(said)


def _sections(article: Article, doubts: Iterable[Doubt], cite: _Citations) -> Iterator[Part]:
    doubts = tuple(doubts)
    for section in article.sections:
        own = about(doubts, part_id(article.id, section.id))
        blocks = [*section.body.blocks, *(b for d in own for b in _doubt_blocks(d, cite))]
        yield Part(section.title, tuple(blocks), section.level, cite.numbers(section.sources))


def _doubt_parts(doubts: Iterable[Doubt], cite: _Citations) -> list[Part]:
    blocks = tuple(block for doubt in doubts for block in _doubt_blocks(doubt, cite))
    return [Part(DOUBTS_TITLE, blocks)] if blocks else []


def _doubt_blocks(doubt: Doubt, cite: _Citations) -> Iterator[Detail]:
    """A line; who says what is read in the guide."""
    sources = doubt.sources or tuple(key for claim in doubt.claims for key in claim.sources)
    yield Paragraph(cite.cited(doubt.short.after(f"【{doubt.name}】"), sources))


def case_document(case: CaseView, view: PageView, today: datetime.date) -> Handout:
    """The plan of a case, with what is done and when things are due; ``view`` is its procedure."""
    stage = "" if case.is_draft else f"办到哪里：{case.stage}"
    return plan_document(case.plan, view, today, case.case, case.lasting_times, stage)


def plan_document(
    plan: Plan,
    view: PageView,
    today: datetime.date,
    case: Case | None = None,
    times: Iterable[str] | None = None,
    stage: str = "",
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
    """
    cite = _Citations(view)
    procedure = plan.procedure
    cite.numbers(procedure.sources)
    if times is None:
        times = [*deadline_lines(plan), *expected_lines(plan)]
    parts = [
        _answers(plan),
        _questions(plan),
        _materials(plan, case, cite),
        _steps(plan, case, view.doubts, cite),
        _times(plan, times, cite),
        *_doubt_parts(about(view.doubts, procedure.id), cite),
        _faqs(procedure, cite) if case is None else Part("", ()),
        Part(
            "还要问清楚", _paragraphs([silent_text(procedure.silent)] if procedure.silent else [])
        ),
    ]
    return Handout(
        title=procedure.title,
        lead=tuple(_plan_lead(plan, case, stage, cite)),
        parts=tuple(part for part in parts if part.blocks),
        sources=cite.lines,
        documents=cite.documents,
        date=today,
        person=case.nickname if case else "",
        origin=view.item.origin,
    )


def _times(plan: Plan, lines: Iterable[str], cite: _Citations) -> Part:
    timed: tuple[Deadline | Expected, ...] = (*plan.deadlines, *plan.expected)
    numbers = cite.numbers(key for part in timed for key in part.sources)
    return Part("要多久、什么时候以前", _paragraphs(lines), sources=numbers)


def _paragraphs(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(Paragraph(RichText.of(line)) for line in lines)


def _plan_lead(plan: Plan, case: Case | None, stage: str, cite: _Citations) -> Iterator[Detail]:
    procedure = plan.procedure
    yield Lead(procedure.answer)
    if procedure.audience:
        yield Paragraph(procedure.audience.after("适合："))
    yield Paragraph(RichText.of(f"办成以后：{procedure.result_name}"))
    if plan.channel:
        yield Paragraph(RichText.of(f"办法：{plan.channel.name}"))
    yield from _paragraphs(assumed_lines(plan))
    if stage:
        yield Paragraph(RichText.of(stage))
    if case and case.receipt_number:
        yield Paragraph(RichText.of(f"受理编号：{case.receipt_number}"))
    if plan.outcome and plan.outcome.kind != "done":
        text = plan.outcome.text.after(f"{plan.outcome.title}。")
        yield Callout(cite.cited(text, plan.outcome.sources), "caution")


def _answers(plan: Plan) -> Part:
    interview = Interview(plan.procedure, plan.answers)
    asked = [q for q in plan.questions if q.id in plan.answers and q.id not in plan.choice_ids]
    lines = [f"{q.text} {answer_text(interview, q)}" for q in asked]
    return Part("您的回答", _paragraphs(lines))


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


def _materials(plan: Plan, case: Case | None, cite: _Citations) -> Part:
    ticks = tuple(_material_tick(planned, plan, case, cite) for planned in plan.materials)
    return Part("要带的材料", ticks)


def _material_tick(planned: PlanMaterial, plan: Plan, case: Case | None, cite: _Citations) -> Tick:
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
    )


def _steps(plan: Plan, case: Case | None, doubts: Iterable[Doubt], cite: _Citations) -> Part:
    untold = list(doubts)
    blocks: list[HandoutBlock] = []
    for _, group in groupby(plan.steps, key=lambda s: s.number):
        steps = list(group)
        blocks += (Lead(RichText.of(line)) for line in _said_before(plan, steps[0]))
        for step in steps:
            own = about(untold, part_id(plan.procedure.id, step.step.id))
            untold = [doubt for doubt in untold if doubt not in own]
            blocks.append(_step_tick(step, case, own, cite))
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
    cite: _Citations,
) -> Tick:
    """A step; ``doubts`` are those told here, each once in the document."""
    step = planned.step
    mark = case.steps.get(step.id, StepMark()) if case else StepMark()
    details = [*_step_details(planned)]
    if mark.note:
        details += _paragraphs([f"自己记的：{mark.note}"])
    for doubt in doubts:
        details += _doubt_blocks(doubt, cite)
    return Tick(
        RichText.of(_step_title(planned, mark)),
        mark.done_on is not None,
        tuple(details),
        cite.numbers(step.sources),
    )


def _step_details(planned: PlanStep) -> Iterator[Detail]:
    step = planned.step
    yield from (Paragraph(line) for line in said_lines(step))
    for number, path in enumerate(step.paths, 1):
        lead = "依次点" if len(step.paths) == 1 else f"走法 {number}"
        yield Paragraph(RichText.of(f"{lead}：{path_text(path)}"))
    if step.copy_text:
        yield Paragraph(RichText.of(f"照着写：{'、'.join(step.copy_text)}"))
    if planned.papers:
        names = "；".join(paper_text(paper) for paper in planned.papers)
        yield Paragraph(RichText.of(f"带：{names}"))
    yield from (Paragraph(line) for line in fact_lines(step))
    for failure in step.fails:
        yield Lead(failure.symptom.after(FAILURE_MARK))
        yield ListBlock(failure.actions)


def _step_title(planned: PlanStep, mark: StepMark) -> str:
    said = planned.step.title if planned.choice else f"{planned.number}. {planned.step.title}"
    said += "".join(f"（{mark}）" for mark in step_marks(planned))
    if mark.done_on:
        said += f"（{day_text(mark.done_on)}办好）"
    return said


def _faqs(procedure: Procedure, cite: _Citations) -> Part:
    blocks: list[HandoutBlock] = []
    for faq in procedure.faqs:
        blocks.append(Lead(RichText.of(f"问：{faq.question}")))
        blocks.append(Paragraph(cite.cited(faq.answer.after("答："), faq.sources)))
    return Part("常有人问", tuple(blocks))
