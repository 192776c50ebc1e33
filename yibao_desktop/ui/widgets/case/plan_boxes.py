"""What stands around the steps and papers of a plan: its head, its limits, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.procedure.model import Outcome
from yibao_desktop.domain.procedure.timing import DueDate
from yibao_desktop.domain.records.commands import (
    Acknowledge,
    Archive,
    CaseCommand,
    Finish,
    Reopen,
    checked_nickname,
)
from yibao_desktop.domain.records.edition import EditionNews, news_lines
from yibao_desktop.domain.records.kept_text import NICKNAME
from yibao_desktop.domain.wording.date_text import day_text, due_line
from yibao_desktop.errors import UserError
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.callout import CalloutBox
from yibao_desktop.ui.widgets.base.doubts_badge import DoubtsBadge
from yibao_desktop.ui.widgets.base.field_fault import FieldFault
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import LineLabel, RichLabel, text_label
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes


def heading_row(heading: str, badge: DoubtsBadge, is_draft: bool, wishes: CaseWishes) -> QWidget:
    """For whom and what, how much is doubtful, and a way to call it something else where kept."""
    head = FlowRow(first_stretches=True, spacing=2 * SPACE)
    head.add(LineLabel(heading, "h1"))
    head.add(badge)
    if not is_draft:
        rename = QPushButton("改称呼")
        rename.setProperty("role", "link")
        rename.clicked.connect(wishes.rename_requested)
        head.add(rename)
    return head


def keep_box(wishes: CaseWishes) -> QWidget:
    """A case that is only looked through can be kept under a name."""
    box = QFrame()
    box.setProperty("role", "note")
    rows = QVBoxLayout(box)
    rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
    rows.addWidget(text_label("这是先看看，没有存下来，关掉程序就没有了。"))
    row = QHBoxLayout()
    field = QLineEdit()
    field.setMaxLength(NICKNAME.most)
    field.setAccessibleName("给谁办")
    field.setPlaceholderText("要存下来，写一个称呼，例如“妈妈”")
    keep = QPushButton("存下来")
    field.returnPressed.connect(keep.click)
    fault = FieldFault(field)
    keep.clicked.connect(partial(_on_keep_clicked, field, fault, wishes))
    row.addWidget(field, 1)
    row.addWidget(keep)
    rows.addLayout(row)
    rows.addWidget(fault)
    return box


def _on_keep_clicked(
    field: QLineEdit, fault: FieldFault, wishes: CaseWishes, _checked: bool = False
) -> None:
    try:
        wishes.name_requested.emit(checked_nickname(field.text()))
    except UserError as error:
        fault.tell(error)


def news_box(news: EditionNews, wishes: CaseWishes, context: UiContext) -> QWidget:
    """What a new edition of the guide changed about the case."""
    lines = [RichLabel(escape(t), t, context.theme) for t in news_lines(news)]
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    name = "资料更新过，这件事有变化"
    rows.addWidget(CalloutBox("caution", name, lines, context))
    seen = QPushButton("知道了")
    seen.clicked.connect(partial(wishes.command, Acknowledge()))
    rows.addWidget(seen, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def due_box(due: DueDate, context: UiContext) -> CalloutBox:
    """A limit that is running."""
    text = due_line(due)
    name = "期限过了" if due.is_past else "期限快到了"
    tone = "caution" if due.is_near else "note"
    last = f"最晚 {day_text(due.last)}"
    date = f'<span style="font-size:{context.theme.metrics.h1}px"><b>{last}</b></span>'
    lines = [RichLabel(escape(text), text, context.theme)]
    if context.theme.metrics.elder:  # the one thing to be remembered, to be read from afar
        lines.insert(0, RichLabel(date, last, context.theme))
    title = name if due.is_near else "办这件事有期限"
    return CalloutBox(tone, title, lines, context)


def finished_box(lines: Sequence[str], context: UiContext) -> CalloutBox:
    """What a case that is finished was made of."""
    labels = [RichLabel(escape(line), line, context.theme) for line in lines]
    return CalloutBox("note", "办完了", labels, context)


def progress_bar(percent: int, name: str) -> QProgressBar:
    """How far the case is; the name says it in words."""
    bar = QProgressBar()
    bar.setValue(percent)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar


def outcome_box(outcome: Outcome, context: UiContext) -> CalloutBox:
    """Where the answers lead."""
    tone = "caution" if outcome.kind == "ask" else "note"
    text = RichLabel.of(outcome.text, context.theme)
    box = CalloutBox(tone, outcome.title, [text], context)
    box.link_requested.connect(context.events.follow)
    return box


def end_commands(view: CaseView) -> tuple[CaseCommand, ...]:
    """What can be done with the case as a whole, besides deleting it."""
    commands: list[CaseCommand] = []
    if view.case.closed_at is not None or view.case.archived_at is not None:
        commands.append(Reopen())
    elif view.can_finish:
        commands.append(Finish())
    if view.case.archived_at is None:
        commands.append(Archive())
    return tuple(commands)


def end_row(commands: tuple[CaseCommand, ...], wishes: CaseWishes) -> QWidget:
    """What can be done with the case as a whole."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, SPACE, 0, 0)
    row.setSpacing(SPACE)
    for command in commands:
        button = QPushButton(_END_NAMES[type(command)])
        button.setProperty("role", "primary" if isinstance(command, Finish) else "")
        button.clicked.connect(partial(wishes.command, command))
        row.addWidget(button)
    delete = QPushButton("删除")
    delete.clicked.connect(wishes.delete_requested)
    row.addWidget(delete)
    row.addStretch(1)
    return holder


_END_NAMES: dict[type[CaseCommand], str] = {
    Reopen: "重新打开",
    Finish: "全部办好了",
    Archive: "先收起来",
}
