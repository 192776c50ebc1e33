"""What can be wrong with a screen: cut, sideways, on top of each other, unreadable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.screens.rings import ring_faults, room_of
from tests.ui.test_theme import contrast
from yibao_desktop.ui.looks.theme import LEAST_TARGET_PX
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.search.suggestion_list import SuggestionList

SLACK = 1
"""Logical pixels that rounding may cost."""

READABLE = 4.5
READABLE_LARGE = 3.0
LARGE_PX = 24
LARGE_BOLD_PX = 18.66
"""From these sizes on text counts as large (18 and 14 points)."""

_SHOWING = (QLabel, QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox)


_HELD: list[QWidget] = []
"""Qt's own parts that were met on the way: PySide takes them and their children along when it
throws the Python side of them away."""


def faults(top: QWidget, picture: QImage) -> list[str]:
    """Everything wrong with a window or dialog, each in a line; none where all is well."""
    found = [
        *_cut(top),
        *_sideways(top),
        *_scrolls_twice(top),
        *_overlapping(top),
        *_unreadable(top, picture),
    ]
    return list(dict.fromkeys(found))


def access_faults(top: QWidget) -> list[str]:
    """What keeps somebody from using it without a mouse or without seeing it."""
    chain = _focus_chain(top)
    return [*_nameless(chain), *_jumping(chain, top), *ring_faults(top)]


def small_targets(top: QWidget) -> Iterator[str]:
    """Buttons that somebody whose hand is not sure would miss; what empties a field is its part."""
    for button in _seen(top, QAbstractButton):
        if min(button.size().toTuple()) < LEAST_TARGET_PX and not isinstance(
            button.parentWidget(), QLineEdit
        ):
            yield f"small target: {_says(button)} {button.size().toTuple()}"


def _focus_chain(top: QWidget) -> list[QWidget]:
    """What Tab leads to, in that order."""
    chain, widget = [], top.nextInFocusChain()
    while widget is not None and widget is not top:
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if widget.focusProxy() is not None:
            takes_focus = False  # part of another that has the name and the ring
        if takes_focus and widget.isVisible() and widget.isEnabled() and widget.window() is top:
            chain.append(widget)
        _HELD.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def _nameless(chain: list[QWidget]) -> Iterator[str]:
    for widget in chain:
        seen = QAccessible.queryAccessibleInterface(widget)
        if not seen.text(QAccessible.Text.Name).strip():
            yield f"no name: {type(widget).__name__}"
        if seen.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client) and not isinstance(
            widget, QAbstractScrollArea
        ):
            yield f"no role: {_says(widget)}"


def _jumping(chain: list[QWidget], top: QWidget) -> Iterator[str]:
    """Within a column Tab leads downwards; it may go up again only from one column to another."""
    for first, second in pairwise(chain):
        a, b = _place(first, top), _place(second, top)
        same_column = first.parentWidget() is not None and (
            _column_of(first) is not None and _column_of(first) is _column_of(second)
        )
        if same_column and b.bottom() < a.top():
            yield f"tab goes up: {_says(first)} → {_says(second)}"


def _column_of(widget: QWidget) -> QWidget | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Column):
        _HELD.append(parent)
        parent = parent.parentWidget()
    return parent


def _seen(top: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> list[QWidget]:
    return [w for w in top.findChildren(QWidget) if isinstance(w, kind) and w.isVisible()]


def _says(widget: QWidget) -> str:
    text = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{text[:24]}”"


def _cut(top: QWidget) -> Iterator[str]:
    for label in _seen(top, QLabel):
        assert isinstance(label, QLabel)
        if not label.text():
            continue
        if label.wordWrap():
            if label.height() < label.heightForWidth(label.width()) - SLACK:
                yield f"cut: {_says(label)} {label.height()} of {label.heightForWidth(label.width())}"
            if label.width() < label.minimumSizeHint().width() - SLACK:
                yield f"narrow: {_says(label)}"
        elif label.width() < label.sizeHint().width() - SLACK:
            yield f"cut: {_says(label)} {label.width()} of {label.sizeHint().width()}"
    for button in _seen(top, QAbstractButton):
        least = button.minimumSizeHint()
        if button.hasHeightForWidth():
            least.setHeight(button.heightForWidth(button.width()))
        is_small = (
            button.width() < least.width() - SLACK or button.height() < least.height() - SLACK
        )
        if is_small and not isinstance(button.parentWidget(), QLineEdit):
            yield f"cut: {_says(button)} {button.size().toTuple()} of {least.toTuple()}"


def _place(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def _sideways(top: QWidget) -> Iterator[str]:
    for area in _seen(top, QAbstractScrollArea):
        assert isinstance(area, QAbstractScrollArea)
        if area.horizontalScrollBar().maximum() > 0:
            yield f"scrolls sideways: {type(area).__name__} “{area.accessibleName()}”"
    for widget in _seen(top, (*_SHOWING, Column)):
        place, room = _place(widget, top), room_of(widget, top)
        if room.isEmpty():
            continue  # scrolled away
        if place.right() > room.right() + SLACK or place.left() < room.left() - SLACK:
            yield f"sticks out: {_says(widget)} {place.left()}–{place.right()} of {room.right()}"


def _scrolls_twice(top: QWidget) -> Iterator[str]:
    """Whatever turns the wheel over a page turns one thing; a field to write in is one of its own."""
    bars = [
        (area, _place(area, top) & room_of(area, top))
        for area in _seen(top, QAbstractScrollArea)
        if isinstance(area, QAbstractScrollArea)
        and not isinstance(area, QPlainTextEdit)
        and area.verticalScrollBar().isVisible()
        and area.verticalScrollBar().maximum() > 0
    ]
    for (first, a), (second, b) in combinations(bars, 2):
        inside = first.isAncestorOf(second) or second.isAncestorOf(first)
        if inside or min(a.right(), b.right()) - max(a.left(), b.left()) > SLACK:
            yield f"scrolls twice: {_area_says(first)} and {_area_says(second)}"


def _area_says(area: QAbstractScrollArea) -> str:
    return f"{type(area).__name__} “{area.accessibleName()}” {area.verticalScrollBar().maximum()}"


def _overlapping(top: QWidget) -> Iterator[str]:
    shown = [
        (w, _place(w, top) & room_of(w, top))
        for w in _seen(top, _SHOWING)
        if not isinstance(w.parentWidget(), (QLineEdit, QAbstractSpinBox, SuggestionList))
    ]
    for (first, a), (second, b) in combinations(shown, 2):
        if first.isAncestorOf(second) or second.isAncestorOf(first):
            continue
        common = a & b
        if common.width() > SLACK and common.height() > SLACK:
            yield f"on top of each other: {_says(first)} and {_says(second)}"


def _unreadable(top: QWidget, picture: QImage) -> Iterator[str]:
    ratio = picture.devicePixelRatio()
    for label in _seen(top, QLabel):
        assert isinstance(label, QLabel)
        place = _place(label, top) & room_of(label, top) & top.rect()
        if not label.text() or place.height() < label.fontMetrics().height() or place.width() < 8:
            continue
        area = QRect(
            round(place.x() * ratio), round(place.y() * ratio),
            round(min(place.width(), 320) * ratio), round(min(place.height(), 240) * ratio),
        )  # fmt: skip
        reached = measured_contrast(picture.copy(area))
        large = label.font().pixelSize() >= (LARGE_BOLD_PX if label.font().bold() else LARGE_PX)
        if reached < (READABLE_LARGE if large else READABLE):
            yield f"contrast {reached:.1f}: {_says(label)}"


def measured_contrast(picture: QImage) -> float:
    """Contrast of what is drawn against what it is drawn on, the commonest colour."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I").tolist())
    (ground, _), *others = counted.most_common()
    name = QColor.fromRgb(ground).name()
    return max((contrast(name, QColor.fromRgb(c).name()) for c, _ in others[:60]), default=1.0)
