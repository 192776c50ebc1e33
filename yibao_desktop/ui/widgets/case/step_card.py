"""A step of a plan: to be read, or to be ticked as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.procedure.model import STEP_NAMES
from yibao_desktop.domain.procedure.plan import PlanStep
from yibao_desktop.domain.records.case import StepMark
from yibao_desktop.domain.records.commands import Answer, Tick
from yibao_desktop.domain.wording.plain_text import step_marks, step_text
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.picture import picture_label
from yibao_desktop.ui.widgets.base.speak_button import SpeakButton
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes
from yibao_desktop.ui.widgets.case.step_body import StepBody
from yibao_desktop.ui.widgets.case.step_record import StepRecord


@dataclass(frozen=True, slots=True)
class StepState:
    """How a step of a case stands.

    Attributes:
        mark: the tick and note.
        is_next: whether it is what should be done now.
        wishes: where the card tells what the user wants done with it.
    """

    mark: StepMark
    is_next: bool
    wishes: CaseWishes

    @property
    def is_done(self) -> bool:
        """Whether the step is ticked."""
        return self.mark.done_on is not None


class StepCard(QFrame):
    """A step with its title; with a state it can be ticked, and folds when it is done."""

    def __init__(
        self,
        planned: PlanStep,
        doubts: Iterable[Doubt],
        context: UiContext,
        reasons: Iterable[str] = (),
        state: StepState | None = None,
        position: tuple[int, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the card.

        ``reasons`` are lines that say why the step is there; ``position`` is which alternative of
        a choice it is and of how many.
        """
        super().__init__(parent)
        self.planned = planned
        self._context = context
        self._state = state
        self._position = position
        self._record: StepRecord | None = None
        self._body = StepBody(planned, doubts, reasons, context)
        self._build_ui()

    @property
    def done(self) -> bool:
        """Whether the step is ticked."""
        return self._state is not None and self._state.is_done

    @property
    def note(self) -> str:
        """The note as it is written now; empty where none can be."""
        return self._record.note if self._record is not None else ""

    def _build_ui(self) -> None:
        is_next = self._state is not None and self._state.is_next
        self.setProperty("role", "done" if self.done else "next" if is_next else "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        rows.addLayout(self._head())
        self._body.setContentsMargins(self._context.theme.metrics.body * 2, 0, 0, 0)
        rows.addWidget(self._body)
        if self.done:
            self._body.hide()
        if self._state is not None:
            self._record = self._make_record(self._state)
            rows.addWidget(self._record)

    def _make_record(self, state: StepState) -> StepRecord:
        record = StepRecord(self.planned.step, state.mark, state.wishes)
        record.setContentsMargins(self._context.theme.metrics.body * 2, 0, 0, 0)
        return record

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE + 4)
        title = self._title()
        if self._state is not None:
            tick = TickBox(self.planned.step.id, self._spoken_name(), self.done, self._context)
            tick.ticked.connect(self._on_ticked)
            tick.reach_by(title)
            head.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        if self.planned.step.picture and not self.done:
            head.addWidget(picture_label(self.planned.step.picture, self._context))
        head.addWidget(title, 1)
        for tag in self._tags():
            shown = text_label(tag, "tag")
            shown.setWordWrap(False)
            head.addWidget(shown, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._position and self._state is not None:
            choose = QPushButton("就用这种")
            choose.setAccessibleName(f"就用这种：{self.planned.step.title}")
            choose.clicked.connect(self._on_choose_clicked)
            head.addWidget(choose, 0, Qt.AlignmentFlag.AlignTop)
        if self._context.speech.available and not self.done:
            head.addWidget(self._speak_button(), 0, Qt.AlignmentFlag.AlignTop)
        if self.done:
            more = QPushButton("看内容")
            more.setProperty("role", "link")
            more.setAccessibleName(f"看内容：{self.planned.step.title}")
            more.clicked.connect(self._on_more_clicked)
            head.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _speak_button(self) -> SpeakButton:
        step = self.planned.step
        text = f"{step.title}。{step_text(self.planned)}"
        return SpeakButton(self._context, text, step.title)

    def _title(self) -> QLabel:
        number = "" if self._position else f"{self.planned.number}　"
        label = text_label(number + self.planned.step.title, "h3")
        label.setMinimumHeight(self._context.theme.metrics.target_outer if self._state else 0)
        return label

    def _spoken_name(self) -> str:
        title = self.planned.step.title
        if self._position:
            at, count = self._position
            return f"第{self.planned.number}步，任选一种，共{count}种，第{at}种，{title}"
        return f"第{self.planned.number}步，{title}"

    def _tags(self) -> Iterator[str]:
        step = self.planned.step
        if step.kind not in ("do", "prepare"):
            yield STEP_NAMES[step.kind]
        yield from step_marks(self.planned)

    def _on_ticked(self, step: str, done: bool) -> None:
        assert self._state is not None
        self._state.wishes.command(Tick(step, done))

    def _on_choose_clicked(self) -> None:
        assert self._state is not None
        assert self.planned.choice is not None
        chosen = {self.planned.choice.id: (self.planned.step.id,)}
        self._state.wishes.command(Answer(chosen))

    def _on_more_clicked(self) -> None:
        self._body.setVisible(self._body.isHidden())
