"""A case: the questions still open, one a screen, and then its plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from yibao_desktop.domain.case import MaterialState
from yibao_desktop.domain.doubts import Doubt
from yibao_desktop.domain.procedure import UNSURE, Question
from yibao_desktop.services.case_service import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import Message
from yibao_desktop.ui.widgets.plan_view import PlanView
from yibao_desktop.ui.widgets.question_view import QuestionView


class CasePage(QWidget):
    """Leads through one case.

    Signals:
        open_requested: id of the item to open.
        leave_requested: back to where one came from.
        shown: the case as it is on disk is on screen.
    """

    open_requested = Signal(str)
    leave_requested = Signal()
    shown = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case_id = ""
        self._again = ""
        self._view: CaseView | None = None
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self.questions = QuestionView(self._context)
        self.plan = PlanView(self._context)
        self._nothing = QWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.questions)
        self._stack.addWidget(self.plan)
        rows.addWidget(self._stack)

    def _connect_signals(self) -> None:
        self.questions.answered.connect(self._on_answered)
        self.questions.back_requested.connect(self._on_back_requested)
        self.plan.tick_requested.connect(self._on_tick_requested)
        self.plan.material_requested.connect(self._on_material_requested)
        self.plan.question_requested.connect(self._on_question_requested)
        self.plan.choice_requested.connect(self._on_choice_requested)
        self.plan.open_requested.connect(self.open_requested)
        self.plan.close_requested.connect(self._on_close_requested)
        self.plan.reopen_requested.connect(self._on_reopen_requested)
        self.plan.delete_requested.connect(self._on_delete_requested)
        self._context.events.changed.connect(self._on_changed)

    def show_case(self, case_id: str) -> None:
        """Show a case: its first open question, or its plan."""
        if case_id != self._case_id:
            self._case_id, self._again = case_id, ""
            # Until the new case is read nothing of the old one may be ticked.
            self._stack.setCurrentWidget(self._nothing)
        self._load()

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
        self.leave_requested.emit()

    def _read(self, case_id: str) -> tuple[CaseView, tuple[Doubt, ...]]:
        services = self._context.services
        view = services.cases.view(case_id)
        return view, services.guide.page(view.procedure.id).doubts

    def _on_read(self, read: tuple[CaseView, tuple[Doubt, ...]]) -> None:
        view, doubts = read
        if view.case.id != self._case_id:
            return
        self._view = view
        question = self._question_to_ask(view)
        if question is not None:
            self._stack.setCurrentWidget(self.questions)
            self.questions.show_question(view, question)
        else:
            self._stack.setCurrentWidget(self.plan)
            self.plan.show_case(view, doubts)
        self.shown.emit()

    def _question_to_ask(self, view: CaseView) -> Question | None:
        """The question being answered again, otherwise the first that is open."""
        for question in view.plan.questions:
            if question.id == self._again:
                return question
        return view.plan.to_ask[0] if view.plan.to_ask else None

    def _store(self, call: Callable[[], Changes]) -> None:
        self._context.tasks.run(call, self._on_stored, self, on_failed=self._load)

    def _on_stored(self, changes: Changes) -> None:
        self._context.events.changed.emit(changes)

    def _on_changed(self, changes: Changes) -> None:
        if self._case_id in changes.cases and self.isVisible():
            self._load()

    def _on_answered(self, question: str, chosen: tuple[str, ...]) -> None:
        self._again = ""
        cases = self._context.services.cases
        self._store(partial(cases.answer, self._case_id, {question: chosen}))

    def _on_back_requested(self) -> None:
        """To the question before; from a question asked again back to the plan; else out."""
        assert self._view is not None
        shown = self._question_to_ask(self._view)
        asked = [q.id for q in self._view.plan.questions if q.id not in self._view.plan.choice_ids]
        before = asked[: asked.index(shown.id)] if shown and shown.id in asked else []
        if not self._view.plan.to_ask:
            self._again = ""
        elif before:
            self._again = before[-1]
        else:
            self.leave_requested.emit()
            return
        self._load()

    def _on_question_requested(self, question: str) -> None:
        self._again = question
        self._load()

    def _on_choice_requested(self, group: str) -> None:
        cases = self._context.services.cases
        self._store(partial(cases.answer, self._case_id, {group: (UNSURE,)}))

    def _on_tick_requested(self, step: str, done: bool) -> None:
        self._store(partial(self._context.services.cases.tick, self._case_id, step, done))

    def _on_material_requested(self, material: str, have: bool) -> None:
        state = MaterialState.HAVE if have else MaterialState.MISSING
        cases = self._context.services.cases
        self._store(partial(cases.set_material, self._case_id, material, state))

    def _on_close_requested(self) -> None:
        close = partial(self._context.services.cases.close, self._case_id)
        self._context.tasks.run(close, partial(self._on_closed, self._case_id), self)

    def _on_reopen_requested(self) -> None:
        self._store(partial(self._context.services.cases.reopen, self._case_id))

    def _on_closed(self, case_id: str, changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        undo = partial(self._store, partial(self._context.services.cases.reopen, case_id))
        text = self.tr("收起来了，在“我的办理”里找得到。")
        self._context.events.message_requested.emit(
            Message(text, action=self.tr("撤销"), on_action=undo)
        )

    def _on_delete_requested(self) -> None:
        delete = partial(self._context.services.cases.delete, self._case_id)
        self._context.tasks.run(delete, partial(self._on_deleted, self._case_id), self)

    def _on_deleted(self, case_id: str, changes: Changes) -> None:
        restore = partial(self._context.services.cases.restore, case_id)
        if case_id == self._case_id:
            self._forget()
        self._context.events.changed.emit(changes)
        self._context.events.message_requested.emit(
            Message(
                self.tr("这件事的记录删掉了。"),
                action=self.tr("撤销"),
                on_action=partial(self._store, restore),
            )
        )
