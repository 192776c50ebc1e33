"""What can be done with a document of one's own, below its text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.widgets.base.flow_row import FlowRow


class OwnTools(FlowRow):
    """Three buttons.

    Signals:
        original_requested: the original is to be opened.
        change_requested: its name, folder or day is to be another.
        removal_requested: it is to be removed.
    """

    original_requested = Signal()
    change_requested = Signal()
    removal_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._buttons: list[tuple[QPushButton, str]] = []
        for text, icon, signal in (
            ("打开原件…", "folder-open", self.original_requested),
            ("改名、归类…", "pencil", self.change_requested),
            ("移除这份资料", "trash-2", self.removal_requested),
        ):
            button = QPushButton(text)
            button.clicked.connect(signal)
            self._buttons.append((button, icon))
            self.add(button)
        self.show_looks()

    def show_looks(self) -> None:
        """Take on the colours and sizes in force."""
        for button, icon in self._buttons:
            button.setIcon(self._context.icon(icon))
            button.setIconSize(beside_text(self._context.theme.metrics.icon))
