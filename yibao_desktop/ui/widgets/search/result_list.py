"""The list of search results and how a row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from yibao_desktop.search.results import Hit
from yibao_desktop.search.snippet import Snippet
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE, Colors
from yibao_desktop.ui.widgets.search.result_model import HIT_ROLE, ResultModel, about, reason

SEPARATOR = " · "
LAID_OUT_AT_ONCE = 6
"""So many rows, more than are seen at first, are laid out before the window is free again."""

_MARGIN = SPACE // 2


class ResultDelegate(QStyledItemDelegate):
    """Draws a hit as a card: title, where it stands, the passage with the words marked."""

    def __init__(self, context: UiContext, view: QListView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._documents: dict[tuple[int, int], QTextDocument] = {}

    def forget(self) -> None:
        """Other hits or other looks: what was laid out no longer holds."""
        self._documents.clear()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as the text needs in the width of the list."""
        width = self._view.viewport().width()
        document = self._document(index, width - 2)
        return QSize(width, round(document.size().height()) + 2 * _MARGIN)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw frame and text."""
        colors = self._context.theme.colors
        rect = option.rect.adjusted(1, _MARGIN, -1, -_MARGIN)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = colors.surface_selected if selected else colors.surface
        painter.setBrush(QColor(colors.surface_hover if hovered and not selected else fill))
        painter.setPen(
            QPen(QColor(colors.focus if focused else colors.border), 2 if focused else 1)
        )
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.translate(rect.topLeft())
        self._document(index, rect.width()).drawContents(painter)
        painter.restore()

    def _document(self, index: QModelIndex | QPersistentModelIndex, width: int) -> QTextDocument:
        """The text of a row, laid out once for its height and every time it is drawn."""
        key = (index.row(), width)
        if key not in self._documents:
            self._documents[key] = self._laid_out(index.data(HIT_ROLE), width)
        return self._documents[key]

    def _laid_out(self, hit: Hit, width: int) -> QTextDocument:
        theme = self._context.theme
        document = QTextDocument()
        document.setDefaultFont(self._view.font())
        document.setDocumentMargin(1.5 * SPACE)
        document.setHtml(_hit_html(hit, theme.colors, theme.metrics.small))
        document.setTextWidth(width)
        return document


def _hit_html(hit: Hit, colors: Colors, small: int) -> str:
    passage = hit.passage
    quiet = f"color:{colors.text_secondary};font-size:{small}px;"
    heading = f"{SEPARATOR}{escape(passage.heading)}" if passage.heading else ""
    why = reason(hit)
    answer = (
        f'<p style="margin:0;color:{colors.text};">{escape(hit.answer)}</p>' if hit.answer else ""
    )
    tone = quiet if hit.answer else f"color:{colors.text};"
    tag = f"background-color:{colors.label_surface};"
    label = f'　<span style="{tag}">&nbsp;{escape(why)}&nbsp;</span>' if why else ""
    return (
        f'<p style="margin:0;color:{colors.text};"><b>{escape(passage.title)}</b>{heading}</p>'
        f'<p style="margin:4px 0;{quiet}">{escape(SEPARATOR.join(about(hit)))}{label}</p>'
        f"{answer}"
        f'<p style="margin:0;{tone}">{_snippet_html(hit.snippet, colors)}</p>'
    )


def _snippet_html(snippet: Snippet, colors: Colors) -> str:
    html, position = "", 0
    for start, end in snippet.marks:
        html += escape(snippet.text[position:start])
        marked = escape(snippet.text[start:end])
        html += f'<span style="background-color:{colors.mark};"><b>{marked}</b></span>'
        position = end
    return html + escape(snippet.text[position:])


class ResultList(QListView):
    """Results below each other; Enter or a click opens one.

    Signals:
        open_requested: the ``Hit`` to open.
    """

    open_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ResultModel()
        self.setModel(self._model)
        self._delegate = ResultDelegate(context, self)
        self.setItemDelegate(self._delegate)
        self.setProperty("role", "results")
        self.setAccessibleName("搜索结果")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(LAID_OUT_AT_ONCE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        context.theme.changed.connect(self._lay_out_again)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Replace the results."""
        self._delegate.forget()
        self._model.show_hits(hits)
        self.scrollToTop()

    def focus_first(self) -> None:
        """Go to the first result."""
        if self._model.rowCount():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.setCurrentIndex(self._model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their text needs in the new width."""
        super().resizeEvent(event)
        self._lay_out_again()

    def _lay_out_again(self) -> None:
        self._delegate.forget()
        self.scheduleDelayedItemsLayout()

    def _on_chosen(self, index: QModelIndex) -> None:
        self.open_requested.emit(index.data(HIT_ROLE))
