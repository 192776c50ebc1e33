"""Words for those who hear the program instead of seeing it."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(source: QWidget, text: str) -> None:
    """Have a screen reader, where one runs, say something now, wherever the focus is.

    It comes from a widget because only these are known to assistive technology.
    """
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
