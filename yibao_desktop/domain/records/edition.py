"""What a new edition of the guide changes about a case that is under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yibao_desktop.domain.procedure.model import Statement
from yibao_desktop.domain.procedure.plan import Plan
from yibao_desktop.domain.records.case import Case, PartKind, PlanPart


@dataclass(frozen=True, slots=True)
class EditionNews:
    """Steps and papers that are there now and were not, or were and are not.

    Attributes:
        renamed: parts with their title before and now; a fee or limit that says something else.
    """

    added: frozenset[PlanPart] = frozenset()
    removed: frozenset[PlanPart] = frozenset()
    renamed: frozenset[tuple[PlanPart, PlanPart]] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.removed or self.renamed)


def parts(plan: Plan) -> frozenset[PlanPart]:
    """The procedure with the steps and papers of the plan."""
    procedure = plan.procedure
    return frozenset(
        {
            PlanPart("procedure", procedure.id, procedure.title),
            *(PlanPart("step", s.step.id, s.step.title) for s in plan.steps),
            *(PlanPart("material", m.material.id, m.material.name) for m in plan.materials),
            *_figures(plan),
        }
    )


_FIGURES = ("fee", "limit")


def _figures(plan: Plan) -> Iterator[PlanPart]:
    """What costs money or takes time, with how much: a case is told where that changes."""
    procedure = plan.procedure
    for planned in plan.steps:
        if planned.step.fee:
            fee = planned.step.fee.text.plain
            yield PlanPart("fee", planned.step.id, f"{planned.step.title}：{fee}")
        if planned.step.time:
            time = planned.step.time.text.plain
            yield PlanPart("limit", planned.step.id, f"{planned.step.title}：{time}")
    dated = [(timed.id, timed.title, timed.fact) for timed in plan.expected]
    dated += [(timed.id, timed.title, timed.fact) for timed in plan.deadlines]
    for part, title, fact in dated:
        yield PlanPart("limit", part, f"{title}：{procedure.fact(fact).text}")
    if plan.channel:
        told: tuple[tuple[PartKind, Statement | None], ...] = (
            ("fee", plan.channel.fee),
            ("limit", plan.channel.time),
        )
        for kind, said in told:
            if said:
                title = f"{plan.channel.name}：{said.text.plain}"
                yield PlanPart(kind, f"channel:{plan.channel.id}", title)


def news(case: Case, plan: Plan) -> EditionNews:
    """What the user has not seen yet; ``plan`` is the case's plan in the present edition."""
    if not case.seen:
        return EditionNews()  # kept by a program that did not note yet what was seen
    before = {(p.kind, p.part): p for p in case.seen}
    now = {(p.kind, p.part): p for p in parts(plan)}
    return EditionNews(
        added=frozenset(_whole(now[key] for key in now.keys() - before.keys())),
        removed=frozenset(_whole(before[key] for key in before.keys() - now.keys())),
        renamed=frozenset(
            (before[key], now[key])
            for key in now.keys() & before.keys()
            if before[key].title != now[key].title
        ),
    )


def _whole(parts: Iterable[PlanPart]) -> Iterator[PlanPart]:
    """Steps and papers: a figure comes and goes with its step, or was not noted formerly."""
    return (part for part in parts if part.kind not in _FIGURES)


def still_unseen(unseen: EditionNews, plan: Plan) -> frozenset[PlanPart]:
    """What to keep as seen after an answer led to another plan while there is unseen news."""
    hidden = unseen.added | {now for _, now in unseen.renamed}
    shown = unseen.removed | {before for before, _ in unseen.renamed}
    return (parts(plan) - hidden) | shown


_VERBS = {"fee": "费用变了，现在是", "limit": "时间变了，现在是"}


def news_lines(news: EditionNews) -> list[str]:
    """The news in words, one line for each kind."""
    lines = []
    for verb, changed in (("新增", news.added), ("不再有", news.removed)):
        for kind, name in (("step", "步骤"), ("material", "材料")):
            titles = sorted(part.title for part in changed if part.kind == kind)
            if titles:
                lines.append(f"{verb}{name}：{'；'.join(titles)}")
    renamed = sorted(news.renamed, key=lambda pair: (pair[0].title, pair[1].title))
    for before, now in renamed:
        verb = _VERBS.get(now.kind, "现在叫")
        lines.append(f"“{before.title}”{verb}“{now.title}”")
    return lines
