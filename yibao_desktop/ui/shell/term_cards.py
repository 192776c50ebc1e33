"""What a word means, shown where the word stands: nobody loses the page over it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QTextEdit, QVBoxLayout, QWidget

from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import linked
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Term

WIDTH_IN_CHARACTERS = 24


class TermCards(QObject):
    """Follows links in texts: to a term on a card beside the word, to all else by opening it.

    Signals:
        closing: a card that is open is to be closed.
    """

    closing = Signal()

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._terms: dict[str, Term] | None = None
        context.events.link_followed.connect(self._on_link_followed)

    def _on_link_followed(self, target: str) -> None:
        place = _where_followed(self._window)
        self.closing.emit()
        if self._terms is not None:
            self._follow(target, place)
            return
        terms = self._context.services.guide.terms
        read = partial(self._on_terms_read, target, place)
        self._context.tasks.run(terms, read, self, lane=Lane.CONTENT)

    def _on_terms_read(self, target: str, place: QPoint, terms: list[Term]) -> None:
        self._terms = {term.id: term for term in terms}
        self._follow(target, place)

    def _follow(self, target: str, place: QPoint) -> None:
        term = self._terms.get(target) if self._terms else None
        if term is None:
            self._context.events.open_requested.emit(linked(target))
        else:
            card = TermCard(term, self._context, self._window)
            self.closing.connect(card.close)
            card.show_at(place)

    def forget(self) -> None:
        """Another content may explain other words."""
        self._terms = None

    def close_card(self) -> None:
        """Another page is coming."""
        self.closing.emit()


class TermCard(QFrame):
    """The word, what it means, and the way to its page; a click beside it or Esc closes it."""

    def __init__(self, term: Term, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._term = term
        self._context = context
        self._window = window
        self._focused = QApplication.focusWidget()
        self.setProperty("role", "popup")
        self.setAccessibleName(term.title)
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        rows.addWidget(text_label(term.title, "h3"))
        for line in term.text.plain.splitlines():
            rows.addWidget(text_label(line))
        self._more = QPushButton("看这一页")
        self._more.clicked.connect(self._on_more_clicked)
        rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_at(self, place: QPoint) -> None:
        """Open below a place of the screen, or as near to it as the window has room."""
        window = self._window
        wide = self._context.theme.metrics.body * WIDTH_IN_CHARACTERS
        self.setFixedWidth(min(wide, window.width()))
        self.setFixedHeight(self._rows.totalHeightForWidth(self.width()))
        wanted = window.mapFromGlobal(place)
        x = max(0, min(wanted.x(), window.width() - self.width()))
        y = max(0, min(wanted.y(), window.height() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
        self._more.setFocus(Qt.FocusReason.PopupFocusReason)
        _application().installEventFilter(self)
        announce(self, f"{self._term.title}：{self._term.text.plain}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click anywhere else closes it and does what it would have done."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            beside = watched is not self and not self.isAncestorOf(watched)
            if beside:
                self.close()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The keyboard goes on where the word stands."""
        _application().removeEventFilter(self)
        before = self._focused
        is_here = self.isAncestorOf(QApplication.focusWidget() or self)
        if is_here and before is not None and shiboken6.isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        super().closeEvent(event)

    def _on_more_clicked(self) -> None:
        item = self._term.id
        self.close()
        self._context.events.open_item(item)


def _application() -> QCoreApplication:
    application = QApplication.instance()
    assert application is not None, "a card stands in a window"
    return application


def _where_followed(window: QWidget) -> QPoint:
    """Below the link: at the text cursor, which is where a link was clicked or chosen by key."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QTextEdit):
        return focused.viewport().mapToGlobal(focused.cursorRect().bottomLeft())
    if focused is not None and not focused.rect().contains(focused.mapFromGlobal(QCursor.pos())):
        return focused.mapToGlobal(focused.rect().bottomLeft())
    return QCursor.pos() if window.geometry().contains(QCursor.pos()) else window.pos()
