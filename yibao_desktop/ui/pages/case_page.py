"""A case: the questions still open, one a screen, the answers once more, and then its plan."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from yibao_desktop.domain.case import MaterialState, StepMark
from yibao_desktop.domain.doubts import Doubt
from yibao_desktop.domain.procedure import Question
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.announce import announce
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.handout_actions import Make
from yibao_desktop.ui.navigation import Message
from yibao_desktop.ui.unsaved import Field
from yibao_desktop.ui.widgets.plan_view import PlanView
from yibao_desktop.ui.widgets.question_view import QuestionView
from yibao_desktop.ui.widgets.review_view import ReviewView

Action = Callable[[str], Changes]
"""Does something to the case with this id."""

NOTE, RECEIPT = "note", "receipt"
"""Kinds of field that store themselves."""


class CasePage(QWidget):
    """Leads through one case.

    Signals:
        open_requested: id of the item to open.
        leave_requested: back to where one came from.
        case_requested: id of the case to go on with instead.
        shown: the case as it is on disk is on screen.
    """

    open_requested = Signal(str)
    leave_requested = Signal()
    case_requested = Signal(str)
    shown = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cases = context.services.cases
        self._case_id = ""
        self._again = ""  # the question gone back to
        self._changing = False  # it was gone back to from the answers, to be changed
        self._to_review = False  # the answers are to be shown once more
        self._planned = False  # the plan has been shown
        self._view: CaseView | None = None
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self.questions = QuestionView(self._context)
        self.review = ReviewView(self._context)
        self.plan = PlanView(self._context)
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
        self.plan.tick_requested.connect(self._on_tick_requested)
        self.plan.material_requested.connect(self._on_material_requested)
        self.plan.question_requested.connect(self._on_question_requested)
        self.plan.choice_requested.connect(self._on_question_requested)
        self.plan.choose_requested.connect(self._on_choose_requested)
        self.plan.note_requested.connect(self._on_note_requested)
        self.plan.day_requested.connect(self._on_day_requested)
        self.plan.accept_requested.connect(self._on_accept_requested)
        self.plan.receipt_requested.connect(self._on_receipt_requested)
        self.plan.news_seen.connect(self._on_news_seen)
        self.plan.name_requested.connect(self._on_name_requested)
        self.plan.rename_requested.connect(self._on_rename_requested)
        self.plan.open_requested.connect(self.open_requested)
        self.plan.finish_requested.connect(self._on_finish_requested)
        self.plan.archive_requested.connect(self._on_archive_requested)
        self.plan.reopen_requested.connect(self._on_reopen_requested)
        self.plan.delete_requested.connect(self._on_delete_requested)
        self._context.events.changed.connect(self._on_changed)
        self._context.unsaved.stored.connect(self._on_field_stored)

    def show_case(self, case_id: str) -> None:
        """Show a case: its first open question, or its plan."""
        if case_id != self._case_id:
            self.plan.save_fields()  # what was written belongs to the case that is left
            self._case_id, self._again, self._changing = case_id, "", False
            self._to_review = self._planned = False
            # Until the new case is read nothing of the old one may be ticked.
            self._stack.setCurrentWidget(self._nothing)
        self._load()

    def handout(self) -> Make | None:
        """What makes the case a document; None while there is no plan on the screen."""
        return self.plan.handout() if self._stack.currentWidget() is self.plan else None

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
        if self._view is None or self._view.case.id != view.case.id:
            announce(self, view.heading)
        self._view = view
        question = self._question_to_ask(view)
        if question is not None:
            self._to_review = self._to_review or not self._planned
            self._stack.setCurrentWidget(self.questions)
            self.questions.show_question(view, question, self._changing)
        elif self._to_review and view.answered:
            self._stack.setCurrentWidget(self.review)
            self.review.show_answers(view)
        elif self.plan.save_fields():
            self._load()  # something was being written; what was read does not have it yet
            return
        else:
            self._planned = True
            self._stack.setCurrentWidget(self.plan)
            self.plan.show_case(self._as_written(view), doubts)
        self.shown.emit()

    def _question_to_ask(self, view: CaseView) -> Question | None:
        """The question being answered again, otherwise the first that is open."""
        for question in view.plan.questions:
            if question.id == self._again:
                return question
        return view.plan.to_ask[0] if view.plan.to_ask else None

    def _store(self, call: Callable[[], Changes], said: str = "") -> None:
        """Store a change; ``said`` is what those who cannot see it hear once it is stored."""
        stored = partial(self._on_stored, said)
        self._context.tasks.run(call, stored, self, on_failed=self._load)

    def _on_stored(self, said: str, changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        announce(self, said)

    def _on_changed(self, changes: Changes) -> None:
        if self._case_id in changes.cases and self.isVisible():
            self._load()

    def _store_quietly(
        self, what: str, text: str, call: Callable[[], Changes], which: str = ""
    ) -> None:
        """Store what a field already shows: the page is not made anew under the user's hands."""
        field = Field(self._case_id, what, which)
        label = self._view.heading if self._view else ""
        self._context.unsaved.store(field, text, label, call)

    def _as_written(self, view: CaseView) -> CaseView:
        """The case with what was written in it and is not on disk yet."""
        case = view.case
        for field, text in self._context.unsaved.of(case.id).items():
            if field.what == NOTE:
                mark = replace(case.steps.get(field.which, StepMark()), note=text)
                case = replace(case, steps={**case.steps, field.which: mark})
            else:
                case = replace(case, receipt_number=text)
        return replace(view, case=case)

    def _on_field_stored(self) -> None:
        announce(self, self.tr("写的已经存好了"))

    def _on_answered(self, question: str, chosen: tuple[str, ...]) -> None:
        self._again, self._changing = "", False
        self._store(partial(self._cases.answer, self._case_id, {question: chosen}))

    def _on_back_requested(self) -> None:
        """From a question asked again to where one came from, else to the question before."""
        assert self._view is not None
        asked = [q.id for q in self._view.plan.questions if q.id not in self._view.plan.choice_ids]
        if self._changing:
            self._again, self._changing = "", False
        else:
            shown = self._question_to_ask(self._view)
            before = asked[: asked.index(shown.id)] if shown and shown.id in asked else []
            if not before:
                self.leave_requested.emit()
                return
            self._again = before[-1]
        self._load()

    def _on_question_requested(self, question: str) -> None:
        self._again, self._changing = question, True
        self._load()

    def _on_review_done(self) -> None:
        self._to_review = False
        self._load()

    def _on_choose_requested(self, group: str, option: str) -> None:
        self._store(partial(self._cases.answer, self._case_id, {group: (option,)}))

    def _on_tick_requested(self, step: str, done: bool) -> None:
        said = self.tr("打了勾，已经存好") if done else self.tr("勾去掉了，已经存好")
        self._store(partial(self._cases.tick, self._case_id, step, done), said)

    def _on_note_requested(self, step: str, text: str) -> None:
        call = partial(self._cases.note, self._case_id, step, text)
        self._store_quietly(NOTE, text, call, step)

    def _on_day_requested(self, step: str, day: datetime.date) -> None:
        self._store(partial(self._cases.set_done_day, self._case_id, step, day))

    def _on_material_requested(self, material: str, have: bool) -> None:
        state = MaterialState.HAVE if have else MaterialState.MISSING
        said = self.tr("记下了，材料有了") if have else self.tr("记下了，材料还没有")
        self._store(partial(self._cases.set_material, self._case_id, material, state), said)

    def _on_accept_requested(self, accepted: bool) -> None:
        self._store(partial(self._cases.accept, self._case_id, accepted))

    def _on_receipt_requested(self, number: str) -> None:
        call = partial(self._cases.set_receipt, self._case_id, number)
        self._store_quietly(RECEIPT, number, call)

    def _on_news_seen(self) -> None:
        self._store(partial(self._cases.acknowledge, self._case_id))

    def _on_name_requested(self, name: str) -> None:
        self._context.tasks.run(partial(self._cases.keep, name), self._on_kept, self)

    def _on_kept(self, view: CaseView) -> None:
        self._context.events.changed.emit(Changes(cases=frozenset({view.case.id})))
        self.case_requested.emit(view.case.id)

    def _on_rename_requested(self) -> None:
        assert self._view is not None
        dialog = NameDialog(self._view.case.nickname, self._context, self.window())
        dialog.named.connect(partial(self._on_named, self._case_id))
        dialog.open()

    def _on_named(self, case_id: str, name: str) -> None:
        self._store(partial(self._cases.rename, case_id, name))

    def _on_finish_requested(self) -> None:
        text = self.tr("办好了，记在“我的办理”里。")
        self._end(self._cases.finish, text, self._cases.reopen)

    def _on_archive_requested(self) -> None:
        text = self.tr("收起来了，在“我的办理”里找得到。")
        self._end(self._cases.archive, text, self._cases.unarchive)

    def _on_reopen_requested(self) -> None:
        self._store(partial(self._cases.reopen, self._case_id))

    def _end(self, act: Action, text: str, undo: Action) -> None:
        """Do something to the case that can be taken back from the message that tells of it."""
        case_id = self._case_id
        told = partial(self._on_ended, text, partial(undo, case_id))
        self._context.tasks.run(partial(act, case_id), told, self)

    def _on_ended(self, text: str, take_back: Callable[[], Changes], changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        undo = partial(self._store, take_back)
        self._context.events.message_requested.emit(
            Message(text, action=self.tr("撤销"), on_action=undo)
        )

    def _on_delete_requested(self) -> None:
        delete = partial(self._cases.delete, self._case_id)
        self._context.tasks.run(delete, partial(self._on_deleted, self._case_id), self)

    def _on_deleted(self, case_id: str, changes: Changes) -> None:
        restore = partial(self._cases.restore, case_id)
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
