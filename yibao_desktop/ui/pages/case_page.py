"""A case: the questions still open, one a screen, the answers once more, and then its plan."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.model import Question
from yibao_desktop.domain.records.case import DRAFT
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.pages.case_keeper import CaseKeeper
from yibao_desktop.ui.pages.plan_page import PlanPage
from yibao_desktop.ui.pages.question_page import QuestionPage
from yibao_desktop.ui.pages.review_page import ReviewPage
from yibao_desktop.ui.takeaway.handout_actions import Make
from yibao_desktop.ui.widgets.base.page_stack import PageStack


class CasePage(QWidget):
    """Leads through one case.

    Signals:
        shown: the case as it is on disk is on screen.
    """

    shown = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._again = ""  # the question gone back to
        self._changing = False  # it was gone back to from the answers, to be changed
        self._to_review = False  # the answers are to be shown once more
        self._planned = False  # the plan has been shown
        self._anew = False  # the plan is another one now, and is read from its top
        self._view: CaseView | None = None
        self._page: PageView | None = None
        self._build_ui()
        self._keeper = CaseKeeper(self.plan, context)
        self._connect_signals()

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._stack = PageStack()
        self.setFocusProxy(self._stack)
        self.questions = QuestionPage(self._context)
        self.review = ReviewPage(self._context)
        self.plan = PlanPage(self._context)
        self._nothing = QWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.questions)
        self._stack.addWidget(self.review)
        self._stack.addWidget(self.plan)
        rows.addWidget(self._stack)

    def _connect_signals(self) -> None:
        self.questions.answered.connect(self._on_answered)
        self.questions.back_requested.connect(self._on_back_requested)
        self.review.question_requested.connect(self._on_question_requested)
        self.review.go_on_requested.connect(self._on_review_done)
        self.plan.wishes.question_requested.connect(self._on_question_requested)
        self._keeper.refused.connect(self._load)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.deleted.connect(self._on_deleted)
        self._context.events.changed.connect(self._on_changed)

    def show_case(self, case_id: str) -> None:
        """Show a case: its first open question, or its plan."""
        if case_id != self._case_id:
            self._case_id, self._again, self._changing = case_id, "", False
            self._to_review = self._planned = False
            # Until the new case is read nothing of the old one may be ticked.
            self._stack.setCurrentWidget(self._nothing)
        self._load()

    def handout(self) -> Make | None:
        """What makes the case a document, with what is still to be asked; None without a case."""
        shown = self._stack.currentWidget() is not self._nothing
        return self.plan.handout_of(self._view) if self._view and shown else None

    def _load(self) -> None:
        case_id = self._case_id
        read, failed = partial(self._read, case_id), partial(self._on_unreadable, case_id)
        self._context.tasks.run(read, self._on_read, self, on_failed=failed)

    def _on_unreadable(self, case_id: str) -> None:
        if case_id == self._case_id:
            self._forget()

    def _forget(self) -> None:
        """Leave a case that is no longer there."""
        self._case_id = ""
        self._stack.setCurrentWidget(self._nothing)
        self._leave()

    def _leave(self) -> None:
        """There is no way back into a case that was left or is gone."""
        self._context.events.replace_requested.emit(Location(Place.CASES))

    def _read(self, case_id: str) -> tuple[CaseView, PageView]:
        services = self._context.services
        view = services.cases.view(case_id)
        return view, services.guide.page(view.procedure.id)

    def _on_read(self, read: tuple[CaseView, PageView]) -> None:
        view, page = read
        if view.case.id == self._case_id:
            self._page = page
            self._show(view)

    def _show(self, view: CaseView) -> None:
        if self._view is None or self._view.case.id != view.case.id:
            announce(self, view.heading)
        self._view = view
        question = self._question_to_ask(view)
        if question is not None:
            counter = self._context.services.settings.current.counter
            self._to_review = not counter and (self._to_review or not self._planned)
            self._stack.setCurrentWidget(self.questions)
            make = self.plan.handout_of(view)
            self.questions.show_question(view, question, make, self._changing)
        elif self._to_review and view.answered:
            self._stack.setCurrentWidget(self.review)
            self.review.show_answers(view)
        else:
            self._planned = True
            self._stack.setCurrentWidget(self.plan)
            self.plan.save_fields()  # so that what is being written is shown again
            assert self._page is not None
            self.plan.show_case(self._keeper.as_written(view), self._page)
            if self._anew:
                self.plan.scroll_to_top()
            self._anew = False
        self.shown.emit()

    def _question_to_ask(self, view: CaseView) -> Question | None:
        """The question being answered again, otherwise the first that is open."""
        for question in view.plan.questions:
            if question.id == self._again:
                return question
        return view.plan.to_ask[0] if view.plan.to_ask else None

    def _on_changed(self, changes: Changes) -> None:
        if self._case_id not in changes.cases or not self.isVisible():
            return
        if self._case_id == DRAFT and changes.case is not None:
            self._case_id = changes.case.case.id  # with its first answer it has become a case
        known = self._view is not None and self._view.case.id in changes.cases
        if known and changes.case is not None and changes.case.case.id == self._case_id:
            self._show(changes.case)
        else:
            self._load()

    def _on_answered(self, question: str, chosen: tuple[str, ...]) -> None:
        changed, self._again, self._changing = self._changing and self._planned, "", False
        command = Answer({question: chosen})
        if not changed:
            self._keeper.carry_out(self._case_id, command)
            return
        assert self._view is not None
        self._anew = question not in self._view.plan.choice_ids
        self._keeper.carry_out_telling(command, "回答改好了，这一页已经照新的回答重新列好。")

    def go_back(self) -> bool:
        """Go to the question before; False where none is before what is shown."""
        if self._view is None or self._stack.currentWidget() is self.plan:
            return False
        if self._stack.currentWidget() is self.review:
            if not self._view.answered:
                return False
            self._again, self._changing = self._view.answered[-1].id, False
        elif self._changing:
            self._again, self._changing = "", False
        else:
            before = self._questions_before()
            if not before:
                return False
            self._again = before[-1]
        self._load()
        return True

    def _questions_before(self) -> list[str]:
        """Ids of the questions before the one shown."""
        assert self._view is not None
        plan = self._view.plan
        asked = [q.id for q in plan.questions if q.id not in plan.choice_ids]
        shown = self._question_to_ask(self._view)
        return asked[: asked.index(shown.id)] if shown and shown.id in asked else []

    def _on_back_requested(self) -> None:
        if self.go_back():
            return
        if self._view is not None and self._view.is_draft:  # nothing is left of it
            procedure = Location(Place.ITEM, self._view.procedure.id)
            self._context.events.replace_requested.emit(procedure)
        else:
            self._leave()

    def _on_question_requested(self, question: str) -> None:
        self._again, self._changing = question, True
        self._load()

    def _on_review_done(self) -> None:
        self._to_review = False
        self._load()

    def _on_kept(self, case_id: str) -> None:
        """What was a draft is a case now, and stands where it stood."""
        self._case_id = case_id
        self._context.events.replace_requested.emit(Location(Place.CASE, case_id))

    def _on_deleted(self, case_id: str) -> None:
        if case_id == self._case_id:
            self._forget()
