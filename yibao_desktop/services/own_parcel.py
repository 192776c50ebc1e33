"""One file with documents of one's own and their originals, and with the records where wanted.

A zip file: a list of the documents, their originals by number, and the records as they are
exported alone. Of a file that comes from elsewhere nothing is taken on trust.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.own.reading import Refusal, RefusedError
from yibao_desktop.domain.procedure.interview import is_plausible
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.extract.limits import LARGEST_FILE
from yibao_desktop.services.file_writer import exported_file
from yibao_desktop.zip_faults import ZIP_FAULTS

FORMAT, FORMAT_VERSION = "yibao-documents", 1
LIST = "documents.json"
RECORDS_PART = "records.json"
MAX_DOCUMENTS = 5_000
MAX_LIST = 4_000_000
MAX_TEXT = 300

_ID = re.compile(r"own--[0-9a-f]{12}")
_REGION = re.compile(r"\d{6}")
_FAULTS = (*ZIP_FAULTS, TypeError)
"""What reading a file raises that is none of ours, or was spoilt."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file says of a document; confirmed by whoever made it."""

    id: str
    title: str
    file_name: str
    folder: str
    region: str | None
    dated: datetime.date | None
    valid_until: datetime.date | None


def write_parcel(
    path: Path,
    documents: Iterable[OwnDocument],
    original: Callable[[OwnDocument], bytes],
    records: Path | None = None,
    overwrite: bool = False,
) -> None:
    """Put documents with their originals into one file; it appears when it is whole and read again.

    Args:
        path: the file.
        documents: what goes into it.
        original: the bytes of an original, known to be as they were.
        records: the records as they were exported alone, to go with them.
        overwrite: whether a file that is there makes way.

    Raises:
        UserError: there is a file already, and it is not to make way.
        DataError: an original cannot be read, or the file not be written.
    """
    if not overwrite and os.path.lexists(path):
        raise UserError(f"已经有这个文件了：{path}。", "请换一个文件名。")
    documents = list(documents)
    with (
        exported_file(path, partial(_verify, documents=documents)) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(LIST, _list_of(documents))
        for number, document in enumerate(documents):
            archive.writestr(f"{number}", original(document))
        if records is not None:
            archive.write(records, RECORDS_PART)


def _list_of(documents: Iterable[OwnDocument]) -> str:
    listed = [
        {
            "id": document.id,
            "title": document.title,
            "file": document.file_name,
            "folder": document.folder,
            "region": document.region,
            "date": document.dated.isoformat() if document.dated else None,
            "until": document.valid_until.isoformat() if document.valid_until else None,
        }
        for document in documents
    ]
    head = {"format": FORMAT, "version": FORMAT_VERSION, "documents": listed}
    return json.dumps(head, ensure_ascii=False, indent=1)


def _verify(written: Path, documents: list[OwnDocument]) -> None:
    """Read a file again.

    Raises:
        DataError: it does not hold what it should.
    """
    with suppress(UserError, RefusedError, *_FAULTS):
        ids = [kept.id for kept in kept_in(written)]
        digests = [hashlib.sha256(original_in(written, n)).hexdigest() for n in range(len(ids))]
        with zipfile.ZipFile(written) as archive:
            sound = archive.testzip() is None
        if sound and list(zip(ids, digests, strict=True)) == [(d.id, d.digest) for d in documents]:
            return
    raise DataError(
        "存出来的文件读回来对不上，没有存。", "请看磁盘是不是坏了，换一个地方再存一次。"
    )


def kept_in(path: Path) -> list[Kept]:
    """What a file that ``write_parcel`` wrote says of its documents.

    Raises:
        UserError: it is another file, or one that was changed or damaged.
        DataError: it cannot be read.
    """
    nothing = "没有读入任何资料。"
    try:
        if not path.is_file():  # a pipe would be waited for
            raise ValueError("no plain file")
        with zipfile.ZipFile(path) as archive:
            return _entries(archive)
    except OSError as error:
        raise DataError(f"这个文件读不了：{path}（{error.strerror}）。", nothing) from error
    except _FAULTS as error:
        raise UserError("这个文件不是医保指南存出来的资料，或者坏了。", nothing) from error


def documents_in(path: Path) -> int:
    """How many documents a file holds; none where it is no such file."""
    try:
        return len(kept_in(path))
    except (UserError, DataError):
        return 0


def original_in(path: Path, number: int) -> bytes:
    """The original of the document that stands at a place of the list.

    Raises:
        RefusedError: it cannot be read, or is too large.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(f"{number}") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, *_FAULTS) as error:
        raise RefusedError(Refusal.UNREADABLE) from error
    if len(data) > LARGEST_FILE:
        raise RefusedError(Refusal.TOO_LARGE)
    return data


def _entries(archive: zipfile.ZipFile) -> list[Kept]:
    """The list of a file; ``ValueError`` or the like where it is none of ours."""
    if archive.getinfo(LIST).file_size > MAX_LIST:
        raise ValueError("the list is too long")
    head = json.loads(archive.read(LIST))
    if head["format"] != FORMAT or head["version"] != FORMAT_VERSION:
        raise ValueError("another format")
    if len(head["documents"]) > MAX_DOCUMENTS:
        raise ValueError("too many documents")
    entries = [_entry(listed) for listed in head["documents"]]
    for number in range(len(entries)):
        archive.getinfo(f"{number}")
    return entries


def _entry(listed: dict[str, Any]) -> Kept:
    texts = [listed[name] for name in ("id", "title", "file", "folder")]
    if any(not isinstance(text, str) or len(text) > MAX_TEXT for text in texts):
        raise ValueError("not a text")
    document_id, title, file_name, folder = texts
    region = listed["region"]
    if not _ID.fullmatch(document_id) or (region is not None and not _REGION.fullmatch(region)):
        raise ValueError("not an id")
    dated, until = (_day(listed[name]) for name in ("date", "until"))
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", file_name).strip(". ") or "x"
    return Kept(document_id, title, name, folder, region, dated, until)


def _day(text: str | None) -> datetime.date | None:
    """A day as the list says it; one of a year that cannot be meant says nothing."""
    day = datetime.date.fromisoformat(text) if text is not None else None
    return day if day and is_plausible(day) else None
