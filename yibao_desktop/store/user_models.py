"""Tables of the user database, as the newest migration leaves them."""

from __future__ import annotations

import datetime

from sqlalchemy import Dialect, ForeignKey, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from yibao_desktop.store.content_models import NAMING


class UtcDateTime(TypeDecorator[datetime.datetime]):
    """An aware moment, stored as ISO 8601 text in UTC."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> str | None:
        """To text."""
        return None if value is None else value.astimezone(datetime.UTC).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime.datetime | None:
        """From text."""
        return None if value is None else datetime.datetime.fromisoformat(value)


class IsoDate(TypeDecorator[datetime.date]):
    """A day of the calendar, stored as ISO 8601 text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime.date | None, dialect: Dialect) -> str | None:
        """To text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime.date | None:
        """From text."""
        return None if value is None else datetime.date.fromisoformat(value)


class UserBase(DeclarativeBase):
    """Base of the user's tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        datetime.datetime: UtcDateTime,
        datetime.date: IsoDate,
    }


class BookmarkRow(UserBase):
    """An item kept by the user; the one kept last has the highest position."""

    __tablename__ = "bookmark"

    item_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    note: Mapped[str]
    created_at: Mapped[datetime.datetime]
    folder: Mapped[str]
    position: Mapped[int]


class VisitRow(UserBase):
    """A page opened, once; the one opened last has the highest id."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    visited_at: Mapped[datetime.datetime]


class QueryRow(UserBase):
    """Something searched for, with the last time; the newest has the highest position."""

    __tablename__ = "query_history"

    text: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime]
    position: Mapped[int]


class CaseAnswerRow(UserBase):
    """One chosen option; an answer without any option is a row with an empty one."""

    __tablename__ = "case_answer"

    case_id: Mapped[str] = mapped_column(
        ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    option: Mapped[str]


class CaseStepRow(UserBase):
    """A step ticked or noted on."""

    __tablename__ = "case_step"

    case_id: Mapped[str] = mapped_column(
        ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[str] = mapped_column(primary_key=True)
    done_on: Mapped[datetime.date | None]
    note: Mapped[str]


class CaseMaterialRow(UserBase):
    """A paper ticked off."""

    __tablename__ = "case_material"

    case_id: Mapped[str] = mapped_column(
        ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True
    )
    material: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]


class CasePartRow(UserBase):
    """The procedure, a step or a paper of the plan as the user last saw it."""

    __tablename__ = "case_part"

    case_id: Mapped[str] = mapped_column(
        ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]


class CaseEventRow(UserBase):
    """What happened to a case, in order."""

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime.datetime]
    event: Mapped[str]
    detail: Mapped[str]


class CaseRow(UserBase):
    """A case; deleted ones are kept until the deletion can no longer be undone.

    The one changed last has the highest position.
    """

    __tablename__ = "case_file"

    id: Mapped[str] = mapped_column(primary_key=True)
    nickname: Mapped[str]
    procedure_id: Mapped[str]
    content_version: Mapped[str]
    region: Mapped[str | None]
    created_at: Mapped[datetime.datetime]
    updated_at: Mapped[datetime.datetime]
    closed_at: Mapped[datetime.datetime | None]
    deleted_at: Mapped[datetime.datetime | None]
    archived_at: Mapped[datetime.datetime | None]
    accepted_on: Mapped[datetime.date | None]
    receipt_number: Mapped[str]
    position: Mapped[int] = mapped_column(index=True)

    answers: Mapped[list[CaseAnswerRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=CaseAnswerRow.position
    )
    steps: Mapped[list[CaseStepRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    materials: Mapped[list[CaseMaterialRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    parts: Mapped[list[CasePartRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
