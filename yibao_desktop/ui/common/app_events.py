"""News that concern more than one page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class AppEvents(QObject):
    """Told by whoever did something, heard by every page that may be out of date.

    Signals:
        changed: ``Changes`` a service returned.
        open_requested: ``Location`` to be shown.
        message_requested: ``Message`` for the message bar.
    """

    changed = Signal(object)
    open_requested = Signal(object)
    message_requested = Signal(object)
