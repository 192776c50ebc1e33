"""Service calls off the user-interface thread, in one idiom."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from threading import Event
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from yibao_desktop.errors import YibaoError

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Lane(Enum):
    """Calls of one lane run one after the other; a lane that waits does not hold up the other."""

    RECORDS = "records"  # touches the user's records, and may wait for another program
    CONTENT = "content"  # reads the guide only
    DOCUMENTS = "documents"  # reads files of the user's, which may take minutes


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    """A call under way, and who hears what came of it."""

    future: Future[T]
    owner: QObject
    on_done: Callable[[T], None]
    on_failed: Callable[[], None] | None
    on_refused: Callable[[YibaoError], None] | None
    in_any_case: Callable[[T], None] | None

    @property
    def is_awaited(self) -> bool:
        """Whether whoever asked is still there."""
        return shiboken6.isValid(self.owner)

    def tell_result(self) -> None:
        """Tell what the call returned."""
        result = self.future.result()
        if self.is_awaited:
            self.on_done(result)
        if self.in_any_case is not None:
            self.in_any_case(result)

    def refuse(self, error: BaseException) -> bool:
        """Tell the owner why it was not to be; False where nobody there wants to hear it."""
        if self.on_refused is None or not self.is_awaited or not isinstance(error, YibaoError):
            return False
        _log.warning("%s", type(error).__name__)
        self.on_refused(error)
        return True


class TaskRunner(QObject):
    """Runs service calls in a thread for each lane; results arrive in the thread of the window.

    Signals:
        failed: a ``YibaoError`` to be shown to the user.
        crashed: any other exception, a bug.
        idle: the last call that was under way has been answered.
    """

    failed = Signal(object)
    crashed = Signal(object)
    idle = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.value) for lane in Lane
        }
        self._under_way = 0
        self._closing = Event()
        # Queued even where a call is done before it is known who hears of it, in this very thread:
        # whoever asked goes on first, and what is connected next hears, too.
        self._finished.connect(self._on_task_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return self._under_way > 0

    @property
    def closing(self) -> bool:
        """Whether the program ends: what would take long stops by itself; asked in any thread."""
        return self._closing.is_set()

    def run(
        self,
        call: Callable[[], T],
        on_done: Callable[[T], None],
        owner: QObject,
        on_failed: Callable[[], None] | None = None,
        lane: Lane = Lane.RECORDS,
        on_refused: Callable[[YibaoError], None] | None = None,
        in_any_case: Callable[[T], None] | None = None,
    ) -> None:
        """Run the call and hand its result to ``on_done``, unless ``owner`` is gone by then.

        Args:
            call: the call; the type of its result is what ``on_done`` takes.
            on_done: hears the result.
            owner: whose work it is.
            on_failed: called after the signal that tells of what the call raised.
            lane: which calls it waits for.
            on_refused: hears a ``YibaoError`` instead of the signal and of ``on_failed``.
            in_any_case: hears the result after ``on_done``, and where ``owner`` is gone as well.
        """
        self._under_way += 1
        future = self._executors[lane].submit(call)
        task = _Task(future, owner, on_done, on_failed, on_refused, in_any_case)
        future.add_done_callback(lambda _: self._finished.emit(task))

    def close(self) -> None:
        """Take no more calls and wait; what is to be recorded is, other waiting calls are dropped.

        Results are dropped in any case.
        """
        self._closing.set()
        self._finished.disconnect(self._on_task_finished)
        for lane, executor in self._executors.items():
            executor.shutdown(wait=True, cancel_futures=lane is not Lane.RECORDS)

    def _on_task_finished(self, task: _Task[object]) -> None:
        self._under_way -= 1
        error = task.future.exception()
        if error is None:
            task.tell_result()
        elif not task.refuse(error):
            self._tell(error)
            if task.on_failed is not None and task.is_awaited:
                task.on_failed()
        if not self._under_way:
            self.idle.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, YibaoError):
            _log.warning("%s", type(error).__name__)
            self.failed.emit(error)
        else:
            self.crashed.emit(error)
