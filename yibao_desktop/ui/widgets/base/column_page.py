"""What pages that are one scrolling column have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.tick_box import TickBox

_FILLED_IN = (TickBox, QLineEdit, QPlainTextEdit)


class ColumnPage(QWidget):
    """A page made anew each time it is shown: ``_begin``, then add to ``_column``.

    What is in ``_foot`` stays below the column, whatever that is scrolled to.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "page")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._column = Column()
        self._looks: tuple[object, ...] = ()
        rows.addWidget(self._column)
        self.setFocusProxy(self._column)
        self._foot = QVBoxLayout()
        rows.addLayout(self._foot)

    def _begin(self) -> None:
        """Empty the column and give it the width that suits the text size."""
        self._column.clear(self._context.theme.metrics.column)

    def _begin_parts(self, anew: bool) -> bool:
        """Begin to put the parts of the column; whether the column has been emptied before.

        That is so where the page is to be filled ``anew``, and where colours, sizes or the voice,
        which its parts were made for, are others now.
        """
        theme = self._context.theme
        looks = (theme.metrics, theme.colors, self._context.speech.available)
        emptied = anew or looks != self._looks
        if emptied:
            self._begin()
        self._looks = looks
        self._column.parts.begin()
        return emptied

    def _focused_name(self) -> str:
        """Name of the box or field that has the focus; empty where none has."""
        widget = self.focusWidget()
        return widget.accessibleName() if isinstance(widget, _FILLED_IN) else ""

    def _focus(self, name: str) -> None:
        """Give the focus to the box or field of that name, once the page has been made anew."""
        for widget in self.findChildren(QWidget) if name else ():
            if isinstance(widget, _FILLED_IN) and widget.accessibleName() == name:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(widget, QPlainTextEdit):
                    widget.moveCursor(QTextCursor.MoveOperation.End)
