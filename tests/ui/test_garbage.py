"""What is thrown away is destroyed in the thread of the window."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QCoreApplication, QObject, QThread

from yibao_desktop.ui.program.garbage import GarbageCollector


class Watched(QObject):
    """Part of a cycle, and says in which thread it was thrown away."""

    def __init__(self, ends: list[bool]) -> None:
        super().__init__()
        self.itself = self
        self._ends = ends

    def __del__(self) -> None:
        self._ends.append(threading.current_thread() is threading.main_thread())


def test_a_worker_that_allocates_collects_nothing(window):
    """What it makes is kept: Python counts what is there, and what has gone again is not due."""
    ends: list[bool] = []
    kept: list[list[int]] = []
    Watched(ends)
    worker = threading.Thread(target=lambda: kept.extend([n] for n in range(20_000)))
    worker.start()
    worker.join()
    assert ends == []
    assert QThread.currentThread() == QCoreApplication.instance().thread()
    window.qtbot.waitUntil(lambda: ends == [True])
    assert len(kept) == 20_000


def test_python_collects_again_when_the_last_window_is_closed(qapp):
    first, second = GarbageCollector(), GarbageCollector()
    assert gc.isenabled()
    first.start()
    second.start()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    assert gc.isenabled()
