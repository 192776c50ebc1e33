"""My cases: those under way with all they need, those done and those put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.commands import CaseCommand
from yibao_desktop.domain.wording.names import isolated
from yibao_desktop.services.calendar_file import case_reminders
from yibao_desktop.services.case_board import Board
from yibao_desktop.services.case_views import CaseView, SharedMaterial
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.icons import page_icon
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.takeaway.take_along import TakeAlong
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.case.case_row import CaseRow
from yibao_desktop.ui.widgets.case.shared_materials import SharedMaterialList

if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout


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
        context.events.changed.connect(self._on_changed)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self)

    def handout(self) -> Make | None:
        """What makes one list of all papers; None where nothing is under way."""
        if self._board is None or not self._board.open:
            return None
        return partial(self._make_handout, self._board)

    def _make_handout(self, board: Board) -> Handout:
        from yibao_desktop.services.papers_handout import papers_document

        services = self._context.services
        pages = dict.fromkeys(view.procedure.id for view in board.open)
        views = [services.guide.page(page) for page in pages]
        return papers_document(board, views, services.clock.today())

    def _read(self) -> _Read:
        services = self._context.services
        return _Read(services.cases.board(), services.procedures.procedures())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.cases:
            self.load()

    def _on_read(self, read: _Read) -> None:
        scrolled = self._column.verticalScrollBar().value()
        focused = self._focused_name()
        self._begin()
        self._column.add(text_label("我的办理", "h1"))
        board, materials = read.board, read.board.materials
        self._board = board
        if make := self.handout():
            reminders = [r for view in board.open for r in case_reminders(view)]
            self._column.add(TakeAlong(make, self._handouts, self._context, reminders))
        if not board.open:
            self._add_empty(read.procedures)
        self._add_rows("", board.open)
        if materials:
            self._add_materials(materials)
        self._add_rows("办好的", board.finished)
        self._add_rows("收起来的", board.archived)
        self._add_unusable(GONE_FROM_GUIDE, board.lost)
        self._add_unusable(UNREADABLE, board.broken)
        self._focus(focused)
        self._column.scroll_back(scrolled)

    def _add_empty(self, procedures: list[Procedure]) -> None:
        """What can be begun, at once and not a page further."""
        text = "现在没有正在办的事。办起来的会记在这里，关掉再开也还在。"
        self._column.add(text_label(text))
        self._column.add(text_label("要办哪一件？", "h2"))
        theme = self._context.theme
        tiles = []
        for procedure in procedures:
            icon = page_icon(Kind.PROCEDURE, procedure.picture)
            picture = self._context.icon(icon, theme.colors.accent)
            tile = Tile(procedure.title, "", picture, theme.metrics.icon)
            tile.clicked.connect(partial(self._context.events.open_item, procedure.id))
            tiles.append(tile)
        self._column.add(TileGrid(tiles, theme.metrics))

    def _add_rows(self, title: str, cases: Sequence[CaseView]) -> None:
        if cases and title:
            self._column.add(text_label(title, "h2"))
        for case in cases:
            row = CaseRow(case, self._context)
            row.open_requested.connect(self._context.events.open_case)
            self._column.add(row)

    def _add_materials(self, materials: list[SharedMaterial]) -> None:
        several = len({n.view.case.id for m in materials for n in m.needed}) > 1
        title = "这些事一共要带的材料" if several else "要带的材料，有了就打勾"
        self._column.add(text_label(title, "h2"))
        shared = SharedMaterialList(materials, self._context)
        shared.command_requested.connect(self._on_command_requested)
        self._column.add(shared)

    def _add_unusable(self, told: tuple[str, str], cases: Sequence[Case]) -> None:
        """Cases that cannot be gone on with; nothing of them is lost, and all others work."""
        heading, sentence = told
        if not cases:
            return
        self._column.add(text_label(heading, "h2"))
        for case in cases:
            titles = [part.title for part in case.seen if part.kind == "procedure"]
            name = titles[0] if titles else case.procedure
            done = len(case.done_steps)
            kept = f"打过勾的 {done} 步还存着。"
            who = isolated(case.nickname)
            self._column.add(text_label(f"{who} · {name}：{sentence}{kept}"))
            delete = QPushButton("删除")
            delete.setAccessibleName(f"删除：{isolated(case.nickname)} · {name}")
            delete.clicked.connect(partial(self._on_delete_clicked, case.id))
            self._column.add_button(delete)

    def _on_command_requested(self, case_id: str, command: CaseCommand) -> None:
        call = partial(self._context.services.cases.apply, case_id, command)
        self._context.tasks.run(call, self._context.events.changed.emit, self)

    def _on_delete_clicked(self, case_id: str) -> None:
        call = partial(self._context.services.cases.delete, case_id)
        self._context.tasks.run(call, partial(self._on_deleted, case_id), self)

    def _on_deleted(self, case_id: str, changes: Changes) -> None:
        self._context.events.changed.emit(changes)
        restore = partial(self._context.services.cases.restore, case_id)
        undo = partial(self._context.tasks.run, restore, self._context.events.changed.emit, self)
        self._context.events.message_requested.emit(
            Message("这件事的记录删掉了。", action="撤销", on_action=undo)
        )
