"""One line above the page for what just happened, with one thing to do about it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import set_role, text_label

UNDO = "撤销"


class MessageBar(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._message = Message("")
        self._build_ui()
        self._connect_signals()
        self.hide()

    def _build_ui(self) -> None:
        self.setProperty("role", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        self._text = text_label("")
        self._action = QPushButton()
        self._action.setProperty("role", "link")
        self._close = QToolButton()
        self._close.setProperty("role", "flat")
        self._close.setAccessibleName("关闭提示")
        self._close.setToolTip("关闭提示")
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)

    def _connect_signals(self) -> None:
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.hide)
        self._context.undo.taken_back.connect(self._on_taken_back)
        self._context.events.changed.connect(self._on_changed)

    @property
    def text(self) -> str:
        """What is being said; empty while hidden."""
        return self._text.text() if self.isVisible() else ""

    def show_message(self, message: Message) -> None:
        """Say something instead of what was said before, or beside what lasts."""
        message = self._with_what_lasts(message)
        set_role(self, "caution" if message.warning else "note")
        side = self._context.theme.metrics.icon
        self._close.setIcon(self._context.icon("x"))
        self._close.setIconSize(QSize(side, side))
        self._text.setText(message.text)
        action = message.action or (UNDO if message.undoes else "")
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._message = message
        self.show()
        announce(self, message.text)

    def _with_what_lasts(self, message: Message) -> Message:
        """The message, after the lasting one that is shown where it is to stand beside that."""
        before = self._message
        if self.isHidden() or not (before.lasting and message.beside):
            return message
        acting = before if before.action else message
        text = f"{before.text}\n{message.text}"
        return replace(acting, text=text)

    def leave_page(self) -> None:
        """Another page is shown: what was said about the old one goes with it."""
        if not self._message.lasting:
            self.hide()

    def _on_action_clicked(self) -> None:
        message = self._message
        self.hide()
        if message.undoes is not None:
            self._context.undo.take_back_changes(message.undoes)
        elif message.on_action is not None:
            message.on_action()

    def _on_taken_back(self, changes: Changes) -> None:
        """What it told of has been undone by the key."""
        if self._message.undoes is changes:
            self.hide()

    def _on_changed(self, _changes: Changes) -> None:
        """What could not be done a moment ago can be now: nothing is to be complained of."""
        if self._message.until_done:
            self.hide()
