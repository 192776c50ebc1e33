"""Work that can wait until what the user asked for can be seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

PAINTED = Qt.EventPriority.LowEventPriority.value - 1
"""Priority of an event that comes when all that is under way has been laid out and painted."""

_AFTERWARDS = PAINTED - 1


class _Waiting(QObject):
    def __init__(self, call: Callable[[], object], owner: QObject) -> None:
        super().__init__(owner)
        self._call = call
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTERWARDS)

    def customEvent(self, _event: QEvent) -> None:
        self.setParent(None)
        self._call()


def after_paint(owner: QObject, call: Callable[[], object]) -> None:
    """Call when what has changed so far has been painted, unless ``owner`` is gone by then."""
    _Waiting(call, owner)
