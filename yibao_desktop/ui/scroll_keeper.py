"""How far a page is scrolled, and scrolling it there again once it is filled."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from yibao_desktop.ui.tasks import TaskRunner

SETTLED_MS = 100
"""So long after the last answer a page is taken to have its final height."""


def _bar(page: QWidget | None) -> QScrollBar | None:
    """The bar of what scrolls the page: the largest scrolling part that can be seen."""
    if page is None:
        return None
    areas = [a for a in page.findChildren(QAbstractScrollArea) if a.isVisibleTo(page)]
    if not areas:
        return None
    return max(areas, key=lambda a: a.width() * a.height()).verticalScrollBar()


def scrolled(page: QWidget | None) -> float:
    """How far a page is scrolled, from 0 at its top to 1 at its end."""
    bar = _bar(page)
    return bar.value() / bar.maximum() if bar is not None and bar.maximum() else 0.0


class ScrollKeeper(QObject):
    """Pages fill themselves when their answers come: what is wanted waits for its time.

    The user's own scrolling ends the waiting.
    """

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._page: QWidget | None = None
        self._wanted = 0.0
        self._bar: QScrollBar | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.forget)
        tasks.idle.connect(self._on_tasks_idle)

    def restore(self, page: QWidget | None, wanted: float) -> None:
        """Scroll a page that is being filled to where it was."""
        self.forget()
        if wanted <= 0:
            return
        self._page, self._wanted = page, wanted
        self._attach()
        if not self._tasks.busy:
            self._settled.start()

    def _attach(self) -> None:
        """Follow the bar there is now; a page may have another one once it is filled."""
        self._detach()
        bar = _bar(self._page)
        if bar is not None:
            self._bar = bar
            bar.rangeChanged.connect(self._scroll)
            bar.actionTriggered.connect(self.forget)
            bar.destroyed.connect(self._on_bar_destroyed)
            self._scroll()

    def forget(self) -> None:
        """Leave the page where it is."""
        self._settled.stop()
        self._page = None
        self._detach()

    def _detach(self) -> None:
        if self._bar is not None:
            self._bar.rangeChanged.disconnect(self._scroll)
            self._bar.actionTriggered.disconnect(self.forget)
            self._bar.destroyed.disconnect(self._on_bar_destroyed)
            self._bar = None

    def _scroll(self) -> None:
        if self._bar is not None:
            self._bar.setValue(round(self._wanted * self._bar.maximum()))

    def _on_tasks_idle(self) -> None:
        if self._page is not None:
            self._attach()
            self._settled.start()

    def _on_bar_destroyed(self) -> None:
        self._bar = None
