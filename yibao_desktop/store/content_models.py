"""Tables of the content database; ``db/README.md`` explains them."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class ContentBase(DeclarativeBase):
    """Base of the content tables."""

    metadata = MetaData(naming_convention=NAMING)


class MetaRow(ContentBase):
    """A named property of the whole content, such as its version."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class RegionRow(ContentBase):
    """A place content can be tied to; ``short_names`` are one a line."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_names: Mapped[str]


class PackRow(ContentBase):
    """A content pack that is built in; ``definition`` is what it says of itself."""

    __tablename__ = "pack"

    id: Mapped[str] = mapped_column(primary_key=True)
    definition: Mapped[str]


class DocumentRow(ContentBase):
    """A source document."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    web_date: Mapped[datetime.date]


class SourceRow(ContentBase):
    """A passage of a source document; ``position`` keeps the order of the documents."""

    __tablename__ = "source"

    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    definition: Mapped[str]


class ItemRow(ContentBase):
    """Anything that has an id; sections and steps have the page they stand on as parent.

    ``sounds`` are the syllables of the title with spaces between them, where it is suggested;
    ``pack`` is the content pack it is from; ``answer`` is the sentence a page answers with, empty
    where it has none.
    """

    __tablename__ = "item"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("item.id"), index=True)
    region: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    as_of: Mapped[int | None]
    text: Mapped[str]
    definition: Mapped[str | None]
    sounds: Mapped[str]
    answer: Mapped[str]
    picture: Mapped[str | None]
    pack: Mapped[str | None] = mapped_column(ForeignKey("pack.id"))


class LocalChangeRow(ContentBase):
    """A part of a page that a pack changed; ``definition`` is the whole of it."""

    __tablename__ = "local_change"

    position: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    definition: Mapped[str]


class FrequentRow(ContentBase):
    """What people ask most, and the page that answers it."""

    __tablename__ = "frequent"

    position: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))


class FormerIdRow(ContentBase):
    """The id of a page that another has taken the place of."""

    __tablename__ = "former_id"

    id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))


class ItemSourceRow(ContentBase):
    """A source key an item cites."""

    __tablename__ = "item_source"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"), index=True)


class DoubtRow(ContentBase):
    """A flag; ``definition`` is the whole of it."""

    __tablename__ = "doubt"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str]
    definition: Mapped[str]


class DoubtItemRow(ContentBase):
    """An item a doubt is shown on."""

    __tablename__ = "doubt_item"

    doubt_id: Mapped[str] = mapped_column(ForeignKey("doubt.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)


class PassageRow(ContentBase):
    """The narrowest thing a search finds; full-text tables share its ``number`` as rowid.

    ``heading`` is the section or step within the page, ``path`` the topics above it, ``names`` its
    aliases and ``asked`` the typical questions an editor wrote, one a line. ``name_terms`` are the
    index terms of the title with the heading, then of each of the names and questions, one a line.
    ``tells`` are the kinds of things its text tells (``search/intent.py``), with spaces between.
    """

    __tablename__ = "passage"

    number: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    heading: Mapped[str]
    path: Mapped[str]
    names: Mapped[str]
    asked: Mapped[str]
    name_terms: Mapped[str]
    tells: Mapped[str]
    body: Mapped[str]
    sources: Mapped[str]


class TermRow(ContentBase):
    """An index term, the number of passages that use it, and which ones are found by it.

    ``passages`` and ``named`` are sets of passage numbers as ``search/bitset.py`` packs them: those
    that have the term anywhere, and those that have it in their title, in a name or in a typical
    question. ``count`` leaves the typical questions out: 0 where people say the word and the guide
    never does.
    """

    __tablename__ = "term"

    text: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    passages: Mapped[bytes]
    named: Mapped[bytes]


class UntreatedRow(ContentBase):
    """A subject people ask about and no source tells; ``position`` is what the recogniser knows."""

    __tablename__ = "untreated"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]


class PassageMeaningRow(ContentBase):
    """What a passage's title and text mean, as directions in half precision."""

    __tablename__ = "passage_meaning"

    number: Mapped[int] = mapped_column(ForeignKey("passage.number"), primary_key=True)
    title: Mapped[bytes]
    body: Mapped[bytes]


class RecogniserRow(ContentBase):
    """What was learnt from typical questions, with the version of the encoder it was learnt with.

    There is one row. ``search/recogniser.py`` reads ``data``.
    """

    __tablename__ = "recogniser"

    version: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class LexiconRow(ContentBase):
    """Word lists the index was made with, each as one JSON text: they are needed all at once."""

    __tablename__ = "lexicon"

    name: Mapped[str] = mapped_column(primary_key=True)
    definition: Mapped[str]
