"""The text browser of the reader: shows what it is given and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QPixmap,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit, QWidget

from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.ui.looks.doubt_html import FOLD_SCHEME, WORD_JOINER
from yibao_desktop.ui.looks.theme import SPACE

_WEB = ("http", "https")

BESIDE_TEXT = SPACE - 2
"""Room left and right of the text within the frame, in logical pixels."""

BELOW_TEXT = 3 * SPACE

PART_FROM = 1 / 3
"""A part has begun where its heading stands in so much of the view."""


class PageBrowser(QTextBrowser):
    """Renders one page; where a clicked link leads is told, and nothing is opened.

    What stands above and below the text scrolls with it, so that all of the height is for reading.

    Attributes:
        leading: what stands above the text.

    Signals:
        link_requested: id of the item a clicked link points to.
        fold_requested: id of what is to be unfolded, or folded again.
        address_requested: the web address, a ``QUrl``, a clicked link points to.
    """

    link_requested = Signal(str)
    fold_requested = Signal(str)
    address_requested = Signal(QUrl)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leading: QWidget | None = None
        self._foot: QWidget | None = None
        self._provenance = ""
        self._found: list[QTextCursor] = []
        self._places: dict[str, int] = {}
        self._mark, self._mark_shown = QTextCharFormat(), QTextCharFormat()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(BESIDE_TEXT)
        self.anchorClicked.connect(self._on_anchor_clicked)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._place_foot)

    def set_aside(self, room: int) -> None:
        """Keep the text so many pixels more away from the left edge, where a stripe may stand."""
        self.setViewportMargins(room, 0, 0, 0)

    def loadResource(self, kind: int, _name: QUrl | str) -> Any:
        """Nothing is loaded, whatever the page names.

        For a picture an empty answer is not enough: Qt then reads the file itself.
        """
        if kind == QTextDocument.ResourceType.ImageResource.value:
            nothing = QPixmap(1, 1)
            nothing.fill(Qt.GlobalColor.transparent)
            return nothing
        return QByteArray()

    def show_page(self, html: str, style: str, provenance: str = "") -> None:
        """Replace what is shown.

        Args:
            html: the text.
            style: its style sheet.
            provenance: what is added to whatever is copied from it.
        """
        self._found, self._places = [], {}
        self._provenance = provenance
        self.document().setDefaultStyleSheet(style)
        self.setHtml(html)
        self._undo_heading_growth()
        self.show_below(None)
        self._make_room()

    def replace_text(self, html: str, fold: str) -> None:
        """Show the same page with a part of it unfolded or folded; all else stays as it is.

        Args:
            html: the text.
            fold: id of that part, whose link keeps the focus.
        """
        scrolled = self.verticalScrollBar().value()
        by_key = self.textCursor().hasSelection()
        self._found, self._places = [], {}
        self.setHtml(html)
        self._undo_heading_growth()
        self._make_room()
        if by_key:
            self._select_link(f"{FOLD_SCHEME}{fold}")
        self.verticalScrollBar().setValue(scrolled)

    def _select_link(self, target: str) -> None:
        """Select a link, as Tab does."""
        for fragment in self._fragments():
            if fragment.charFormat().anchorHref() == target:
                cursor = QTextCursor(self.document())
                cursor.setPosition(fragment.position())
                end = fragment.position() + fragment.length()
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
                return

    # -- head and foot ----------------------------------------------------------------------

    def show_above(self, head: QWidget) -> None:
        """Put something above the text that scrolls with it."""
        self.leading = head
        head.setParent(self.viewport())
        head.installEventFilter(self)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands above the text has become higher or lower."""
        if watched is self.leading and event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().eventFilter(watched, event)

    def show_below(self, foot: QWidget | None) -> None:
        """Put something below the text that scrolls with it, instead of what was there."""
        if self._foot is not None:
            self._foot.hide()
            self._foot.deleteLater()
        self._foot = foot
        if foot is not None:
            foot.setParent(self.viewport())
            self._make_room()
            foot.show()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from link to link of the text, but from head and foot on to what comes next."""
        focused = QApplication.focusWidget()
        around = [part for part in (self.leading, self._foot) if part is not None]
        if focused is not None and any(part.isAncestorOf(focused) for part in around):
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What is above or below the text and takes the focus is brought into view."""
        parts = [part for part in (self.leading, self._foot) if part is not None]
        if new is None or not any(part.isAncestorOf(new) for part in parts):
            return
        top = new.mapTo(self.viewport(), QPoint(0, 0)).y() - SPACE
        below = top + new.height() + 2 * SPACE - self.viewport().height()
        if top < 0 or below > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (top if top < 0 else below))

    def _make_room(self) -> None:
        """Keep as much room free above and below the text as is needed at this width."""
        above = self._fit(self.leading)
        below = self._fit(self._foot) + BELOW_TEXT
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        if (shape.topMargin(), shape.bottomMargin()) != (above, below):
            shape.setTopMargin(above)
            shape.setBottomMargin(below)
            frame.setFrameFormat(shape)
        self._place_foot()
        if self.leading is not None:
            self.leading.move(BESIDE_TEXT, -self.verticalScrollBar().value())

    def _fit(self, part: QWidget | None) -> int:
        """Make it as wide as the text, and as high as that needs; its height."""
        if part is None:
            return 0
        width, layout = self.viewport().width() - 2 * BESIDE_TEXT, part.layout()
        height = layout.totalHeightForWidth(width) if layout else part.heightForWidth(width)
        part.resize(width, height)
        return height

    def _place_foot(self) -> None:
        if self._foot is not None:
            end = round(self.document().size().height()) - BELOW_TEXT - self._foot.height()
            self._foot.move(BESIDE_TEXT, end - self.verticalScrollBar().value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands around the text is as wide as it is."""
        super().resizeEvent(event)
        self._make_room()

    # -- copying ------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied says where it comes from."""
        data = super().createMimeDataFromSelection()
        data.setText(data.text().replace(WORD_JOINER, ""))
        if self._provenance:
            data.setText(f"{data.text().strip()}\n\n{self._provenance}")
            lines = "<br>".join(map(escape, self._provenance.splitlines()))
            data.setHtml(f"{data.html()}<p>{lines}</p>")
        return data

    def copy_selected_or_all(self) -> bool:
        """Copy what is selected, or everything where nothing is; whether something was."""
        if self.textCursor().hasSelection():
            self.copy()
            return True
        kept = self.verticalScrollBar().value()
        self.selectAll()
        self.copy()
        cursor = self.textCursor()
        cursor.clearSelection()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(kept)
        return False

    # -- headings -----------------------------------------------------------------------------

    def _undo_heading_growth(self) -> None:
        """Qt enlarges headings on top of the size the style sheet gives them."""
        for fragment in list(self._fragments(headings_only=True)):
            cursor = QTextCursor(self.document())
            cursor.setPosition(fragment.position())
            end = fragment.position() + fragment.length()
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            styled = fragment.charFormat()
            styled.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            cursor.setCharFormat(styled)

    def _fragments(self, headings_only: bool = False) -> Iterator[QTextFragment]:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() or not headings_only:
                runs = block.begin()
                while not runs.atEnd():
                    yield runs.fragment()
                    runs += 1
            block = block.next()

    def links(self) -> list[tuple[str, str]]:
        """Text and id of every page the text leads to, each once, in the order of the text."""
        found: dict[str, str] = {}
        for fragment in self._fragments():
            target = fragment.charFormat().anchorHref()
            if target.startswith(LINK_SCHEME):
                found.setdefault(target.removeprefix(LINK_SCHEME), fragment.text())
        return [(text, target) for target, text in found.items()]

    def mark_section(self, title: str, background: QTextCharFormat) -> None:
        """Lay a colour behind a heading, so that one sees where one was led."""
        cursor = self.document().find(title, 0)
        selections = []
        while not cursor.isNull():
            if cursor.block().text() == title:
                marked = QTextEdit.ExtraSelection()
                cursor.select(QTextCursor.SelectionType.LineUnderCursor)
                marked.cursor, marked.format = cursor, background
                selections.append(marked)
                break
            cursor = self.document().find(title, cursor)
        self.setExtraSelections(selections)

    def mark_words(self, words: Sequence[str], anchor: str, background: QTextCharFormat) -> None:
        """Lay a colour behind each word where it first stands after an anchor; show the first."""
        start = self._position_of(anchor)
        cursors = [self.document().find(word, start) for word in words]
        found = [cursor for cursor in cursors if not cursor.isNull()]
        selections = []
        for cursor in found:
            marked = QTextEdit.ExtraSelection()
            marked.cursor, marked.format = cursor, background
            selections.append(marked)
        self.setExtraSelections(selections)
        if found:
            self._scroll_to(min(found, key=lambda cursor: cursor.position()))

    # -- finding ------------------------------------------------------------------------------

    def set_marks(self, mark: QTextCharFormat, shown: QTextCharFormat) -> None:
        """How places found are marked, and how the one that is shown."""
        self._mark, self._mark_shown = mark, shown

    def find_all(self, words: str) -> int:
        """Mark every place where the words stand, whatever their case; how many there are."""
        self._found = []
        cursor = self.document().find(words, 0) if words else QTextCursor()
        while not cursor.isNull():
            self._found.append(cursor)
            cursor = self.document().find(words, cursor)
        self._mark_found(-1)
        return len(self._found)

    def show_found(self, number: int) -> None:
        """Mark one of the places found, counted from 0, as the one shown and scroll to it."""
        self._mark_found(number)
        cursor = QTextCursor(self._found[number])
        where = self.cursorRect(cursor)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if where.top() < 0 or where.bottom() > height:
            bar.setValue(bar.value() + where.top() - height // 3)

    def _mark_found(self, shown: int) -> None:
        selections = []
        for number, cursor in enumerate(self._found):
            marked = QTextEdit.ExtraSelection()
            marked.cursor = cursor
            marked.format = self._mark_shown if number == shown else self._mark
            selections.append(marked)
        self.setExtraSelections(selections)

    def part_in_view(self, anchors: Sequence[str]) -> int | None:
        """Which of the parts that begin at the anchors one is reading; None before the first.

        It is the last that begins in the upper third of what is seen, at the end of the page the
        last that is seen at all.
        """
        bar, height = self.verticalScrollBar(), self.viewport().height()
        at_end = bar.value() == bar.maximum() > 0
        reach = bar.value() + (height if at_end else height * PART_FROM)
        begun = [n for n, top in enumerate(self._tops(anchors)) if top < reach]
        return begun[-1] if begun else None

    def _tops(self, anchors: Sequence[str]) -> list[float]:
        if not self._places:  # asked while the page is scrolled
            self._places = {
                name: fragment.position()
                for fragment in self._fragments()
                for name in fragment.charFormat().anchorNames()
            }
        layout, document = self.document().documentLayout(), self.document()
        blocks = [document.findBlock(self._places.get(anchor, 0)) for anchor in anchors]
        return [layout.blockBoundingRect(block).top() for block in blocks]

    def _position_of(self, anchor: str) -> int:
        for fragment in self._fragments():
            if anchor in fragment.charFormat().anchorNames():
                return fragment.position()
        return 0

    def _scroll_to(self, cursor: QTextCursor) -> None:
        """Scroll on if it stands below what is in view."""
        below = self.cursorRect(cursor).bottom() + 2 * SPACE - self.viewport().height()
        if below > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + below + self.viewport().height() // 2)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith("#"):
            self.scrollToAnchor(url.fragment())
        elif target.startswith(FOLD_SCHEME):
            self.fold_requested.emit(target.removeprefix(FOLD_SCHEME))
        elif target.startswith(LINK_SCHEME):
            self.link_requested.emit(target.removeprefix(LINK_SCHEME))
        elif _is_web_address(url):
            self.address_requested.emit(url)


def _is_web_address(url: QUrl) -> bool:
    """Whether this is one; nothing else outside the guide is ever opened."""
    return url.isValid() and url.scheme() in _WEB and bool(url.host())
