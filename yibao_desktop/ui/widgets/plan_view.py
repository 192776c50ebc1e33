"""The plan of a case: answers, steps to tick, papers to gather, and where it ends."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.doubts import Doubt, about
from yibao_desktop.domain.interview import Interview
from yibao_desktop.domain.plain_text import expected_lines, silent_text
from yibao_desktop.domain.procedure import UNSURE, Outcome, Question
from yibao_desktop.services.case_service import CaseView
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.source_text import keys_line
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.callout import CalloutBox, caution_box, doubt_box
from yibao_desktop.ui.widgets.case_row import next_text, progress_text
from yibao_desktop.ui.widgets.column_page import ColumnPage
from yibao_desktop.ui.widgets.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.material_list import MaterialList
from yibao_desktop.ui.widgets.step_list import StepList
from yibao_desktop.ui.widgets.tick_box import TickBox

STAGES = ("准备", "已提交", "已办结")


class PlanView(ColumnPage):
    """Everything about one case on one page.

    Signals:
        tick_requested: step id and whether it is done now.
        material_requested: material id and whether it is at hand now.
        question_requested: id of the question to be answered again.
        choice_requested: id of the choice among steps to be made again.
        open_requested: id of the item to open.
        close_requested: the case is finished or put away.
        reopen_requested: a closed case is taken up again.
        delete_requested: the case is to be deleted.
    """

    tick_requested = Signal(str, bool)
    material_requested = Signal(str, bool)
    question_requested = Signal(str)
    choice_requested = Signal(str)
    open_requested = Signal(str)
    close_requested = Signal()
    reopen_requested = Signal()
    delete_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown = ""

    def show_case(self, view: CaseView, doubts: tuple[Doubt, ...]) -> None:
        """Show a case; the same case keeps its place on the screen and its focus."""
        again = self._shown == view.case.id
        scrolled = self._column.verticalScrollBar().value()
        focused = self._focused_name() if again else ""
        self._shown = view.case.id
        self._begin()
        self._add_head(view)
        self._add_outcome(view)
        self._add_materials(view)
        self._add_steps(view, doubts)
        self._add_answers(view)
        for doubt in about(doubts, view.procedure.id):
            box = doubt_box(doubt, self._context)
            box.link_requested.connect(self.open_requested)
            self._column.add(box)
        if view.procedure.silent:
            self._column.add(text_label(silent_text(view.procedure.silent), "quiet"))
        self._add_end(view)
        self._focus(focused)
        QTimer.singleShot(0, self, partial(self._scroll, scrolled if again else 0))

    def _scroll(self, position: int) -> None:
        self._column.verticalScrollBar().setValue(position)

    def _focused_name(self) -> str:
        widget = self.focusWidget()
        return widget.accessibleName() if isinstance(widget, TickBox) else ""

    def _focus(self, name: str) -> None:
        for tick in self.findChildren(TickBox):
            if name and tick.accessibleName() == name:
                tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_head(self, view: CaseView) -> None:
        self._column.add(text_label(f"{view.case.nickname} · {view.procedure.title}", "h1"))
        if view.plan.steps:
            bar = QProgressBar()
            bar.setValue(view.progress.percent)
            bar.setTextVisible(False)
            bar.setAccessibleName(progress_text(view))
            self._column.add(bar)
            self._column.add(text_label(f"{progress_text(view)}　{next_text(view)}", "accent"))
        if view.plan.has_submission:
            self._column.add(self._stages(view))
        if view.awaits_submission:
            step = next(s for s in view.plan.steps if s.step.kind == "submit")
            text = self.tr("还没有提交申请。提交要做的是第 {0} 步：{1}。").format(
                step.number, step.step.title
            )
            self._column.add(caution_box(text, self._context))

    def _stages(self, view: CaseView) -> QLabel:
        at = 2 if view.case.closed_at and view.all_done else 0 if view.awaits_submission else 1
        marked = [f"【{s}】" if i == at else s for i, s in enumerate(STAGES)]
        label = text_label(" → ".join(marked), "quiet")
        label.setAccessibleName(self.tr("现在是：{0}").format(STAGES[at]))
        return label

    def _add_outcome(self, view: CaseView) -> None:
        outcome = view.plan.outcome
        if outcome is None or (outcome.kind == "done" and not view.all_done):
            return
        tone = "caution" if outcome.kind == "ask" else "note"
        text = RichLabel.of(outcome.text, self._context.theme)
        box = CalloutBox(tone, outcome.title, [text], self._context)
        box.link_requested.connect(self.open_requested)
        self._column.add(box)
        self._column.add(text_label(keys_line(outcome.sources), "quiet"))
        self._add_go_to(outcome)

    def _add_go_to(self, outcome: Outcome) -> None:
        if not outcome.go_to:
            return
        button = QPushButton(self.tr("去看看"))
        button.setProperty("role", "primary")
        button.clicked.connect(partial(self.open_requested.emit, outcome.go_to))
        self._column.add_button(button)

    def _add_materials(self, view: CaseView) -> None:
        if not view.plan.materials:
            return
        self._column.add(text_label(self.tr("要带的材料，有了就打勾"), "h2"))
        materials = MaterialList(view.plan, self._context, view.case)
        materials.material_requested.connect(self.material_requested)
        self._column.add(materials)

    def _add_steps(self, view: CaseView, doubts: tuple[Doubt, ...]) -> None:
        if not view.plan.steps:
            return
        self._column.add(text_label(self.tr("要做的事，办好一步勾一步"), "h2"))
        number = view.next.number if view.next else None
        steps = StepList(view.plan, doubts, self._context, view.case, number)
        steps.tick_requested.connect(self.tick_requested)
        steps.choice_requested.connect(self.choice_requested)
        steps.link_requested.connect(self.open_requested)
        self._column.add(steps)
        for line in expected_lines(view.plan):
            self._column.add(text_label(line, "quiet"))

    def _add_answers(self, view: CaseView) -> None:
        interview = Interview(view.procedure, view.case.answers)
        answered = [q for q in view.plan.questions if q.id in view.case.answers]
        shown = [q for q in answered if q.id not in view.plan.choice_ids]
        if not shown:
            return
        self._column.add(text_label(self.tr("您的回答"), "h2"))
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        for question in shown:
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.addWidget(text_label(question.text, "quiet"))
            answer = _answer_text(interview, question, view.case.answers[question.id])
            words.addWidget(text_label(answer, "strong"))
            row.addLayout(words, 1)
            change = QPushButton(self.tr("修改"))
            change.setAccessibleName(self.tr("修改：{0}").format(question.text))
            change.clicked.connect(partial(self.question_requested.emit, question.id))
            row.addWidget(change)
            rows.addLayout(row)
        self._column.add(card)

    def _add_end(self, view: CaseView) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, SPACE, 0, 0)
        row.setSpacing(SPACE)
        if view.case.closed_at is not None:
            again = QPushButton(self.tr("重新打开"))
            again.clicked.connect(self.reopen_requested)
            row.addWidget(again)
        else:
            close = QPushButton(self.tr("全部办好了") if view.all_done else self.tr("先收起来"))
            close.setProperty("role", "primary" if view.all_done else "")
            close.clicked.connect(self.close_requested)
            row.addWidget(close)
        delete = QPushButton(self.tr("删除"))
        delete.clicked.connect(self.delete_requested)
        row.addWidget(delete)
        row.addStretch(1)
        self._column.add(holder)


def _answer_text(interview: Interview, question: Question, answer: tuple[str, ...]) -> str:
    if UNSURE in answer:
        return "不清楚"
    labels = {o.id: o.label for o in interview.options(question)}
    return "、".join(labels.get(option, option) for option in answer)
