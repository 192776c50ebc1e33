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
            key: tells it from all the others; those of one key are of one class.
            state: all that the part shows; compared with ``==``.
            make: makes it, where it is not there or its state is another one.
            alignment: where it stands in its row; without one it fills it.
        """
        before = self._before.pop(key, None)
        if before is not None and before.state == state:
            widget = before.widget
        else:
            widget = make()
            if before is not None:
                self._drop(before.widget)
        at = len(self._shown)
        there = self._rows.itemAt(at)
        if there is None or there.widget() is not widget:
            self._rows.insertWidget(at, widget, 0, alignment)
            if self._holder.isVisible():  # the focus may be wanted before Qt shows it by itself
                widget.show()
        self._shown[key] = _Part(state, widget)
        return cast("W", widget)

    def put_text(self, text: str, role: str = "") -> None:
        """Have a text stand next; the same text twice is two parts."""
        key: Hashable = (role, text)
        while key in self._shown:
            key = (key, "again")
        self.put(key, None, lambda: text_label(text, role))

    def finish(self) -> None:
        """Let go of what was not put again."""
        for part in self._before.values():
            self._drop(part.widget)
        self._before = {}

    def _drop(self, widget: QWidget) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
            self._holder.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
