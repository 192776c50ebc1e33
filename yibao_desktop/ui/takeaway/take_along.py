"""Buttons that take what is on the page along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.widgets.base.flow_row import FlowRow


class TakeAlong(FlowRow):
    """Print, save as PDF, copy as text, and where there are days to keep, save those."""

    def __init__(
        self,
        make: Make,
        actions: HandoutActions,
        context: UiContext,
        reminders: Sequence[Reminder] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Make the buttons.

        Args:
            make: makes the document.
            actions: those of the page it stands on.
            context: what every widget is given.
            reminders: days for the calendar; without any there is no button for them.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._make = make
        self._context = context
        self._reminders = tuple(reminders)
        self._actions = actions
        self._build_ui()

    def _build_ui(self) -> None:
        self.add(self._button("打印", "printer", self._on_print_clicked))
        self.add(self._button("存成 PDF", "file-down", self._on_pdf_clicked))
        self.add(self._button("复制成文字", "copy", self._on_copy_clicked))
        if self._reminders:
            self.add(self._button("存到日历", "calendar-plus", self._on_calendar_clicked))

    def _button(self, text: str, icon: str, on_clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        side = self._context.theme.metrics.icon
        button.setIcon(self._context.icon(icon))
        button.setIconSize(beside_text(side))
        button.clicked.connect(on_clicked)
        return button

    def _on_print_clicked(self) -> None:
        self._actions.print(self._make)

    def _on_pdf_clicked(self) -> None:
        self._actions.save_pdf(self._make)

    def _on_copy_clicked(self) -> None:
        self._actions.copy_text(self._make)

    def _on_calendar_clicked(self) -> None:
        self._actions.save_calendar(self._make, self._reminders)
