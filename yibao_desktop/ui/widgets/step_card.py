"""A step of a plan: to be read, or to be ticked as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.case import StepMark
from yibao_desktop.domain.plain_text import material_text
from yibao_desktop.domain.plan import PlanStep
from yibao_desktop.domain.procedure import STEP_NAMES, Failure, Procedure
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import Message
from yibao_desktop.ui.rich_text import inline_html
from yibao_desktop.ui.source_text import keys_line
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.callout import CalloutBox
from yibao_desktop.ui.widgets.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.tick_box import TickBox


@dataclass(frozen=True, slots=True)
class StepState:
    """How a step of a case stands.

    Attributes:
        mark: the tick and note.
        is_next: whether it is what should be done now.
        position: which alternative of a choice it is and of how many, such as ``(1, 2)``.
    """

    mark: StepMark = StepMark()  # noqa: RUF009 - frozen
    is_next: bool = False
    position: tuple[int, int] | None = None


class StepCard(QFrame):
    """Everything a step says; with a state it can be ticked.

    Signals:
        tick_requested: step id and whether it is done now.
        link_requested: id of the item a clicked link points to.
    """

    tick_requested = Signal(str, bool)
    link_requested = Signal(str)

    def __init__(
        self,
        planned: PlanStep,
        procedure: Procedure,
        context: UiContext,
        state: StepState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.planned = planned
        self._procedure = procedure
        self._context = context
        self._state = state
        self._build_ui()

    @property
    def done(self) -> bool:
        """Whether the step is ticked."""
        return self._state is not None and self._state.mark.done_at is not None

    def _build_ui(self) -> None:
        role = "done" if self.done else "next" if self._state and self._state.is_next else "card"
        self.setProperty("role", role)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        rows.addLayout(self._head())
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(self._context.theme.metrics.body * 2, 0, 0, 0)
        body.setSpacing(SPACE)
        for widget in self._parts():
            body.addWidget(widget)
        rows.addWidget(self._body)
        self._body.setVisible(not self.done)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE + 4)
        number = f"{self.planned.number}" if self._position is None else "○"
        if self._state is not None:
            self.tick = TickBox("", self._spoken_name(), self._context)
            self.tick.setChecked(self.done)
            self.tick.clicked.connect(self._on_tick_clicked)
            head.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        title = f"{number}　{self.planned.step.title}" if number != "○" else self.planned.step.title
        label = text_label(title, "h3")
        label.setMinimumHeight(self._context.theme.metrics.target_outer if self._state else 0)
        words.addWidget(label)
        if self.done and self._state and self._state.mark.done_at:
            day = self._state.mark.done_at.astimezone()
            words.addWidget(text_label(f"{day.year}年{day.month}月{day.day}日 办好", "quiet"))
        head.addLayout(words, 1)
        for tag in self._tags():
            shown = text_label(tag, "tag")
            shown.setWordWrap(False)
            head.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        if self.done:
            more = QPushButton(self.tr("看内容"))
            more.setProperty("role", "link")
            more.setAccessibleName(self.tr("看内容：{0}").format(self.planned.step.title))
            more.clicked.connect(self._on_more_clicked)
            head.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return head

    @property
    def _position(self) -> tuple[int, int] | None:
        return self._state.position if self._state else None

    def _spoken_name(self) -> str:
        title = self.planned.step.title
        if self._position:
            at, count = self._position
            return f"第{self.planned.number}步，任选一种，共{count}种，第{at}种，{title}"
        return f"第{self.planned.number}步，{title}"

    def _tags(self) -> Iterator[str]:
        step = self.planned.step
        if step.kind not in ("do", "prepare"):
            yield STEP_NAMES[step.kind]
        if step.optional:
            yield self.tr("可做可不做")
        if self._state is not None and not self.planned.sure and not self.planned.choice:
            yield self.tr("看情况")

    def _parts(self) -> Iterator[QWidget]:
        step = self.planned.step
        colors = self._context.theme.colors
        for line in step.lines:
            if line.kind == "caution":
                rich = RichLabel.of(line.text, colors)
                yield self._linked(CalloutBox("caution", self.tr("注意"), [rich], self._context))
            else:
                yield self._linked(
                    RichLabel.of(line.text, colors, "· " if line.kind == "do" else "")
                )
        yield from self._path_rows()
        if step.copy_text:
            yield self._copy_row()
        for name, text in self._facts():
            yield self._linked(RichLabel(f"<b>{name}</b>　{text[0]}", f"{name}：{text[1]}"))
        for failure in step.fails:
            yield self._failure_box(failure)
        yield text_label(keys_line(step.sources), "quiet")

    def _path_rows(self) -> Iterator[QWidget]:
        paths = self.planned.step.paths
        for number, path in enumerate(paths, 1):
            name = self.tr("点这里") if len(paths) == 1 else self.tr("走法 {0}").format(number)
            plain = " › ".join(path.labels)
            label = self._context.theme.colors.label_surface
            html = " › ".join(
                f'<span style="background-color:{label};">&nbsp;{escape(part)}&nbsp;</span>'
                for part in path.labels
            )
            yield RichLabel(f"<b>{name}</b>　{html}", f"{name}：{plain}")

    def _copy_row(self) -> QWidget:
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        for text in self.planned.step.copy_text:
            button = QPushButton(self.tr("复制“{0}”").format(text))
            button.setIcon(self._context.icon("copy"))
            button.clicked.connect(partial(self._on_copy_clicked, text))
            buttons.addWidget(button)
        buttons.addStretch(1)
        return row

    def _facts(self) -> Iterator[tuple[str, tuple[str, str]]]:
        step, colors = self.planned.step, self._context.theme.colors
        if step.materials:
            names = "；".join(material_text(self._procedure.material(m)) for m in step.materials)
            yield self.tr("要带"), (escape(names), names)
        for name, said in ((self.tr("费用"), step.fee), (self.tr("时间"), step.time)):
            if said:
                yield name, (inline_html(said.text, colors), said.text.plain)
        if step.done_when:
            yield self.tr("怎样算办好"), (inline_html(step.done_when, colors), step.done_when.plain)

    def _failure_box(self, failure: Failure) -> QWidget:
        colors = self._context.theme.colors
        lines = [RichLabel.of(failure.symptom, colors)]
        lines += [RichLabel.of(action, colors, "· ") for action in failure.actions]
        return self._linked(CalloutBox("note", self.tr("办不成怎么办"), lines, self._context))

    def _linked(self, widget: RichLabel | CalloutBox) -> QWidget:
        widget.link_requested.connect(self.link_requested)
        return widget

    def _on_tick_clicked(self, done: bool) -> None:
        self.tick_requested.emit(self.planned.step.id, done)

    def _on_more_clicked(self) -> None:
        self._body.setVisible(self._body.isHidden())

    def _on_copy_clicked(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        message = Message(self.tr("已复制“{0}”").format(text))
        self._context.events.message_requested.emit(message)
