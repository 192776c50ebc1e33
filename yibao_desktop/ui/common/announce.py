"""Words for those who hear the program instead of seeing it."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtWidgets import QWidget


def announce(source: QWidget, text: str) -> None:
    """Have a screen reader, where one runs, say something now, wherever the focus is.

    It comes from a widget because only these are known to assistive technology.
    """
    if text:
        # Named here and not in the imports: PySide6 makes their many enums when they are first
        # named, and no start need wait for that.
        event = QtGui.QAccessibleAnnouncementEvent(source, text)
        QtGui.QAccessible.updateAccessibility(event)
