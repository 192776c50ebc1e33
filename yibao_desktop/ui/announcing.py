"""Telling a screen reader what has come up away from the focus."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QObject


def announce(source: QObject, text: str) -> None:
    """Have a text said; ``source`` is the widget it comes from."""
    # Named here and not in the imports: PySide6 makes their many enums when they are first named,
    # and no start need wait for that.
    event = QtGui.QAccessibleAnnouncementEvent(source, text)
    QtGui.QAccessible.updateAccessibility(event)
