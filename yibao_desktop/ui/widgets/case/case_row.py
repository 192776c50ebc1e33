"""A case in a list: for whom, what, how far, what next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.wording.date_text import due_text, expected_text
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.widgets.base.tile import Tile


def progress_text(view: CaseView) -> str:
    """How far a case is."""
    counted = view.progress
    if counted.max == 0:
        return "没有要办的步骤"
    total = str(counted.max) if counted.min == counted.max else f"{counted.min}–{counted.max}"
    return f"已完成 {counted.done}/{total} 步"


def state_text(view: CaseView) -> str:
    """How far and what next; in a second line until when, or about when."""
    parts = [progress_text(view), view.next_text]
    if view.awaits_submission and view.progress.done:
        parts.append("还没有提交")
    lines = ["　".join(parts)]
    if view.due:
        lines.append(due_text(view.due[0]))
    elif view.expected:
        lines.append(expected_text(view.expected[-1]))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """All that a row says of a case: where it is equal, the row is the same."""

    case_id: str
    heading: str
    state: str
    is_urgent: bool
    picture: Picture | None

    @classmethod
    def of(cls, view: CaseView) -> CaseSummary:
        """What there is to say of a case."""
        urgent = any(due.is_near for due in view.due)
        return cls(view.case.id, view.heading, state_text(view), urgent, view.procedure.picture)


class CaseRow(Tile):
    """The whole row opens the case.

    Signals:
        open_requested: id of the case.
    """

    open_requested = Signal(str)

    def __init__(
        self, summary: CaseSummary, context: UiContext, parent: QWidget | None = None
    ) -> None:
        colors = context.theme.colors
        # A warning where a limit is near or over; never by colour alone, the text says it too.
        usual = summary.picture or "clipboard-check", colors.accent
        drawn = ("triangle-alert", colors.caution_border) if summary.is_urgent else usual
        icon, side = context.icon(*drawn), context.theme.metrics.icon
        super().__init__(summary.heading, summary.state, icon, side, parent)
        self._case_id = summary.case_id
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.open_requested.emit(self._case_id)
