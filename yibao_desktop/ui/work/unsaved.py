"""What was written in a field and is not on disk yet: kept, and tried again until it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from yibao_desktop.errors import UserError, YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.app_events import AppEvents
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.work.tasks import TaskRunner

RETRY_MS = 5_000
"""After a failure it is tried again so often."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where something is written: the case, what of it, and where it has several, which."""

    case: str
    what: str
    which: str = ""


@dataclass(slots=True, eq=False)
class _Writing:
    text: str
    label: str
    call: Callable[[], Changes]
    trying: bool = False


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

    def __init__(self, tasks: TaskRunner, events: AppEvents) -> None:
        super().__init__()
        self._tasks = tasks
        self._events = events
        self._pending: dict[Field, _Writing] = {}
        self._failing = False
        self._timer = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._timer.timeout.connect(self.try_again)

    def store(self, field: Field, text: str, label: str, call: Callable[[], Changes]) -> None:
        """Store a text by a call; ``label`` names the field to the user."""
        writing = self._pending[field] = _Writing(text, label, call)
        if not self._failing:
            self._try(field, writing)

    def try_again(self) -> None:
        """Try now whatever is not being tried."""
        for field, writing in list(self._pending.items()):
            if not writing.trying:
                self._try(field, writing)

    def of(self, case: str) -> dict[Field, str]:
        """The texts written in a case that are not on disk yet."""
        return {field: w.text for field, w in self._pending.items() if field.case == case}

    @property
    def waiting(self) -> bool:
        """Whether anything is not on disk yet."""
        return bool(self._pending)

    @property
    def trying(self) -> bool:
        """Whether an attempt is under way."""
        return any(writing.trying for writing in self._pending.values())

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What is not on disk yet, with the name of its field."""
        return [(writing.label, writing.text) for writing in self._pending.values()]

    def forget(self) -> None:
        """Let go of what could not be stored; the user said so."""
        self._pending.clear()
        self._timer.stop()
        self._failing = False

    def _try(self, field: Field, writing: _Writing) -> None:
        writing.trying = True
        done = partial(self._on_tried, field, writing)
        crashed = partial(self._on_crashed, writing)
        self._tasks.run(partial(_stored, writing.call), done, self, on_failed=crashed)

    def _on_tried(self, field: Field, writing: _Writing, error: YibaoError | None) -> None:
        writing.trying = False
        if error is None or isinstance(error, UserError):
            self._drop(field, writing)
        if isinstance(error, UserError):  # the case is gone, or the step
            self._tell(Message.of(error))
        elif error is None:
            self.stored.emit()
            if self._failing and not self._pending:
                self._failing = False
                self._tell(Message("刚才没存下来的，现在存好了。"))
        elif self._pending.get(field) is writing:
            self._timer.start()
            if not self._failing:
                self._failing = True
                kept = "您写的字都留着，过一会儿自己再存，请先不要关掉。"
                self._tell(Message(f"{error}{kept}{error.hint}", warning=True))
        self._tell_answered()

    def _on_crashed(self, writing: _Writing) -> None:
        """A bug, which has been reported; the text stays until the window is closed."""
        writing.trying = False
        self._tell_answered()

    def _drop(self, field: Field, writing: _Writing) -> None:
        if self._pending.get(field) is writing:
            del self._pending[field]

    def _tell(self, message: Message) -> None:
        self._events.message_requested.emit(message)

    def _tell_answered(self) -> None:
        if not self.trying:
            self.answered.emit()


def _stored(call: Callable[[], Changes]) -> YibaoError | None:
    """What stood in the way; None where the call did its work."""
    try:
        call()
    except YibaoError as error:
        return error
    return None
