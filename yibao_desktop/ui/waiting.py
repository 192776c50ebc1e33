"""Waiting for something while events are handled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.tasks import TaskRunner


class FirstPaint(QObject):
    """Watches one widget.

    Signals:
        done: the widget has been painted; comes once.
    """

    done = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See the first painting; it is done when Qt comes back to its events."""
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, self.done.emit)
        return False


def wait_for(signal: SignalInstance, patience_ms: int) -> None:
    """Handle events until the signal comes, but no longer than so many milliseconds."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(patience_ms, loop, loop.quit)
    loop.exec()


def wait_for_paint(widget: QWidget, patience_ms: int) -> None:
    """Handle events until the widget, which has just been shown, is painted."""
    wait_for(FirstPaint(widget).done, patience_ms)


def wait_until_idle(tasks: TaskRunner, patience_ms: int) -> None:
    """Handle events until no call is under way."""
    if tasks.busy:
        wait_for(tasks.idle, patience_ms)
