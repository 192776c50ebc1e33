"""The database of one's own documents, and the folder that holds their originals."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.errors import DataError
from yibao_desktop.store.checksum import digest
from yibao_desktop.store.codec import decode, encode
from yibao_desktop.store.engine import plain_cause
from yibao_desktop.store.kind import DatabaseKind
from yibao_desktop.store.own_models import OwnBase, OwnDocumentRow, OwnPassageRow
from yibao_desktop.store.user_database import KeptDatabase
from yibao_desktop.whole_file import whole_file

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


class Originals:
    """Copies of the files documents came from, each under the digest of its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document: OwnDocument) -> Path:
        """Where the original of a document lies."""
        return self.folder / f"{document.digest}{Path(document.file_name).suffix.lower()}"

    def keep(self, data: bytes, document: OwnDocument) -> None:
        """Have a copy on disk; done before the document is.

        Raises:
            DataError: it cannot be written.
        """
        target = self.path(document)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if target.is_file() and digest(target) == document.digest:
                return
            with whole_file(target) as unfinished:
                unfinished.write_bytes(data)
        except OSError as error:
            raise DataError(
                f"原件存不下来（{plain_cause(error)}）。",
                "请看磁盘是不是满了。",
            ) from error

    def read(self, document: OwnDocument) -> bytes:
        """The bytes of an original, known to be as they were.

        Raises:
            DataError: it is gone, or was changed.
        """
        try:
            data = self.path(document).read_bytes()
        except OSError as error:
            raise DataError(f"《{document.title}》的原件不在了。", _TEXT_STAYS) from error
        if hashlib.sha256(data).hexdigest() != document.digest:
            raise DataError(f"《{document.title}》的原件被改动过，或者坏了。", _TEXT_STAYS)
        return data

    def size(self, documents: Iterable[OwnDocument]) -> int:
        """Bytes the originals take that are there."""
        whole = 0
        for document in documents:
            with suppress(OSError):
                whole += self.path(document).stat().st_size
        return whole

    def damaged(self, documents: Iterable[OwnDocument]) -> list[OwnDocument]:
        """Those whose originals are gone or no longer what they were."""
        found = []
        for document in documents:
            try:
                sound = digest(self.path(document)) == document.digest
            except OSError:
                sound = False
            if not sound:
                found.append(document)
        return found

    def clear(self, needed: Collection[str]) -> None:
        """Delete those nobody needs any more."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.stem not in needed and not path.name.startswith("."):
                    path.unlink()


_TEXT_STAYS = "读出来的文字还在，可以照常看；要原件，请再加一次。"


def _document(row: OwnDocumentRow) -> OwnDocument:
    return OwnDocument(**{name: getattr(row, name) for name in _FIELDS})
