"""Content packs being made: begun from what is there, gone on with, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.packs.draft import Draft, DraftKind
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.common.undo import Done
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.reading.kept_row import KeptRow
from yibao_desktop.ui.work.tasks import Lane

_KINDS = {
    DraftKind.OVERLAY: "本地不一样的地方",
    DraftKind.ANSWER: "问答",
    DraftKind.ARTICLE: "文章",
    DraftKind.PROCEDURE: "办事",
}
_WHAT_FOR = {
    DraftKind.OVERLAY: "当地的规定和指南里的不一样？改指南的一页：费用、材料、步骤、电话，"
    "导出成一个文件，给当地的人装上。不用写代码，指南自己的内容不会动。",
    DraftKind.ANSWER: "当地人常问、指南没有答的一个问题，和它的答案。",
    DraftKind.ARTICLE: "要分几节才讲得清楚的一件事。",
    DraftKind.PROCEDURE: "当地的一件事怎么一步步办：先问什么，带什么，分几步。",
}
_MOST_TILES = 12


@dataclass(frozen=True, slots=True)
class _There:
    """What there is to go on with and to begin from."""

    drafts: list[Draft]
    pages: list[tuple[str, str]]
    documents: list[OwnDocument]


class DraftsPage(ColumnPage):
    """Never empty: it begins with a page that is there, or with a document of one's own."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._kind = DraftKind.OVERLAY
        self._choosing = False

    def load(self) -> None:
        """Show how things stand now."""
        call = partial(self._read, self._kind)
        self._context.tasks.run(call, self._on_read, self, lane=Lane.DOCUMENTS)

    def _read(self, kind: DraftKind) -> _There:
        services = self._context.services
        documents = [] if kind is DraftKind.OVERLAY else services.own.documents()
        return _There(services.drafts.drafts(), services.drafts.pages(kind), documents)

    def _on_read(self, there: _There) -> None:
        self._begin()
        self._column.add(text_label("编一份", "h1"))
        if there.drafts:
            self._column.add(text_label("接着编", "h2"))
        for draft in there.drafts:
            self._column.add(self._row(draft))
        self._column.add(text_label("新编一份", "h2"))
        kinds = ChoiceRow[DraftKind]("编什么", _KINDS, self._on_kind_chosen, self._context)
        kinds.show_chosen(self._kind)
        self._column.add(kinds)
        if self._choosing:
            self._column.reveal()
            kinds.focus_chosen()
            self._choosing = False
        self._column.add(text_label(_WHAT_FOR[self._kind]))
        if there.documents:
            self._column.add(text_label("从自己加的一份资料编起", "h3"))
            tiles = [self._tile(d.title, partial(self._from_document, d)) for d in there.documents]
            self._column.add(TileGrid(tiles, self._context.theme.metrics, _MOST_TILES))
        self._column.add(text_label("从一页现成的改起", "h3"))
        tiles = [self._tile(title, partial(self._from_page, page)) for page, title in there.pages]
        self._column.add(TileGrid(tiles, self._context.theme.metrics, _MOST_TILES))

    def _tile(self, title: str, begin: Callable[[DraftKind], Draft]) -> Tile:
        tile = Tile(title)
        tile.setAccessibleName(f"从这一页改起：{title}")
        tile.clicked.connect(partial(self._on_start_chosen, begin))
        return tile

    def _row(self, draft: Draft) -> KeptRow:
        opened = partial(self._open, draft.id)
        exported = f"，导出过 {draft.serial} 次" if draft.serial else "，还没有导出"
        done = f"改了 {len(draft.edits)} 处" if draft.is_overlay else _KINDS[draft.kind]
        row = KeptRow(draft.title, f"{done}{exported}", "pencil", opened, self._context)
        row.add_tool("trash-2", "不要这份草稿", partial(self._on_remove_asked, draft))
        return row

    # -- beginning ------------------------------------------------------------------------------

    def _on_kind_chosen(self, kind: DraftKind) -> None:
        self._kind = kind
        self._choosing = True  # whoever goes through them with the keyboard goes on from there
        self.load()

    def _from_page(self, page_id: str, kind: DraftKind) -> Draft:
        return self._context.services.drafts.begin(kind, page_id)

    def _from_document(self, document: OwnDocument, kind: DraftKind) -> Draft:
        services = self._context.services
        page = services.own.page(document.id)
        if page is None:
            raise UserError(f"“{document.title}”已经不在了。", "请从另一份编起。")
        return services.drafts.begin_with(kind, page)

    def _on_start_chosen(self, begin: Callable[[DraftKind], Draft], _checked: bool = False) -> None:
        call = partial(begin, self._kind)
        self._context.tasks.run(call, self._on_begun, self, lane=Lane.DOCUMENTS)

    def _on_begun(self, draft: Draft) -> None:
        self._open(draft.id)

    def _open(self, draft_id: str) -> None:
        self._context.events.open_requested.emit(Location(Place.DRAFT, draft_id))

    # -- dropping -------------------------------------------------------------------------------

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
