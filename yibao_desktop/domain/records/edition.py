"""What a new edition of the guide changes about a case that is under way."""

from __future__ import annotations

from dataclasses import dataclass

from yibao_desktop.domain.procedure.plan import Plan
from yibao_desktop.domain.records.case import Case, PlanPart


@dataclass(frozen=True, slots=True)
class EditionNews:
    """Steps and papers that are there now and were not, or were and are not.

    Attributes:
        renamed: parts with their title before and now.
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
        }
    )


def news(case: Case, plan: Plan) -> EditionNews:
    """What the user has not seen yet; ``plan`` is the case's plan in the present edition."""
    if not case.seen:
        return EditionNews()  # kept by a program that did not note yet what was seen
    before = {(p.kind, p.part): p for p in case.seen}
    now = {(p.kind, p.part): p for p in parts(plan)}
    return EditionNews(
        added=frozenset(now[key] for key in now.keys() - before.keys()),
        removed=frozenset(before[key] for key in before.keys() - now.keys()),
        renamed=frozenset(
            (before[key], now[key])
            for key in now.keys() & before.keys()
            if before[key].title != now[key].title
        ),
    )


def still_unseen(unseen: EditionNews, plan: Plan) -> frozenset[PlanPart]:
    """What to keep as seen after an answer led to another plan while there is unseen news."""
    hidden = unseen.added | {now for _, now in unseen.renamed}
    shown = unseen.removed | {before for before, _ in unseen.renamed}
    return (parts(plan) - hidden) | shown


def news_lines(news: EditionNews) -> list[str]:
    """The news in words, one line for each kind."""
    lines = []
    for verb, changed in (("新增", news.added), ("不再有", news.removed)):
        for kind, name in (("step", "步骤"), ("material", "材料")):
            titles = sorted(part.title for part in changed if part.kind == kind)
            if titles:
                lines.append(f"{verb}{name}：{'；'.join(titles)}")
    renamed = sorted((before.title, now.title) for before, now in news.renamed)
    lines += [f"“{before}”现在叫“{now}”" for before, now in renamed]
    return lines
