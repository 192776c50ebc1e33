"""Finding words on a page: in running text, or on the labels of a page made of widgets."""

from __future__ import annotations

from typing import Protocol

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

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
    """Finds on labels; each label marks one place at a time, the one shown or its first."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._places: list[tuple[QLabel, int]] = []
        self._length = 0

    def find(self, words: str) -> int:
        """Mark every label the words stand on; in how many places they do."""
        self.clear()
        self._length = len(words)
        for label in self._page.findChildren(QLabel):
            if label.isVisibleTo(self._page):
                self._places += [(label, at) for at in _positions(words, _plain(label))]
        for label, at in reversed(self._places):
            _select(label, at, self._length)
        return len(self._places)

    def show(self, number: int) -> None:
        """Bring a place found into view; counted from 0."""
        label, at = self._places[number]
        if not shiboken6.isValid(label):
            return
        _select(label, at, self._length)
        parent = label.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(label, 0, label.height())
            parent = parent.parentWidget()

    def clear(self) -> None:
        """Mark nothing any more."""
        for label, _ in self._places:
            if shiboken6.isValid(label):
                label.setSelection(0, 0)
        self._places = []


def _positions(words: str, text: str) -> list[int]:
    places, wanted, text = [], words.casefold(), text.casefold()
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + len(wanted))
    return places


def _plain(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.RichText:
        document = QTextDocument()
        document.setHtml(label.text())
        return document.toPlainText()
    return label.text()


def _select(label: QLabel, at: int, length: int) -> None:
    """Only text that can be selected can be marked."""
    flags = label.textInteractionFlags()
    if not flags & Qt.TextInteractionFlag.TextSelectableByMouse:
        policy = label.focusPolicy()
        label.setTextInteractionFlags(flags | Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFocusPolicy(policy)
    label.setSelection(at, length)
