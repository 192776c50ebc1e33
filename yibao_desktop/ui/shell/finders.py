"""Finding words on a page: in running text, or on the labels of a page made of widgets."""

from __future__ import annotations

from typing import Protocol

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from yibao_desktop.ui.looks.theme import Colors
from yibao_desktop.ui.widgets.reading.page_browser import PageBrowser


class Finder(Protocol):
    """Marks words on one page and leads from one place to the next."""

    def find(self, words: str) -> int:
        """Mark every place; how many there are."""

    def show(self, number: int) -> None:
        """Bring a place found into view; counted from 0."""

    def clear(self) -> None:
        """Mark nothing any more."""


class TextFinder:
    """Finds in the running text of a browser."""

    def __init__(self, browser: PageBrowser) -> None:
        self._browser = browser

    def find(self, words: str) -> int:
        """Mark every place; how many there are."""
        return self._browser.find_all(words)

    def show(self, number: int) -> None:
        """Bring a place found into view; counted from 0."""
        self._browser.show_found(number)

    def clear(self) -> None:
        """Mark nothing any more."""
        self._browser.find_all("")


class LabelFinder:
    """Finds on labels; while they are marked they show their text with colours in it."""

    def __init__(self, page: QWidget, colors: Colors) -> None:
        self._page = page
        self._mark = _coloured(colors.mark, colors.text)
        self._mark_shown = _coloured(colors.accent, colors.on_accent)
        self._marked: list[_MarkedLabel] = []
        self._places: list[tuple[_MarkedLabel, int]] = []
        self._shown: _MarkedLabel | None = None

    def find(self, words: str) -> int:
        """Mark every place the words stand; how many there are."""
        self.clear()
        for label in self._page.findChildren(QLabel):
            if not label.isVisibleTo(self._page):
                continue
            places = _positions(words, _plain(label))
            if places:
                marked = _MarkedLabel(label, places, len(words))
                marked.show([self._mark] * len(places))
                self._marked.append(marked)
                self._places += [(marked, number) for number in range(len(places))]
        return len(self._places)

    def show(self, number: int) -> None:
        """Bring a place found into view; counted from 0."""
        marked, own = self._places[number]
        if self._shown is not None and self._shown is not marked:
            self._shown.show([self._mark] * self._shown.count)
        formats = [self._mark_shown if n == own else self._mark for n in range(marked.count)]
        marked.show(formats)
        self._shown = marked
        marked.scroll_into_view()

    def clear(self) -> None:
        """Mark nothing any more."""
        for marked in self._marked:
            marked.restore()
        self._marked, self._places, self._shown = [], [], None


class _MarkedLabel:
    """A label, its own text, and where in it the words stand."""

    def __init__(self, label: QLabel, places: list[int], length: int) -> None:
        self._label = label
        self._text, self._format = label.text(), label.textFormat()
        self._places = places
        self._length = length

    @property
    def count(self) -> int:
        """How often they do."""
        return len(self._places)

    def show(self, formats: list[QTextCharFormat]) -> None:
        """Lay a format on each place; nothing where the label is gone meanwhile."""
        if not shiboken6.isValid(self._label):
            return
        document = _document(self._text, self._format)
        document.setDefaultFont(self._label.font())
        for at, form in zip(self._places, formats, strict=True):
            cursor = QTextCursor(document)
            cursor.setPosition(at)
            cursor.setPosition(at + self._length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setText(document.toHtml())

    def restore(self) -> None:
        """Show the text as it was."""
        if shiboken6.isValid(self._label):
            self._label.setTextFormat(self._format)
            self._label.setText(self._text)

    def scroll_into_view(self) -> None:
        """Bring the label into view."""
        if not shiboken6.isValid(self._label):
            return
        parent = self._label.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(self._label, 0, self._label.height())
            parent = parent.parentWidget()


def _coloured(background: str, text: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setBackground(QColor(background))
    form.setForeground(QColor(text))
    return form


def _positions(words: str, text: str) -> list[int]:
    places, wanted, text = [], words.casefold(), text.casefold()
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + len(wanted))
    return places


def _plain(label: QLabel) -> str:
    return _document(label.text(), label.textFormat()).toPlainText()


def _document(text: str, form: Qt.TextFormat) -> QTextDocument:
    document = QTextDocument()
    if form is Qt.TextFormat.RichText:
        document.setHtml(text)
    else:
        document.setPlainText(text)
    return document
