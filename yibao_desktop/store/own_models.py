"""Tables of the database of one's own documents, as the newest migration leaves them."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from yibao_desktop.store.content_models import NAMING
from yibao_desktop.store.user_models import IsoDate, UtcDateTime


class OwnBase(DeclarativeBase):
    """Base of the tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        datetime.datetime: UtcDateTime,
        datetime.date: IsoDate,
    }


class OwnDocumentRow(OwnBase):
    """A document; ``definition`` holds its sections as JSON."""

    __tablename__ = "own_document"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    file_name: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)
    folder: Mapped[str]
    number: Mapped[str]
    region: Mapped[str | None]
    dated: Mapped[datetime.date | None]
    valid_until: Mapped[datetime.date | None]
    pages: Mapped[int]
    tables_doubtful: Mapped[bool]
    added_at: Mapped[datetime.datetime]
    removed_at: Mapped[datetime.datetime | None]
    definition: Mapped[str] = mapped_column(deferred=True)


class OwnPassageRow(OwnBase):
    """What a search finds: a piece of one section."""

    __tablename__ = "own_passage"

    number: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("own_document.id", ondelete="CASCADE"), index=True
    )
    section: Mapped[str]
    heading: Mapped[str]
    body: Mapped[str]


class OwnMetaRow(OwnBase):
    """A name with a value, such as the version of the index."""

    __tablename__ = "own_meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
