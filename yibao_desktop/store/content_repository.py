"""Reads the content database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, bindparam, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

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
from yibao_desktop.store.content_models import (
    CONTENT_SCHEMA_VERSION,
    CONTENT_TABLES,
    LEXICON,
    SOUNDS,
    DocumentRow,
    DoubtItemRow,
    DoubtRow,
    FormerIdRow,
    FrequentRow,
    ItemRow,
    ItemSourceRow,
    LexiconRow,
    LocalChangeRow,
    MetaRow,
    PassageRow,
    SourceRow,
)
from yibao_desktop.store.engine import content_engine

if TYPE_CHECKING:
    from yibao_desktop.domain.packs.local import LocalChange
    from yibao_desktop.domain.packs.manifest import Manifest
    from yibao_desktop.domain.pages import Page
    from yibao_desktop.domain.procedure.model import Procedure

REINSTALL = "请重新安装医保指南；您的办理记录和收藏不受影响。"

_TABLE_NAMES = text("SELECT name FROM sqlite_master WHERE type = 'table'")
_VERSION = select(MetaRow.value).where(MetaRow.name == "version")
# What the first question waits for is asked in plain SQL, which takes nothing to prepare.
_PACKS = text("SELECT definition FROM pack ORDER BY id")
_INDEX_VERSION = text("SELECT value FROM meta WHERE name = 'index_version'")
_REGIONS = text("SELECT code, name, short_names FROM region ORDER BY code")
_WORD_LISTS = text("SELECT definition FROM lexicon WHERE name = :name")
_RECOGNISER = text("SELECT version, data FROM recogniser")
_UNTREATED = text("SELECT title FROM untreated WHERE position = :position")
_PASSAGES = """
    SELECT number, item_id, passage.kind, passage.title, heading, path, names, asked, body, sources,
        item.as_of, item.answer, item.pack, code, name, short_names
    FROM passage JOIN item ON item.id = item_id LEFT JOIN region ON code = region
    {} ORDER BY number
"""
_ALL_PASSAGES = text(_PASSAGES.format(""))
_CHOSEN_PASSAGES = text(_PASSAGES.format("WHERE number IN :numbers")).bindparams(
    bindparam("numbers", expanding=True)
)
_NEVER_EMPTY = {
    "meta": _VERSION,
    "item": select(ItemRow.id),
    "passage": select(PassageRow.number),
    "lexicon": select(LexiconRow.name),
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

    def __init__(self, path: Path, engine: Engine | None = None) -> None:
        """Open the file, or what an engine has of it.

        Raises:
            DataError: it is missing, damaged, incomplete or of another version.
        """
        if engine is None and not path.is_file():
            raise DataError(f"找不到内容库：{path}。", REINSTALL)
        self._path = path
        self._engine = engine or content_engine(path)
        self._sessions = sessionmaker(self._engine)
        try:
            self.version = self._checked_version()
        except DataError:
            self.close()
            raise

    def recogniser(self) -> LearntRecogniser | None:
        """What recognises questions; None where the content has none."""
        with self.session() as session:
            row = session.execute(_RECOGNISER).one_or_none()
            return LearntRecogniser(*row) if row else None

    def untreated(self, position: int) -> str:
        """Title of an untreated subject."""
        with self.session() as session:
            found: str = session.execute(_UNTREATED, {"position": position}).scalar_one()
            return found

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for queries of one's own.

        Raises:
            DataError: the file cannot be read.
        """
        try:
            with self._sessions() as session:
                yield session
        except DatabaseError as error:
            raise self._damaged() from error

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        """A session whose rows are decoded before it ends."""
        with self.session() as session:
            try:
                yield session
            except _UNREADABLE as error:
                raise self._damaged() from error

    def _damaged(self) -> DataError:
        return DataError(f"内容库打不开，或者坏了：{self._path}。", REINSTALL)

    def _checked_version(self) -> str:
        with self.session() as session:
            found = session.execute(text("PRAGMA user_version")).scalar_one()
            if found != CONTENT_SCHEMA_VERSION:
                raise DataError(
                    f"内容库的版本是 {found}，这个程序要的是 {CONTENT_SCHEMA_VERSION}。", REINSTALL
                )
            lacking = _lacking(session)
            if lacking:
                raise DataError(
                    f"内容库不完整，缺少 {'、'.join(sorted(lacking))}：{self._path}。", REINSTALL
                )
            return session.execute(_VERSION).scalar_one()

    def verify(self) -> None:
        """Read everything there is once.

        Raises:
            DataError: something is damaged.
        """
        with self.session() as session:
            if session.scalar(text("PRAGMA integrity_check")) != "ok":
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

        with self._reading() as session:
            rows = session.execute(_PACKS)
            return [decode(row.definition, Manifest) for row in rows]

    @cached_property
    def _origins(self) -> dict[str | None, Origin]:
        """Whose word it is, by the id of the pack an item is from; None for the guide."""
        with self._reading() as session:
            if session.execute(_PACKS).first() is None:
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

        query = select(LocalChangeRow.definition).order_by(LocalChangeRow.position)
        with self._reading() as session:
            return [decode(definition, LocalChange) for definition in session.scalars(query)]

    def local_changes(self, item_id: str) -> list[LocalChange]:
        """What packs changed on the page an item is shown on."""
        from yibao_desktop.domain.packs.local import LocalChange

        if not any(self._origins):
            return []  # no pack is built in, and nobody else changes a page
        query = select(LocalChangeRow.definition).where(LocalChangeRow.item_id == page_id(item_id))
        with self._reading() as session:
            rows = session.scalars(query.order_by(LocalChangeRow.position))
            return [decode(definition, LocalChange) for definition in rows]

    def items(self) -> list[Item]:
        """Every item, in the order of the tree."""
        with self._reading() as session:
            rows = session.scalars(select(ItemRow).order_by(ItemRow.position))
            return [_item(row, self._origins) for row in rows]

    def item(self, item_id: str) -> Item | None:
        """The item that has or once had this id."""
        with self._reading() as session:
            row = session.get(ItemRow, item_id)
            former = None if row else session.get(FormerIdRow, item_id)
            row = session.get(ItemRow, former.item_id) if former else row
            return _item(row, self._origins) if row else None

    def page(self, item_id: str) -> Page | None:
        """The page an item is shown on; None for topics and unknown ids."""
        with self._reading() as session:
            row = session.get(ItemRow, page_id(item_id))
            if row is None or row.definition is None:
                return None
            from yibao_desktop.domain.pages import PAGE_TYPES

            return decode(row.definition, PAGE_TYPES[Kind(row.kind)])

    def procedure(self, procedure_id: str) -> Procedure | None:
        """The procedure with this id."""
        from yibao_desktop.domain.procedure.model import Procedure

        page = self.page(procedure_id) if "/" not in procedure_id else None
        return page if isinstance(page, Procedure) else None

    def procedures(self) -> list[Procedure]:
        """Every procedure, in the order of the tree."""
        from yibao_desktop.domain.procedure.model import Procedure

        with self._reading() as session:
            rows = session.scalars(
                select(ItemRow).where(ItemRow.kind == Kind.PROCEDURE).order_by(ItemRow.position)
            )
            return [decode(row.definition or "", Procedure) for row in rows]

    def procedure_ids(self) -> frozenset[str]:
        """Ids of every procedure; none of them is decoded."""
        query = select(ItemRow.id).where(ItemRow.kind == Kind.PROCEDURE)
        with self._reading() as session:
            return frozenset(session.scalars(query))

    def terms(self) -> list[Term]:
        """Every term, in the order of the tree."""
        with self._reading() as session:
            rows = session.scalars(
                select(ItemRow).where(ItemRow.kind == Kind.TERM).order_by(ItemRow.position)
            )
            return [decode(row.definition or "", Term) for row in rows]

    def frequent(self) -> list[FrequentQuestion]:
        """What people ask most, the first first."""
        with self._reading() as session:
            rows = session.scalars(select(FrequentRow).order_by(FrequentRow.position))
            return [FrequentQuestion(row.question, row.item_id) for row in rows]

    def source_keys(self, item_id: str) -> list[str]:
        """Every source key an item cites, its main ones first."""
        query = (
            select(ItemSourceRow.source_key)
            .where(ItemSourceRow.item_id == item_id)
            .order_by(ItemSourceRow.position)
        )
        with self._reading() as session:
            return list(session.scalars(query))

    def doubts(self, item_id: str) -> list[Doubt]:
        """What is doubtful about an item; a page also shows the doubts about its parts."""
        query = (
            select(DoubtRow)
            .join(DoubtItemRow)
            .join(ItemRow, ItemRow.id == DoubtItemRow.item_id)
            .where(
                (ItemRow.id == item_id)
                | (ItemRow.parent_id == item_id)
                | (ItemRow.id == page_id(item_id))
            )
            .where(ItemRow.kind != Kind.TOPIC)
        )
        with self._reading() as session:
            rows = session.scalars(query.order_by(DoubtRow.position)).unique().all()
            return [decode(row.definition, Doubt) for row in rows]

    def documents(self) -> list[SourceDocument]:
        """The source documents."""
        with self._reading() as session:
            rows = session.scalars(select(DocumentRow).order_by(DocumentRow.id))
            return [SourceDocument(r.id, r.title, r.web_date) for r in rows]

    def sources(self) -> list[Source]:
        """Every passage of the source documents, in their order."""
        with self._reading() as session:
            rows = session.scalars(select(SourceRow).order_by(SourceRow.position))
            return [decode(row.definition, Source) for row in rows]

    def source_users(self) -> dict[str, list[str]]:
        """Source key → ids of the items that cite it."""
        query = (
            select(ItemSourceRow.source_key, ItemSourceRow.item_id)
            .join(ItemRow, ItemRow.id == ItemSourceRow.item_id)
            .order_by(ItemRow.position)
        )
        users: dict[str, list[str]] = defaultdict(list)
        with self._reading() as session:
            for key, item_id in session.execute(query):
                users[key].append(item_id)
        return users

    def regions(self) -> list[Region]:
        """Places content can be tied to."""
        with self._reading() as session:
            return [_region(*row) for row in session.execute(_REGIONS)]

    def lexicon(self) -> dict[str, Any]:
        """The word lists the index was made with."""
        return self._word_lists(LEXICON)

    def sounds(self) -> dict[str, Any]:
        """How the words of the lexicon sound."""
        return self._word_lists(SOUNDS)

    def _word_lists(self, name: str) -> dict[str, Any]:
        with self._reading() as session:
            found = session.execute(_WORD_LISTS, {"name": name}).scalar_one()
            lists: dict[str, Any] = json.loads(found)
            return lists

    def index_version(self) -> str:
        """Version of the way the full-text tables were made."""
        with self._reading() as session:
            found: str = session.execute(_INDEX_VERSION).scalar_one()
            return found

    def passages(self, numbers: Collection[int] | None = None) -> list[Passage]:
        """The passages with these numbers, or every one, by number."""
        chosen = {} if numbers is None else {"numbers": numbers}
        with self._reading() as session:
            rows = session.execute(_CHOSEN_PASSAGES if chosen else _ALL_PASSAGES, chosen)
            return [_passage(row, self._origins) for row in rows]


def _lacking(session: Session) -> set[str]:
    """Tables that are not there or, where all are, that have not got what every guide has."""
    missing = CONTENT_TABLES.difference(session.scalars(_TABLE_NAMES))
    if missing:
        return set(missing)
    return {t for t, query in _NEVER_EMPTY.items() if session.scalar(query.limit(1)) is None}


def _item(row: ItemRow, origins: Mapping[str | None, Origin]) -> Item:
    return Item(
        id=row.id,
        kind=Kind(row.kind),
        title=row.title,
        parent=row.parent_id,
        region=row.region,
        as_of=row.as_of,
        text=row.text,
        sounds=tuple(row.sounds.split()),
        answer=row.answer,
        picture=row.picture,
        origin=origins[row.pack],
    )


def _region(code: str, name: str, short_names: str) -> Region:
    return Region(code, name, tuple(short_names.splitlines()))


def _passage(row: Any, origins: Mapping[str | None, Origin]) -> Passage:
    return Passage(
        number=row.number,
        item_id=row.item_id,
        kind=Kind(row.kind),
        title=row.title,
        heading=row.heading,
        path=row.path,
        names=tuple(row.names.splitlines()),
        asked=tuple(row.asked.splitlines()),
        body=row.body,
        sources=tuple(row.sources.splitlines()),
        region=_region(row.code, row.name, row.short_names) if row.code else None,
        as_of=row.as_of,
        answer=row.answer,
        origin=origins[row.pack],
    )
