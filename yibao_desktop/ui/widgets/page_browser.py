"""The text browser of the reader: shows what it is given and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import (
    QPixmap,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from yibao_desktop.ui.dialogs.outside_dialog import OutsideDialog, is_outside
from yibao_desktop.ui.navigation import LINK_SCHEME
from yibao_desktop.ui.theme import SPACE


class PageBrowser(QTextBrowser):
    """Renders one page; links within the guide are told, web addresses are asked about first.

    Signals:
        link_requested: id of the item a clicked link points to.
    """

    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(3 * SPACE)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def loadResource(self, kind: int, _name: QUrl | str) -> Any:
        """Nothing is loaded, whatever the page names.

        For a picture an empty answer is not enough: Qt then reads the file itself.
        """
        if kind == QTextDocument.ResourceType.ImageResource.value:
            nothing = QPixmap(1, 1)
            nothing.fill(Qt.GlobalColor.transparent)
            return nothing
        return QByteArray()

    def show_page(self, html: str, style: str) -> None:
        """Replace what is shown."""
        self.document().setDefaultStyleSheet(style)
        self.setHtml(html)
        self._undo_heading_growth()

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
        elif target.startswith(LINK_SCHEME):
            self.link_requested.emit(target.removeprefix(LINK_SCHEME))
        elif is_outside(url):
            OutsideDialog(url, self.window()).open()
