"""The plan of a case: answers, steps to tick, papers to gather, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QPushButton,
    QWidget,
)

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.procedure.doubted import plan_doubts, told_doubts
from yibao_desktop.domain.procedure.plan import PlanStep
from yibao_desktop.domain.records.commands import Finish
from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.domain.wording.case_lines import finished_lines
from yibao_desktop.domain.wording.date_text import expected_text
from yibao_desktop.domain.wording.plain_text import (
    deadline_lines,
    expected_lines,
    silent_text,
    unsure_lines,
)
from yibao_desktop.services.calendar_file import case_reminders
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.takeaway.take_along import TakeAlong
from yibao_desktop.ui.widgets.base.autosave import AutoSave
from yibao_desktop.ui.widgets.base.callout import CalloutBox, caution_box, doubts_box
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.doubts_badge import DoubtsBadge, first_doubts
from yibao_desktop.ui.widgets.base.sources_label import SourcesLabel
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.case.answers_card import AnswersCard
from yibao_desktop.ui.widgets.case.case_row import progress_text
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes
from yibao_desktop.ui.widgets.case.material_list import MaterialList
from yibao_desktop.ui.widgets.case.plan_boxes import (
    due_box,
    end_commands,
    end_row,
    finished_box,
    heading_row,
    keep_box,
    news_box,
    outcome_box,
    progress_bar,
)
from yibao_desktop.ui.widgets.case.stage_bar import StageBar
from yibao_desktop.ui.widgets.case.step_list import StepList
from yibao_desktop.ui.widgets.reading.origin_boxes import local_box

if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout

_LEFT = Qt.AlignmentFlag.AlignLeft


class PlanPage(ColumnPage):
    """Everything about one case on one page.

    Attributes:
        wishes: where all of it tells what the user wants done.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.wishes = CaseWishes(self)
        self._view: CaseView | None = None
        self._steps: StepList
        self._stages: StageBar | None = None
        self._handouts = HandoutActions(context, self)

    @property
    def view(self) -> CaseView | None:
        """The case on the screen; None while none was shown."""
        return self._view

    def show_case(self, view: CaseView, page: PageView) -> None:
        """Show a case; the same case keeps its place on the screen and its focus.

        Of the same case only that is made anew which is another than before. ``page`` is that of
        its procedure: doubts about it, and whose word it is.
        """
        doubts = page.doubts
        again = self._view is not None and self._view.case.id == view.case.id
        scrolled = self._column.verticalScrollBar().value()
        focused = self._focused_name() if again else ""
        self._view = view
        if self._stages is not None and self._stages.receipt != view.case.receipt_number:
            self._column.parts.renew("stages")  # what was written there has been taken back
        emptied = self._begin_parts(anew=not again)
        self._put_head(view, page)
        self._put_outcome(view)
        self._put_materials(view)
        self._put_steps(view, doubts)
        self._put_answers(view)
        self._put_rest(view, page)
        self._column.parts.finish()
        if self._focused_name() != focused:
            self._focus(focused)
        if emptied:
            self._column.scroll_back(scrolled if again else 0)

    def scroll_to_top(self) -> None:
        """Begin at the heading: what stands below is another plan than before."""
        self._column.scroll_back(0)

    def handout_of(self, view: CaseView) -> Make:
        """What makes a case a document, whether its plan is on the screen or not yet."""
        return partial(self._make_handout, view)

    def _make_handout(self, view: CaseView) -> Handout:
        from yibao_desktop.services.plan_handout import case_document

        page = self._context.services.guide.page(view.procedure.id)
        return case_document(view, page, self._context.services.clock.today())

    def _make_shown(self) -> Handout:
        """The case as it is on the screen when this is asked for."""
        assert self._view is not None
        return self._make_handout(self._view)

    def save_fields(self) -> bool:
        """Tell now what is being written; whether there was anything."""
        return any([field.flush() for field in self.findChildren(AutoSave)])

    def _put_head(self, view: CaseView, page: PageView) -> None:
        doubts = page.doubts
        parts, wishes = self._column.parts, self.wishes
        count = len(told_doubts(view.plan, doubts, view.case.done_steps))
        named = view.heading, count, view.is_draft
        parts.put("heading", named, partial(self._heading, *named))
        self._put_origin(page)
        self._column.setAccessibleName(view.heading)
        days = tuple(case_reminders(view))
        parts.put("take-along", days, partial(self._take_along, days))
        if view.is_draft:
            parts.put("keep", None, lambda: keep_box(wishes))
        if view.news:
            parts.put("news", view.news, lambda: news_box(view.news, wishes, self._context))
        self._put_limits(view)
        unsure = unsure_lines(view.plan)
        for line in unsure:
            parts.put_text(line)
        if unsure:
            parts.put_text("要换一种，或者弄清楚了，在下面“您的回答”里点“修改”。", "quiet")
        if view.plan.steps:
            self._put_progress(view)
        for expected in view.expected:
            parts.put_text(expected_text(expected))
        if view.next is not None:
            self._put_go_on(view.next)
        elif view.can_finish:
            parts.put("finish", None, self._finish, _LEFT)
        elif view.case.closed_at is not None:
            told = tuple(finished_lines(view.case))
            parts.put("finished", told, lambda: finished_box(told, self._context))

    def _put_origin(self, page: PageView) -> None:
        """Whose word it is where it is not the guide's alone, in a line; the rest stands below."""
        origin = page.item.origin
        if not origin.is_guide:
            self._column.parts.put_text(f"照{origin.name}办，不是本指南编写的。", "quiet")
        for pack in page.changed_by:
            told = f"有的地方照{pack.name}，和指南不一样；列在这一页最下面。"
            self._column.parts.put_text(told, "quiet")
        for told in page.cautions(self._context.services.clock.today()):
            box = partial(caution_box, told, self._context)
            self._column.parts.put(("over", told), None, box)

    def _heading(self, heading: str, doubts: int, is_draft: bool) -> QWidget:
        badge = DoubtsBadge(doubts)
        badge.clicked.connect(self._on_badge_clicked)
        return heading_row(heading, badge, is_draft, self.wishes)

    def _on_badge_clicked(self) -> None:
        """Go to the first doubt, in 长辈版 to the step it is about where none is on the screen."""
        told = first_doubts(self._column.content) or self._steps.doubted_card
        if told is not None:
            self._column.scroll_to(told)

    def _finish(self) -> QPushButton:
        button = QPushButton("全部办好了")
        button.setProperty("role", "primary")
        button.clicked.connect(partial(self.wishes.command, Finish()))
        return button

    def _take_along(self, days: Sequence[Reminder]) -> TakeAlong:
        return TakeAlong(self._make_shown, self._handouts, self._context, days)

    def _put_limits(self, view: CaseView) -> None:
        for due in view.due:
            key = "due", due.deadline.id
            self._column.parts.put(key, due, partial(due_box, due, self._context))
            self._put_sources(due.deadline.sources)
        if not view.due:
            for limit in deadline_lines(view.plan):
                self._column.parts.put_text(limit, "quiet")

    def _put_sources(self, keys: tuple[str, ...]) -> None:
        self._column.parts.put(("sources", keys), None, partial(self._sources, keys))

    def _sources(self, keys: tuple[str, ...]) -> SourcesLabel:
        label = SourcesLabel(keys, self._context)
        label.link_requested.connect(self._context.events.follow)
        return label

    def _put_progress(self, view: CaseView) -> None:
        parts, told = self._column.parts, progress_text(view)
        shown = view.progress.percent, told
        parts.put("progress", shown, lambda: progress_bar(*shown))
        parts.put_text(f"{told}　{view.next_text}", "accent")
        if view.is_draft:
            return
        case, submits = view.case, view.plan.has_submission
        stage = view.stage, submits, case.accepted_on, case.receipt_number
        self._stages = parts.put("stages", stage, lambda: StageBar(view, self.wishes))
        if view.awaits_submission:
            self._put_submission(view)

    def _put_submission(self, view: CaseView) -> None:
        """What is still to be handed in: a warning only once it is the turn of that."""
        step = next(s for s in view.plan.steps if s.step.kind == "submit")
        text = f"还没有提交申请。提交要做的是第 {step.number} 步：{step.step.title}。"
        if view.next is None or view.next.number >= step.number:
            self._column.parts.put("submit", text, lambda: caution_box(text, self._context))
        else:
            self._column.parts.put_text(text, "quiet")

    def _put_go_on(self, step: PlanStep) -> None:
        title = step.choice.title if step.choice else step.step.title
        shown = step.number, title, step.step.id
        self._column.parts.put("go-on", shown, lambda: self._go_on(*shown), _LEFT)

    def _go_on(self, number: int, title: str, step_id: str) -> QPushButton:
        button = QPushButton(f"去第 {number} 步")
        button.setAccessibleDescription(title)
        button.setProperty("role", "primary")
        button.clicked.connect(partial(self._on_go_on_clicked, step_id))
        return button

    def _on_go_on_clicked(self, step: str) -> None:
        card = self._steps.card_of(step)
        self._column.scroll_to(card)
        ticks = card.findChildren(TickBox)
        ticks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_outcome(self, view: CaseView) -> None:
        parts, outcome = self._column.parts, view.plan.outcome
        if outcome is None or (outcome.kind == "done" and not view.all_done):
            return
        parts.put("outcome", outcome, lambda: outcome_box(outcome, self._context))
        self._put_sources(outcome.sources)
        if outcome.go_to:
            parts.put("go-to", outcome.go_to, partial(self._go_to, outcome.go_to), _LEFT)

    def _go_to(self, item_id: str) -> QPushButton:
        button = QPushButton("去看看")
        button.setProperty("role", "primary")
        button.clicked.connect(partial(self._context.events.open_item, item_id))
        return button

    def _put_materials(self, view: CaseView) -> None:
        if not view.plan.materials:
            return
        parts, shown = self._column.parts, (view.plan, view.case.materials)
        parts.put_text("要带的材料，有了就打勾", "h2")
        parts.put(
            "materials",
            shown,
            lambda: MaterialList(view.plan, self._context, view.case, self.wishes),
        )

    def _put_steps(self, view: CaseView, doubts: tuple[Doubt, ...]) -> None:
        if not view.plan.steps:
            return
        parts = self._column.parts
        parts.put_text("要做的事，办好一步勾一步", "h2")
        self._steps = parts.put("steps", None, self._step_list)
        number = view.next.number if view.next else None
        self._steps.show_steps(view.plan, doubts, view.case, number)
        begun = {e.expected.id for e in view.expected}
        for line in expected_lines(view.plan, begun):
            parts.put_text(line, "quiet")

    def _step_list(self) -> StepList:
        steps = StepList(self._context, self.wishes)
        steps.opened.connect(self._column.scroll_to)
        return steps

    def _put_answers(self, view: CaseView) -> None:
        if not view.answered:
            return
        shown = view.answered, view.case.answers
        self._column.parts.put_text("您的回答", "h2")
        self._column.parts.put("answers", shown, partial(self._answers_card, view))

    def _answers_card(self, view: CaseView) -> AnswersCard:
        answers = AnswersCard(view)
        answers.question_requested.connect(self.wishes.question_requested)
        return answers

    def _put_rest(self, view: CaseView, page: PageView) -> None:
        parts = self._column.parts
        if page.local:
            parts.put("local", page.local, partial(local_box, page.local, self._context))
        if own := tuple(plan_doubts(view.plan, page.doubts)):
            parts.put("doubts", own, partial(self._doubts_box, own))
        if view.plan.silent:
            parts.put_text(silent_text(view.plan.silent), "quiet")
        if not view.is_draft:
            commands = end_commands(view)
            parts.put("end", commands, lambda: end_row(commands, self.wishes))

    def _doubts_box(self, doubts: Sequence[Doubt]) -> CalloutBox:
        box = doubts_box(doubts, self._context)
        box.link_requested.connect(self._context.events.follow)
        return box
