"""One line above the page for what just happened, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import set_role, text_label


class MessageBar(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._on_action: Callable[[], None] | None = None
        self._passing = False
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

    @property
    def text(self) -> str:
        """What is being said; empty while hidden."""
        return self._text.text() if self.isVisible() else ""

    def show_message(self, message: Message) -> None:
        """Say something instead of what was said before."""
        set_role(self, "caution" if message.warning else "note")
        side = self._context.theme.metrics.icon
        self._close.setIcon(self._context.icon("x"))
        self._close.setIconSize(QSize(side, side))
        self._text.setText(message.text)
        self._action.setText(message.action)
        self._action.setVisible(bool(message.action))
        self._on_action = message.on_action
        self._passing = message.passing
        self.show()
        announce(self, message.text)

    def leave_page(self) -> None:
        """Another page is shown: what was said about the old one goes."""
        if self._passing:
            self.hide()

    def _on_action_clicked(self) -> None:
        action, self._on_action = self._on_action, None
        self.hide()
        if action:
            action()
