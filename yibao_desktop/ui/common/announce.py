"""Words for those who hear the program instead of seeing it."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

BEARER = "announcement"


def announce(source: QWidget, text: str) -> None:
    """Have a screen reader, where one runs, say something now, wherever the focus is.

    It comes from a widget because only these are known to assistive technology.
    """
    if text:
        # Named here and not in the imports: PySide6 makes their many enums when they are first
        # named, and no start need wait for that.
        QtGui.QAccessible.updateAccessibility(_event(source, text))


def _event(source: QWidget, text: str) -> QtGui.QAccessibleEvent:
    """What tells a screen reader to speak.

    Before Qt 6.8 there are no announcements, and an alert is sent: readers say the name of what it
    comes from then, a label that is never shown and bears the text. What is lost: some say "alert"
    first, and some say nothing of what is not on the screen.
    """
    if hasattr(QtGui, "QAccessibleAnnouncementEvent"):
        return QtGui.QAccessibleAnnouncementEvent(source, text)
    bearer = source.findChild(QLabel, BEARER, Qt.FindChildOption.FindDirectChildrenOnly)
    if bearer is None:
        bearer = QLabel(source)
        bearer.setObjectName(BEARER)
        bearer.hide()
    bearer.setAccessibleName(text)
    return QtGui.QAccessibleEvent(bearer, QtGui.QAccessible.Event.Alert)
