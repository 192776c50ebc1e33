"""A document of the user's own, as it is kept."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace

from yibao_desktop.domain.guide.items import Article, Item, Kind, Section, one_place
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.guide.text import NO_TEXT

OWN_MARK = "own--"
"""Begins the id of everything of the user's own; no id of the guide contains ``--``."""

OWN_ROOT = f"{OWN_MARK}documents"
"""The topic all documents of one's own hang under."""

OWN_NAME = "本地资料"

OLD_AFTER = datetime.timedelta(days=2 * 365)
"""A paper older than this may no longer hold."""


def is_own(item_id: str) -> bool:
    """Whether an id is of something of the user's own."""
    return item_id.startswith(OWN_MARK)


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """What is known of a document without its text.

    Attributes:
        id: given once; kept when the document is replaced by a newer one.
        file_name: name of the file it came from.
        digest: SHA-256 of that file's bytes, in hexadecimal.
        folder: folder of the user's own it is sorted into; empty for none.
        number: number of the paper as its office gives it; empty where it has none.
        region: code of the place it is for; None where the user named none.
        dated: day of the paper; None where the user confirmed none.
        valid_until: last day it holds; None where the user confirmed none.
        pages: number of its pages; 0 where the format has none.
        tables_doubtful: whether columns of its tables could not be told for certain.
        added_at: aware UTC; when it was added or last replaced.
        removed_at: when it was removed; None while it is there.
    """

    id: str
    title: str
    file_name: str
    digest: str
    added_at: datetime.datetime
    folder: str = ""
    number: str = ""
    region: str | None = None
    dated: datetime.date | None = None
    valid_until: datetime.date | None = None
    pages: int = 0
    tables_doubtful: bool = False
    removed_at: datetime.datetime | None = None

    @property
    def parent(self) -> str:
        """Id of the topic it hangs under."""
        return folder_id(self.folder) if self.folder else OWN_ROOT

    def is_elsewhere(self, region: str | None) -> bool:
        """Whether it is for another place than the user's."""
        return bool(self.region and region and not one_place(self.region, region))

    def outdated(self, today: datetime.date) -> str:
        """Why it may no longer hold, in a sentence; empty where nothing says so."""
        if self.valid_until is not None and self.valid_until < today:
            return f"可能过期：它的有效期到 {self.valid_until}。"
        if self.dated is not None and self.dated < today - OLD_AFTER:
            return f"可能过期：它是 {self.dated} 的，已经过了两年。"
        return ""

    def cautions(self, today: datetime.date) -> list[str]:
        """What is to be known before it is read, a sentence each."""
        doubtful = "这份资料里的表格可能没对齐，请看原件。" if self.tables_doubtful else ""
        return [said for said in (self.outdated(today), doubtful) if said]

    @property
    def entry(self) -> Item:
        """It as an entry of the tree; in the place of its text stands what tells it from others."""
        return replace(self.item(()), text=" · ".join(own_lines(self)))

    def item(self, sections: tuple[Section, ...]) -> Item:
        """It as an item, with its text."""
        text = "\n".join(line for s in sections for line in (s.title, s.body.plain) if line)
        year = self.dated.year if self.dated else None
        return Item(self.id, Kind.ARTICLE, self.title, self.parent, self.region, year, text,
                    origin=OWN)  # fmt: skip

    def page(self, sections: tuple[Section, ...]) -> Article:
        """It as a page to read."""
        return Article(
            id=self.id,
            title=self.title,
            topic=self.parent,
            answer=NO_TEXT,
            sources=(),
            sections=sections,
            region=self.region,
            as_of=self.dated.year if self.dated else None,
        )


def own_lines(document: OwnDocument) -> list[str]:
    """What is known of a document, a few words each: its day, number and file."""
    dated = f"{document.dated} 的" if document.dated else ""
    return [said for said in (dated, document.number, f"文件 {document.file_name}") if said]


def folder_id(folder: str) -> str:
    """Id of the topic that stands for a folder of the user's."""
    return f"{OWN_MARK}folder-{hashlib.sha256(folder.encode()).hexdigest()[:12]}"


def root_item() -> Item:
    """The topic all documents hang under."""
    return Item(OWN_ROOT, Kind.TOPIC, OWN_NAME, None, None, None, "", origin=OWN)


def folder_item(folder: str) -> Item:
    """The topic that stands for a folder."""
    return Item(folder_id(folder), Kind.TOPIC, folder, OWN_ROOT, None, None, "", origin=OWN)
