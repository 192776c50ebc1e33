"""Cases with all that follows from them: plan, progress, stage, dates."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.model import MaterialForm, Procedure, Question
from yibao_desktop.domain.procedure.plan import (
    Plan,
    PlanMaterial,
    PlanStep,
    make_plan,
    next_step,
)
from yibao_desktop.domain.procedure.plan_diff import PlanDiff, diff
from yibao_desktop.domain.procedure.progress import Progress
from yibao_desktop.domain.procedure.progress import progress as progress_of
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.procedure.timing import DueDate, ExpectedDate, due_dates, expected_dates
from yibao_desktop.domain.records.case import DRAFT, Case, MaterialState
from yibao_desktop.domain.records.edition import EditionNews, news
from yibao_desktop.domain.records.stages import Stage, stage
from yibao_desktop.domain.wording.date_text import due_line, expected_text, limit_text
from yibao_desktop.domain.wording.diff_text import diff_lines, limit_lines, stage_lines
from yibao_desktop.domain.wording.names import isolated
from yibao_desktop.domain.wording.plain_text import (
    deadline_lines,
    expected_lines,
    material_text,
    need_text,
)

NAMELESS = "先看看"
"""What a case without a name is called."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that follows from it.

    Attributes:
        next: the first step still to be done; None where nothing is left.
        expected: about when what was begun is done.
        due: limits that are running, the nearest first.
        news: what a new edition of the guide changed and the user has not seen yet.
    """

    case: Case
    plan: Plan
    progress: Progress
    next: PlanStep | None
    stage: Stage
    expected: tuple[ExpectedDate, ...]
    due: tuple[DueDate, ...]
    news: EditionNews

    @property
    def procedure(self) -> Procedure:
        """What is being done."""
        return self.plan.procedure

    @property
    def heading(self) -> str:
        """For whom and what."""
        return f"{isolated(self.case.nickname) or NAMELESS} · {self.procedure.title}"

    @property
    def answered(self) -> tuple[Question, ...]:
        """Questions answered before anything is done; choices among steps are made in the plan."""
        plan, given = self.plan, self.case.answers
        return tuple(q for q in plan.questions if q.id in given and q.id not in plan.choice_ids)

    @property
    def is_draft(self) -> bool:
        """Whether it is nowhere kept: only looked through, or not answered yet."""
        return self.case.id == DRAFT

    @property
    def all_done(self) -> bool:
        """Whether nothing that may be required is left."""
        return self.next is None and not self.plan.open_questions

    @property
    def missing(self) -> tuple[PlanMaterial, ...]:
        """Papers that are needed for sure and not at hand."""
        have = self.case.materials
        sure = (m for m in self.plan.materials if m.sure)
        return tuple(m for m in sure if have.get(m.material.id) is not MaterialState.HAVE)

    @property
    def can_finish(self) -> bool:
        """Whether all is done, and nobody has said yet that the whole is."""
        under_way = self.case.closed_at is None and self.case.archived_at is None
        handed_in = not self.plan.has_submission or not self.awaits_submission
        return self.all_done and bool(self.plan.steps) and under_way and handed_in

    @property
    def awaits_submission(self) -> bool:
        """Whether something has to be handed in and was not; done here is not submitted there."""
        return self.stage is Stage.PREPARING

    @property
    def times(self) -> list[str]:
        """Until when and about when, a line each; what has not begun as the sources say it."""
        return self._times(due_line)

    @property
    def lasting_times(self) -> list[str]:
        """The same as it is true on any day, for paper."""
        return self._times(limit_text)

    def _times(self, said_of: Callable[[DueDate], str]) -> list[str]:
        begun = {e.expected.id for e in self.expected}
        return [
            *(said_of(due) for due in self.due),
            *(deadline_lines(self.plan) if not self.due else ()),
            *(expected_text(expected) for expected in self.expected),
            *expected_lines(self.plan, begun),
        ]

    @property
    def next_text(self) -> str:
        """What is to be done next."""
        if self.plan.to_ask:
            return "还有问题要回答"
        if self.next is None:
            return "步骤都办完了" if self.plan.steps else "看看结果"
        step = self.next
        return f"下一步：{step.choice.title if step.choice else step.step.title}"

    def after(self, answers: Answers) -> PlanDiff:
        """What other answers would change."""
        changed = make_plan(self.procedure, {**self.case.answers, **answers})
        return diff(self.plan, changed, self.case.done_steps)

    def effect_of(self, answers: Answers, today: datetime.date) -> list[str]:
        """What other answers would change, a line each: plan, stage, receipt and limits."""
        case = replace(self.case, answers={**self.case.answers, **answers})
        after = view_of(case, self.procedure, today)
        return [
            *diff_lines(self.after(answers)),
            *stage_lines(self.stage, after.stage, self.case.receipt_number),
            *limit_lines(self.due, after.due),
        ]


@dataclass(frozen=True, slots=True)
class Needed:
    """A paper one case needs, and whether it is at hand."""

    view: CaseView
    material: PlanMaterial

    @property
    def text(self) -> str:
        """Which case it is for, with when it is needed there."""
        need = need_text(self.material)
        return self.view.heading + (f"（{need}）" if need else "")

    @property
    def is_at_hand(self) -> bool:
        """Whether it is ticked."""
        return self.view.case.materials.get(self.material.material.id) is MaterialState.HAVE


@dataclass(frozen=True, slots=True)
class SharedMaterial:
    """The same paper over several cases."""

    name: str
    form: MaterialForm | None
    needed: tuple[Needed, ...]

    @property
    def copies(self) -> int | None:
        """How many are needed in all; None where it is not known of one of them."""
        counts = [n.material.material.copies for n in self.needed]
        return sum(c for c in counts if c) if all(counts) else None

    @property
    def text(self) -> str:
        """The paper with for how many it is needed: the one wording on screen and on paper."""
        name = material_text(self.needed[0].material.material)
        count = len(self.needed)
        if count == 1:
            return name
        if self.copies is not None:
            return f"{self.name}，{count} 件事要，共 {self.copies} 份"
        return f"{name}，{count} 件事要"


def view_of(case: Case, procedure: Procedure, today: datetime.date) -> CaseView:
    """The case as it stands on a day."""
    plan = judged_plan(procedure, case.answers)
    done = case.done_steps
    return CaseView(
        case=case,
        plan=plan,
        progress=progress_of(procedure, case.answers, done),
        next=next_step(plan, done),
        stage=stage(plan, case),
        expected=expected_dates(plan, case.done_days),
        due=due_dates(plan, today),
        news=news(case, plan),
    )
