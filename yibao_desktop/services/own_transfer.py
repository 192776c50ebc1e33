"""Documents of one's own taken along, alone or with the records, and read in elsewhere."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.services.backup_service import BackupService, Exported
from yibao_desktop.services.own_parcel import kept_in, write_parcel
from yibao_desktop.services.own_service import Added, Choice, OwnService
from yibao_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """What was written: how many documents, and which stayed behind, in sentences."""

    documents: int
    remarks: tuple[str, ...]


def write_documents(
    own: OwnService, path: Path, records: Path | None = None, overwrite: bool = False
) -> TakenAlong:
    """Put all documents with their originals into one file, and the records where they are named.

    A document whose original is gone or damaged stays behind, since nobody could read it in.

    Raises:
        UserError: there is a file already, and it is not to be overwritten.
        DataError: the file cannot be written.
    """
    damaged = own.damaged()
    sound = [document for document in own.documents() if document not in damaged]
    write_parcel(path, sound, own.original_bytes, records, overwrite)
    return TakenAlong(len(sound), tuple(map(_left_behind, damaged)))


def _left_behind(document: OwnDocument) -> str:
    return f"《{document.title}》的原件坏了或者不在了，没有带上。"


def write_everything(
    own: OwnService, records: BackupService, settings: Settings, path: Path, overwrite: bool = False
) -> tuple[Exported, TakenAlong]:
    """Put the records, the settings and all documents into one file.

    Raises:
        UserError: there is a file already, and it is not to be overwritten.
        DataError: the records cannot be read, or the file not be written; nothing is.
    """
    with tempfile.TemporaryDirectory(prefix="yibao-records-") as folder:
        alone = Path(folder) / "records.json"
        exported = records.export(alone, settings)
        return exported, write_documents(own, path, alone, overwrite)


def read_documents(own: OwnService, path: Path) -> Added:
    """Add what ``write_documents`` wrote; ids stay, so that bookmarks lead there.

    What is here already is named among what failed.

    Raises:
        UserError: it is another file, or one that was changed or damaged; nothing was added.
        DataError: it cannot be read.
    """
    kept_in(path)
    looks = own.look([path])
    added = own.add([Choice.of(look) for look in looks if look.reading is not None])
    refused = tuple((look.name, look.said) for look in looks if look.reading is None)
    return Added(added.documents, (*refused, *added.failed), added.stopped)
