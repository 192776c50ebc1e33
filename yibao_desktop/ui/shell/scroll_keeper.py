"""How far a page is scrolled, and scrolling it there again once it is filled."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from yibao_desktop.ui.common.navigation import TOP, Position
from yibao_desktop.ui.work.tasks import TaskRunner

SETTLED_MS = 100
"""So long after it could be scrolled to where it was a page is taken to have its final height."""

PATIENCE_MS = 2000
"""A page that cannot be scrolled there so long after the last answer has become shorter."""


def _area(page: QWidget | None) -> QAbstractScrollArea | None:
    """What scrolls the page: the largest scrolling part that can be seen."""
    if page is None:
        return None
    areas = [area for area in _outermost(page) if area.isVisibleTo(page)]
    return max(areas, key=lambda a: a.width() * a.height(), default=None)


def _outermost(widget: QWidget) -> Iterator[QAbstractScrollArea]:
    """Every scrolling part that is in no other; what is in them can be very much."""
    for child in widget.children():
        if isinstance(child, QAbstractScrollArea):
            yield child
        elif isinstance(child, QWidget):
            yield from _outermost(child)


def _shape(area: QAbstractScrollArea) -> tuple[int, int]:
    """What the heights on a page depend on: its width and the size of its text."""
    return area.width(), area.fontMetrics().lineSpacing()


def position_of(page: QWidget | None) -> Position:
    """How far a page is scrolled."""
    area = _area(page)
    if area is None:
        return TOP
    bar = area.verticalScrollBar()
    return Position(bar.value(), bar.maximum(), *_shape(area))


class ScrollKeeper(QObject):
    """Pages fill themselves when their answers come: what is wanted waits for its time.

    The user's own scrolling ends the waiting.
    """

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._page: QWidget | None = None
        self._wanted = TOP
        self._area: QAbstractScrollArea | None = None
        self._bar: QScrollBar | None = None
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self.forget)
        tasks.idle.connect(self._on_tasks_idle)

    @property
    def waiting(self) -> bool:
        """Whether a page is still to be scrolled."""
        return self._page is not None

    def restore(self, page: QWidget | None, wanted: Position) -> None:
        """Scroll a page that is being filled to where it was."""
        self.forget()
        if wanted.value <= 0:
            return
        self._page, self._wanted = page, wanted
        if not self._tasks.busy:
            self._settled.start(PATIENCE_MS)
        self._attach()

    def _attach(self) -> None:
        """Follow the bar there is now; a page may have another one once it is filled."""
        self._detach()
        area = _area(self._page)
        if area is not None:
            bar = area.verticalScrollBar()
            self._area, self._bar = area, bar
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
            self._area = self._bar = None

    def _scroll(self) -> None:
        if self._area is not None and self._bar is not None:
            share = self._wanted.value / max(1, self._wanted.maximum)
            as_it_was = _shape(self._area) == (self._wanted.width, self._wanted.line)
            new = self._wanted.value if as_it_was else round(share * self._bar.maximum())
            self._bar.setValue(new)
            if not self._tasks.busy and self._bar.maximum() >= max(1, new):
                self._settled.start(SETTLED_MS)

    def _on_tasks_idle(self) -> None:
        if self._page is not None:
            self._settled.start(PATIENCE_MS)
            self._attach()

    def _on_bar_destroyed(self) -> None:
        self._area = self._bar = None
