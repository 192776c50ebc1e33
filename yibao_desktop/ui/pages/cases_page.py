"""My cases: those under way with all they need, those done and those put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.commands import CaseCommand
from yibao_desktop.services.case_board import Board
from yibao_desktop.services.case_views import CaseView, SharedMaterial
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.icons import KIND_ICONS
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.case.case_row import CaseRow
from yibao_desktop.ui.widgets.case.shared_materials import SharedMaterialList


@dataclass(frozen=True, slots=True)
class _Read:
    board: Board
    procedures: list[Procedure]


class CasesPage(ColumnPage):
    """Lists every case."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context.events.changed.connect(self._on_changed)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self)

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
        if not board.open:
            self._add_empty(read.procedures)
        self._add_rows("", board.open)
        if materials:
            self._add_materials(materials)
        self._add_rows("办好的", board.finished)
        self._add_rows("收起来的", board.archived)
        self._add_lost(board.lost)
        self._focus(focused)
        self._column.scroll_back(scrolled)

    def _add_empty(self, procedures: list[Procedure]) -> None:
        """What can be begun, at once and not a page further."""
        text = "现在没有正在办的事。办起来的会记在这里，关掉再开也还在。"
        self._column.add(text_label(text))
        self._column.add(text_label("要办哪一件？", "h2"))
        theme = self._context.theme
        picture = self._context.icon(KIND_ICONS[Kind.PROCEDURE], theme.colors.accent)
        tiles = []
        for procedure in procedures:
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

    def _add_lost(self, cases: Sequence[Case]) -> None:
        """Cases of which the guide no longer tells how they are done; nothing of them is lost."""
        if not cases:
            return
        self._column.add(text_label("资料里已经没有的", "h2"))
        for case in cases:
            titles = [part.title for part in case.seen if part.kind == "procedure"]
            name = titles[0] if titles else case.procedure
            done = len(case.done_steps)
            told = "{0} · {1}：新的资料里没有这件事的办法了。打过勾的 {2} 步还存着。"
            self._column.add(text_label(told.format(case.nickname, name, done)))
            delete = QPushButton("删除")
            delete.setAccessibleName(f"删除：{case.nickname} · {name}")
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
