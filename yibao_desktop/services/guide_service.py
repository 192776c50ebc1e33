"""Browsing the guide: the tree, pages with their sources, and what the sources gave."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.doubts import about
from yibao_desktop.domain.guide.items import Item, Kind, Region, Term, page_id
from yibao_desktop.errors import UserError

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.doubts import Doubt
    from yibao_desktop.domain.guide.sources import Source
    from yibao_desktop.domain.pages import Page
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
        """Its document, with number and title."""
        return f"文章 {self.key.partition('#')[0]}《{self.document}》"

    @property
    def line(self) -> str:
        """The passage with its document and date, in a line."""
        return f"{self.document_name} · {self.title} · {self.date}"


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything the reader shows of a page.

    Attributes:
        page: the page itself; None for a topic.
        focus: id of the section or step asked for; the page's own id otherwise.
        path: the topics above, from the top.
        children: what hangs under a topic, and pages related to a page.
        doubt_sources: passages only its doubts name.
        region: the place it is told for; None where the sources name none.
        before: the page before it in the order of the tree (for a term, of the glossary).
        after: the page after it.
    """

    item: Item
    page: Page | None
    focus: str
    path: tuple[Item, ...]
    children: tuple[Item, ...]
    sources: tuple[SourceView, ...]
    doubts: tuple[Doubt, ...]
    doubt_sources: tuple[SourceView, ...]
    region: Region | None
    before: Item | None = None
    after: Item | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as ``yibao show`` gives it."""

    item: Item
    sources: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    region: Region | None


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A passage of the source documents and the items that rest on it."""

    source: Source
    used_by: tuple[str, ...]


class GuideService:
    """Reads the content for the window and the console."""

    def __init__(self, content: ContentRepository) -> None:
        self._content = content

    @cached_property
    def _items(self) -> list[Item]:
        """Everything there is; the content does not change while it is open."""
        return self._content.items()

    def entries(self) -> list[Item]:
        """Topics, procedures, articles and answers, in the order of the tree."""
        return [item for item in self._items if item.kind in LISTED]

    def has(self, item_id: str) -> bool:
        """Whether there is such an item."""
        return self._content.item(item_id) is not None

    def page(self, item_id: str) -> PageView:
        """The page an item is shown on.

        Raises:
            UserError: there is no such item.
        """
        asked = self._item(item_id)
        item = self._item(page_id(asked.id))
        page = self._content.page(item.id)
        region = page.region if page else None
        keys = self._content.source_keys(item.id)
        doubts = tuple(self._shown_doubts(item.id))
        before, after = self._neighbours(item)
        return PageView(
            item=item,
            page=page,
            focus=asked.id,
            path=self._path(item),
            children=self._children(item, page),
            sources=self._source_views(keys),
            doubts=doubts,
            doubt_sources=self._source_views(_doubted_besides(doubts, keys)),
            region=self._region(region),
            before=before,
            after=after,
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
            tuple(self._shown_doubts(item.id)),
            self._region(item.region),
        )

    def terms(self) -> list[Term]:
        """The glossary, in the order of the tree."""
        return self._content.terms()

    def regions(self) -> list[Region]:
        """Places content is tied to, by code."""
        used = {item.region for item in self._items}
        return [region for region in self._content.regions() if region.code in used]

    def source_uses(self) -> list[SourceUse]:
        """Every passage of the five documents with what became of it."""
        users = self._content.source_users()
        return [SourceUse(s, tuple(users.get(s.key, ()))) for s in self._content.sources()]

    def _item(self, item_id: str) -> Item:
        item = self._content.item(item_id)
        if item is None:
            raise UserError(f"指南里没有编号“{item_id}”。", "用 yibao topics 看有哪些编号。")
        return item

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

    def _children(self, item: Item, page: Page | None) -> tuple[Item, ...]:
        if page is not None:
            return tuple(self._item(related) for related in page.related)
        return tuple(entry for entry in self.entries() if entry.parent == item.id)

    @cached_property
    def _views(self) -> dict[str, SourceView]:
        documents = {d.id: d.title for d in self._content.documents()}
        return {
            s.key: SourceView(s.key, s.title, documents[s.document], s.date)
            for s in self._content.sources()
        }

    def _source_views(self, keys: Iterable[str]) -> tuple[SourceView, ...]:
        return tuple(self._views[key] for key in keys)

    def _shown_doubts(self, item_id: str) -> list[Doubt]:
        """A page shows the doubts about all its parts, a part those about it and the whole."""
        doubts = [d for d in self._content.doubts(item_id) if d.kind != "withheld"]
        page = page_id(item_id)
        return doubts if page == item_id else list(about(doubts, item_id, page))

    def _region(self, code: str | None) -> Region | None:
        return next((r for r in self._content.regions() if r.code == code), None)


def _doubted_besides(doubts: Iterable[Doubt], keys: Container[str]) -> list[str]:
    """Keys of the passages the doubts name, without those known already."""
    named: dict[str, None] = {}
    for doubt in doubts:
        for sources in (doubt.sources, *(claim.sources for claim in doubt.claims)):
            named |= dict.fromkeys(sources)
    return [key for key in named if key not in keys]
