"""Whether what has the focus is marked by one whole ring, or one bar, that is seen whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

AROUND = 4
"""Pixels around a widget that are looked at, too: a mark may stand out of it."""

CLOSED = 0.6
"""Of each side of the mark so much is drawn at least; the corners of a ring are round."""

MOST_STAYS = 200
"""From link to link of a text, or where there is nothing else."""

_HELD: list[QWidget] = []
"""Qt's own parts that were met on the way: PySide takes them and their children along when it
throws the Python side of them away."""


def ring_faults(top: QWidget) -> Iterator[str]:
    """What is wrong with the marks of all that Tab comes to in a window or dialog, each a line."""
    before = top.focusWidget()
    for widget in _stops(top):
        fault = _fault(widget, top)
        if fault:
            yield f"{fault}: {_says(widget)}"
    if before is not None:
        before.setFocus(Qt.FocusReason.OtherFocusReason)


def _stops(top: QWidget) -> Iterator[QWidget]:
    """What Tab comes to, from the first time round to the first that comes again.

    Links in a text are stops of their own and keep the focus where it is.
    """
    seen: set[QWidget] = set()
    stays = 0
    while stays < MOST_STAYS:
        focused = top.focusWidget() or top
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = top.focusWidget()
        stays = stays + 1 if now is focused else 0
        if now is None or (now in seen and not stays):
            return
        _HELD.append(now)
        if now not in seen:
            seen.add(now)
            yield now
            now.setFocus(Qt.FocusReason.OtherFocusReason)
    assert len(seen) == 1, f"Tab does not leave {_says(focused)}"


def _fault(widget: QWidget, top: QWidget) -> str:
    """What is wrong with the mark of a widget that has the focus; empty where nothing is."""
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    room = room_of(widget, top)
    if not room.contains(place) and place.height() <= room.height():
        return "has the focus and is not seen whole"
    around = place.adjusted(-AROUND, -AROUND, AROUND, AROUND) & top.rect()
    if isinstance(widget, QLineEdit):
        widget.deselect()
    marked = _pixels(top, around)
    top.setFocus(Qt.FocusReason.OtherFocusReason)
    changed = marked != _pixels(top, around)
    return _fault_of_mark(changed, isinstance(widget, QLineEdit | QPlainTextEdit))


def _fault_of_mark(changed: NDArray[np.bool_], has_caret: bool) -> str:
    rows, columns = np.nonzero(changed)
    if not len(rows):
        return "no focus ring"
    mark = changed[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    sides = (mark[0], mark[-1], mark[:, 0], mark[:, -1])
    if min(side.mean() for side in sides) < CLOSED:
        return "focus ring is not closed"
    across = mark[len(mark) // 2].astype(np.int8)
    strokes = int(across[0]) + int((np.diff(across) == 1).sum())
    if strokes > (3 if has_caret else 2):
        return "focus ring is double, or moves the text"
    return ""


def _pixels(top: QWidget, part: QRect) -> NDArray[np.uint32]:
    image = top.grab(part).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    return pixels.reshape(image.height(), image.width()).copy()


def room_of(widget: QWidget, top: QWidget) -> QRect:
    """Where in the window a widget can be seen: within the window and all views it scrolls in."""
    room = top.rect()
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            room &= QRect(parent.mapTo(top, QPoint(0, 0)), parent.size())
        parent = area
    return room


def _says(widget: QWidget) -> str:
    text = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{text[:24]}”"
