"""A case in a list: for whom, what, how far, what next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.records.commands import Archive, Reopen
from yibao_desktop.domain.records.stages import Stage
from yibao_desktop.domain.wording.date_text import due_text, expected_text
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.tile import Tile


def progress_text(view: CaseView) -> str:
    """How far a case is."""
    counted = view.progress
    if counted.max == 0:
        return "没有要办的步骤"
    total = str(counted.max) if counted.min == counted.max else f"{counted.min}–{counted.max}"
    return f"已完成 {counted.done}/{total} 步"


def state_text(view: CaseView) -> str:
    """How far and what next; in a second line until when, or about when.

    How many steps there are is not said while answers may still make them more or fewer.
    """
    sure = view.progress.min == view.progress.max or view.progress.done > 0
    parts = [progress_text(view), view.next_text] if sure else [view.next_text]
    if view.awaits_submission and view.progress.done:
        parts.append("还没有提交")
    elif view.stage in (Stage.SUBMITTED, Stage.ACCEPTED):
        parts.append(view.stage.value)
    lines = ["　".join(parts)]
    missing = len(view.missing)
    if missing and view.case.closed_at is None and not view.plan.to_ask:
        lines.append(f"材料还差 {missing} 样")
    if view.due:
        lines.append(due_text(view.due[0]))
    elif view.expected:
        lines.append(expected_text(view.expected[-1]))
    return "\n".join(lines)


def _dated_text(view: CaseView) -> str:
    """How far and what next; below it what is missing, and since when it is under way."""
    first, *more = state_text(view).split("\n")
    begun = view.case.created_at.astimezone()
    since = f"{begun.year}年{begun.month}月{begun.day}日开始"
    return "\n".join([first, "　".join([*more[:1], since]), *more[1:]])


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """All that a row says of a case: where it is equal, the row is the same."""

    case_id: str
    heading: str
    state: str
    is_urgent: bool
    is_ended: bool
    picture: Picture | None

    @classmethod
    def of(cls, view: CaseView, dated: bool = False) -> CaseSummary:
        """What there is to say of a case; ``dated``: since when it is under way, too."""
        urgent = any(due.is_near for due in view.due)
        case, picture = view.case, view.procedure.picture
        ended = case.closed_at is not None or case.archived_at is not None
        state = _dated_text(view) if dated else state_text(view)
        return cls(case.id, view.heading, state, urgent, ended, picture)


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


class CaseMenuRow(QWidget):
    """A case in the list of all, with what else can be done with it behind one button.

    Signals:
        open_requested: the case is to be opened.
        rename_requested: it is to be called something else.
        print_requested: its list is to be printed.
        command_requested: the ``CaseCommand`` to be carried out.
        delete_requested: it is to be deleted.
    """

    open_requested = Signal()
    rename_requested = Signal()
    print_requested = Signal()
    command_requested = Signal(object)
    delete_requested = Signal()

    def __init__(
        self, summary: CaseSummary, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        tile = CaseRow(summary, context)
        tile.clicked.connect(self.open_requested)
        more = QToolButton()
        more.setText("更多")
        more.setAccessibleName(f"更多：{summary.heading}")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self._menu(summary, more))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(tile, 1)
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)

    def _menu(self, summary: CaseSummary, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        menu.addAction("打印清单", self.print_requested.emit)
        menu.addAction("改称呼", self.rename_requested.emit)
        command = Reopen() if summary.is_ended else Archive()
        text = "重新打开" if summary.is_ended else "先收起来"
        menu.addAction(text, partial(self.command_requested.emit, command))
        menu.addSeparator()
        menu.addAction("删除", self.delete_requested.emit)
        return menu
