"""Whatever was done to the records and can be taken back, the newest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from yibao_desktop.domain.records.taking_back import TakeBack
from yibao_desktop.errors import UserError, YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.app_events import AppEvents
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.work.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from yibao_desktop.bootstrap import Services
    from yibao_desktop.domain.records.commands import Writing

DEPTH = 200
"""So much can be taken back."""


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """Something done.

    Attributes:
        name: what it is called, as after “撤销了：”.
        changes: what it changed; tells it from all others.
        take_back: undoes it.
        lane: which calls taking it back waits for.
        on_taken_back: hears that it was.
    """

    name: str
    changes: Changes
    take_back: Callable[[], Changes]
    lane: Lane = Lane.RECORDS
    on_taken_back: Callable[[], None] | None = None


class Undo(QObject):
    """What is done to a case or written in it is known from its changes; what else is added.

    Signals:
        changed: whether there is something to take back.
        taken_back: the ``Changes`` that are undone.
    """

    changed = Signal(bool)
    taken_back = Signal(object)

    def __init__(self, services: Services, tasks: TaskRunner, events: AppEvents) -> None:
        super().__init__()
        self._services = services
        self._tasks = tasks
        self._events = events
        self._done: deque[Done] = deque(maxlen=DEPTH)
        events.changed.connect(self._on_changed)
        events.written.connect(self._on_written)

    def add(self, done: Done) -> None:
        """Something was done."""
        self._done.append(done)
        self.changed.emit(True)

    def offer(self, said: str, done: Done) -> None:
        """Something was done: tell it, with the way to take it back."""
        self.add(done)
        self._events.message_requested.emit(Message(said, undoes=done.changes))

    def forget(self) -> None:
        """Nothing can be taken back any more."""
        self._done.clear()
        self.changed.emit(False)

    def take_back(self) -> None:
        """Undo what was done last, if there is anything."""
        if self._done:
            self._take_back(self._done[-1])

    def take_back_changes(self, changes: Changes) -> None:
        """Undo what made these changes, unless that has been undone already."""
        done = next((done for done in self._done if done.changes is changes), None)
        if done is not None:
            self._take_back(done)

    def _take_back(self, done: Done) -> None:
        self._drop(done)
        self._tasks.run(
            done.take_back,
            partial(self._on_taken_back, done),
            self,
            lane=done.lane,
            on_refused=partial(self._on_refused, done),
        )

    def _drop(self, done: Done) -> None:
        self._done.remove(done)
        self.changed.emit(bool(self._done))

    def _on_taken_back(self, done: Done, changes: Changes) -> None:
        self._events.changed.emit(changes)
        self.taken_back.emit(done.changes)
        if done.on_taken_back is not None:
            done.on_taken_back()
        self._events.message_requested.emit(Message(f"撤销了：{done.name}。"))

    def _on_refused(self, done: Done, error: YibaoError) -> None:
        if not isinstance(error, UserError):  # the disk is full or busy: it can be tried again
            self.add(done)
        self._events.message_requested.emit(Message.of(error))

    def _on_changed(self, changes: Changes) -> None:
        command, before, view = changes.command, changes.before, changes.case
        if command is None or before is None or view is None or isinstance(command, TakeBack):
            return
        from yibao_desktop.domain.wording.done_text import done_text

        back = TakeBack(before, view.case)
        call = partial(self._services.cases.apply, view.case.id, back)
        self.add(Done(done_text(command), changes, call))

    def _on_written(self, changes: Changes) -> None:
        """What is written in one field with nothing else in between is taken back as one."""
        if self._done and _written_in(self._done[-1].changes) == _written_in(changes):
            written = self._done[-1]
            self._drop(written)
            changes = replace(changes, before=written.changes.before)
        if not _reads_as_before(changes):
            self._on_changed(changes)


def _written_in(changes: Changes) -> tuple[frozenset[str], tuple[str, str]] | None:
    """The case and the field the changes come from; None where they come from none."""
    writing = _writing(changes)
    return (changes.cases, writing.place) if writing else None


def _reads_as_before(changes: Changes) -> bool:
    """Whether all that was written has been removed again."""
    writing, before, view = _writing(changes), changes.before, changes.case
    if writing is None or before is None or view is None:
        return False
    return writing.read(before) == writing.read(view.case)


def _writing(changes: Changes) -> Writing | None:
    """The command that wrote in a field, if it was one; no start waits for what commands need."""
    from yibao_desktop.domain.records.commands import Writing

    return changes.command if isinstance(changes.command, Writing) else None
