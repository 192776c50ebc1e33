"""Reads a text aloud, and stops."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import beside_text


class SpeakButton(QPushButton):
    """Not to be seen where nothing can be read aloud; the help says why."""

    def __init__(
        self, context: UiContext, text: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        """Make the button.

        Args:
            context: what every widget is given.
            text: what it reads.
            name: what is read, for those who hear only the button's name.
            parent: the widget it lies in.
        """
        super().__init__(parent)
        self._context = context
        self._text = text
        self._name = name
        self.clicked.connect(self._on_clicked)
        context.speech.changed.connect(self._show)
        self._show()

    def show_for(self, text: str, name: str) -> None:
        """Stand for another text; what is read of the one before is cut short."""
        if self._speaking:
            self._context.speech.stop()
        self._text, self._name = text, name
        self._show()

    @property
    def _speaking(self) -> bool:
        return bool(self._text) and self._context.speech.text == self._text

    def _show(self) -> None:
        word = "停止" if self._speaking else "朗读"
        self.setText(word)
        self.setAccessibleName(f"{word}：{self._name}" if self._name else word)
        self.setToolTip("读给您听，再点一次就停")
        side = self._context.theme.metrics.icon
        self.setIconSize(beside_text(side))
        self.setIcon(self._context.icon("x" if self._speaking else "volume-2"))
        available = self._context.speech.available
        if self.parentWidget() is not None or not available:
            self.setVisible(available)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing goes on being read whose button to stop it is gone with its page."""
        super().hideEvent(event)
        if self._speaking and not event.spontaneous():
            self._context.speech.stop()

    def _on_clicked(self) -> None:
        if self._speaking:
            self._context.speech.stop()
        else:
            self._context.speech.say(self._text)
