"""What a screen reader makes of the events the program sends it."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent


def spoken(event: QAccessibleEvent) -> list[str]:
    """The words of an announcement, or of the alert that older versions of Qt have for it."""
    if hasattr(event, "message"):
        return [event.message()]
    if event.type() == QAccessible.Event.Alert:
        return [event.object().accessibleName()]
    return []
