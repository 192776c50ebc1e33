"""Reads the content database."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.items import (
    FrequentQuestion,
    Item,
    Kind,
    Passage,
    Region,
    Term,
    page_id,
)
from yibao_desktop.domain.guide.origin import THE_GUIDE, Origin, OriginKind
from yibao_desktop.domain.guide.sources import Source, SourceDocument
from yibao_desktop.errors import DataError
from yibao_desktop.store.codec import decode
from yibao_desktop.store.content_readers import ContentReaders
from yibao_desktop.store.content_schema import (
    CONTENT_SCHEMA_VERSION,
    CONTENT_TABLES,
    LEXICON,
    SOUNDS,
)

if TYPE_CHECKING:
    from yibao_desktop.domain.packs.local import LocalChange
    from yibao_desktop.domain.packs.manifest import Manifest
    from yibao_desktop.domain.pages import Page
    from yibao_desktop.domain.procedure.model import Procedure

T = TypeVar("T")

REINSTALL = "请重新安装医保指南；您的办理记录和收藏不受影响。"

# What is asked here is plain SQL, sent as it stands: the library that writes the content takes
# longer to load than the first question has time for.
_ITEMS = """
    SELECT id, kind, title, parent_id, region, as_of, text, sounds, answer, picture, pack
    FROM item {}
"""
_ALL_ITEMS = _ITEMS.format("ORDER BY position")
_ITEM = _ITEMS.format("WHERE id = ?")
_FORMER_ITEM = _ITEMS.format("WHERE id = (SELECT item_id FROM former_id WHERE id = ?)")
_OF_KIND = "SELECT definition FROM item WHERE kind = ? ORDER BY position"
_PACKS = "SELECT definition FROM pack ORDER BY id"
_PASSAGES = """
    SELECT number, item_id, passage.kind, passage.title, heading, path, names, asked, body, sources,
        item.as_of, item.answer, item.pack, code, name, short_names
    FROM passage JOIN item ON item.id = item_id LEFT JOIN region ON code = region
    {} ORDER BY number
"""
_ALL_PASSAGES = _PASSAGES.format("")
_CHOSEN_PASSAGES = _PASSAGES.format("WHERE number IN (SELECT value FROM json_each(?))")
_DOUBTS = """
    SELECT definition FROM doubt WHERE id IN (
        SELECT doubt_id FROM doubt_item JOIN item ON item.id = item_id
        WHERE item.kind != ? AND (item.id = ? OR parent_id = ? OR item.id = ?)
    ) ORDER BY position
"""
_SOURCE_USERS = """
    SELECT source_key, item_id FROM item_source JOIN item ON item.id = item_id
    ORDER BY item.position
"""
_VERSION = "SELECT value FROM meta WHERE name = 'version'"
_NEVER_EMPTY = {
    "meta": _VERSION,
    "item": "SELECT id FROM item LIMIT 1",
    "passage": "SELECT number FROM passage LIMIT 1",
    "lexicon": "SELECT name FROM lexicon LIMIT 1",
}

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What decoding raises where the stored text is not what was written."""


@dataclass(frozen=True, slots=True)
class LearntRecogniser:
    """What was learnt from typical questions, and the version of the encoder it needs."""

    version: str
    data: bytes


class ContentRepository:
    """The guide's content; every value is read when it is asked for.

    Every method raises ``DataError`` where the file turns out to be damaged.

    Attributes:
        version: identifies the content; changes whenever the content does.
    """

    def __init__(self, path: Path, readers: ContentReaders | None = None) -> None:
        """Open the file, or what readers have of it.

        Raises:
            DataError: it is missing, damaged, incomplete or of another version.
        """
        if readers is None and not path.is_file():
            raise DataError(f"找不到内容库：{path}。", REINSTALL)
        self._path = path
        self._readers = readers or ContentReaders.of_file(path)
        try:
            self.version = self._checked_version()
        except DataError:
            self.close()
            raise

    def recogniser(self) -> LearntRecogniser | None:
        """What recognises questions; None where the content has none."""
        with self.connection() as connection:
            row = connection.execute("SELECT version, data FROM recogniser").fetchone()
            return LearntRecogniser(*row) if row else None

    def untreated(self, position: int) -> str:
        """Title of an untreated subject."""
        with self._reading() as connection:
            found: str = _only(
                connection, "SELECT title FROM untreated WHERE position = ?", position
            )
            return found

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for queries of one's own.

        Raises:
            DataError: the file cannot be read.
        """
        try:
            with self._readers.lent() as connection:
                yield connection
        except sqlite3.DatabaseError as error:
            raise self._damaged() from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection whose rows are decoded before it is given back."""
        with self.connection() as connection:
            try:
                yield connection
            except _UNREADABLE as error:
                raise self._damaged() from error

    def _damaged(self) -> DataError:
        return DataError(f"内容库打不开，或者坏了：{self._path}。", REINSTALL)

    def _checked_version(self) -> str:
        with self._reading() as connection:
            found = _only(connection, "PRAGMA user_version")
            if found != CONTENT_SCHEMA_VERSION:
                raise DataError(
                    f"内容库的版本是 {found}，这个程序要的是 {CONTENT_SCHEMA_VERSION}。", REINSTALL
                )
            lacking = _lacking(connection)
            if lacking:
                raise DataError(
                    f"内容库不完整，缺少 {'、'.join(sorted(lacking))}：{self._path}。", REINSTALL
                )
            version: str = _only(connection, _VERSION)
            return version

    def verify(self) -> None:
        """Read everything there is once.

        Raises:
            DataError: something is damaged.
        """
        with self._reading() as connection:
            if _only(connection, "PRAGMA integrity_check") != "ok":
                raise self._damaged()
        for item in self.items():
            if item.id == page_id(item.id):
                self.page(item.id)
                self.doubts(item.id)
        for read in (self.frequent, self.documents, self.sources, self.source_users, self.regions):
            read()
        self.passages()
        self.lexicon()
        self.sounds()

    def packs(self) -> list[Manifest]:
        """The content packs that are built in."""
        from yibao_desktop.domain.packs.manifest import Manifest

        with self._reading() as connection:
            return _decoded(connection, Manifest, _PACKS)

    @cached_property
    def _origins(self) -> dict[str | None, Origin]:
        """Whose word it is, by the id of the pack an item is from; None for the guide."""
        with self._reading() as connection:
            if connection.execute(_PACKS).fetchone() is None:
                return {None: THE_GUIDE}
        origins: dict[str | None, Origin] = {None: THE_GUIDE}
        for pack in self.packs():
            origins[pack.id] = Origin(OriginKind.PACK, pack.id, pack.publisher, pack.valid_until)
        return origins

    def origin_of(self, pack: str) -> Origin:
        """Whose word a pack is, by its id; ``KeyError`` where it is not built in."""
        return self._origins[pack]

    def all_local_changes(self) -> list[LocalChange]:
        """Everything packs changed on the guide's pages."""
        from yibao_desktop.domain.packs.local import LocalChange

        query = "SELECT definition FROM local_change ORDER BY position"
        with self._reading() as connection:
            return _decoded(connection, LocalChange, query)

    def local_changes(self, item_id: str) -> list[LocalChange]:
        """What packs changed on the page an item is shown on."""
        from yibao_desktop.domain.packs.local import LocalChange

        if not any(self._origins):
            return []  # no pack is built in, and nobody else changes a page
        query = "SELECT definition FROM local_change WHERE item_id = ? ORDER BY position"
        with self._reading() as connection:
            return _decoded(connection, LocalChange, query, page_id(item_id))

    def items(self) -> list[Item]:
        """Every item, in the order of the tree."""
        with self._reading() as connection:
            rows = connection.execute(_ALL_ITEMS).fetchall()
            return [_item(row, self._origins) for row in rows]

    def item(self, item_id: str) -> Item | None:
        """The item that has or once had this id."""
        with self._reading() as connection:
            row = connection.execute(_ITEM, (item_id,)).fetchone()
            row = row or connection.execute(_FORMER_ITEM, (item_id,)).fetchone()
            return _item(row, self._origins) if row else None

    def page(self, item_id: str) -> Page | None:
        """The page an item is shown on; None for topics and unknown ids."""
        query = "SELECT kind, definition FROM item WHERE id = ? AND definition IS NOT NULL"
        with self._reading() as connection:
            row = connection.execute(query, (page_id(item_id),)).fetchone()
            if row is None:
                return None
            from yibao_desktop.domain.pages import PAGE_TYPES

            return decode(row["definition"], PAGE_TYPES[Kind(row["kind"])])

    def procedure(self, procedure_id: str) -> Procedure | None:
        """The procedure with this id."""
        from yibao_desktop.domain.procedure.model import Procedure

        page = self.page(procedure_id) if "/" not in procedure_id else None
        return page if isinstance(page, Procedure) else None

    def procedures(self) -> list[Procedure]:
        """Every procedure, in the order of the tree."""
        from yibao_desktop.domain.procedure.model import Procedure

        with self._reading() as connection:
            return _decoded(connection, Procedure, _OF_KIND, Kind.PROCEDURE)

    def procedure_ids(self) -> frozenset[str]:
        """Ids of every procedure; none of them is decoded."""
        query = "SELECT id FROM item WHERE kind = ?"
        with self._reading() as connection:
            return frozenset(_column(connection, query, Kind.PROCEDURE))

    def terms(self) -> list[Term]:
        """Every term, in the order of the tree."""
        with self._reading() as connection:
            return _decoded(connection, Term, _OF_KIND, Kind.TERM)

    def frequent(self) -> list[FrequentQuestion]:
        """What people ask most, the first first."""
        query = "SELECT question, item_id FROM frequent ORDER BY position"
        with self._reading() as connection:
            return [FrequentQuestion(*row) for row in connection.execute(query).fetchall()]

    def source_keys(self, item_id: str) -> list[str]:
        """Every source key an item cites, its main ones first."""
        query = "SELECT source_key FROM item_source WHERE item_id = ? ORDER BY position"
        with self._reading() as connection:
            return _column(connection, query, item_id)

    def doubts(self, item_id: str) -> list[Doubt]:
        """What is doubtful about an item; a page also shows the doubts about its parts."""
        with self._reading() as connection:
            shown_on = (item_id, item_id, page_id(item_id))
            return _decoded(connection, Doubt, _DOUBTS, Kind.TOPIC, *shown_on)

    def documents(self) -> list[SourceDocument]:
        """The source documents."""
        query = "SELECT id, title, web_date FROM document ORDER BY id"
        with self._reading() as connection:
            return [
                SourceDocument(key, title, datetime.date.fromisoformat(web_date))
                for key, title, web_date in connection.execute(query).fetchall()
            ]

    def sources(self) -> list[Source]:
        """Every passage of the source documents, in their order."""
        with self._reading() as connection:
            return _decoded(connection, Source, "SELECT definition FROM source ORDER BY position")

    def source_users(self) -> dict[str, list[str]]:
        """Source key → ids of the items that cite it."""
        users: dict[str, list[str]] = defaultdict(list)
        with self._reading() as connection:
            for key, item_id in connection.execute(_SOURCE_USERS).fetchall():
                users[key].append(item_id)
        return users

    def regions(self) -> list[Region]:
        """Places content can be tied to."""
        query = "SELECT code, name, short_names FROM region ORDER BY code"
        with self._reading() as connection:
            return [_region(*row) for row in connection.execute(query).fetchall()]

    def lexicon(self) -> dict[str, Any]:
        """The word lists the index was made with."""
        return self._word_lists(LEXICON)

    def sounds(self) -> dict[str, Any]:
        """How the words of the lexicon sound."""
        return self._word_lists(SOUNDS)

    def _word_lists(self, name: str) -> dict[str, Any]:
        query = "SELECT definition FROM lexicon WHERE name = ?"
        with self._reading() as connection:
            lists: dict[str, Any] = json.loads(_only(connection, query, name))
            return lists

    def index_version(self) -> str:
        """Version of the way the full-text tables were made."""
        with self._reading() as connection:
            found: str = _only(connection, "SELECT value FROM meta WHERE name = 'index_version'")
            return found

    def passages(self, numbers: Collection[int] | None = None) -> list[Passage]:
        """The passages with these numbers, or every one, by number."""
        chosen = () if numbers is None else (json.dumps(list(numbers)),)
        with self._reading() as connection:
            rows = connection.execute(_CHOSEN_PASSAGES if chosen else _ALL_PASSAGES, chosen)
            return [_passage(row, self._origins) for row in rows]


def _column(connection: sqlite3.Connection, query: str, *given: object) -> list[Any]:
    """The first value of each row."""
    return [row[0] for row in connection.execute(query, given).fetchall()]


def _only(connection: sqlite3.Connection, query: str, *given: object) -> Any:
    """The one value a query gives; ``TypeError`` where it gives none."""
    return connection.execute(query, given).fetchone()[0]


def _decoded(
    connection: sqlite3.Connection, wanted: type[T], query: str, *given: object
) -> list[T]:
    """What each definition a query gives was made from."""
    return [decode(definition, wanted) for definition in _column(connection, query, *given)]


def _lacking(connection: sqlite3.Connection) -> set[str]:
    """Tables that are not there or, where all are, that have not got what every guide has."""
    tables = _column(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")
    missing = CONTENT_TABLES.difference(tables)
    if missing:
        return set(missing)
    return {t for t, query in _NEVER_EMPTY.items() if not connection.execute(query).fetchone()}


def _item(row: sqlite3.Row, origins: Mapping[str | None, Origin]) -> Item:
    return Item(
        id=row["id"],
        kind=Kind(row["kind"]),
        title=row["title"],
        parent=row["parent_id"],
        region=row["region"],
        as_of=row["as_of"],
        text=row["text"],
        sounds=tuple(row["sounds"].split()),
        answer=row["answer"],
        picture=row["picture"],
        origin=origins[row["pack"]],
    )


def _region(code: str, name: str, short_names: str) -> Region:
    return Region(code, name, tuple(short_names.splitlines()))


def _passage(row: sqlite3.Row, origins: Mapping[str | None, Origin]) -> Passage:
    return Passage(
        number=row["number"],
        item_id=row["item_id"],
        kind=Kind(row["kind"]),
        title=row["title"],
        heading=row["heading"],
        path=row["path"],
        names=tuple(row["names"].splitlines()),
        asked=tuple(row["asked"].splitlines()),
        body=row["body"],
        sources=tuple(row["sources"].splitlines()),
        region=_region(row["code"], row["name"], row["short_names"]) if row["code"] else None,
        as_of=row["as_of"],
        answer=row["answer"],
        origin=origins[row["pack"]],
    )
