"""Asks for a day that is not in the future."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.widgets.base.date_field import DateField
from yibao_desktop.ui.widgets.base.labels import text_label


class DayDialog(FormDialog):
    """One question and a day.

    Signals:
        chosen: the ``datetime.date`` confirmed.
    """

    chosen = Signal(object)

    def __init__(
        self, question: str, day: datetime.date, context: UiContext, parent: QWidget
    ) -> None:
        super().__init__(context, parent)
        self.setWindowTitle("改日期")
        self.column.add(text_label(question, "h2"))
        self._day = DateField(question, context.services.clock.today())
        self._day.set_day(day)
        self._day.changed.connect(self._on_day_changed)
        self.column.add(self._day)
        self.accepted.connect(self._on_accepted)
        self._day.setFocus()

    def _on_day_changed(self) -> None:
        self.keep.setEnabled(self._day.day is not None)

    def _on_accepted(self) -> None:
        self.chosen.emit(self._day.day)
