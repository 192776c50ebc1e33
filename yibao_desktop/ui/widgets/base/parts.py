"""A layout that is filled again and again: only what is another than before is made anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from yibao_desktop.ui.widgets.base.labels import text_label

W = TypeVar("W", bound=QWidget)

_WIDE = Qt.AlignmentFlag(0)


@dataclass(frozen=True, slots=True)
class _Part:
    state: object
    widget: QWidget


class Parts:
    """Rows of a layout, each known by a key; put between ``begin`` and ``finish``, in order.

    A part whose state equals the one it was made for stays: what is typed in it, its focus and
    where it stands on the screen.
    """

    def __init__(self, rows: QBoxLayout, holder: QWidget) -> None:
        """Fill rows from the top; ``holder`` takes the focus of a part that goes."""
        self._rows = rows
        self._holder = holder
        self._shown: dict[Hashable, _Part] = {}
        self._before: dict[Hashable, _Part] = {}
        self._placed: list[tuple[int, QWidget | None]] = []

    def begin(self) -> None:
        """Whatever is not put again goes in the end."""
        self._before, self._shown = self._shown, {}

    def put(
        self,
        key: Hashable,
        state: object,
        make: Callable[[], W],
        alignment: Qt.AlignmentFlag = _WIDE,
    ) -> W:
        """Have a part stand next.

        Args:
            key: tells it from the others; those of one key are of one class and keep their order.
            state: all that the part shows; compared with ``==``.
            make: makes it, where it is not there or its state is another one.
            alignment: where it stands in its row; without one it fills it.
        """
        while key in self._shown:
            key = (key, "again")
        before = self._before.pop(key, None)
        after_stop = None
        if before is not None and before.state == state:
            widget = before.widget
        else:
            widget = make()
            if before is not None:
                after_stop = _stop_before(_stops(before.widget))
                self._drop(before.widget)
        at = len(self._shown)
        if self._rows.indexOf(widget) != at:
            self._rows.insertWidget(at, widget, 0, alignment)
            self._placed.append((at, after_stop))
            if self._holder.isVisible():  # the focus may be wanted before Qt shows it by itself
                widget.show()
        self._shown[key] = _Part(state, widget)
        return cast("W", widget)

    def renew(self, key: Hashable) -> None:
        """A part no longer shows what it was made to show: it is made anew when it is next put."""
        if key in self._shown:
            self._shown[key] = _Part(object(), self._shown[key].widget)

    def put_text(self, text: str, role: str = "") -> None:
        """Have a text stand next."""
        self.put((role, text), None, lambda: text_label(text, role))

    def finish(self) -> None:
        """Let go of what was not put again; Tab and a screen reader go from top to bottom."""
        for part in self._before.values():
            self._drop(part.widget)
        self._before = {}
        widgets = [part.widget for part in self._shown.values()]
        for at, _ in reversed(self._placed):
            if at + 1 < len(widgets):
                widgets[at].stackUnder(widgets[at + 1])
        if len(self._placed) < len(widgets):  # all of them are in order as they were made
            for at, after_stop in self._placed:
                _chain(_last_stop(widgets[:at]) or after_stop, _stops(widgets[at]))
        self._placed = []

    def _drop(self, widget: QWidget) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
            self._holder.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def _stops(widget: QWidget) -> list[QWidget]:
    """Where Tab stops in a widget, in order."""
    inside = [widget, *widget.findChildren(QWidget)]
    return [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _last_stop(widgets: list[QWidget]) -> QWidget | None:
    """Where Tab stops last in all of them."""
    found = (stops[-1] for widget in reversed(widgets) if (stops := _stops(widget)))
    return next(found, None)


def _stop_before(stops: list[QWidget]) -> QWidget | None:
    """Where Tab stops before the first of these."""
    if not stops:
        return None
    before = stops[0].previousInFocusChain()
    while before is not None and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    return before


def _chain(before: QWidget | None, stops: list[QWidget]) -> None:
    for stop in stops:
        if before is not None:
            QWidget.setTabOrder(before, stop)
        before = stop
