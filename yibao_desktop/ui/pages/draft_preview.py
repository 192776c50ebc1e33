"""The page as a draft makes it, shown by what shows every procedure."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.model import CHANNEL, Procedure
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.services.draft_service import DraftLook, ToldChange
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.case.material_list import MaterialList
from yibao_desktop.ui.widgets.case.step_list import StepList


class DraftPreview(Column):
    """What changes, old and new, then papers and steps; stays where it was scrolled to."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def show_look(self, look: DraftLook) -> None:
        """Show what a draft comes to."""
        at = self.verticalScrollBar().value()
        page = look.preview
        self.clear(self._context.theme.metrics.column)
        self.add(text_label("改好的样子", "h2"))
        self.add(self._told(look.told))
        self.add(text_label(page.title, "h1"))
        self.add(RichLabel.of(page.answer, self._context.theme))
        for heading, channel in _ways(page):
            if heading:
                self.add(text_label(heading, "h2"))
            plan = judged_plan(page, {CHANNEL: (channel,)} if channel else {})
            self.add(MaterialList(plan, self._context))
            steps = StepList(self._context)
            steps.show_steps(plan, ())
            self.add(steps)
        self.scroll_back(at)

    def _told(self, told: tuple[ToldChange, ...]) -> QFrame:
        box = QFrame()
        box.setProperty("role", "note")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        if not told:
            rows.addWidget(text_label("还一处也没有改。"))
        for change in told:
            rows.addWidget(text_label(change.part, "strong"))
            if change.was:
                rows.addWidget(text_label(f"指南里：{change.was}", "quiet"))
            rows.addWidget(text_label(f"改成：{change.now}" if change.now else "不用了"))
        return box


def _ways(page: Procedure) -> list[tuple[str, str]]:
    """Each channel with its name; where there is one way only, that without a name."""
    return [(c.name, c.id) for c in page.channels] if len(page.channels) > 1 else [("", "")]
