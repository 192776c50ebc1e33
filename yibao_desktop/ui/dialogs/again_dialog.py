"""Asked where the same is under way for the same person already."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.case.case_row import state_text


class AgainDialog(QDialog):
    """Says how far the other one is.

    Signals:
        open_requested: the one that is there is to be gone on with.
        another_requested: a second one is meant.
    """

    open_requested = Signal()
    another_requested = Signal()

    def __init__(self, view: CaseView, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("已经有一件了")
        self.setMinimumWidth(min(context.theme.metrics.body * 26, parent.width() - 4 * SPACE))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label(f"“{view.heading}”已经有一件了，接着办？", "h2"))
        begun = day_text(view.case.created_at.astimezone().date())
        rows.addWidget(text_label(f"{begun} 开始的，{state_text(view)}"))
        buttons = FlowRow()
        for text, signal, role in (
            ("接着办", self.open_requested, "primary"),
            ("再办一件", self.another_requested, ""),
            ("取消", None, ""),
        ):
            button = QPushButton(text)
            button.setProperty("role", role)
            if signal is not None:
                button.clicked.connect(signal)
            button.clicked.connect(self.accept if signal is not None else self.reject)
            buttons.add(button)
        rows.addStretch(1)
        rows.addWidget(buttons)
