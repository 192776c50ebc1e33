"""What a step says: lines, menu paths, papers, fee, how one knows it is done, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.text import CALLOUT_NAMES, RichText
from yibao_desktop.domain.procedure.model import Failure
from yibao_desktop.domain.procedure.plan import PlanStep
from yibao_desktop.domain.wording.plain_text import LINE_MARKS, is_telephone_number, paper_text
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.rich_text import inline_html
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.callout import CalloutBox, doubts_box
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.base.sources_label import SourcesLabel


class StepBody(QWidget):
    """Everything below a step's title."""

    def __init__(
        self,
        planned: PlanStep,
        doubts: Iterable[Doubt],
        reasons: Iterable[str],
        context: UiContext,
        parent: QWidget | None = None,
    ) -> None:
        """Make the body; ``doubts`` and ``reasons`` are those to be told at this step."""
        super().__init__(parent)
        self._planned = planned
        self._step = planned.step
        self._doubts = tuple(doubts)
        self._reasons = tuple(reasons)
        self._context = context
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        for widget in self._parts():
            if isinstance(widget, RichLabel | CalloutBox):
                widget.link_requested.connect(context.events.follow)
            rows.addWidget(widget)

    def _parts(self) -> Iterator[QWidget]:
        step = self._planned.step
        for line in self._planned.lines:
            if line.kind == "caution":
                text = RichLabel.of(line.text, self._context.theme)
                yield CalloutBox("caution", CALLOUT_NAMES["caution"], [text], self._context)
            else:
                yield RichLabel.of(line.text, self._context.theme, LINE_MARKS[line.kind])
        yield from self._path_rows()
        if step.copy_text:
            yield self._copy_row()
        yield from self._fact_rows()
        for failure in step.fails:
            yield self._failure_box(failure)
        if self._doubts:
            yield doubts_box(self._doubts, self._context)
        for reason in self._reasons:
            yield text_label(reason, "quiet")
        yield SourcesLabel(step.sources, self._context)

    def _path_rows(self) -> Iterator[QWidget]:
        paths = self._step.paths
        label = self._context.theme.colors.label_surface
        for number, path in enumerate(paths, 1):
            name = "点这里" if len(paths) == 1 else f"走法 {number}"
            html = " › ".join(
                f'<span style="background-color:{label};">&nbsp;{escape(part)}&nbsp;</span>'
                for part in path.labels
            )
            yield self._named_row(name, html, " › ".join(path.labels))

    def _copy_row(self) -> QWidget:
        row = FlowRow()
        for text in self._step.copy_text:
            button = QPushButton(f"复制“{text}”")
            button.clicked.connect(partial(self._on_copy_clicked, text))
            if is_telephone_number(text):
                row.add(self._number_label(text))
            row.add(button)
        return row

    def _number_label(self, number: str) -> QLabel:
        """A telephone number as large as a heading, to be read while one dials."""
        label = text_label(number, "h1")
        label.setWordWrap(False)
        label.setAccessibleName(f"电话：{number}")
        return label

    def _fact_rows(self) -> Iterator[QWidget]:
        step = self._step
        if self._planned.papers:
            names = "；".join(paper_text(paper) for paper in self._planned.papers)
            yield self._fact_row("要带", RichText.of(names))
        if step.fee:
            yield self._fact_row("费用", step.fee.text)
        if step.time:
            yield self._fact_row("时间", step.time.text)
        if step.done_when:
            yield self._fact_row("怎样算办好", step.done_when)

    def _fact_row(self, name: str, text: RichText) -> QWidget:
        return self._named_row(name, inline_html(text, self._context.theme.colors), text.plain)

    def _named_row(self, name: str, html: str, plain: str) -> QWidget:
        return RichLabel(f"<b>{name}</b>　{html}", f"{name}：{plain}", self._context.theme)

    def _failure_box(self, failure: Failure) -> QWidget:
        theme = self._context.theme
        lines = [RichLabel.of(failure.symptom, theme)]
        lines += [RichLabel.of(action, theme, "· ") for action in failure.actions]
        return CalloutBox("note", "办不成怎么办", lines, self._context)

    def _on_copy_clicked(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        message = Message(f"已复制“{text}”")
        self._context.events.message_requested.emit(message)
