"""Words for those who hear the program instead of seeing it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, text: str) -> None:
    """Have a screen reader, where one runs, say something now, wherever the focus is."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
