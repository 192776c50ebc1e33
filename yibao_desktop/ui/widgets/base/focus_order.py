"""Tab goes through a page as one sees it, from top to bottom, in whatever order it was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QStackedWidget, QWidget


def order_focus(page: QWidget) -> None:
    """Set the order in which Tab goes through what a page holds, by its layouts."""
    for before, after in pairwise(_stops(page)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """What may take the focus, now or later, by the layouts; a widget before what is in it.

    What a widget calls ``leading`` stands at the top of it and comes before it.
    """
    leading = getattr(widget, "leading", None)
    if leading is not None:
        yield from _stops(leading)
    stops = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.focusProxy()
    if stops:
        yield widget
    layout = widget.layout()
    if isinstance(widget, QAbstractScrollArea):
        yield from _among(widget.viewport(), leading)
    elif layout is not None and not isinstance(widget, QStackedWidget):
        yield from _in_layout(layout, widget)
    elif not stops:  # what a field is made of is its own business
        yield from _among(widget)


def _among(parent: QWidget, besides: QWidget | None = None) -> Iterator[QWidget]:
    """Of what stands in no layout, as it was made."""
    for child in parent.children():
        if isinstance(child, QWidget) and not child.isWindow() and child is not besides:
            yield from _stops(child)


def _in_layout(layout: QLayout, holder: QWidget) -> Iterator[QWidget]:
    """Of what stands in a layout, in its order.

    It is asked where each child stands, and not what stands where: PySide may take the item of a
    place for one that has gone, and crash.
    """
    children = [*layout.children(), *holder.children()]
    placed = [c for c in children if isinstance(c, QLayout | QWidget) and layout.indexOf(c) >= 0]
    for child in sorted(placed, key=layout.indexOf):
        if isinstance(child, QLayout):
            yield from _in_layout(child, holder)
        else:
            yield from _stops(child)
