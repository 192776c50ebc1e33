"""My cases: those under way with all they need, those done and those put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.commands import CaseCommand
from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.domain.wording.names import isolated
from yibao_desktop.services.backup_service import NOT_SHOWN
from yibao_desktop.services.calendar_file import case_reminders
from yibao_desktop.services.case_board import Board
from yibao_desktop.services.case_views import CaseView, SharedMaterial
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.looks.icons import page_icon
from yibao_desktop.ui.pages.case_keeper import offer_restoring
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.takeaway.take_along import TakeAlong
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.case.case_row import CaseMenuRow, CaseSummary
from yibao_desktop.ui.widgets.case.case_tools import CaseTools, CaseWanted
from yibao_desktop.ui.widgets.case.shared_materials import SharedMaterialList

if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout

TOOLS_FROM = 6
"""From so many cases on one can look for one, and put them in another order."""

ROWS = 30
"""So many cases of a kind are listed at first, and so many more each time they are asked for."""


@dataclass(frozen=True, slots=True)
class _Read:
    board: Board
    procedures: list[Procedure]


GONE_FROM_GUIDE = ("资料里已经没有的", "新的资料里没有这件事的办法了。")
UNREADABLE = ("存坏了的", "存着的内容有一处读不懂，打不开了；别的都不受影响。")


class CasesPage(ColumnPage):
    """Lists every case."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._handouts = HandoutActions(context, self)
        self._board: Board | None = None
        self._shown: dict[str, int] = {}
        self._wanted = CaseWanted()
        self._hidden = True
        self._summaries: dict[str, tuple[CaseView, CaseSummary]] = {}
        context.events.changed.connect(self._on_changed)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self)

    def hideEvent(self, event: QHideEvent) -> None:
        """At a counter the names are hidden again once the page is left."""
        super().hideEvent(event)
        self._hidden = True

    def handout(self) -> Make | None:
        """What makes one list of all papers; None where nothing is under way, or is shown."""
        if self._board is None or not self._board.open or self._keeps_names:
            return None
        return self._make_handout

    def _make_handout(self) -> Handout:
        from yibao_desktop.services.papers_handout import papers_document

        board = self._board
        assert board is not None
        services = self._context.services
        pages = dict.fromkeys(view.procedure.id for view in board.open)
        views = [services.guide.page(page) for page in pages]
        return papers_document(board, views, services.clock.today())

    @property
    def _keeps_names(self) -> bool:
        """Whether who stands at the counter is not to see yet whom the cases are for."""
        return self._hidden and self._context.services.settings.current.counter

    def _read(self) -> _Read:
        services = self._context.services
        return _Read(services.cases.board(), services.procedures.procedures())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.cases:
            self.load()

    def _on_read(self, read: _Read) -> None:
        scrolled, focused = self._column.verticalScrollBar().value(), self._focused_name()
        emptied = self._begin_parts(anew=not self.isVisible())
        parts, board = self._column.parts, read.board
        parts.put_text("我的办理", "h1")
        self._column.setAccessibleName("我的办理")
        self._board = board
        if self._keeps_names and board.count:
            self._put_hidden(board)
        else:
            self._put_board(read)
        parts.finish()
        if self._focused_name() != focused:
            self._focus(focused)
        if emptied:
            self._column.scroll_back(scrolled)

    def _put_hidden(self, board: Board) -> None:
        """Names of others stand behind one click."""
        parts, count = self._column.parts, board.count
        parts.put_text(f"存着 {count} 件。里面有别人的称呼，请别让旁边的人看到。")
        show = parts.put("show", None, self._show_button, Qt.AlignmentFlag.AlignLeft)
        show.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_button(self) -> QPushButton:
        show = QPushButton("显示办理的单子")
        show.setProperty("role", "primary")
        show.clicked.connect(self._on_show_clicked)
        return show

    def _on_show_clicked(self) -> None:
        self._hidden = False
        self.load()

    def _put_board(self, read: _Read) -> None:
        parts, board = self._column.parts, read.board
        if board.open:
            days = tuple(day for view in board.open for day in case_reminders(view))
            parts.put("head", days, partial(self._head_row, days))
        else:
            self._put_empty(read.procedures)
        if len(board.open) >= TOOLS_FROM:
            parts.put("tools", None, self._tools)
        self._put_rows("", self._wanted.of(board.open))
        self._put_materials(board.materials)
        self._put_rows("办好的", board.finished)
        self._put_rows("收起来的", board.archived)
        self._put_unusable(GONE_FROM_GUIDE, board.lost)
        self._put_unusable(UNREADABLE, board.broken)

    def _head_row(self, days: Sequence[Reminder]) -> FlowRow:
        row = FlowRow()
        row.add(self._another_button())
        row.add(TakeAlong(self._make_handout, self._handouts, self._context, days))
        return row

    def _put_empty(self, procedures: list[Procedure]) -> None:
        """What can be begun, at once and not a page further."""
        text = "现在没有正在办的事。办起来的会记在这里，关掉再开也还在。"
        if not self._context.services.records.complete:
            text = NOT_SHOWN
        self._column.parts.put_text(text)
        self._column.parts.put_text("要办哪一件？", "h2")
        self._column.parts.put("begin", None, partial(self._begin_grid, procedures))

    def _begin_grid(self, procedures: list[Procedure]) -> TileGrid:
        theme = self._context.theme
        tiles = []
        for procedure in procedures:
            icon = page_icon(Kind.PROCEDURE, procedure.picture)
            picture = self._context.icon(icon, theme.colors.accent)
            tile = Tile(procedure.title, "", picture, theme.metrics.icon)
            tile.clicked.connect(partial(self._context.events.open_item, procedure.id))
            tiles.append(tile)
        return TileGrid(tiles, theme.metrics)

    def _put_rows(self, title: str, cases: Sequence[CaseView]) -> None:
        if cases and title:
            self._column.parts.put_text(title, "h2")
        shown = self._shown.get(title, ROWS)
        for case in cases[:shown]:
            summary = self._summary(case)
            self._column.parts.put(case.case.id, summary, partial(self._case_row, summary))
        left = len(cases) - shown
        if left > 0:
            key = "more", title
            more = partial(self._more_button, title, left)
            self._column.parts.put(key, left, more, Qt.AlignmentFlag.AlignLeft)

    def _more_button(self, title: str, left: int) -> QPushButton:
        more = QPushButton(f"还有 {left} 件，再列出一些")
        more.clicked.connect(partial(self._on_more_clicked, title))
        return more

    def _on_more_clicked(self, title: str) -> None:
        self._shown[title] = self._shown.get(title, ROWS) + ROWS
        self.load()

    def _summary(self, case: CaseView) -> CaseSummary:
        """What is told of a case; of one that has not changed it is known."""
        known = self._summaries.get(case.case.id)
        if known is None or known[0] is not case:
            known = self._summaries[case.case.id] = (case, CaseSummary.of(case, dated=True))
        return known[1]

    def _case_row(self, summary: CaseSummary) -> CaseMenuRow:
        row = CaseMenuRow(summary, self._context)
        case_id = summary.case_id
        row.open_requested.connect(partial(self._context.events.open_case, case_id))
        row.rename_requested.connect(partial(self._on_rename_requested, case_id))
        row.print_requested.connect(partial(self._on_print_requested, case_id))
        row.command_requested.connect(partial(self._on_command_requested, case_id))
        row.delete_requested.connect(partial(self._on_delete_clicked, case_id))
        return row

    def _another_button(self) -> QPushButton:
        another = QPushButton("再办一件")
        another.clicked.connect(partial(self._context.events.open_requested.emit, HOME))
        return another

    def _tools(self) -> CaseTools:
        tools = CaseTools(self._wanted, self._context)
        tools.changed.connect(self._on_wanted_changed)
        return tools

    def _on_wanted_changed(self, wanted: CaseWanted) -> None:
        self._wanted = wanted
        self.load()

    def _view_of(self, case_id: str) -> CaseView:
        return self._summaries[case_id][0]

    def _on_rename_requested(self, case_id: str) -> None:
        dialog = NameDialog(self._view_of(case_id).case, self._context, self.window())
        dialog.stored.connect(self._context.events.changed)
        dialog.open()

    def _on_print_requested(self, case_id: str) -> None:
        self._handouts.print(partial(self._make_case_handout, self._view_of(case_id)))

    def _make_case_handout(self, view: CaseView) -> Handout:
        from yibao_desktop.services.plan_handout import case_document

        services = self._context.services
        page = services.guide.page(view.procedure.id)
        return case_document(view, page, services.clock.today())

    def _put_materials(self, materials: list[SharedMaterial]) -> None:
        if not materials:
            return
        several = len({n.view.case.id for m in materials for n in m.needed}) > 1
        title = "这些事一共要带的材料" if several else "要带的材料，有了就打勾"
        self._column.parts.put_text(title, "h2")
        shared = self._column.parts.put("materials", None, self._material_list)
        shared.show_materials(materials)

    def _material_list(self) -> SharedMaterialList:
        shared = SharedMaterialList(self._context)
        shared.command_requested.connect(self._on_command_requested)
        return shared

    def _put_unusable(self, told: tuple[str, str], cases: Sequence[Case]) -> None:
        """Cases that cannot be gone on with; nothing of them is lost, and all others work."""
        heading, sentence = told
        if cases:
            self._column.parts.put_text(heading, "h2")
        for case in cases:
            titles = [part.title for part in case.seen if part.kind == "procedure"]
            name = f"{isolated(case.nickname)} · {titles[0] if titles else case.procedure}"
            kept = f"打过勾的 {len(case.done_steps)} 步还存着。"
            self._column.parts.put_text(f"{name}：{sentence}{kept}")
            delete = partial(self._delete_button, case.id, name)
            self._column.parts.put(("delete", case.id), name, delete, Qt.AlignmentFlag.AlignLeft)

    def _delete_button(self, case_id: str, name: str) -> QPushButton:
        delete = QPushButton("删除")
        delete.setAccessibleName(f"删除：{name}")
        delete.clicked.connect(partial(self._on_delete_clicked, case_id))
        return delete

    def _on_command_requested(self, case_id: str, command: CaseCommand) -> None:
        call = partial(self._context.services.cases.apply, case_id, command)
        self._context.write(call, self)

    def _on_delete_clicked(self, case_id: str) -> None:
        call = partial(self._context.services.cases.delete, case_id)
        self._context.write(call, self, partial(self._on_deleted, case_id))

    def _on_deleted(self, case_id: str, changes: Changes) -> None:
        offer_restoring(case_id, changes, self._context)
