"""Suggestions below the search box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from yibao_desktop.domain.guide.kinds import KIND_NAMES
from yibao_desktop.domain.guide.suggestions import Suggestion
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import page_icon
from yibao_desktop.ui.looks.theme import SPACE

_ROLE = Qt.ItemDataRole.UserRole


class SuggestionList(QListWidget):
    """Lies over the page and never takes the focus: an input method goes on in the box.

    It is no window of its own (as a completer's popup is), so that a click beside it reaches what
    is clicked.

    Signals:
        taken: the ``Suggestion`` that was clicked.
    """

    taken = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._pointer = QPoint()
        self.hide()
        self.setProperty("role", "suggestions")
        self.setAccessibleName("搜索建议")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_item_clicked)

    def show_below(self, box: QWidget, suggestions: Sequence[Suggestion]) -> None:
        """Replace what is offered, none of it marked; without suggestions go away."""
        if not suggestions:
            self.hide()
            return
        side = self._context.theme.metrics.icon
        self.setIconSize(QSize(side, side))
        self.clear()
        for suggestion in suggestions:
            self.addItem(self._row(suggestion))
        if self.isHidden():
            self._pointer = QCursor.pos()
        if self.parentWidget() is not box.window():
            self.setParent(box.window())
        self.place_below(box)
        self.show()
        self.raise_()

    def place_below(self, box: QWidget) -> None:
        """Lie below the box, as wide as it or as the texts need, within the window."""
        window = box.window()
        corner = box.mapTo(window, QPoint(0, box.height()))
        frame = 2 * self.frameWidth()
        wanted = self.sizeHintForColumn(0) + frame + 2 * SPACE
        width = min(max(box.width(), wanted), window.width() - corner.x() - SPACE)
        height = self.count() * self.sizeHintForRow(0) + frame
        self.setGeometry(
            corner.x(), corner.y(), width, min(height, window.height() - corner.y() - SPACE)
        )

    @property
    def marked(self) -> Suggestion | None:
        """The suggestion Enter would take."""
        return None if self.isHidden() else self._of_current(_ROLE)

    @property
    def marked_text(self) -> str:
        """The marked suggestion as a screen reader says it."""
        return self._of_current(Qt.ItemDataRole.AccessibleTextRole) or ""

    def _of_current(self, role: Qt.ItemDataRole) -> Any:
        return self.item(self.currentRow()).data(role) if self.currentRow() >= 0 else None

    @property
    def in_use(self) -> bool:
        """Whether one is about to choose: a row is marked, or the pointer was moved onto it."""
        pointed = self.underMouse() and QCursor.pos() != self._pointer
        return self.marked is not None or pointed

    def mark_next(self) -> bool:
        """Mark the next row; False where there is none."""
        if self.isHidden() or self.currentRow() + 1 == self.count():
            return False
        self.setCurrentRow(self.currentRow() + 1)
        return True

    def mark_previous(self) -> None:
        """Mark the row before; before the first there is only the box."""
        self.setCurrentRow(max(-1, self.currentRow() - 1))

    def _row(self, suggestion: Suggestion) -> QListWidgetItem:
        page = suggestion.page
        kind = KIND_NAMES[page.kind] if page else "搜过的话"
        icon = page_icon(page.kind, page.picture) if page else "history"
        secondary = self._context.theme.colors.text_secondary
        row = QListWidgetItem(self._context.icon(icon, secondary), suggestion.text)
        row.setToolTip(f"{suggestion.text}（{kind}）")
        row.setData(_ROLE, suggestion)
        row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{suggestion.text}，{kind}")
        return row

    def _on_item_clicked(self, row: QListWidgetItem) -> None:
        self.taken.emit(row.data(_ROLE))
