"""Asks for a day that is not in the future."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.date_field import DateField
from yibao_desktop.ui.widgets.labels import text_label


class DayDialog(QDialog):
    """One question and a day.

    Signals:
        chosen: the ``datetime.date`` confirmed.
    """

    chosen = Signal(object)

    def __init__(
        self, question: str, day: datetime.date, context: UiContext, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("改日期"))
        self.setMinimumWidth(context.theme.metrics.body * 20)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label(question, "h3"))
        self._day = DateField(question)
        self._day.setMaximumDate(QDate.currentDate())
        self._day.setDate(QDate(day.year, day.month, day.day))
        rows.addWidget(self._day)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def _on_accepted(self) -> None:
        day = self._day.date()
        self.accept()
        self.chosen.emit(datetime.date(day.year(), day.month(), day.day()))
