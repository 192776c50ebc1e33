"""All documents of one's own as one file and back; what comes back is read anew like any other."""

from __future__ import annotations

import datetime
import json
import os
import re
import tempfile
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.procedure.interview import is_plausible
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.services.own_service import Added, Choice, OwnService

FORMAT, FORMAT_VERSION = "yibao-documents", 1
LIST = "documents.json"
MAX_DOCUMENTS = 5_000
MAX_LIST = 4_000_000
MAX_ORIGINAL = 32 << 20
MAX_TEXT = 300

_ID = re.compile(r"own--[0-9a-f]{12}")
_REGION = re.compile(r"\d{6}")
_SPOILT = "没有读入任何资料。"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the list of a file says of a document."""

    id: str
    title: str
    file_name: str
    folder: str
    region: str | None
    dated: datetime.date | None
    valid_until: datetime.date | None


def write_documents(own: OwnService, path: Path) -> int:
    """Put all documents with their originals into one zip file; how many they are.

    Raises:
        UserError: there is a file already.
        DataError: an original is gone, or the file cannot be written.
    """
    if os.path.lexists(path):
        raise UserError(f"已经有这个文件了：{path}。", "请换一个文件名。")
    documents = own.documents()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with (
            os.fdopen(
                os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            listed = [_listed(document) for document in documents]
            head = {"format": FORMAT, "version": FORMAT_VERSION, "documents": listed}
            archive.writestr(LIST, json.dumps(head, ensure_ascii=False, indent=1))
            for number, document in enumerate(documents):
                archive.writestr(f"{number}", own.original_bytes(document))
        unfinished.replace(path)
    except OSError as error:
        reason = f"写不到这个文件：{path}（{error.strerror}）。"
        raise DataError(reason, "请看这个文件夹能不能写、磁盘满了没有。") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return len(documents)


def _listed(document: OwnDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "file": document.file_name,
        "folder": document.folder,
        "region": document.region,
        "date": document.dated.isoformat() if document.dated else None,
        "until": document.valid_until.isoformat() if document.valid_until else None,
    }


def read_documents(own: OwnService, path: Path) -> Added:
    """Add what ``write_documents`` wrote; ids stay, so that bookmarks lead there.

    What is here already is named among what failed.

    Raises:
        UserError: it is another file, or one that was changed or damaged; nothing was added.
        DataError: it cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="yibao-documents-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                entries = _entries(archive)
                files = [_unpacked(archive, n, e, Path(folder)) for n, e in enumerate(entries)]
        except OSError as error:
            raise DataError(f"这个文件读不了：{path}（{error.strerror}）。", _SPOILT) from error
        except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError,
                RuntimeError, NotImplementedError, RecursionError) as error:  # fmt: skip
            raise UserError("这个文件不是医保指南存出来的资料，或者坏了。", _SPOILT) from error
        looks = own.look(files)
        wanted = [
            Choice(look, e.title, e.folder, e.region, e.dated, e.valid_until, keeps_id=e.id)
            for look, e in zip(looks, entries, strict=True)
            if look.reading is not None
        ]
        added = own.add(wanted)
    refused = tuple((look.path.name, look.said) for look in looks if look.reading is None)
    return Added(added.documents, (*refused, *added.failed), added.stopped)


def _entries(archive: zipfile.ZipFile) -> list[_Entry]:
    """The list of a file; ``ValueError`` or the like where it is none of ours."""
    if archive.getinfo(LIST).file_size > MAX_LIST:
        raise ValueError("the list is too long")
    head = json.loads(archive.read(LIST))
    if head["format"] != FORMAT or head["version"] != FORMAT_VERSION:
        raise ValueError("another format")
    if len(head["documents"]) > MAX_DOCUMENTS:
        raise ValueError("too many documents")
    return [_entry(listed) for listed in head["documents"]]


def _entry(listed: dict[str, Any]) -> _Entry:
    texts = [listed[name] for name in ("id", "title", "file", "folder")]
    if any(not isinstance(text, str) or len(text) > MAX_TEXT for text in texts):
        raise ValueError("not a text")
    document_id, title, file_name, folder = texts
    region = listed["region"]
    if not _ID.fullmatch(document_id) or (region is not None and not _REGION.fullmatch(region)):
        raise ValueError("not an id")
    dated, until = (_day(listed[name]) for name in ("date", "until"))
    return _Entry(document_id, title, file_name, folder, region, dated, until)


def _day(text: str | None) -> datetime.date | None:
    """A day as the list says it; one of a year that cannot be meant says nothing."""
    day = datetime.date.fromisoformat(text) if text is not None else None
    return day if day and is_plausible(day) else None


def _unpacked(archive: zipfile.ZipFile, number: int, entry: _Entry, folder: Path) -> Path:
    """An original under its own name, in a folder where it is alone."""
    with archive.open(f"{number}") as stream:
        data = stream.read(MAX_ORIGINAL + 1)
    if len(data) > MAX_ORIGINAL:
        raise ValueError("an original is too large")
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", entry.file_name).strip(". ") or "x"
    file = folder / str(number) / name
    file.parent.mkdir()
    file.write_bytes(data)
    return file
