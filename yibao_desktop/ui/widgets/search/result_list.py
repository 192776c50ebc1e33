"""The list of search results and how a row is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from yibao_desktop.domain.guide.items import one_place
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import OWN_ICON
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.search.result_html import row_html
from yibao_desktop.ui.widgets.search.result_model import HIT_ROLE, ROW_ROLE, ResultModel, Row

if TYPE_CHECKING:
    from yibao_desktop.search.results import Results
    from yibao_desktop.services.featured_service import FeaturedAnswer

STRIPE = 6
"""Width of the stripe beside what is not the guide's, in logical pixels."""

LAID_OUT_AT_ONCE = 6
"""So many rows, more than are seen at first, are laid out before the window is free again."""

_MARGIN = SPACE // 2
_ROUND = SPACE
"""Radius of the corners of a card."""


class ResultDelegate(QStyledItemDelegate):
    """Draws the hits of a page as one card: title, where it stands, what was found in it.

    What answers the question is shown in full; what is only near has another frame.
    """

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
        row: Row = index.data(ROW_ROLE)
        margins = _MARGIN * (row.leads + row.ends) + self._heading_height(row)
        return QSize(width, round(document.size().height()) + margins)

    def _heading_height(self, row: Row) -> int:
        """Room for the name of the group that begins with this row."""
        return self._context.theme.metrics.line_spacing + SPACE if row.group else 0

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row's part of the card of its page, the frame for the focus, and the text."""
        row: Row = index.data(ROW_ROLE)
        rect = option.rect.adjusted(1, _MARGIN * row.leads, -1, -_MARGIN * row.ends)
        painter.save()
        if heading := self._heading_height(row):
            painter.setPen(QColor(self._context.theme.colors.text_secondary))
            place = QRectF(rect.left(), rect.top(), rect.width(), heading - SPACE // 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom, row.group)
            rect = rect.adjusted(0, heading, 0, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self._draw_card(painter, QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), row, option.state)
        if not row.hit.passage.origin.is_guide:
            self._draw_origin(painter, rect, row)
        painter.translate(rect.topLeft())
        self._document(index, rect.width()).drawContents(painter)
        painter.restore()

    def _draw_card(
        self, painter: QPainter, rect: QRectF, row: Row, state: QStyle.StateFlag
    ) -> None:
        colors = self._context.theme.colors
        selected = bool(state & QStyle.StateFlag.State_Selected)
        fill = colors.window if row.near else colors.surface
        if selected or state & QStyle.StateFlag.State_MouseOver:
            fill = colors.surface_selected if selected else colors.surface_hover
        painter.setBrush(QColor(fill))
        edge = QPen(QColor(colors.accent if row.featured else colors.border), 1)
        if row.near:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        # What the row does not draw of the card is beyond its edge and clipped.
        above, below = (0 if row.leads else -2 * _ROUND), (0 if row.ends else 2 * _ROUND)
        painter.drawRoundedRect(rect.adjusted(0, above, 0, below), _ROUND, _ROUND)
        if not row.leads:
            painter.drawLine(rect.topLeft(), rect.topRight())
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)

    def _draw_origin(self, painter: QPainter, rect: QRect, row: Row) -> None:
        """A stripe at the side and a picture in the corner: it is not the guide's word."""
        own, side = self._context.theme.colors.own_stripe, self._context.theme.metrics.icon
        stripe = QRectF(rect.left() + 1, rect.top() + 6, STRIPE, rect.height() - 12)
        painter.fillRect(stripe, QColor(own))
        if row.leads:
            corner = QRect(rect.right() - side - SPACE, rect.top() + SPACE, side, side)
            self._context.icon(OWN_ICON, own).paint(painter, corner)

    def _is_elsewhere(self, row: Row) -> bool:
        """Whether it is the user's own and told for another place than the user's."""
        passage = row.hit.passage
        here = self._context.services.settings.current.region
        if passage.origin.is_guide or here is None or passage.region is None:
            return False
        return not one_place(here, passage.region.code)

    def _document(self, index: QModelIndex | QPersistentModelIndex, width: int) -> QTextDocument:
        """The text of a row, laid out once for its height and every time it is drawn."""
        key = (index.row(), width)
        if key not in self._documents:
            self._documents[key] = self._laid_out(index.data(ROW_ROLE), width)
        return self._documents[key]

    def _laid_out(self, row: Row, width: int) -> QTextDocument:
        theme = self._context.theme
        document = QTextDocument()
        document.setDefaultFont(self._view.font())
        document.setDefaultStyleSheet(theme.page_style)
        document.setDocumentMargin(1.5 * SPACE)
        colors = theme.colors
        if self._is_elsewhere(row):
            colors = replace(colors, text=colors.text_secondary)
        html = f'<body style="color:{colors.text};">{row_html(row, colors)}</body>'
        document.setHtml(html)
        if not row.leads:
            frame = document.rootFrame().frameFormat()
            frame.setLeftMargin(4 * SPACE)
            document.rootFrame().setFrameFormat(frame)
        is_guide = row.hit.passage.origin.is_guide
        document.setTextWidth(width if is_guide else width - theme.metrics.icon)
        return document


class ResultList(QListView):
    """Results below each other; Enter or a click opens one.

    Signals:
        open_requested: the ``Hit`` to open.
    """

    open_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = context.services.clock
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

    def show_results(self, results: Results, featured: FeaturedAnswer | None) -> None:
        """Replace the results; the featured answer is shown in full."""
        self._delegate.forget()
        self._model.show_results(results, featured, self._clock.today())
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
