"""Content packs being made: begun from a page of the guide, gone on with, dropped."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.common.undo import Done
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.reading.kept_row import KeptRow
from yibao_desktop.ui.work.tasks import Lane

_WHAT_FOR = (
    "当地的规定和指南里的不一样？从现成的一页改起：改费用、材料、步骤、电话，"
    "导出成一个文件，给当地的人装上。不用写代码，指南自己的内容不会动。"
)


class DraftsPage(ColumnPage):
    """Never empty: it begins with a page that is there."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self, lane=Lane.DOCUMENTS)

    def _read(self) -> tuple[list[Draft], list[tuple[str, str]]]:
        drafts = self._context.services.drafts
        return drafts.drafts(), drafts.pages()

    def _on_read(self, found: tuple[list[Draft], list[tuple[str, str]]]) -> None:
        drafts, pages = found
        self._begin()
        self._column.add(text_label("编一份", "h1"))
        self._column.add(text_label(_WHAT_FOR))
        if drafts:
            self._column.add(text_label("接着编", "h2"))
        for draft in drafts:
            self._column.add(self._row(draft))
        self._column.add(text_label("从一页现成的改起", "h2"))
        tiles = []
        for page_id, title in pages:
            tile = Tile(title)
            tile.setAccessibleName(f"从这一页改起：{title}")
            tile.clicked.connect(partial(self._on_page_clicked, page_id))
            tiles.append(tile)
        self._column.add(TileGrid(tiles, self._context.theme.metrics))

    def _row(self, draft: Draft) -> KeptRow:
        opened = partial(self._open, draft.id)
        exported = f"，导出过 {draft.serial} 次" if draft.serial else "，还没有导出"
        told = f"改了 {len(draft.edits)} 处{exported}"
        row = KeptRow(draft.title, told, "pencil", opened, self._context)
        row.add_tool("trash-2", "不要这份草稿", partial(self._on_remove_asked, draft))
        return row

    def _on_page_clicked(self, page_id: str) -> None:
        call = partial(self._context.services.drafts.begin, page_id)
        self._context.tasks.run(call, self._on_begun, self, lane=Lane.DOCUMENTS)

    def _on_begun(self, draft: Draft) -> None:
        self._open(draft.id)

    def _open(self, draft_id: str) -> None:
        self._context.events.open_requested.emit(Location(Place.DRAFT, draft_id))

    def _on_remove_asked(self, draft: Draft) -> None:
        call = partial(self._context.services.drafts.remove, draft)
        done = partial(self._on_removed, draft)
        self._context.tasks.run(call, done, self, lane=Lane.DOCUMENTS)

    def _on_removed(self, draft: Draft, _: None) -> None:
        back = partial(self._put_back, draft)
        removed = Done("去掉草稿", Changes(), back, Lane.DOCUMENTS, self.load)
        self._context.undo.offer(f"草稿去掉了：{draft.title}", removed)
        self.load()

    def _put_back(self, draft: Draft) -> Changes:
        self._context.services.drafts.keep(draft)
        return Changes()
