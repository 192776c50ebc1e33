"""A case in a list: for whom, what, how far, what next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yibao_desktop.services.case_service import CaseView
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.widgets.tile import Tile


def progress_text(view: CaseView) -> str:
    """How far a case is."""
    counted = view.progress
    if counted.max == 0:
        return "没有要办的步骤"
    total = str(counted.max) if counted.min == counted.max else f"{counted.min}–{counted.max}"
    return f"已完成 {counted.done}/{total} 步"


def next_text(view: CaseView) -> str:
    """What is to be done next."""
    if view.plan.to_ask:
        return "还有问题要回答"
    if view.next is None:
        return "步骤都办完了" if view.plan.steps else "看看结果"
    return f"下一步：{view.next.choice.title if view.next.choice else view.next.step.title}"


class CaseRow(Tile):
    """The whole row opens the case.

    Signals:
        open_requested: id of the case.
    """

    open_requested = Signal(str)

    def __init__(self, view: CaseView, context: UiContext, parent: QWidget | None = None) -> None:
        theme = context.theme
        super().__init__(
            f"{view.case.nickname} · {view.procedure.title}",
            f"{progress_text(view)}　{next_text(view)}",
            context.icon("clipboard-check", theme.colors.accent),
            theme.metrics.icon,
            parent,
        )
        self._case_id = view.case.id
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.open_requested.emit(self._case_id)
