"""The steps of a plan below each other, choices gathered into one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import Doubt, doubts_about
from yibao_desktop.domain.guide.items import part_id
from yibao_desktop.domain.procedure.flow import placed_choices
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import Group
from yibao_desktop.domain.procedure.plan import Plan, PlanStep
from yibao_desktop.domain.procedure.reasons import understood, why_step
from yibao_desktop.domain.records.case import Case, StepMark
from yibao_desktop.domain.wording.reason_text import reason_lines
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.autosave import AutoSave
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.parts import Parts
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes
from yibao_desktop.ui.widgets.case.choice_card import ChoiceCard
from yibao_desktop.ui.widgets.case.step_card import StepCard, StepState


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a card is made of, besides the note: where it is equal, the card is the same.

    Attributes:
        done_on: the day the step was done; None where it is not ticked.
        position: which alternative of a choice it is, and of how many.
    """

    planned: PlanStep
    done_on: datetime.date | None
    is_next: bool
    doubts: tuple[Doubt, ...]
    reasons: tuple[str, ...]
    position: tuple[int, int] | None


class StepList(QWidget):
    """Cards for every step; those of a case can be ticked.

    In 长辈版 the steps of a case come one at a time: one has its card, the others are a line each.

    Attributes:
        cards: those shown, by the id of their step.

    Signals:
        opened: the card of a step that was a line before, or the card of its choice.
    """

    opened = Signal(QWidget)

    def __init__(
        self, context: UiContext, wishes: CaseWishes | None = None, parent: QWidget | None = None
    ) -> None:
        """Make an empty list; ``wishes`` is where the cards of a case tell what the user wants."""
        super().__init__(parent)
        self._context = context
        self._wishes = wishes
        self._told: set[str] = set()
        self._open: int | None = None
        self.cards: dict[str, StepCard] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE + 4)
        self._parts = Parts(rows, self)

    def show_steps(
        self,
        plan: Plan,
        doubts: tuple[Doubt, ...],
        case: Case | None = None,
        next_number: int | None = None,
    ) -> None:
        """Show the steps of a plan; cards that say the same as before stay.

        Args:
            plan: of the case, or of a procedure before it is begun.
            doubts: those about the procedure.
            case: what is ticked; without one the steps can be read only.
            next_number: of the step to be done now.
        """
        self._plan = plan
        self._understood = understood(plan)
        self._doubts = doubts
        self._case = case
        self._next_number = next_number
        self._told = set()
        self._renew_where_note_differs()
        self.cards = {}
        self._parts.begin()
        numbered = [list(steps) for _, steps in groupby(plan.steps, key=lambda s: s.number)]
        self._open = self._number_open([steps[0].number for steps in numbered])
        for at, steps in enumerate(numbered):
            if self._open is None:
                self._put_number(steps)
            elif steps[0].number == self._open:
                self._put_number(steps)
                self._put_walk(numbered, at)
            else:
                self._put_line(steps)
        self._parts.finish()

    def card_of(self, step_id: str) -> StepCard:
        """The card of a step, which is opened where it was a line."""
        if step_id not in self.cards:
            self._open_number(next(s.number for s in self._plan.steps if s.step.id == step_id))
        return self.cards[step_id]

    @property
    def doubted_card(self) -> StepCard | None:
        """The card of the first step about which something is doubtful; None without any."""
        ids = (planned.step.id for planned in self._plan.steps)
        procedure = self._plan.procedure.id
        found = (i for i in ids if doubts_about(self._doubts, part_id(procedure, i)))
        step = next(found, None)
        return self.card_of(step) if step is not None else None

    def _number_open(self, numbers: list[int]) -> int | None:
        """Of the step that has its card; None where all have.

        One stays at the step one is at, also when it is ticked: what is next one asks for.
        """
        if not self._context.theme.metrics.elder or self._case is None or len(numbers) < 2:
            return None
        if self._open in numbers:
            return self._open
        return self._next_number if self._next_number in numbers else numbers[0]

    def _open_number(self, number: int) -> None:
        """Show another step; what is being written at the one shown is told first."""
        for field in self.findChildren(AutoSave):
            field.flush()
        self._open = number
        self.show_steps(self._plan, self._doubts, self._case, self._next_number)

    def _on_number_asked(self, number: int) -> None:
        self._open_number(number)
        card = next(c for c in self.cards.values() if c.planned.number == number)
        ticks = card.findChildren(TickBox)
        ticks[0].setFocus(Qt.FocusReason.OtherFocusReason)
        holder = card.parentWidget()
        self.opened.emit(holder if isinstance(holder, ChoiceCard) else card)

    def _put_line(self, steps: list[PlanStep]) -> None:
        """A step as a line that leads to it."""
        number, title = steps[0].number, _title(steps)
        done = all(self._mark(step.step.id).done_on is not None for step in steps)
        shown = number, title, done
        self._parts.put(("line", number), shown, partial(self._line, *shown))

    def _line(self, number: int, title: str, done: bool) -> Tile:
        theme = self._context.theme
        tick = self._context.icon("check", theme.colors.accent) if done else None
        line = Tile(f"{number}　{title}", "", tick, theme.metrics.icon)
        line.setAccessibleName(f"第{number}步，{title}{'，办好了' if done else ''}")
        line.clicked.connect(partial(self._on_number_asked, number))
        return line

    def _put_walk(self, numbered: list[list[PlanStep]], at: int) -> None:
        """The ways to the steps before and after the one shown."""
        before = numbered[at - 1] if at else None
        after = numbered[at + 1] if at + 1 < len(numbered) else None
        ways = [("下一步", after), ("上一步", before)]
        shown = tuple((word, s[0].number, _title(s)) for word, s in ways if s is not None)
        self._parts.put("walk", shown, partial(self._walk, shown))

    def _walk(self, ways: Sequence[tuple[str, int, str]]) -> FlowRow:
        row = FlowRow()
        for word, number, title in ways:
            button = QPushButton(word)
            button.setAccessibleName(f"{word}：{title}")
            button.setProperty("role", "primary" if word == "下一步" else "")
            button.clicked.connect(partial(self._on_number_asked, number))
            row.add(button)
        return row

    def _renew_where_note_differs(self) -> None:
        """What is written in a card is its own state: it stays unless the case says otherwise."""
        for step_id, card in self.cards.items():
            if card.note != self._mark(step_id).note:
                group = card.planned.choice
                self._parts.renew(("choice", group.id) if group else step_id)

    def _mark(self, step_id: str) -> StepMark:
        return (self._case.steps if self._case else {}).get(step_id, StepMark())

    def _put_number(self, steps: list[PlanStep]) -> None:
        together = self._together(steps[0])
        if together:
            self._parts.put_text(together, "quiet")
        if steps[0].choice:
            self._put_choice(steps[0].choice, steps)
            return
        for step in steps:
            shown = self._shown(step)
            card = self._parts.put(step.step.id, shown, partial(self._card, shown))
            self.cards[step.step.id] = card
            self._put_choice_again(step)

    def _put_choice(self, group: Group, steps: list[PlanStep]) -> None:
        count = len(steps)
        shown = tuple(self._shown(step, (at, count)) for at, step in enumerate(steps, 1))
        is_next = steps[0].number == self._next_number
        chosen_from = self._parts.put(
            ("choice", group.id),
            (shown, is_next),
            lambda: ChoiceCard(group, [self._card(each) for each in shown], is_next),
        )
        self.cards |= {card.planned.step.id: card for card in chosen_from.cards}

    def _together(self, step: PlanStep) -> str:
        """Said before the first of several steps that can be done at the same time."""
        others = [s for s in self._plan.steps if s.together and s.together == step.together]
        if len(others) < 2 or others[0] is not step:
            return ""
        numbers = "、".join(str(s.number) for s in others)
        return f"第 {numbers} 步可以同时办"

    def _shown(self, step: PlanStep, position: tuple[int, int] | None = None) -> _Shown:
        done_on = self._mark(step.step.id).done_on
        is_next = position is None and step.number == self._next_number
        doubts, reasons = self._doubts_to_tell(step, done_on is not None), self._reasons(step)
        return _Shown(step, done_on, is_next, doubts, tuple(reasons), position)

    def _card(self, shown: _Shown) -> StepCard:
        state = None
        if self._case is not None and self._wishes is not None:
            mark = self._mark(shown.planned.step.id)
            state = StepState(mark, shown.is_next, self._wishes)
        return StepCard(
            shown.planned, shown.doubts, self._context, shown.reasons, state, shown.position
        )

    def _reasons(self, step: PlanStep) -> list[str]:
        """Why the step is there; not said of an alternative, which is there to be chosen."""
        if self._case is None or step.choice:
            return []
        return reason_lines(why_step(self._plan, step.step.id), self._understood)

    def _doubts_to_tell(self, step: PlanStep, done: bool) -> tuple[Doubt, ...]:
        """What is doubtful about a step, unless a step before it that is still open tells it."""
        own = doubts_about(self._doubts, part_id(self._plan.procedure.id, step.step.id))
        if done or self._open is not None:
            return own
        new = tuple(doubt for doubt in own if doubt.id not in self._told)
        self._told.update(doubt.id for doubt in new)
        return new

    def _put_choice_again(self, step: PlanStep) -> None:
        """A way back to the other alternatives, where one was chosen."""
        if self._wishes is None:
            return
        interview = Interview(self._plan.procedure, self._plan.answers)
        for placed in placed_choices(self._plan.procedure.flow):
            if interview.reply(placed.group.id) == frozenset({step.step.id}):
                make = partial(_again_button, placed.group, self._wishes)
                right = Qt.AlignmentFlag.AlignRight
                self._parts.put(("again", placed.group.id), step.step.id, make, right)
                return


def _title(steps: list[PlanStep]) -> str:
    """What is done at one number: the choice, where there is one to be made."""
    choice = steps[0].choice
    return choice.title if choice else steps[0].step.title


def _again_button(group: Group, wishes: CaseWishes) -> QPushButton:
    button = QPushButton("换一种办法")
    button.setProperty("role", "link")
    button.setAccessibleName(f"换一种办法：{group.title}")
    button.clicked.connect(partial(wishes.question_requested.emit, group.id))
    return button
