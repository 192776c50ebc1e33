"""All records as one JSON file and back; only what can be read in again is written."""

from __future__ import annotations

import datetime
import json
import os
import stat
import uuid
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from yibao_desktop.domain.records.reading import Bookmark, Query, Visit
from yibao_desktop.domain.wording.names import isolated, listed
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.services.case_service import MAX_CASES
from yibao_desktop.services.file_writer import exported_file
from yibao_desktop.services.own_parcel import LIST, RECORDS_PART
from yibao_desktop.services.transfer_schema import (
    RefusedError,
    cleaned,
    moment_text,
    structured,
    unstructured,
)
from yibao_desktop.settings import Settings
from yibao_desktop.store.archive_repository import KeptCase
from yibao_desktop.store.reading_repository import KEPT_QUERIES, KEPT_VISITS
from yibao_desktop.zip_faults import ZIP_FAULTS

FORMAT = "yibao-records"
FORMAT_VERSION = 3
"""Files of version 1 hold no settings; up to version 2 steps have the moment they were ticked."""

MAX_BYTES = 64_000_000
MAX_VALUES = 1_000_000
"""So many lists and objects a file may hold; more would cost more memory than it is worth."""
MAX_ENTRIES = 20_000
"""So many bookmarks are taken from a file."""

NAMED = 5
"""So many entries that could not be read as they are get named."""

_COPIES = uuid.UUID("6d0f8a52-7d4e-4e0a-9a53-5f3b1f6c2d10")
_SPOILT = "没有读入任何东西，您现在的记录没有变。"
_UNREADABLE = "一条"
_KINDS: dict[str, tuple[type, str, int]] = {
    "cases": (KeptCase, "办理", MAX_CASES),
    "bookmarks": (Bookmark, "收藏", MAX_ENTRIES),
    "visits": (Visit, "看过的", KEPT_VISITS),
    "queries": (Query, "搜过的", KEPT_QUERIES),
}
"""Kind of entry, how it is called, and how many of it a file may bring."""

_NEWEST = {"visits": KEPT_VISITS, "queries": KEPT_QUERIES}
"""Of these only so many are kept, and older files may hold all there ever were."""


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the user keeps.

    Attributes:
        settings: None in files from before they were taken along.
    """

    cases: tuple[KeptCase, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    visits: tuple[Visit, ...] = ()
    queries: tuple[Query, ...] = ()
    settings: Settings | None = None


@dataclass(slots=True)
class Contents:
    """What a file holds, and what of it could not be taken as it stands.

    Attributes:
        passed_over: entries that cannot be read, as they are called.
        mended: entries of which a text or a time was brought within its limits.
        too_many: entries there is no room for.
    """

    records: Records = field(default_factory=Records)
    passed_over: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    too_many: list[str] = field(default_factory=list)

    @property
    def remarks(self) -> list[str]:
        """The same in sentences; none where everything is as it was written."""
        said = (
            (self.passed_over, "读不懂、没有读入的：{count} 条（{names}）。"),
            (self.too_many, "放不下、没有读入的：{count} 条（{names}）。"),
            (
                self.mended,
                "有看不见的字、太长的名字或者不可能的日期，整理过的：{count} 条（{names}）。",
            ),
        )
        return [
            sentence.format(count=len(names), names=listed(names, NAMED))
            for names, sentence in said
            if names
        ]


def write_records(
    records: Records, path: Path, overwrite: bool, now: datetime.datetime
) -> Contents:
    """Put all records into one file only its owner can read; it appears when it is whole.

    What was written is read again before it has its name; what the file says otherwise than the
    records do, because no file may hold it so, is returned.

    Raises:
        UserError: there is a file already, and it is not to be overwritten.
        DataError: the file cannot be written, or could not be read in again.
    """
    if not overwrite and os.path.lexists(path):
        raise UserError(f"已经有这个文件了：{path}。", "请换一个文件名。")
    contents = _tidied(records)
    document = {"format": FORMAT, "version": FORMAT_VERSION, "exported_at": now}
    document |= unstructured(contents.records)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=moment_text)
    with exported_file(path, partial(_verify, records=contents.records)) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    return contents


def _verify(written: Path, records: Records) -> None:
    """Read a file again.

    Raises:
        DataError: it does not say what it should.
    """
    with suppress(UserError):
        if read_records(written).records == records:
            return
    raise DataError(
        "存出来的文件读回来对不上，没有存。", "请看磁盘是不是坏了，换一个地方再存一次。"
    )


def read_records(path: Path) -> Contents:
    """What a file holds that ``write_records`` wrote.

    Raises:
        UserError: it is another file, or one that was changed or damaged.
        DataError: it cannot be read.
    """
    text = _text_of(path)
    return parse_records(text) if text is not None else Contents()


def _text_of(path: Path) -> str | None:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"这不是一个普通文件：{path}。", _SPOILT)
        if zipfile.is_zipfile(path):
            return _packed_text(path)
        if found.st_size > MAX_BYTES:
            raise UserError("这个文件太大了，不是医保指南导出的记录。", _SPOILT)
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"这个文件读不了：{path}（{reason}）。", _SPOILT) from error


def _packed_text(path: Path) -> str | None:
    """The records within a file of all that was taken along; None where that is documents alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            if LIST in archive.namelist() and RECORDS_PART not in archive.namelist():
                return None
            with archive.open(RECORDS_PART) as stream:
                data = stream.read(MAX_BYTES + 1)
    except ZIP_FAULTS:
        _refuse()
    if len(data) > MAX_BYTES:
        _refuse()
    return data.decode("utf-8-sig")


def parse_records(text: str) -> Contents:
    """What a text holds that ``write_records`` wrote.

    An entry that cannot be read is passed over and named; the others are taken.

    Raises:
        UserError: the text is not what ``write_records`` writes, or nothing in it can be read.
    """
    document = _document(text)
    contents = Contents()
    lists = {name: document.pop(name, []) for name in _KINDS}
    settings = _settings(document.pop("settings", None), contents)
    if document or not all(isinstance(entries, list) for entries in lists.values()):
        _refuse()
    contents.records = _gathered(lists, settings, contents, structured)
    if contents.passed_over and contents.records == Records():
        _refuse()
    return contents


def _document(text: str) -> dict[str, Any]:
    """What a text says beside its format and version."""
    if text.count("[") + text.count("{") > MAX_VALUES:
        _refuse()
    try:
        document = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_no_number
        )
    except (ValueError, RecursionError):
        _refuse()
    if not isinstance(document, dict) or document.pop("format", None) != FORMAT:
        _refuse()
    version = document.pop("version", None)
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise UserError("这个文件是更新的版本导出的。", f"请安装新版的医保指南再读入；{_SPOILT}")
    if type(version) is not int or not 1 <= version <= FORMAT_VERSION:
        _refuse()
    if version == 1 and "settings" in document:
        _refuse()
    document.pop("exported_at", None)
    return document


def _settings(data: Any, contents: Contents) -> Settings | None:
    if data is None:
        return None
    try:
        return cleaned(structured(data, Settings))
    except RefusedError:
        contents.passed_over.append("设置")
        return None


def _tidied(records: Records) -> Contents:
    """Records as a file may hold them."""
    contents = Contents()
    lists = {name: getattr(records, name) for name in _KINDS}
    contents.records = _gathered(lists, records.settings, contents, lambda entry, _: entry)
    return contents


def _gathered(
    lists: Mapping[str, Sequence[Any]],
    settings: Settings | None,
    contents: Contents,
    read: Callable[[Any, type], Any],
) -> Records:
    """Every entry that can be kept, each once; ``contents`` learns what became of the others."""
    gathered: dict[str, tuple[Any, ...]] = {}
    for name, (kind, called, most) in _KINDS.items():
        taken: dict[str, Any] = {}
        for raw in lists[name][: _NEWEST.get(name)]:
            try:
                entry = read(raw, kind)
                kept = cleaned(entry)
            except RefusedError:
                contents.passed_over.append(f"{called} {_UNREADABLE}")
                continue
            if len(taken) >= most:
                contents.too_many.append(f"{called} {_name(kept)}")
                continue
            if _key(kept) in taken:
                contents.passed_over.append(f"{called} {_name(kept)}")
                continue
            if kept != entry:
                contents.mended.append(f"{called} {_name(kept)}")
            taken[_key(kept)] = kept
        gathered[name] = tuple(taken.values())
    return Records(**gathered, settings=settings)


def _key(entry: Any) -> str:
    match entry:
        case KeptCase():
            return entry.case.id
        case Query():
            return entry.text
        case _:
            return str(entry.item_id)


def _name(entry: Any) -> str:
    match entry:
        case KeptCase():
            return isolated(entry.case.nickname)
        case Query():
            return entry.text
        case _:
            return str(entry.title)


def _refusal() -> UserError:
    return UserError("这个文件不是医保指南导出的记录，或者被改动过、坏了。", _SPOILT)


def _refuse() -> NoReturn:
    raise _refusal() from None


def copy_of(kept: KeptCase) -> KeptCase:
    """The case under an id of its own; the same case always gets the same."""
    content = json.dumps(
        unstructured(kept.case), ensure_ascii=False, sort_keys=True, default=moment_text
    )
    own = uuid.uuid5(_COPIES, content).hex
    return KeptCase(replace(kept.case, id=own), kept.events)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RefusedError("a name written twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise RefusedError(text)
