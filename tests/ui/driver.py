"""Clicks and types in the window as a person does, by what is written on things."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from yibao_desktop.ui.program.application import Desktop
from yibao_desktop.ui.widgets.base.date_field import DateField
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.search.result_list import ResultList

W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)

ROUNDS = 4
"""Of events, until all is laid out: each may ask for another. Counted, as something that moves asks
for one as long as it moves."""


def day_numbers(field: DateField) -> list[QLineEdit]:
    """The fields for year, month and day, without those of the calendar."""
    return [n for n in field.findChildren(QLineEdit) if n.accessibleName()]


class Driver:
    """Finds visible widgets by their text or accessible name and uses mouse and keyboard."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.window = desktop.window
        self.qtbot = qtbot
        self.crashes: list[BaseException] = []
        desktop.tasks.crashed.connect(self.crashes.append)
        self._closed = False

    def start(self) -> None:
        """Show the window; the offscreen platform's own screen is only 800 × 800."""
        self.desktop.show()
        self.window.resize(1180, 800)
        self.settle()

    def close(self) -> None:
        """Close the program as the window's close button does."""
        if not self._closed:
            self._closed = True
            self.desktop.close()
            # At once: as long as they are there, all its widgets are styled anew with the next one.
            self.window.deleteLater()
            QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Wait until nothing is under way and everything is laid out."""
        # What an answer puts on the page may ask for more once it is laid out, and that is put on it
        # and laid out in its turn; Qt 6.7 does it in several rounds of events.
        while True:
            self.qtbot.waitUntil(lambda: not self.desktop.tasks.busy)
            for _ in range(ROUNDS):
                QTest.qWait(0)
            if not self.desktop.tasks.busy:
                return

    @property
    def page(self) -> QWidget:
        """The page shown."""
        return self.window.pages.currentWidget()

    def visible(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """Visible widgets of a class, from top to bottom as they were made."""
        return [w for w in (within or self.window).findChildren(kind) if w.isVisible()]

    def texts(self, within: QWidget | None = None) -> str:
        """Everything written on labels and buttons of the page."""
        labels = self.visible(QLabel, within or self.page)
        buttons = self.visible(QAbstractButton, within or self.page)
        return "\n".join([*(w.text() for w in labels), *(w.text() for w in buttons)])

    def button(self, text: str, within: QWidget | None = None) -> QAbstractButton:
        """The visible button with this text or accessible name, or a name that begins with it."""
        found = self._named(text, within)
        buttons = self.visible(QAbstractButton, within)
        assert found, (
            f"no button “{text}” among {[b.accessibleName() or b.text() for b in buttons]}"
        )
        return found[0]

    def _named(self, text: str, within: QWidget | None) -> list[QAbstractButton]:
        buttons = self.visible(QAbstractButton, within)
        exact = [b for b in buttons if text in (b.text(), b.accessibleName())]
        begun = [b for b in buttons if (b.accessibleName() or b.text()).startswith(text)]
        return exact or begun

    def shows(self, text: str, within: QWidget | None = None) -> bool:
        """Whether there is a button with this text or accessible name to be seen."""
        return bool(self._named(text, within))

    def click(self, text: str, within: QWidget | None = None) -> None:
        """Click a button with the mouse; where it is not there yet, ask for what else there is."""
        if not self._named(text, within):
            for more in self._named("还有 ", self.page):
                QTest.mouseClick(more, Qt.MouseButton.LeftButton)
                self.settle()
        button = self.button(text, within)
        self.scroll_into_view(button)
        assert button.isEnabled(), f"“{text}” cannot be clicked"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def field(self, name: str) -> QLineEdit:
        """The visible field of the page with this accessible name."""
        return next(f for f in self.visible(QLineEdit, self.page) if f.accessibleName() == name)

    def ticks(self) -> dict[str, TickBox]:
        """The check boxes of the page by their accessible names."""
        return {t.accessibleName(): t for t in self.visible(TickBox, self.page)}

    def tick(self, name: str) -> None:
        """Click the check box whose name contains the text."""
        box = next(t for n, t in self.ticks().items() if name in n)
        self.scroll_into_view(box)
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)
        self.settle()

    def open_dialog(self, kind: type[D]) -> D:
        """The one dialog of a kind that is open."""
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        (dialog,) = (w for w in shown if isinstance(w, kind))
        return dialog

    def answer(self, dialog: QDialog, standard: QDialogButtonBox.StandardButton) -> None:
        """Click a standard button of a dialog."""
        button = dialog.findChild(QDialogButtonBox).button(standard)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def scroll_into_view(self, widget: QWidget) -> None:
        """Scroll as a person would before clicking."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            if isinstance(parent, QTextBrowser):  # what stands above or below its text
                bar, height = parent.verticalScrollBar(), parent.viewport().height()
                top = widget.mapTo(parent.viewport(), QPoint(0, 0)).y()
                if top < 0 or top + widget.height() > height:
                    bar.setValue(bar.value() + top - height // 2)
            parent = parent.parentWidget()
        QTest.qWait(0)

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Type letters on the keyboard and Chinese through an input method."""
        target = into or self.window.focusWidget()
        for character in text:
            if character.isascii():
                QTest.keyClicks(target, character)
            else:
                self.compose(character, target)

    def compose(self, text: str, target: QWidget) -> None:
        """What an input method sends: first the text being composed, then the choice."""
        QApplication.sendEvent(target, QInputMethodEvent(text, []))
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(target, committed)

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)
        self.settle()

    def search(self, text: str) -> None:
        """Type into the search box and wait for the results, all of them in their places."""
        box = self.window.bar.search
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)
        box.selectAll()
        with self.qtbot.waitSignal(self.desktop.context.events.results_shown):
            self.type(text, box)
        rows = self.window.pages.search.findChild(ResultList)
        last = rows.model().index(rows.model().rowCount() - 1, 0)
        self.qtbot.waitUntil(lambda: not last.isValid() or not rows.visualRect(last).isEmpty())
        self.settle()

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Click a row of a list."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
        )
        self.settle()

    def click_link(self, target: str) -> None:
        """Click a link within the text of the reader."""
        browser = self.window.pages.reader.browser
        block = browser.document().begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                if fragment.charFormat().anchorHref() == f"yibao:{target}":
                    self._click_at(fragment.position() + 1)
                    return
                iterator += 1
            block = block.next()
        raise AssertionError(f"no link to {target}")

    def _click_at(self, position: int) -> None:
        browser = self.window.pages.reader.browser
        cursor = browser.textCursor()
        cursor.setPosition(position)
        browser.setTextCursor(cursor)
        browser.ensureCursorVisible()
        where = browser.cursorRect(cursor).center() + QPoint(2, 0)
        QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.settle()
