"""What was written in a field and is not on disk yet: kept, and tried again until it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from yibao_desktop.errors import UserError, YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.app_events import AppEvents
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.work.tasks import TaskRunner

if TYPE_CHECKING:
    from yibao_desktop.bootstrap import Services
    from yibao_desktop.domain.records.commands import Writing

RETRY_MS = 5_000
"""After a failure it is tried again so often."""

_Key = tuple[str, tuple[str, str]]
"""The case and the place in it where something was written."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """A text on its way to the disk.

    Attributes:
        label: names the field to the user.
        trying: whether an attempt is under way.
        broken: whether an attempt met a bug; it is not tried again by itself.
    """

    writing: Writing
    label: str
    trying: bool = False
    broken: bool = False


class Unsaved(QObject):
    """Stores the texts of fields without making the page anew.

    Where the disk is full or the file locked, that is said once, the texts stay here, and they are
    tried again every few seconds. A text that can never be stored is told and dropped.

    Signals:
        stored: a text is on disk.
        answered: every attempt under way has succeeded or failed.
    """

    stored = Signal()
    answered = Signal()

    def __init__(self, services: Services, tasks: TaskRunner, events: AppEvents) -> None:
        super().__init__()
        self._services = services
        self._tasks = tasks
        self._events = events
        self._waiting: dict[_Key, _Waiting] = {}
        self._failing = False
        self._timer = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._timer.timeout.connect(self._on_time_come)

    def store(self, case_id: str, writing: Writing, label: str) -> None:
        """Store what was written in a case; ``label`` names the field to the user."""
        key = case_id, writing.place
        waiting = self._waiting[key] = _Waiting(writing, label)
        if not self._failing:
            self._try(key, waiting)

    def try_again(self) -> None:
        """Try now whatever is not being tried."""
        for key, waiting in list(self._waiting.items()):
            if not waiting.trying:
                self._try(key, waiting)

    def of(self, case_id: str) -> list[Writing]:
        """What was written in a case and is not on disk yet."""
        return [w.writing for (case, _), w in self._waiting.items() if case == case_id]

    @property
    def waiting(self) -> bool:
        """Whether anything is not on disk yet."""
        return bool(self._waiting)

    @property
    def trying(self) -> bool:
        """Whether an attempt is under way."""
        return any(waiting.trying for waiting in self._waiting.values())

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What is not on disk yet, with the name of its field."""
        return [(w.label, w.writing.text) for w in self._waiting.values()]

    def forget(self) -> None:
        """Let go of what could not be stored; the user said so."""
        self._waiting.clear()
        self._timer.stop()
        self._failing = False

    def _on_time_come(self) -> None:
        for key, waiting in list(self._waiting.items()):
            if not waiting.trying and not waiting.broken:
                self._try(key, waiting)

    def _try(self, key: _Key, waiting: _Waiting) -> None:
        waiting.trying = True
        self._tasks.run(
            partial(self._services.cases.apply, key[0], waiting.writing),
            partial(self._on_stored, key, waiting),
            self,
            on_failed=partial(self._on_crashed, waiting),
            on_refused=partial(self._on_refused, key, waiting),
        )

    def _on_stored(self, key: _Key, waiting: _Waiting, changes: Changes) -> None:
        waiting.trying = False
        self._drop(key, waiting)
        self._events.written.emit(changes)
        self.stored.emit()
        if self._failing and not self._waiting:
            self._tell(Message("刚才没存下来的，现在存好了。"))
        self._go_on()

    def _on_refused(self, key: _Key, waiting: _Waiting, error: YibaoError) -> None:
        waiting.trying = False
        if isinstance(error, UserError):  # the case is gone, or the step
            self._drop(key, waiting)
            self._tell(Message.of(error))
        elif self._waiting.get(key) is waiting and not self._failing:
            self._failing = True
            kept = "您写的字都留着，过一会儿自己再存，请先不要关掉。"
            self._tell(Message(f"{error}{kept}{error.hint}", warning=True, lasting=True))
        self._go_on()

    def _on_crashed(self, waiting: _Waiting) -> None:
        """A bug, which has been reported; the text stays until the window is closed."""
        waiting.trying = False
        waiting.broken = True
        self._go_on()

    def _go_on(self) -> None:
        """Whatever came of an attempt: what still waits is tried again, now or later."""
        if all(waiting.broken for waiting in self._waiting.values()):
            self._failing = False
            self._timer.stop()
        elif self._failing and not self.trying:
            self._timer.start()
        if not self.trying:
            self.answered.emit()

    def _drop(self, key: _Key, waiting: _Waiting) -> None:
        if self._waiting.get(key) is waiting:
            del self._waiting[key]

    def _tell(self, message: Message) -> None:
        self._events.message_requested.emit(message)
