"""Stores what is done in the plan of a case, and with the case as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from yibao_desktop.domain.records.case import MaterialState, StepMark
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.widgets.case.plan_view import PlanView
from yibao_desktop.ui.work.unsaved import Field

Action = Callable[[str], Changes]
"""Does something to the case with this id."""

NOTE, RECEIPT = "note", "receipt"
"""Kinds of field that store themselves."""


class CaseKeeper(QObject):
    """Whatever it stores belongs to the case the plan shows at that moment.

    Signals:
        refused: something could not be stored; what is on disk is to be shown.
        kept: id of the case that was only looked through before.
        deleted: id of the case that is gone now.
    """

    refused = Signal()
    kept = Signal(str)
    deleted = Signal(str)

    def __init__(self, plan: PlanView, context: UiContext) -> None:
        super().__init__(plan)
        self._plan = plan
        self._context = context
        self._cases = context.services.cases
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._plan.tick_requested.connect(self._on_tick_requested)
        self._plan.material_requested.connect(self._on_material_requested)
        self._plan.choose_requested.connect(self._on_choose_requested)
        self._plan.note_requested.connect(self._on_note_requested)
        self._plan.day_requested.connect(self._on_day_requested)
        self._plan.accept_requested.connect(self._on_accept_requested)
        self._plan.receipt_requested.connect(self._on_receipt_requested)
        self._plan.news_seen.connect(self._on_news_seen)
        self._plan.name_requested.connect(self._on_name_requested)
        self._plan.rename_requested.connect(self._on_rename_requested)
        self._plan.finish_requested.connect(self._on_finish_requested)
        self._plan.archive_requested.connect(self._on_archive_requested)
        self._plan.reopen_requested.connect(self._on_reopen_requested)
        self._plan.delete_requested.connect(self._on_delete_requested)
        self._context.unsaved.stored.connect(self._on_field_stored)

    @property
    def _view(self) -> CaseView:
        """The case the plan shows; only a plan that shows one asks for anything."""
        assert self._plan.view is not None
        return self._plan.view

    def store(self, call: Callable[[], Changes], said: str = "") -> None:
        """Store a change; ``said`` is what those who cannot see it hear once it is stored."""
        stored = partial(self._on_stored, said)
        self._context.tasks.run(call, stored, self, on_failed=self.refused.emit)

    def as_written(self, view: CaseView) -> CaseView:
        """The case with what was written in it and is not on disk yet."""
        case = view.case
        for field, text in self._context.unsaved.of(case.id).items():
            if field.what == NOTE:
                mark = replace(case.steps.get(field.which, StepMark()), note=text)
                case = replace(case, steps={**case.steps, field.which: mark})
            else:
                case = replace(case, receipt_number=text)
        return replace(view, case=case)

    def _on_stored(self, said: str, changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        announce(self._plan, said)

    # -- ticked and chosen --------------------------------------------------------------------

    def _on_tick_requested(self, step: str, done: bool) -> None:
        said = "打了勾，已经存好" if done else "勾去掉了，已经存好"
        self.store(partial(self._cases.tick, self._view.case.id, step, done), said)

    def _on_material_requested(self, material: str, have: bool) -> None:
        state = MaterialState.HAVE if have else MaterialState.MISSING
        said = "记下了，材料有了" if have else "记下了，材料还没有"
        self.store(partial(self._cases.set_material, self._view.case.id, material, state), said)

    def _on_choose_requested(self, group: str, option: str) -> None:
        self.store(partial(self._cases.answer, self._view.case.id, {group: (option,)}))

    def _on_day_requested(self, step: str, day: datetime.date) -> None:
        self.store(partial(self._cases.set_done_day, self._view.case.id, step, day))

    def _on_accept_requested(self, accepted: bool) -> None:
        self.store(partial(self._cases.accept, self._view.case.id, accepted))

    def _on_news_seen(self) -> None:
        self.store(partial(self._cases.acknowledge, self._view.case.id))

    # -- written ------------------------------------------------------------------------------

    def _on_note_requested(self, step: str, text: str) -> None:
        case = self._view.case.id
        self._store_field(
            Field(case, NOTE, step), text, partial(self._cases.note, case, step, text)
        )

    def _on_receipt_requested(self, number: str) -> None:
        case = self._view.case.id
        call = partial(self._cases.set_receipt, case, number)
        self._store_field(Field(case, RECEIPT), number, call)

    def _store_field(self, field: Field, text: str, call: Callable[[], Changes]) -> None:
        """Store what a field already shows: the page is not made anew under the user's hands."""
        self._context.unsaved.store(field, text, self._view.heading, call)

    def _on_field_stored(self) -> None:
        announce(self._plan, "写的已经存好了")

    # -- the case as a whole ------------------------------------------------------------------

    def _on_name_requested(self, name: str) -> None:
        self._context.tasks.run(partial(self._cases.keep, name), self._on_kept, self)

    def _on_kept(self, view: CaseView) -> None:
        self._context.events.changed.emit(Changes(cases=frozenset({view.case.id})))
        self.kept.emit(view.case.id)

    def _on_rename_requested(self) -> None:
        dialog = NameDialog(self._view.case, self._context, self._plan.window())
        dialog.stored.connect(self._context.events.changed)
        dialog.open()

    def _on_finish_requested(self) -> None:
        text = "办好了，记在“我的办理”里。"
        self._end(self._cases.finish, text, self._cases.reopen)

    def _on_archive_requested(self) -> None:
        text = "收起来了，在“我的办理”里找得到。"
        self._end(self._cases.archive, text, self._cases.unarchive)

    def _on_reopen_requested(self) -> None:
        self.store(partial(self._cases.reopen, self._view.case.id))

    def _on_delete_requested(self) -> None:
        case_id = self._view.case.id
        told = partial(self._on_deleted, case_id)
        self._context.tasks.run(partial(self._cases.delete, case_id), told, self)

    def _on_deleted(self, case_id: str, changes: Changes) -> None:
        self.deleted.emit(case_id)
        text = "这件事的记录删掉了。"
        self._on_ended(text, partial(self._cases.restore, case_id), changes)

    def _end(self, act: Action, text: str, undo: Action) -> None:
        """Do something to the case that can be taken back from the message that tells of it."""
        case_id = self._view.case.id
        told = partial(self._on_ended, text, partial(undo, case_id))
        self._context.tasks.run(partial(act, case_id), told, self)

    def _on_ended(self, text: str, take_back: Callable[[], Changes], changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        undo = partial(self.store, take_back)
        self._context.events.message_requested.emit(Message(text, action="撤销", on_action=undo))
