"""Browsing the guide: the tree, pages with their sources, and what the sources gave."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.doubts import doubts_about
from yibao_desktop.domain.guide.items import Item, Kind, Region, Term, page_id
from yibao_desktop.domain.own.document import OWN_ROOT, OwnDocument, is_own
from yibao_desktop.errors import UserError

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.doubts import Doubt
    from yibao_desktop.domain.guide.origin import Origin
    from yibao_desktop.domain.guide.sources import Source, SourceDocument
    from yibao_desktop.domain.pages import Page
    from yibao_desktop.services.own_shelf import OwnShelf
    from yibao_desktop.store.content_repository import ContentRepository

LISTED = (Kind.TOPIC, Kind.ARTICLE, Kind.PROCEDURE, Kind.ANSWER)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited passage as it is shown: where in which document, and when."""

    key: str
    title: str
    document: str
    date: datetime.date

    @property
    def document_name(self) -> str:
        """The title of its document."""
        return f"《{self.document}》"

    @property
    def line(self) -> str:
        """The passage with its document and date, in a line."""
        return f"{self.document_name} · {self.title} · {self.date}"


@dataclass(frozen=True, slots=True)
class TopicView:
    """Everything there is to show of a topic.

    Attributes:
        path: the topics above, from the top.
        children: what hangs under it.
        before: the topic before it in the order of the tree, under the same topic.
        after: the topic after it.
    """

    item: Item
    path: tuple[Item, ...]
    children: tuple[Item, ...]
    before: Item | None = None
    after: Item | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything the reader shows of a page.

    Attributes:
        page: the page itself.
        focus: id of the section or step asked for; the page's own id otherwise.
        path: the topics above, from the top.
        children: pages related to it.
        doubt_sources: passages only its doubts name.
        region: the place it is told for; None where the sources name none.
        before: the page before it in the order of the tree (for a term, of the glossary).
        after: the page after it.
        own: what is known of a document of the user's own; None where it is the guide's.
        local: what content packs made different on it, a sentence each with whose word it is.
        changed_by: the packs that did.
    """

    item: Item
    page: Page
    focus: str
    path: tuple[Item, ...]
    children: tuple[Item, ...]
    sources: tuple[SourceView, ...]
    doubts: tuple[Doubt, ...]
    doubt_sources: tuple[SourceView, ...]
    region: Region | None
    before: Item | None = None
    after: Item | None = None
    own: OwnDocument | None = None
    local: tuple[str, ...] = ()
    changed_by: tuple[Origin, ...] = ()

    def cautions(self, today: datetime.date) -> tuple[str, ...]:
        """What must be known before it is relied on: papers and packs whose last day has passed."""
        return _cautions(self.own, (self.item.origin, *self.changed_by), today)


def _cautions(
    own: OwnDocument | None, origins: Iterable[Origin], today: datetime.date
) -> tuple[str, ...]:
    overdue = dict.fromkeys(origin.overdue(today) for origin in origins)
    return (*(own.cautions(today) if own else ()), *(told for told in overdue if told))


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as ``yibao show`` gives it.

    Attributes:
        local: what content packs made different on its page, see ``GuideService.local_lines``.
        changed_by: the packs that did.
        own: what is known of the user's own document it is of; None where it is the guide's.
    """

    item: Item
    sources: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    region: Region | None
    local: tuple[str, ...] = ()
    changed_by: tuple[Origin, ...] = ()
    own: OwnDocument | None = None

    def cautions(self, today: datetime.date) -> tuple[str, ...]:
        """What must be known before it is relied on: papers and packs whose last day has passed."""
        return _cautions(self.own, (self.item.origin, *self.changed_by), today)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A web article with what the guide took from it.

    Attributes:
        used: title of each passage the guide rests on, with the pages that do.
        left_out: so many passages it does not use.
    """

    document: SourceDocument
    used: tuple[tuple[str, tuple[Item, ...]], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A passage of the source documents and the items that rest on it."""

    source: Source
    used_by: tuple[str, ...]


class GuideService:
    """Reads the content for the window and the console."""

    def __init__(self, content: ContentRepository, own: OwnShelf | None = None) -> None:
        self._content = content
        self._own = own

    @cached_property
    def _items(self) -> list[Item]:
        """Everything there is; the content does not change while it is open."""
        return self._content.items()

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self._items}

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {region.code: region for region in self._content.regions()}

    def entries(self) -> list[Item]:
        """Topics, procedures, articles and answers, in the order of the tree."""
        return [item for item in self._items if item.kind in LISTED]

    def own_entries(self, region: str | None = None) -> list[Item]:
        """What the user added, under a root of its own; nothing where nothing was.

        What is told for another place than ``region`` stands after the rest of its folder.
        """
        return self._own.items(region) if self._own else []

    def has(self, item_id: str) -> bool:
        """Whether there is such an item."""
        return self._find(item_id) is not None

    def view(self, item_id: str) -> PageView | TopicView:
        """What an id leads to: a topic, or the page an item is shown on.

        Raises:
            UserError: there is no such item.
        """
        asked = self._item(item_id)
        item = self._item(page_id(asked.id))
        page = self.text(item.id)
        if page is None:
            around = self._own_neighbours(item) if is_own(item.id) else self._neighbours(item)
            return TopicView(item, self._path(item), self._below(item), *around)
        make = self._own_view if is_own(item.id) else self._view
        return make(item, page, asked.id)

    def page(self, item_id: str) -> PageView:
        """The page an item is shown on.

        Raises:
            UserError: there is no such item, or it is a topic, which has no page.
        """
        view = self.view(item_id)
        if isinstance(view, TopicView):
            raise UserError(
                f"“{view.item.title}”是一个主题，自己没有正文。", "请打开它下面的一页。"
            )
        return view

    def text(self, item_id: str) -> Page | None:
        """The page an item stands on, without all that is shown around it; None for a topic."""
        if is_own(item_id):
            return self._own.page(item_id) if self._own else None
        return self._content.page(item_id)

    def _view(self, item: Item, page: Page, focus: str) -> PageView:
        keys = self._content.source_keys(item.id)
        doubts = tuple(self.doubts(item.id))
        before, after = self._neighbours(item)
        return PageView(
            item=item,
            page=page,
            focus=focus,
            path=self._path(item),
            children=tuple(self._item(related) for related in page.related),
            sources=self.cited(keys),
            doubts=doubts,
            doubt_sources=self.cited(_doubted_besides(doubts, keys)),
            region=self._region(page.region),
            before=before,
            after=after,
            local=self.local_lines(item.id),
            changed_by=self._changed_by(item.id),
        )

    def title(self, item_id: str) -> str:
        """What an item is called; its id where there is none."""
        item = self._content.item(item_id)
        return item.title if item else item_id

    def local_lines(self, item_id: str) -> tuple[str, ...]:
        """What content packs made different on the page of an item, a sentence each."""
        changes = self._content.local_changes(item_id)
        if not changes:
            return ()
        packs = {pack.id: pack for pack in self._content.packs()}
        lines = []
        for change in changes:
            place = self._region(change.region)
            where = place.name if place else change.region
            lines.append(f"{where}（〔{packs[change.pack].publisher}〕内容包）{change.line}")
        return tuple(lines)

    def _changed_by(self, item_id: str) -> tuple[Origin, ...]:
        """The packs that made something different on the page of an item."""
        packs = {change.pack for change in self._content.local_changes(item_id)}
        return tuple(self._content.origin_of(pack) for pack in sorted(packs))

    def _own_view(self, item: Item, page: Page, focus: str) -> PageView:
        """A page of the user's own."""
        assert self._own is not None
        before, after = self._own_neighbours(item)
        return PageView(
            item=item,
            page=page,
            focus=focus,
            path=self._path(item),
            children=(),
            sources=(),
            doubts=(),
            doubt_sources=(),
            region=self._region(item.region),
            before=before,
            after=after,
            own=self._own.document(item.id),
        )

    def _own_neighbours(self, item: Item) -> tuple[Item | None, Item | None]:
        entries = self.own_entries()
        row = [entry for entry in entries if entry.kind is item.kind and entry.id != OWN_ROOT]
        at = next((n for n, entry in enumerate(row) if entry.id == item.id), -1)
        return (
            row[at - 1] if at > 0 else None,
            row[at + 1] if 0 <= at < len(row) - 1 else None,
        )

    def show(self, item_id: str) -> Shown:
        """One item with the sources and doubts of just that item.

        Raises:
            UserError: there is no such item.
        """
        item = self._item(item_id)
        return Shown(
            item,
            tuple(self._content.source_keys(item.id)),
            tuple(self.doubts(item.id)),
            self._region(item.region),
            self.local_lines(item.id),
            self._changed_by(item.id),
            self._own.document(item.id) if self._own and is_own(item.id) else None,
        )

    def terms(self) -> list[Term]:
        """The glossary, in the order of the tree."""
        return self._content.terms()

    def frequent(self) -> list[tuple[str, Item]]:
        """What people ask most, each question with the page that answers it."""
        return [(asked.question, self._by_id[asked.item]) for asked in self._content.frequent()]

    def regions(self) -> list[Region]:
        """Places content is tied to, by code: pages, and routes of procedures."""
        return self._used_regions

    @cached_property
    def _used_regions(self) -> list[Region]:
        used = {item.region for item in self._items}
        used |= {c.region for p in self._content.procedures() for c in p.channels}
        return [region for region in self._regions.values() if region.code in used]

    def source_uses(self) -> list[SourceUse]:
        """Every passage of the five documents with what became of it."""
        users = self._content.source_users()
        return [SourceUse(s, tuple(users.get(s.key, ()))) for s in self._content.sources()]

    def _item(self, item_id: str) -> Item:
        item = self._find(item_id)
        if item is None:
            raise UserError(f"指南里没有编号“{item_id}”。", "用 yibao topics 看有哪些编号。")
        return item

    def _find(self, item_id: str) -> Item | None:
        """The item with this id, or the one that has taken the place of what once had it."""
        if is_own(item_id):
            return self._own.item(item_id) if self._own else None
        return self._by_id.get(item_id) or self._content.item(item_id)

    def _path(self, item: Item) -> tuple[Item, ...]:
        above: list[Item] = []
        parent = item.parent
        while parent is not None:
            above.insert(0, self._item(parent))
            parent = above[0].parent
        return tuple(above)

    def _neighbours(self, item: Item) -> tuple[Item | None, Item | None]:
        """Topics lead to topics beside them, terms to terms, and other pages to one another."""
        alone = (Kind.TOPIC,), (Kind.TERM,)
        kinds = next(
            (k for k in alone if item.kind in k), (Kind.PROCEDURE, Kind.ARTICLE, Kind.ANSWER)
        )
        row = [entry for entry in self._items if entry.kind in kinds]
        if item.kind is Kind.TOPIC:
            row = [entry for entry in row if entry.parent == item.parent]
        at = row.index(item)
        before = row[at - 1] if at else None
        return before, row[at + 1] if at + 1 < len(row) else None

    def _below(self, item: Item) -> tuple[Item, ...]:
        """What hangs under a topic."""
        entries = self.own_entries() if is_own(item.id) else self.entries()
        return tuple(entry for entry in entries if entry.parent == item.id)

    @cached_property
    def documents(self) -> dict[str, SourceDocument]:
        """The web articles the guide is drawn from, by id."""
        return {document.id: document for document in self._content.documents()}

    def document_views(self) -> list[DocumentView]:
        """The web articles with what became of their passages."""
        return [self._document_view(document) for document in self.documents.values()]

    def _document_view(self, document: SourceDocument) -> DocumentView:
        items = {item.id: item for item in self._items}
        uses = [use for use in self.source_uses() if use.source.document == document.id]
        used = tuple(
            (use.source.title, tuple(items[i] for i in dict.fromkeys(map(page_id, use.used_by))))
            for use in uses
            if use.used_by
        )
        return DocumentView(document, used, len(uses) - len(used))

    @cached_property
    def _views(self) -> dict[str, SourceView]:
        return {
            s.key: SourceView(s.key, s.title, self.documents[s.document].title, s.date)
            for s in self._content.sources()
        }

    def cited(self, keys: Iterable[str]) -> tuple[SourceView, ...]:
        """The passages with these keys as they are shown."""
        return tuple(self._views[key] for key in keys)

    def doubts(self, item_id: str) -> list[Doubt]:
        """A page shows the doubts about all its parts, a part those about it and the whole."""
        doubts = [d for d in self._content.doubts(item_id) if d.kind != "withheld"]
        page = page_id(item_id)
        return doubts if page == item_id else list(doubts_about(doubts, item_id, page))

    def _region(self, code: str | None) -> Region | None:
        return self._regions.get(code) if code else None


def _doubted_besides(doubts: Iterable[Doubt], keys: Container[str]) -> list[str]:
    """Keys of the passages the doubts name, without those known already."""
    named: dict[str, None] = {}
    for doubt in doubts:
        for sources in (doubt.sources, *(claim.sources for claim in doubt.claims)):
            named |= dict.fromkeys(sources)
    return [key for key in named if key not in keys]
