"""My cases: those under way and those put away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.services.case_service import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.widgets.case_row import CaseRow
from yibao_desktop.ui.widgets.column_page import ColumnPage
from yibao_desktop.ui.widgets.labels import text_label


class CasesPage(ColumnPage):
    """Lists every case.

    Signals:
        case_requested: id of the case to go on with.
        home_requested: to where something can be begun.
    """

    case_requested = Signal(str)
    home_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context.events.changed.connect(self._on_changed)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self)

    def _read(self) -> tuple[list[CaseView], list[CaseView]]:
        cases = self._context.services.cases
        return cases.open_cases(), cases.closed_cases()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.cases:
            self.load()

    def _on_read(self, read: tuple[list[CaseView], list[CaseView]]) -> None:
        under_way, closed = read
        self._begin()
        self._column.add(text_label(self.tr("我的办理"), "h1"))
        if not under_way:
            self._add_empty()
        self._add_rows(under_way)
        if closed:
            self._column.add(text_label(self.tr("收起来的"), "h2"))
            self._add_rows(closed)

    def _add_empty(self) -> None:
        text = self.tr(
            "现在没有正在办的事。选一件要办的，写上给谁办，就会记在这里，关掉再开也还在。"
        )
        self._column.add(text_label(text, "lead"))
        button = QPushButton(self.tr("去选一件"))
        button.setProperty("role", "primary")
        button.clicked.connect(self.home_requested)
        self._column.add_button(button)

    def _add_rows(self, cases: list[CaseView]) -> None:
        for case in cases:
            row = CaseRow(case, self._context)
            row.open_requested.connect(self.case_requested)
            self._column.add(row)
