"""The plan of a case: answers, steps to tick, papers to gather, and where it ends."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.procedure.doubted import plan_doubts
from yibao_desktop.domain.procedure.model import Outcome
from yibao_desktop.domain.procedure.plan import PlanStep
from yibao_desktop.domain.records.commands import (
    Acknowledge,
    Archive,
    CaseCommand,
    Finish,
    Reopen,
)
from yibao_desktop.domain.records.edition import news_lines
from yibao_desktop.domain.records.kept_text import NICKNAME
from yibao_desktop.domain.wording.date_text import due_line, expected_text
from yibao_desktop.domain.wording.plain_text import (
    assumed_lines,
    deadline_lines,
    expected_lines,
    silent_text,
)
from yibao_desktop.services.calendar_file import case_reminders
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.source_text import keys_line
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.takeaway.take_along import TakeAlong
from yibao_desktop.ui.widgets.base.autosave import AutoSave
from yibao_desktop.ui.widgets.base.callout import CalloutBox, caution_box, doubts_box
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.case.answers_card import AnswersCard
from yibao_desktop.ui.widgets.case.case_row import next_text, progress_text
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes
from yibao_desktop.ui.widgets.case.material_list import MaterialList
from yibao_desktop.ui.widgets.case.stage_bar import StageBar
from yibao_desktop.ui.widgets.case.step_list import StepList

if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout


class PlanView(ColumnPage):
    """Everything about one case on one page.

    Attributes:
        wishes: where all of it tells what the user wants done.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.wishes = CaseWishes(self)
        self._view: CaseView | None = None
        self._handouts = HandoutActions(context, self)

    @property
    def view(self) -> CaseView | None:
        """The case on the screen; None while none was shown."""
        return self._view

    def show_case(self, view: CaseView, doubts: tuple[Doubt, ...]) -> None:
        """Show a case; the same case keeps its place on the screen and its focus."""
        again = self._view is not None and self._view.case.id == view.case.id
        scrolled = self._column.verticalScrollBar().value()
        focused = self._focused_name() if again else ""
        self._view = view
        self._begin()
        self._add_head(view)
        self._add_outcome(view)
        self._add_materials(view)
        self._add_steps(view, doubts)
        self._add_answers(view)
        if own := plan_doubts(view.plan, doubts):
            box = doubts_box(own, self._context)
            box.link_requested.connect(self._context.events.open_item)
            self._column.add(box)
        if view.procedure.silent:
            self._column.add(text_label(silent_text(view.procedure.silent), "quiet"))
        self._add_end(view)
        self._column.add(self._take_along(view))
        self._focus(focused)
        self._column.scroll_back(scrolled if again else 0)

    def handout(self) -> Make | None:
        """What makes the case on the screen a document; None while none was shown."""
        return partial(self._make_handout, self._view) if self._view else None

    def _make_handout(self, view: CaseView) -> Handout:
        from yibao_desktop.services.plan_handout import case_document

        page = self._context.services.guide.page(view.procedure.id)
        return case_document(view, page, self._context.services.clock.today())

    def _take_along(self, view: CaseView) -> TakeAlong:
        make = partial(self._make_handout, view)
        reminders = case_reminders(view)
        return TakeAlong(make, self._handouts, self._context, reminders)

    def save_fields(self) -> bool:
        """Tell now what is being written; whether there was anything."""
        return any([field.flush() for field in self.findChildren(AutoSave)])

    def _add_head(self, view: CaseView) -> None:
        self._column.add(self._heading(view))
        if view.is_draft:
            self._column.add(self._keep_box())
        if view.news:
            self._column.add(self._news_box(view))
        self._add_limits(view)
        for line in assumed_lines(view.plan):
            self._column.add(text_label(line))
        if view.plan.steps:
            bar = QProgressBar()
            bar.setValue(view.progress.percent)
            bar.setTextVisible(False)
            bar.setAccessibleName(progress_text(view))
            self._column.add(bar)
            self._column.add(text_label(f"{progress_text(view)}　{next_text(view)}", "accent"))
            if not view.is_draft:
                self._add_stages(view)
        for expected in view.expected:
            self._column.add(text_label(expected_text(expected)))
        if view.next is not None:
            self._add_go_on(view.next)

    def _add_stages(self, view: CaseView) -> None:
        self._column.add(StageBar(view, self.wishes))
        if view.awaits_submission:
            step = next(s for s in view.plan.steps if s.step.kind == "submit")
            text = f"还没有提交申请。提交要做的是第 {step.number} 步：{step.step.title}。"
            self._column.add(caution_box(text, self._context))

    def _heading(self, view: CaseView) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(text_label(view.heading, "h1"), 1)
        if not view.is_draft:
            rename = QPushButton("改称呼")
            rename.setProperty("role", "link")
            rename.clicked.connect(self.wishes.rename_requested)
            row.addWidget(rename, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.setAccessibleName(view.heading)
        return head

    def _add_go_on(self, step: PlanStep) -> None:
        title = step.choice.title if step.choice else step.step.title
        button = QPushButton(f"去第 {step.number} 步")
        button.setAccessibleDescription(title)
        button.setProperty("role", "primary")
        button.clicked.connect(partial(self._on_go_on_clicked, step.step.id))
        self._column.add_button(button)

    def _on_go_on_clicked(self, step: str) -> None:
        card = self._steps.cards[step]
        self._column.scroll_to(card)
        ticks = card.findChildren(TickBox)
        ticks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_box(self) -> QWidget:
        """A case that is only looked through can be kept under a name."""
        box = QFrame()
        box.setProperty("role", "note")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.addWidget(text_label("这是先看看，没有存下来，关掉程序就没有了。"))
        row = QHBoxLayout()
        field = QLineEdit()
        field.setMaxLength(NICKNAME.most)
        field.setAccessibleName("给谁办")
        field.setPlaceholderText("要存下来，写一个称呼，例如“妈妈”")
        keep = QPushButton("存下来")
        field.returnPressed.connect(keep.click)
        keep.clicked.connect(lambda: self.wishes.name_requested.emit(field.text()))
        row.addWidget(field, 1)
        row.addWidget(keep)
        rows.addLayout(row)
        return box

    def _news_box(self, view: CaseView) -> QWidget:
        """What a new edition of the guide changed about the case."""
        lines = [RichLabel(escape(t), t, self._context.theme) for t in news_lines(view.news)]
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        name = "资料更新过，这件事有变化"
        rows.addWidget(CalloutBox("caution", name, lines, self._context))
        seen = QPushButton("知道了")
        seen.clicked.connect(partial(self.wishes.command, Acknowledge()))
        rows.addWidget(seen, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _add_limits(self, view: CaseView) -> None:
        for due in view.due:
            text = due_line(due)
            name = "期限过了" if due.is_past else "期限快到了"
            tone = "caution" if due.is_near else "note"
            line = RichLabel(escape(text), text, self._context.theme)
            title = name if due.is_near else "办这件事有期限"
            self._column.add(CalloutBox(tone, title, [line], self._context))
            self._column.add(text_label(keys_line(due.deadline.sources), "quiet"))
        if not view.due:
            for limit in deadline_lines(view.plan):
                self._column.add(text_label(limit, "quiet"))

    def _add_outcome(self, view: CaseView) -> None:
        outcome = view.plan.outcome
        if outcome is None or (outcome.kind == "done" and not view.all_done):
            return
        tone = "caution" if outcome.kind == "ask" else "note"
        text = RichLabel.of(outcome.text, self._context.theme)
        box = CalloutBox(tone, outcome.title, [text], self._context)
        box.link_requested.connect(self._context.events.open_item)
        self._column.add(box)
        self._column.add(text_label(keys_line(outcome.sources), "quiet"))
        self._add_go_to(outcome)

    def _add_go_to(self, outcome: Outcome) -> None:
        if not outcome.go_to:
            return
        button = QPushButton("去看看")
        button.setProperty("role", "primary")
        button.clicked.connect(partial(self._context.events.open_item, outcome.go_to))
        self._column.add_button(button)

    def _add_materials(self, view: CaseView) -> None:
        if not view.plan.materials:
            return
        self._column.add(text_label("要带的材料，有了就打勾", "h2"))
        self._column.add(MaterialList(view.plan, self._context, view.case, self.wishes))

    def _add_steps(self, view: CaseView, doubts: tuple[Doubt, ...]) -> None:
        if not view.plan.steps:
            return
        self._column.add(text_label("要做的事，办好一步勾一步", "h2"))
        number = view.next.number if view.next else None
        steps = StepList(view.plan, doubts, self._context, view.case, self.wishes, number)
        self._steps = steps
        self._column.add(steps)
        begun = {e.expected.id for e in view.expected}
        for line in expected_lines(view.plan, begun):
            self._column.add(text_label(line, "quiet"))

    def _add_answers(self, view: CaseView) -> None:
        if not view.answered:
            return
        self._column.add(text_label("您的回答", "h2"))
        answers = AnswersCard(view)
        answers.question_requested.connect(self.wishes.question_requested)
        self._column.add(answers)

    def _add_end(self, view: CaseView) -> None:
        if view.is_draft:
            return
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, SPACE, 0, 0)
        row.setSpacing(SPACE)
        if view.case.closed_at is not None or view.case.archived_at is not None:
            row.addWidget(self._command_button("重新打开", Reopen()))
        elif view.all_done and view.plan.steps:
            finish = self._command_button("全部办好了", Finish())
            finish.setProperty("role", "primary")
            row.addWidget(finish)
        if view.case.archived_at is None:
            row.addWidget(self._command_button("先收起来", Archive()))
        delete = QPushButton("删除")
        delete.clicked.connect(self.wishes.delete_requested)
        row.addWidget(delete)
        row.addStretch(1)
        self._column.add(holder)

    def _command_button(self, text: str, command: CaseCommand) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(partial(self.wishes.command, command))
        return button
