"""The steps of a plan below each other, choices gathered into one."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import Doubt, about
from yibao_desktop.domain.guide.items import part_id
from yibao_desktop.domain.procedure.flow import placed_choices
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.plan import Plan, PlanStep
from yibao_desktop.domain.procedure.reasons import understood, why_step
from yibao_desktop.domain.records.case import Case, StepMark
from yibao_desktop.domain.wording.reason_text import reason_lines
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes
from yibao_desktop.ui.widgets.case.step_card import StepCard, StepState


class StepList(QWidget):
    """Cards for every step; with a case they can be ticked."""

    def __init__(
        self,
        plan: Plan,
        doubts: tuple[Doubt, ...],
        context: UiContext,
        case: Case | None = None,
        wishes: CaseWishes | None = None,
        next_number: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the cards.

        Args:
            plan: of the case, or of a procedure before it is begun.
            doubts: those about the procedure.
            context: what every widget is given.
            case: what is ticked; without one the steps can be read only.
            wishes: where the cards of a case tell what the user wants.
            next_number: of the step to be done now.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._plan = plan
        self._understood = understood(plan)
        self._doubts = doubts
        self._context = context
        self._case = case
        self._wishes = wishes
        self._next_number = next_number
        self._told: set[str] = set()
        self.cards: dict[str, StepCard] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACE + 4)
        for _, steps in groupby(plan.steps, key=lambda s: s.number):
            self._add_number(list(steps))

    def _add_number(self, steps: list[PlanStep]) -> None:
        together = self._together(steps[0])
        if together:
            self._rows.addWidget(text_label(together, "quiet"))
        if steps[0].choice:
            self._rows.addWidget(self._choice_card(steps))
            return
        for step in steps:
            self._rows.addWidget(self._card(step))
            again = self._choice_again(step)
            if again:
                self._rows.addWidget(again, 0, Qt.AlignmentFlag.AlignRight)

    def _together(self, step: PlanStep) -> str:
        """Said before the first of several steps that can be done at the same time."""
        others = [s for s in self._plan.steps if s.together and s.together == step.together]
        if len(others) < 2 or others[0] is not step:
            return ""
        numbers = "、".join(str(s.number) for s in others)
        return f"第 {numbers} 步可以同时办"

    def _choice_card(self, steps: list[PlanStep]) -> QFrame:
        card = QFrame()
        is_next = steps[0].number == self._next_number
        card.setProperty("role", "next" if is_next else "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        group = steps[0].choice
        assert group is not None
        head = f"{steps[0].number}　{group.title}（任选一种）"
        rows.addWidget(text_label(head, "h3"))
        if group.why:
            rows.addWidget(text_label(group.why.plain, "quiet"))
        for position, step in enumerate(steps, 1):
            rows.addWidget(self._card(step, (position, len(steps))))
        return card

    def _card(self, step: PlanStep, position: tuple[int, int] | None = None) -> StepCard:
        state = None
        if self._case is not None and self._wishes is not None:
            mark = self._case.steps.get(step.step.id, StepMark())
            is_next = position is None and step.number == self._next_number
            state = StepState(mark, is_next, self._wishes)
        doubts = self._doubts_to_tell(step, done=state is not None and state.is_done)
        card = StepCard(step, doubts, self._context, self._reasons(step), state, position)
        self.cards[step.step.id] = card
        return card

    def _reasons(self, step: PlanStep) -> list[str]:
        """Why the step is there; not said of an alternative, which is there to be chosen."""
        if self._case is None or step.choice:
            return []
        return reason_lines(why_step(self._plan, step.step.id), self._understood)

    def _doubts_to_tell(self, step: PlanStep, done: bool) -> tuple[Doubt, ...]:
        """What is doubtful about a step, unless a step before it that is still open tells it."""
        own = about(self._doubts, part_id(self._plan.procedure.id, step.step.id))
        if done:
            return own
        new = tuple(doubt for doubt in own if doubt.id not in self._told)
        self._told.update(doubt.id for doubt in new)
        return new

    def _choice_again(self, step: PlanStep) -> QPushButton | None:
        """A way back to the other alternatives, where one was chosen."""
        if self._wishes is None:
            return None
        interview = Interview(self._plan.procedure, self._plan.answers)
        for placed in placed_choices(self._plan.procedure.flow):
            chosen = interview.reply(placed.group.id)
            if chosen == frozenset({step.step.id}):
                button = QPushButton("换一种办法")
                button.setProperty("role", "link")
                button.setAccessibleName(f"换一种办法：{placed.group.title}")
                asked = partial(self._wishes.question_requested.emit, placed.group.id)
                button.clicked.connect(asked)
                return button
        return None
