"""Handouts laid out on pages of A4, for a printer and for a PDF file alike."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from yibao_desktop.domain.wording.handout import (
    Handout,
    Tick,
)
from yibao_desktop.ui.looks.fonts import BUNDLED_FAMILY
from yibao_desktop.ui.takeaway.page_breaks import KEPT_STATE, break_before, row_of, take_marks
from yibao_desktop.ui.takeaway.paper_html import PICTURE, handout_html
from yibao_desktop.ui.takeaway.paper_style import POINTS_PER_INCH, PX_PER_INCH, PaperStyle

MARGIN_MM = 12.0

WHOLE_LINES = 3
"""A paragraph's first so many lines stand on one page."""

PICTURE_SIDE = 1.6
"""Side of a drawing, in font sizes."""

INK = "#000000"

RULE_PT = 0.6
"""Width of the rules below the head and above the foot, in points."""

_IMAGE = QTextDocument.ResourceType.ImageResource.value


def set_page(device: QPagedPaintDevice) -> None:
    """A4 upright, with margins."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    upright = QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(page, upright, margins, QPageLayout.Unit.Millimeter))


def fitted_paper(handout: Handout, style: PaperStyle, device: QPagedPaintDevice) -> Paper:
    """The handout on as few sheets as legible text allows, as large as these sheets allow."""
    widths = (1, 2) if handout.is_checklist else (1,)
    least = replace(style, body=style.least)
    fewest = min(Paper(handout, least, device, columns).page_count for columns in widths)
    for trial in style.sizes:
        for columns in widths:
            paper = Paper(handout, trial, device, columns)
            if paper.page_count <= fewest:
                return paper
    raise AssertionError("the least size is one of the sizes")


class Paper:
    """A handout laid out for one device, sheet by sheet.

    Attributes:
        document: the running text; a page of it is a column of a sheet, between head and foot.
    """

    def __init__(
        self, handout: Handout, style: PaperStyle, device: QPagedPaintDevice, columns: int = 1
    ) -> None:
        self._handout = handout if style.large else handout.in_small_print
        self._style = style
        self._columns = columns
        self._font = QFont(BUNDLED_FAMILY)
        self._font.setPointSizeF(style.body)
        self._device = device
        self._sheet = QSizeF(device.pageLayout().paintRectPixels(device.logicalDpiX()).size())
        self._gap = style.body / POINTS_PER_INCH * device.logicalDpiY()
        self._head_height = self._gap + self._head().size().height() if columns > 1 else 0.0
        foot_height = self._gap + self._foot(1, 1).size().height()
        self.document = self._make_document(handout_html(self._handout, style.colors, columns))
        width = (self._sheet.width() - self._between * (columns - 1)) / columns
        height = self._sheet.height() - self._head_height - foot_height
        self.document.setPageSize(QSizeF(width, height))
        take_marks(self.document)
        self._keep_together()

    @property
    def _between(self) -> float:
        """Room between two columns."""
        return 2 * self._gap

    def _make_document(self, html: str) -> QTextDocument:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._font)
        document.documentLayout().setPaintDevice(self._device)
        document.setIndentWidth(self._style.indent * PX_PER_INCH / POINTS_PER_INCH)
        document.setDefaultStyleSheet(self._style.sheet(self._device.logicalDpiY()))
        self._add_pictures(document)
        document.setHtml(html)
        return document

    def _add_pictures(self, document: QTextDocument) -> None:
        ticks = (b for part in self._handout.parts for b in part.blocks if isinstance(b, Tick))
        side = round(self._gap * PICTURE_SIDE)  # as many dots as the device has there
        for name in {tick.picture for tick in ticks if tick.picture}:
            image = self._style.icons.image(name, INK, side)
            image.setDevicePixelRatio(self._device.logicalDpiY() / PX_PER_INCH)
            document.addResource(_IMAGE, QUrl(f"{PICTURE}{name}"), image)

    def _keep_together(self) -> None:
        """Begin a new page before what would be torn apart at the end of one."""
        block = self.document.begin()
        while block.isValid():
            last = block
            while last.userState() == KEPT_STATE and last.next().isValid():
                last = last.next()
            row = row_of(last)
            end = self._page_of(last, WHOLE_LINES - 1)
            if row is not None:
                end = max(end, self._page_at_end_of(row))
            if self._page_of(block, 0) != end:
                break_before(block)
            self._part_at_page_ends(last)
            block = last.next()

    def _part_at_page_ends(self, block: QTextBlock) -> None:
        """Make two paragraphs of one that goes on over a page.

        Of a paragraph that began before the page Qt paints one line too many: not seen, but found
        by whoever copies the text.
        """
        self._page_of(block, 0)  # what was moved has its lines again
        lines = block.layout()
        for number in range(1, lines.lineCount()):
            if self._page_of(block, number) == self._page_of(block, number - 1):
                continue
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + lines.lineAt(number).textStart())
            form = block.blockFormat()
            form.setTextIndent(0)
            form.setTopMargin(0)
            cursor.insertBlock(form)
            return

    def _page_at_end_of(self, row: QTextTable) -> int:
        """The page on which the longest cell of a row ends."""
        bottom = self.document.documentLayout().frameBoundingRect(row).bottom()
        return int((bottom - 1) // self.document.pageSize().height())

    def _page_of(self, block: QTextBlock, line: int) -> int:
        """The page a line of a block stands on, its last one where it has not so many."""
        position = self.document.documentLayout().blockBoundingRect(block).top()
        lines = block.layout()
        if lines.lineCount():  # Qt gives the empty block between two tables none
            wanted = lines.lineAt(min(line, lines.lineCount() - 1))
            position += wanted.y() + wanted.height() / 2
        return int(position // self.document.pageSize().height())

    @property
    def page_count(self) -> int:
        """How many sheets it takes."""
        return math.ceil(self.document.pageCount() / self._columns)

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one sheet, counted from 0; the text of a file is in the order of painting."""
        if page == 0:
            self._paint_head(painter)
        for column in range(self._columns):
            self._paint_column(painter, page * self._columns + column, column)
        bottom = self._head_height + self.document.pageSize().height() + self._gap
        foot = self._foot(page + 1, self.page_count)
        self._paint_at(painter, foot, bottom, bottom - self._gap / 3)
        if page > 0:  # last, so that text that goes on over the sheets is not parted
            self._paint_head(painter)

    def _paint_head(self, painter: QPainter) -> None:
        if self._columns > 1:
            self._paint_at(painter, self._head(), 0, self._head_height - self._gap / 2)

    def painted(self, page: int) -> str:
        """What ``paint`` paints of a sheet, in that order."""
        first, last = page * self._columns, (page + 1) * self._columns
        head = [self._handout.heading] if self._columns > 1 else []
        said = [*head] if page == 0 else []
        block = self.document.begin()
        while block.isValid():
            if first <= self._page_of(block, 0) < last:
                said.append(block.text())
            block = block.next()
        said.append(self._foot(page + 1, self.page_count).toPlainText())
        return "".join([*said, *head])

    def _paint_column(self, painter: QPainter, page: int, column: int) -> None:
        size = self.document.pageSize()
        painter.save()
        left = column * (size.width() + self._between)
        painter.translate(left, self._head_height - page * size.height())
        # Lines that only touch the page's edges belong to the pages beside it.
        shown = QRectF(0, page * size.height() + 1, size.width(), size.height() - 2)
        self.document.drawContents(painter, shown)
        painter.restore()

    def _paint_at(
        self, painter: QPainter, document: QTextDocument, top: float, rule: float
    ) -> None:
        """Paint a line of text over the whole width, and the rule that parts it from the rest."""
        painter.save()
        painter.setPen(QPen(QColor(INK), RULE_PT / POINTS_PER_INCH * self._device.logicalDpiY()))
        painter.drawLine(QPointF(0, rule), QPointF(self._sheet.width(), rule))
        painter.translate(0, top)
        document.drawContents(painter)
        painter.restore()

    def _head(self) -> QTextDocument:
        """The title over all columns."""
        return self._over_all(f"<h1>{escape(self._handout.heading)}</h1>")

    def _foot(self, number: int, count: int) -> QTextDocument:
        """The notice, the date and the page's number."""
        left = f"{self._handout.heading} · {self._handout.date.isoformat()} 整理"
        right = f"第 {number} 页，共 {count} 页"
        return self._over_all(
            f'<p class="foot">{escape(self._handout.origin.notice)}</p>'
            '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
            f'<td><p class="foot">{escape(left)}</p></td>'
            f'<td><p class="foot" align="right">{escape(right)}</p></td></tr></table>'
        )

    def _over_all(self, html: str) -> QTextDocument:
        document = self._make_document(html)
        document.setTextWidth(self._sheet.width())
        return document
