"""Pages as plain text: what the console shows and what search reads."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from yibao_desktop.domain.guide.items import Answer, Article, Section, ShortPage
from yibao_desktop.domain.guide.sources import ASK_LOCALLY, SILENT
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.interview import Interview, date_of
from yibao_desktop.domain.procedure.model import (
    UNSURE,
    UNSURE_LABEL,
    Material,
    MenuPath,
    Option,
    Procedure,
    Question,
    Step,
)
from yibao_desktop.domain.procedure.plan import Decider, Plan, PlanMaterial, PlanStep, make_plan
from yibao_desktop.domain.wording.date_text import day_text

LINE_MARKS = {"do": "· ", "caution": "注意：", "note": "说明："}
_TELEPHONE = re.compile(r"\d[\d-]{2,14}")
FAILURE_MARK = "办不成："
NONE_OF_THEM = "都没有"


def is_telephone_number(text: str) -> bool:
    """Whether a text to be copied is a number to be dialled."""
    return _TELEPHONE.fullmatch(text) is not None


def article_text(article: Article) -> str:
    """Answer and sections."""
    parts = [article.answer.plain]
    parts += [f"【{s.title}】\n{section_text(s)}" for s in article.sections]
    return "\n\n".join(parts)


def section_text(section: Section) -> str:
    """The section without its title."""
    return section.body.plain


def short_text(page: ShortPage) -> str:
    """The answer without its question, or the meaning without its term."""
    answer = page.answer.plain if isinstance(page, Answer) else ""
    return "\n".join(part for part in (answer, page.text.plain) if part)


def procedure_text(procedure: Procedure) -> str:
    """The overview and every step of every way."""
    parts = [overview_text(procedure)]
    parts += [f"【{s.step.title}】\n{step_text(s)}" for s in make_plan(procedure, {}).steps]
    return "\n\n".join(parts)


def overview_text(procedure: Procedure) -> str:
    """What one gets, for whom, in which ways, and what is not known."""
    lines = [procedure.answer.plain]
    if procedure.audience:
        lines.append(f"适合：{procedure.audience.plain}")
    lines.append(f"办成以后：{procedure.result_name}")
    lines += [f"· {c.name}：{c.summary.plain}" for c in procedure.channels]
    if procedure.silent:
        lines.append(silent_text(procedure.silent))
    for faq in procedure.faqs:
        lines += [f"问：{faq.question}", f"答：{faq.answer.plain}"]
    return "\n".join(lines)


def silent_text(names: Iterable[str]) -> str:
    """The one line for all that the sources do not tell."""
    return f"{SILENT}：{'、'.join(names)} → {ASK_LOCALLY}"


def step_text(planned: PlanStep) -> str:
    """Everything a step says under the answers of its plan."""
    return "\n".join(_step_lines(planned))


def _step_lines(planned: PlanStep) -> Iterator[str]:
    step = planned.step
    yield from (line.plain for line in said_lines(planned))
    yield from (path_text(path) for path in step.paths)
    yield from (f"带：{paper_text(paper)}" for paper in planned.papers)
    yield from (line.plain for line in fact_lines(step))
    for failure in step.fails:
        yield f"{FAILURE_MARK}{failure.symptom.plain}"
        yield from (f"  {action.plain}" for action in failure.actions)


def said_lines(planned: PlanStep) -> Iterator[RichText]:
    """What a step says one should do, beware of and know."""
    return (line.text.after(LINE_MARKS[line.kind]) for line in planned.lines)


def fact_lines(step: Step) -> Iterator[RichText]:
    """What a step costs, how long it takes, and how one knows it is done."""
    if step.fee:
        yield step.fee.text.after("费用：")
    if step.time:
        yield step.time.text.after("时间：")
    if step.done_when:
        yield step.done_when.after("怎样算办好：")


def expected_lines(plan: Plan, begun: Container[str] = ()) -> list[str]:
    """How long things are said to take, each once; not those whose id is in ``begun``."""
    procedure = plan.procedure
    waited = (e for e in plan.expected if e.id not in begun)
    lines = (f"{e.title}：{procedure.fact(e.fact).text}，各地不同" for e in waited)
    return list(dict.fromkeys(lines))


def deadline_lines(plan: Plan) -> list[str]:
    """The limits the sources state for the plan, from when they run, and what follows then."""
    procedure = plan.procedure
    asked = {q.id: q.text for q in procedure.questions}
    return [
        f"{d.title}：要在 {procedure.fact(d.fact).text}内办（从哪天算起：{asked[d.start]}）。"
        f"{d.consequence.plain}"
        for d in plan.deadlines
    ]


def unsure_lines(plan: Plan) -> list[str]:
    """What becomes of each 不清楚: the route taken and the others, or how to find out."""
    interview = Interview(plan.procedure, plan.answers)
    taken = [_assumed(interview, question) for question in plan.assumed]
    return taken + [
        f"先弄清楚：{question.text}{question.how_to_find_out.plain}"
        for question in plan.questions
        if UNSURE in plan.answers.get(question.id, ())
        and question not in plan.assumed
        and question.id not in plan.choice_ids
    ]


def _assumed(interview: Interview, question: Question) -> str:
    options = interview.options(question)
    taken = next(option_name(o) for o in options if o.id == question.recommended)
    others = "、".join(f"“{option_name(o)}”" for o in options if o.id != question.recommended)
    return f"您说不清楚，先照“{taken}”列。也可以换成{others}。"


def answer_text(interview: Interview, question: Question) -> str:
    """What a question was answered with, in the words it was offered in."""
    answer = interview.answers[question.id]
    if question in interview.assumed_questions():
        taken = next(option_name(o) for o in question.options if o.id == question.recommended)
        return f"{UNSURE_LABEL}，先照“{taken}”"
    if UNSURE in answer:
        return UNSURE_LABEL
    if question.kind == "date" and (day := date_of(answer)):
        return day_text(day)
    labels = {o.id: o.label for o in interview.options(question)}
    return "、".join(labels.get(option, option) for option in answer) or NONE_OF_THEM


def path_text(path: MenuPath) -> str:
    """A way through menus, with arrows."""
    return " → ".join(path.labels)


def material_text(material: Material, need: str = "") -> str:
    """A paper with what one must know about it, in a line; ``need`` says when it is needed."""
    name = material.name
    if material.form in ("original", "copy"):
        name += "原件" if material.form == "original" else "复印件"
    details = []
    if material.copies:
        details.append(f"{material.copies} 份")
    if material.any_of:
        details.append(f"{'、'.join(material.any_of)}，有一样就行")
    if material.some_places:
        details.append("不是每个地方都要")
    if need:
        details.append(need)
    return f"{name}（{'；'.join(details)}）" if details else name


def paper_text(planned: PlanMaterial) -> str:
    """A paper of a plan in a line, with when it is needed: the one wording on every medium."""
    return material_text(planned.material, need_text(planned))


def need_text(planned: PlanMaterial) -> str:
    """When a paper is needed; empty where it always is."""
    if planned.only_if:
        return f"{_chosen(planned.only_if)}才要"
    return "要不要看情况" if planned.is_open else ""


def step_marks(planned: PlanStep) -> list[str]:
    """What is said beside a step's title: the one wording on every medium."""
    marks = ["可做可不做"] if planned.step.optional else []
    if not planned.sure and not planned.choice:
        marks.append(f"{_chosen(planned.only_if)}才做" if planned.only_if else "看情况")
    return marks


def _chosen(decider: Decider) -> str:
    names = "".join(f"“{option_name(option)}”" for option in decider.options)
    return f"选{names}"


def option_name(option: Option) -> str:
    """An answer in short: without what explains it."""
    return option.label.partition("（")[0] or option.label
