"""The search box: tells what was typed after each pause, and offers to complete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from yibao_desktop.domain.guide.suggestions import MAX_QUERY, Suggestion, suggest
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import with_room
from yibao_desktop.ui.widgets.base.icon_style import FRAME_PX, FieldIconStyle
from yibao_desktop.ui.widgets.search.suggestion_list import SuggestionList
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Item

PAUSE_MS = 180
"""Typing that stops for so long is searched for."""

STAY_MS = 1200
"""Suggestions nobody turns to make way for the results below them after so long."""


class SearchBox(QLineEdit):
    """Text of an input method counts only once it is committed.

    Suggestions come with each character, sooner than results can. They lie over the results, which
    have the same pages and more: so once these are shown and typing has stopped the suggestions go
    by themselves, unless one of them is marked or pointed at.

    Signals:
        query_changed: the text, after a pause in typing; empty when the box was emptied.
        query_submitted: the text, when Enter was pressed or an earlier query was taken.
        results_requested: the down arrow was pressed below the last suggestion.
        open_requested: id of the suggested page that was taken.
    """

    query_changed = Signal(str)
    query_submitted = Signal(str)
    results_requested = Signal()
    open_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entries: list[Item] = []
        self._queries: list[str] = []
        self._is_told = False
        self._build_ui()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._stay = QTimer(self, singleShot=True, interval=STAY_MS)
        self._connect_signals()
        self._on_theme_changed()

    def load_entries(self) -> None:
        """Read which pages can be offered."""
        entries = self._context.services.guide.entries
        self._context.tasks.run(entries, self._on_entries_read, self, lane=Lane.CONTENT)

    def _build_ui(self) -> None:
        self.setStyle(FieldIconStyle(self._context.theme, self))
        self._picture = QAction("搜", self)
        self.addAction(self._picture, QLineEdit.ActionPosition.LeadingPosition)
        self.setPlaceholderText("例如：卡丢了怎么办")
        self.setAccessibleName("搜索")
        self.setAccessibleDescription(
            "输入您想办的事，停下来就会出结果；有建议时用上下键选，回车打开"
        )
        self.setToolTip("搜索（Ctrl+K）")
        # Qt's own button would load every picture format there is before the window is painted.
        self._clear = QAction("清空", self, visible=False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.setMaxLength(MAX_QUERY)
        self._suggestions = SuggestionList(self._context, self)

    def _connect_signals(self) -> None:
        self._pause.timeout.connect(self._on_pause_timeout)
        self._stay.timeout.connect(self._on_stay_timeout)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._on_text_set)
        self._picture.triggered.connect(self._on_return_pressed)
        self.returnPressed.connect(self._on_return_pressed)
        self._suggestions.taken.connect(self._on_suggestion_taken)
        self._context.theme.changed.connect(self._on_theme_changed)
        self._context.events.changed.connect(self._on_changed)

    @property
    def suggestions(self) -> SuggestionList:
        """What is offered below the box."""
        return self._suggestions

    def show_query(self, query: str) -> None:
        """Show a query that did not come from typing."""
        self._pause.stop()
        if self.text() != query:
            self._suggestions.hide()
            self._set_silently(query)

    def forget(self) -> None:
        """Nothing can be taken back into the box."""
        self._pause.stop()
        self._suggestions.hide()
        self._set_silently("")  # which also forgets what was typed step by step
        self._queries = []

    def make_way(self) -> None:
        """Results are there: let the suggestions go after a while."""
        self._stay.start()

    # -- keys, focus, place -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the suggestions, Enter takes the marked one, Escape closes them.

        Below the last one, or without suggestions, the down arrow goes on to the results, and
        Escape empties the box.
        """
        if not self._handle(event.key()):
            super().keyPressEvent(event)

    def _handle(self, key: int) -> bool:
        offered = not self._suggestions.isHidden()
        if key == Qt.Key.Key_Down:
            self._go_down()
        elif key == Qt.Key.Key_Up and offered:
            self._suggestions.mark_previous()
            announce(self, self._suggestions.marked_text)
        elif key == Qt.Key.Key_Escape and offered:
            self._suggestions.hide()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._suggestions.marked:
            self._on_suggestion_taken(self._suggestions.marked)
        else:
            return False
        return True

    def _go_down(self) -> None:
        if self._suggestions.mark_next():
            announce(self, self._suggestions.marked_text)
        else:
            self._suggestions.hide()
            self.results_requested.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Leave the place below the box to the words of the input method."""
        super().inputMethodEvent(event)
        if event.preeditString():
            self._suggestions.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Suggestions are for somebody who is typing."""
        super().focusOutEvent(event)
        self._suggestions.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is searched for in a window that is gone."""
        super().hideEvent(event)
        self._pause.stop()
        self._stay.stop()
        self._suggestions.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Suggestions stay below the box."""
        super().resizeEvent(event)
        self._follow()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Suggestions stay below the box."""
        super().moveEvent(event)
        self._follow()

    def _follow(self) -> None:
        if not self._suggestions.isHidden():
            self._suggestions.place_below(self)

    # -- slots --------------------------------------------------------------------------------

    def _set_silently(self, text: str) -> None:
        """Change the text without searching for it."""
        self._is_told = True
        self.setText(text)
        self._is_told = False

    def _on_text_set(self, text: str) -> None:
        """Typed, dictated, or set by a program that helps to write: all are searched for."""
        self._clear.setVisible(bool(text))
        if not self._is_told:
            self._on_text_edited(text)

    def _on_text_edited(self, text: str) -> None:
        self._pause.start()
        self._stay.stop()
        offered = not self._suggestions.isHidden()
        found = suggest(text, self._entries, self._queries)
        self._suggestions.show_below(self, found)
        if found and not offered:
            announce(self, f"有 {len(found)} 条建议，用上下键选")

    def _on_pause_timeout(self) -> None:
        self.query_changed.emit(self.text().strip())

    def _on_stay_timeout(self) -> None:
        if self._suggestions.in_use:
            self._stay.start()
        else:
            self._suggestions.hide()

    def _on_return_pressed(self) -> None:
        self._pause.stop()
        self._suggestions.hide()
        self.query_submitted.emit(self.text().strip())

    def _on_suggestion_taken(self, suggestion: Suggestion) -> None:
        self._pause.stop()
        self._suggestions.hide()
        if suggestion.page:
            self.open_requested.emit(suggestion.page.id)
        else:
            self._set_silently(suggestion.text)
            self.query_submitted.emit(suggestion.text)

    def _on_entries_read(self, entries: list[Item]) -> None:
        self._entries = entries

    def _on_changed(self, changes: Changes) -> None:
        if changes.queries:
            self.load_queries()

    def load_queries(self) -> None:
        """Read which earlier queries can be offered."""
        queries = self._context.services.reading.queries
        self._context.tasks.run(queries, self._on_queries_read, self)

    def _on_queries_read(self, queries: list[str]) -> None:
        self._queries = queries

    def _on_theme_changed(self) -> None:
        self._suggestions.hide()
        grey = self._context.theme.colors.text_secondary
        metrics, ratio = self._context.theme.metrics, self.devicePixelRatioF()
        for action, name in ((self._picture, "search"), (self._clear, "x")):
            icon = self._context.icon(name, grey)
            action.setIcon(with_room(icon, metrics.icon, metrics.target_outer - FRAME_PX, ratio))
