"""Service calls off the user-interface thread, in one idiom."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from yibao_desktop.errors import YibaoError

_log = logging.getLogger(__name__)


class Lane(Enum):
    """Calls of one lane run one after the other; a lane that waits does not hold up the other."""

    RECORDS = "records"  # touches the user's records, and may wait for another program
    CONTENT = "content"  # reads the guide only


@dataclass(frozen=True, slots=True)
class _Task:
    future: Future[Any]
    owner: QObject
    on_done: Callable[[Any], None]
    on_failed: Callable[[], None] | None


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
        self._finished.connect(self._on_task_finished)

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return self._under_way > 0

    def run(
        self,
        call: Callable[[], Any],
        on_done: Callable[[Any], None],
        owner: QObject,
        on_failed: Callable[[], None] | None = None,
        lane: Lane = Lane.RECORDS,
    ) -> None:
        """Run the call and hand its result to ``on_done``, unless ``owner`` is gone by then.

        Where it raises, ``on_failed`` is called after the signal that tells of it.
        """
        self._under_way += 1
        future = self._executors[lane].submit(call)
        task = _Task(future, owner, on_done, on_failed)
        future.add_done_callback(lambda _: self._finished.emit(task))

    def close(self) -> None:
        """Take no more calls and wait; what is to be recorded is, other waiting calls are dropped.

        Results are dropped in any case.
        """
        self._finished.disconnect(self._on_task_finished)
        for lane, executor in self._executors.items():
            executor.shutdown(wait=True, cancel_futures=lane is not Lane.RECORDS)

    def _on_task_finished(self, task: _Task) -> None:
        self._under_way -= 1
        error = task.future.exception()
        if error is not None:
            self._tell(error)
        if not shiboken6.isValid(task.owner):
            pass
        elif error is None:
            task.on_done(task.future.result())
        elif task.on_failed is not None:
            task.on_failed()
        if not self._under_way:
            self.idle.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, YibaoError):
            _log.warning("%s", type(error).__name__)
            self.failed.emit(error)
        else:
            self.crashed.emit(error)
