"""Waiting for something while events are handled."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.work.tasks import TaskRunner

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchUpdate,
)


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


class HandsOff(QObject):
    """Watches a window until nobody has typed, clicked or scrolled in it for a while.

    Signals:
        come: so much time has passed; comes once.
    """

    come = Signal()

    def __init__(self, window: QWindow, quiet_ms: int) -> None:
        super().__init__(window)
        self._window = window
        self._quiet = QTimer(self, singleShot=True, interval=quiet_ms)
        self._quiet.timeout.connect(self._on_quiet)
        window.installEventFilter(self)
        self._quiet.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew with every touch."""
        if event.type() in _TOUCHES:
            self._quiet.start()
        return False

    def _on_quiet(self) -> None:
        self._window.removeEventFilter(self)
        self.come.emit()
        self.deleteLater()


def wait_for(signal: SignalInstance, patience_ms: int) -> bool:
    """Handle events until the signal comes, but no longer than so many milliseconds.

    Returns:
        Whether it came.
    """
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(patience_ms, loop, partial(loop.exit, 1))
    return loop.exec() == 0


def wait_for_paint(widget: QWidget, patience_ms: int) -> bool:
    """Handle events until the widget, which has just been shown, is painted; whether it was."""
    return wait_for(FirstPaint(widget).done, patience_ms)


def wait_until_idle(tasks: TaskRunner, patience_ms: int) -> None:
    """Handle events until no call is under way."""
    if tasks.busy:
        wait_for(tasks.idle, patience_ms)
