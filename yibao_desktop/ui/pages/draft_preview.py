"""The page as a draft makes it, shown by what shows every page of its kind."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.model import CHANNEL, Procedure
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.services.draft_looks import DraftLook, ToldChange
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.page_html import page_html
from yibao_desktop.ui.looks.source_text import provenance
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.grid import MARGIN
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.case.material_list import MaterialList
from yibao_desktop.ui.widgets.case.step_list import StepList
from yibao_desktop.ui.widgets.reading.page_browser import PageBrowser


class DraftPreview(QStackedWidget):
    """Stays where it was scrolled to."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._column = Column()
        self._browser = PageBrowser()
        self.addWidget(self._column)
        self._reader = QWidget()
        rows = QVBoxLayout(self._reader)
        rows.setContentsMargins(MARGIN, MARGIN, 0, 0)
        rows.addWidget(text_label("改好的样子", "h2"))
        rows.addWidget(self._browser, 1)
        self.addWidget(self._reader)

    def show_look(self, look: DraftLook) -> None:
        """Show what a draft comes to."""
        if look.view is not None:
            self._show_text(look.view)
        elif isinstance(look.preview, Procedure):
            self._show_procedure(look, look.preview)

    def _show_text(self, view: PageView) -> None:
        bar = self._browser.verticalScrollBar()
        at = bar.value()
        theme = self._context.theme
        self._browser.setAccessibleName(f"改好的样子：{view.item.title}")
        html = page_html(view, view.page, theme.colors, "")
        self._browser.show_page(html, theme.page_style, provenance(view))
        self.setCurrentWidget(self._reader)
        bar.setValue(at)

    def _show_procedure(self, look: DraftLook, page: Procedure) -> None:
        """What changes, old and new, then papers and steps each way it can be done."""
        column = self._column
        at = column.verticalScrollBar().value()
        column.clear(self._context.theme.metrics.column)
        column.add(text_label("改好的样子", "h2"))
        if look.draft.is_overlay:
            column.add(_told(look.told))
        column.add(text_label(page.title, "h1"))
        column.add(RichLabel.of(page.answer, self._context.theme))
        for question in page.questions:
            options = " / ".join(option.label for option in question.options)
            if options:
                column.add(text_label(f"先问：{question.text}（{options}）", "quiet"))
        for heading, channel in _ways(page):
            if heading:
                column.add(text_label(heading, "h2"))
            plan = judged_plan(page, {CHANNEL: (channel,)} if channel else {})
            column.add(MaterialList(plan, self._context))
            steps = StepList(self._context)
            steps.show_steps(plan, ())
            column.add(steps)
        for outcome in page.outcomes:
            column.add(text_label(outcome.title, "strong"))
            column.add(text_label(outcome.text.plain))
        self.setCurrentWidget(column)
        column.scroll_back(at)


def _told(told: tuple[ToldChange, ...]) -> QFrame:
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
