"""Stores what is done in the plan of a case, and with the case as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from yibao_desktop.domain.records.case import DRAFT, MaterialState
from yibao_desktop.domain.records.commands import (
    Archive,
    CaseCommand,
    Finish,
    Note,
    SetDoneDay,
    SetMaterial,
    SetReceipt,
    Tick,
)
from yibao_desktop.errors import UserError
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.common.undo import Done
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.pages.plan_page import PlanPage


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

    def __init__(self, plan: PlanPage, context: UiContext) -> None:
        super().__init__(plan)
        self._plan = plan
        self._context = context
        self._cases = context.services.cases
        self._connect_signals()

    def _connect_signals(self) -> None:
        wishes = self._plan.wishes
        wishes.command_requested.connect(self._on_command_requested)
        wishes.day_requested.connect(self._on_day_requested)
        wishes.name_requested.connect(self._on_name_requested)
        wishes.rename_requested.connect(self._on_rename_requested)
        wishes.delete_requested.connect(self._on_delete_requested)
        self._context.unsaved.stored.connect(self._on_written_stored)

    @property
    def _view(self) -> CaseView:
        """The case the plan shows; only a plan that shows one asks for anything."""
        assert self._plan.view is not None
        return self._plan.view

    def carry_out(self, case_id: str, command: CaseCommand) -> None:
        """Do something to a case; those who cannot see that it is stored hear it."""
        self._store(partial(self._cases.apply, case_id, command), _said(command))

    def as_written(self, view: CaseView) -> CaseView:
        """The case with what was written in it and is not on disk yet."""
        case, now = view.case, self._context.services.clock.now()
        for writing in self._context.unsaved.of(case.id):
            with suppress(UserError):  # the step is not in the plan any more
                case = writing.change(case, view.plan, now)
        return replace(view, case=case)

    def _store(self, call: Callable[[], Changes], said: str = "") -> None:
        stored = partial(self._on_stored, said)
        self._context.write(call, self, stored, on_failed=self.refused.emit)

    def _on_stored(self, said: str, changes: Changes) -> None:
        if changes.case is not None and DRAFT in changes.cases and not changes.case.is_draft:
            self.kept.emit(changes.case.case.id)  # with its first answer it has become a case
        announce(self._plan, said)

    def _on_command_requested(self, command: CaseCommand) -> None:
        case_id = self._view.case.id
        match command:
            case Note() | SetReceipt():
                # The field shows it already: the page is not made anew under the user's hands.
                self._context.unsaved.store(case_id, command, self._view.heading)
            case Finish():
                self.carry_out_telling(command, "办好了，记在“我的办理”里。")
            case Archive():
                self.carry_out_telling(command, "收起来了，在“我的办理”里找得到。")
            case _:
                self.carry_out(case_id, command)

    def _on_written_stored(self) -> None:
        announce(self._plan, "写的已经存好了")

    def _on_day_requested(self, step_id: str) -> None:
        title = next(s.step.title for s in self._view.plan.steps if s.step.id == step_id)
        day = self._view.case.done_days[step_id]
        question = f"“{title}”是哪一天办好的？"
        dialog = DayDialog(question, day, self._context, self._plan.window())
        dialog.chosen.connect(partial(self._on_day_chosen, self._view.case.id, step_id))
        dialog.open()

    def _on_day_chosen(self, case_id: str, step_id: str, day: datetime.date) -> None:
        self.carry_out(case_id, SetDoneDay(step_id, day))

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

    def _on_delete_requested(self) -> None:
        case_id = self._view.case.id
        told = partial(self._on_deleted, case_id)
        self._context.write(partial(self._cases.delete, case_id), self, told)

    def _on_deleted(self, case_id: str, changes: Changes) -> None:
        self.deleted.emit(case_id)
        offer_restoring(case_id, changes, self._context)

    def carry_out_telling(self, command: CaseCommand, text: str) -> None:
        """Do something to the case that can be taken back from the message that tells of it."""
        told = partial(self._on_told, text)
        call = partial(self._cases.apply, self._view.case.id, command)
        self._context.write(call, self, told, on_failed=self.refused.emit)

    def _on_told(self, text: str, changes: Changes) -> None:
        self._context.events.message_requested.emit(Message(text, undoes=changes))


def offer_restoring(case_id: str, changes: Changes, context: UiContext) -> None:
    """A case has been deleted: tell it, with the way to have it back."""
    restore = partial(context.services.cases.restore, case_id)
    context.undo.offer("这件事的记录删掉了。", Done("删除一件事的记录", changes, restore))


def _said(command: CaseCommand) -> str:
    match command:
        case Tick(done=True):
            return "打了勾，已经存好"
        case Tick():
            return "勾去掉了，已经存好"
        case SetMaterial(state=MaterialState.HAVE):
            return "记下了，材料有了"
        case SetMaterial():
            return "记下了，材料还没有"
        case _:
            return ""
