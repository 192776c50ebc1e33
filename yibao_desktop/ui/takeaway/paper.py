"""Handouts laid out on pages of A4, for a printer and for a PDF file alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from pathlib import Path
from string import Template

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextTable,
)

from yibao_desktop.domain.guide.text import Body, ListBlock
from yibao_desktop.domain.wording.handout import (
    Detail,
    Handout,
    HandoutBlock,
    Lead,
    Part,
    Tick,
    box,
)
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.looks.fonts import BUNDLED_FAMILY
from yibao_desktop.ui.looks.rich_text import body_html, inline_html
from yibao_desktop.ui.looks.theme import Colors, load_colors

BODY_PT = {
    TextSize.STANDARD: 14.0,
    TextSize.LARGE: 15.0,
    TextSize.LARGER: 16.5,
    TextSize.ELDER: 18.0,
}
"""Height of the smallest text on paper."""

MARGIN_MM = 18.0
POINTS_PER_INCH = 72.0
PX_PER_INCH = 96.0

INDENT = 1.7
"""Width of a box with the room after it, in font sizes."""

POINT = 1.25
"""Width of a list sign with the room after it, in font sizes."""

WHOLE_LINES = 3
"""A paragraph's first so many lines stand on one page."""

RULE_COLOR = "#808080"

KEPT = "kept"
"""Anchor in a paragraph that does not stay at a page's end without what follows it."""


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """How a handout looks.

    Attributes:
        css: template of the style sheet.
        colors: of labels and lines.
        size: the text size the user has chosen.
    """

    css: Path
    colors: Colors
    size: TextSize

    @classmethod
    def of(cls, themes: Path, size: TextSize) -> PaperStyle:
        """The style for a text size: dark on light, with lines that a printer does not lose."""
        colors = replace(load_colors(themes, Theme.LIGHT), border=RULE_COLOR)
        return cls(themes / "paper.css", colors, size)

    @property
    def body(self) -> float:
        """Height of running text in points."""
        return BODY_PT[self.size]

    @property
    def indent(self) -> float:
        """How far what belongs to a box stands in, in points."""
        return self.body * INDENT

    def sheet(self, dpi: int) -> str:
        """The style sheet for a device."""
        factors = {"body": 1.0, "h1": 1.7, "h2": 1.2, "h3": 1.1, "tick": 1.1, "box": 1.4}
        sizes = {name: f"{self.body * factor:.1f}pt" for name, factor in factors.items()}
        # Qt takes the indent of a first line for pixels of the device.
        sizes["hanging"] = f"{self.indent * dpi / POINTS_PER_INCH:.0f}px"
        sizes["point"] = f"{self.body * POINT * dpi / POINTS_PER_INCH:.0f}px"
        return Template(self.css.read_text(encoding="utf-8")).substitute(sizes)


def set_page(device: QPagedPaintDevice) -> None:
    """A4 upright, with margins."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    upright = QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(page, upright, margins, QPageLayout.Unit.Millimeter))


class Paper:
    """A handout laid out for one device, page by page.

    Attributes:
        document: the running text; its page is what the foot leaves of the sheet.
    """

    def __init__(self, handout: Handout, style: PaperStyle, device: QPagedPaintDevice) -> None:
        self._handout = handout
        self._style = style
        self._font = QFont(BUNDLED_FAMILY)
        self._font.setPointSizeF(style.body)
        self._device = device
        layout = device.pageLayout()
        sheet = layout.paintRectPixels(device.logicalDpiX())
        self._gap = style.body / POINTS_PER_INCH * device.logicalDpiY()
        self._foot_height = self._gap + self._foot(1, 1, sheet.width()).size().height()
        self.document = self._make_document(_handout_html(handout, style.colors))
        self.document.setPageSize(QSizeF(sheet.width(), sheet.height() - self._foot_height))
        self._keep_together(_take_marks(self.document))

    def _make_document(self, html: str) -> QTextDocument:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._font)
        document.documentLayout().setPaintDevice(self._device)
        document.setIndentWidth(self._style.indent * PX_PER_INCH / POINTS_PER_INCH)
        document.setDefaultStyleSheet(self._style.sheet(self._device.logicalDpiY()))
        document.setHtml(html)
        return document

    def _keep_together(self, kept: set[int]) -> None:
        """Begin a new page before what would be torn apart at the end of one."""
        block = self.document.begin()
        while block.isValid():
            last = block
            while last.blockNumber() in kept and last.next().isValid():
                last = last.next()
            if self._page_of(block, 0) != self._page_of(last, WHOLE_LINES - 1):
                _break_before(block)
            block = last.next()

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
        return self.document.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page, counted from 0."""
        size = self.document.pageSize()
        painter.save()
        painter.translate(0, -page * size.height())
        # The next page's first line of dots belongs to the next page.
        shown = QRectF(0, page * size.height(), size.width(), size.height() - 1)
        self.document.drawContents(painter, shown)
        painter.restore()
        foot = self._foot(page + 1, self.page_count, size.width())
        painter.save()
        painter.translate(0, size.height() + self._gap)
        foot.drawContents(painter)
        rule = -self._gap / 3
        painter.drawLine(QPointF(0, rule), QPointF(size.width(), rule))
        painter.restore()

    def _foot(self, number: int, count: int, width: float) -> QTextDocument:
        """The notice, the date and the page's number."""
        left = f"{self._handout.heading} · {self._handout.date.isoformat()} 整理"
        right = f"第 {number} 页，共 {count} 页"
        foot = self._make_document(
            f'<p class="foot">{escape(self._handout.origin.notice)}</p>'
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td>{escape(left)}</td>'
            f'<td align="right">{escape(right)}</td></tr></table>'
        )
        foot.setTextWidth(width)
        return foot


def _handout_html(handout: Handout, colors: Colors) -> str:
    parts = [f"<h1>{escape(handout.heading)}</h1>"]
    parts += (_text_html(block, colors) for block in handout.lead)
    for part in handout.parts:
        parts.append(_part_html(part, colors))
    if handout.sources:
        parts.append(f"<h2>{_MARK}来源</h2>")
    parts += (f"<p>{n}. {escape(line)}</p>" for n, line in enumerate(handout.sources, 1))
    return f"<body>{''.join(parts)}</body>"


_MARK = f'<a name="{KEPT}"></a>'


def _part_html(part: Part, colors: Colors) -> str:
    tag = f"h{part.level}"
    heading = f"<{tag}>{_MARK}{escape(part.title)}{_sources_html(part.sources)}</{tag}>"
    return heading + "".join(_block_html(block, colors) for block in part.blocks)


def _block_html(block: HandoutBlock, colors: Colors) -> str:
    if not isinstance(block, Tick):
        return _text_html(block, colors)
    text = inline_html(block.text, colors)
    room = "&nbsp;&nbsp;" if block.done else " "  # the tick is narrower than the box
    sign = f'{_MARK}<span class="box">{box(block)}</span>{room}'
    title = f"{sign}{text}{_sources_html(block.sources)}"
    details = "".join(_text_html(detail, colors, "detail") for detail in block.details)
    return f'<p class="tick">{title}</p>{details}'


def _text_html(block: Detail, colors: Colors, style: str = "") -> str:
    """A block of text; ``style`` is that of its paragraphs."""
    if isinstance(block, Lead):
        return f'<p class="{style or "lead"}">{_MARK}{inline_html(block.text, colors)}</p>'
    if isinstance(block, ListBlock):
        # Qt's own list signs stand too close to the text on devices of many dots.
        signs = (f"{n}. " if block.ordered else "· " for n in count(1))
        return "".join(
            f'<p class="{style or "top"}-point">{sign}{inline_html(item, colors)}</p>'
            for sign, item in zip(signs, block.items, strict=False)
        )
    return body_html(Body((block,)), colors).replace("<p>", f'<p class="{style}">')


def _sources_html(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    return f'<span class="source">　来源 {"、".join(str(number) for number in numbers)}</span>'


def _take_marks(document: QTextDocument) -> set[int]:
    """Numbers of the blocks marked as kept; paper needs no anchors and no enlarged headings."""
    kept = set()
    block = document.begin()
    while block.isValid():
        if not block.text().strip():
            kept.add(block.blockNumber())  # the room above a table
        for fragment in list(_fragments(block)):
            form = fragment.charFormat()
            if KEPT in form.anchorNames():
                kept.add(block.blockNumber())
            form.setAnchor(False)
            form.setAnchorHref("")
            form.setAnchorNames([])
            form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            cursor = QTextCursor(document)
            cursor.setPosition(fragment.position())
            end = fragment.position() + fragment.length()
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)
        block = block.next()
    return kept


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    runs = block.begin()
    while not runs.atEnd():
        yield runs.fragment()
        runs += 1


def _break_before(block: QTextBlock) -> None:
    """Begin a new page with a block; a long table goes on wherever a line of it ends."""
    cursor = QTextCursor(block)
    frame = cursor.currentFrame()
    if not isinstance(frame, QTextTable):
        form = QTextBlockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.mergeBlockFormat(form)
    elif frame.rows() == 1:
        framed = frame.format().toTableFormat()
        framed.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        frame.setFormat(framed)
