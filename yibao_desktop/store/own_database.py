"""The database of one's own documents."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.store.codec import decode, encode
from yibao_desktop.store.kind import DatabaseKind
from yibao_desktop.store.own_models import OwnBase, OwnDocumentRow, OwnPassageRow
from yibao_desktop.store.user_database import KeptDatabase

_FIELDS = tuple(OwnDocument.__dataclass_fields__)


class OwnRepository:
    """Documents within one session; those that were removed are still known."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[OwnDocument]:
        """Every document that is there, by folder and title."""
        there = select(OwnDocumentRow).where(OwnDocumentRow.removed_at.is_(None))
        rows = self._session.scalars(there.order_by(OwnDocumentRow.folder, OwnDocumentRow.title))
        return [_document(row) for row in rows]

    def removed(self) -> list[OwnDocument]:
        """Every document that was removed and can still be had back, the last first."""
        gone = select(OwnDocumentRow).where(OwnDocumentRow.removed_at.is_not(None))
        rows = self._session.scalars(gone.order_by(OwnDocumentRow.removed_at.desc()))
        return [_document(row) for row in rows]

    def get(self, document_id: str) -> OwnDocument | None:
        """A document, removed or not; None where there never was one."""
        row = self._session.get(OwnDocumentRow, document_id)
        return _document(row) if row else None

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The text of a document; nothing for one there is not."""
        query = select(OwnDocumentRow.definition).where(OwnDocumentRow.id == document_id)
        found = self._session.scalar(query)
        return decode(found, tuple[Section, ...]) if found else ()

    def put(self, document: OwnDocument, sections: tuple[Section, ...]) -> None:
        """Keep a document with its text; one with the same id is replaced."""
        values = {name: getattr(document, name) for name in _FIELDS}
        self._session.merge(OwnDocumentRow(**values, definition=encode(list(sections))))

    def change(self, document: OwnDocument) -> None:
        """Keep what is known of a document; its text stays."""
        values = {name: getattr(document, name) for name in _FIELDS if name != "id"}
        changed = update(OwnDocumentRow).where(OwnDocumentRow.id == document.id)
        self._session.execute(changed.values(**values))

    def drop(self, ids: Collection[str]) -> None:
        """Forget documents for good."""
        for table, column in ((OwnPassageRow, OwnPassageRow.document_id),
                              (OwnDocumentRow, OwnDocumentRow.id)):  # fmt: skip
            self._session.execute(delete(table).where(column.in_(ids)))

    def digests(self) -> set[str]:
        """Digests of every original that is still needed."""
        return set(self._session.scalars(select(OwnDocumentRow.digest)))


class OwnUnit:
    """What one action on documents reads and writes; nothing stays unless ``commit`` is called.

    Attributes:
        session: for the index, which lies in the same file.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.documents = OwnRepository(session)

    def commit(self) -> None:
        """Put everything on disk."""
        self.session.commit()


def _read_documents(unit: OwnUnit) -> None:
    for document in (*unit.documents.all(), *unit.documents.removed()):
        unit.documents.sections(document.id)


DOCUMENTS = DatabaseKind("您加的资料", OwnBase.metadata, OwnUnit, _read_documents)
"""Documents of the user's own."""

OwnDatabase = KeptDatabase[OwnUnit]


def _document(row: OwnDocumentRow) -> OwnDocument:
    return OwnDocument(**{name: getattr(row, name) for name in _FIELDS})
