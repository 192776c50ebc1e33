"""All records as one JSON file and back, with nothing taken on trust."""

from __future__ import annotations

import datetime
import json
import os
import re
import stat
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args, get_origin

from yibao_desktop.clock import FIRST_YEAR, LAST_YEAR
from yibao_desktop.domain.records.case import Case, StepMark
from yibao_desktop.domain.records.reading import Bookmark, Visit
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.settings import Settings
from yibao_desktop.store.archive_repository import KeptCase
from yibao_desktop.store.checksum import sync_folder

if TYPE_CHECKING:
    from cattrs import Converter

FORMAT = "yibao-records"
FORMAT_VERSION = 3
"""Files of version 1 hold no settings; up to version 2 steps have the moment they were ticked."""

MAX_BYTES = 16_000_000
MAX_VALUES = 400_000
"""So many lists and objects a file may hold; more would cost more memory than it is worth."""
MAX_ENTRIES = 20_000
MAX_TEXT = 20_000
"""Characters of one text, such as a note."""
MAX_NAME = 200
"""Characters of a title or of the name of the person a case is for."""

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,99}")
_ITEM = re.compile(rf"{_ID.pattern}(/{_ID.pattern})?")
_REGION = re.compile(r"\d{2,12}")
_VERSION = re.compile(r"[0-9A-Za-z.]{1,64}")
_TWISTING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COPIES = uuid.UUID("6d0f8a52-7d4e-4e0a-9a53-5f3b1f6c2d10")
_SPOILT = "没有读入任何东西，您现在的记录没有变。"


@dataclass(frozen=True, slots=True)
class Query:
    """Something that was searched for."""

    text: str
    at: datetime.datetime


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


class _Refused(ValueError):
    """A value that no file of ours holds."""


def write_records(records: Records, path: Path, overwrite: bool, now: datetime.datetime) -> None:
    """Put all records into one file only its owner can read; it appears when it is whole.

    Raises:
        UserError: there is a file already, and it is not to be overwritten.
        DataError: the file cannot be written.
    """
    if not overwrite and os.path.lexists(path):
        raise UserError(f"已经有这个文件了：{path}。", "请换一个文件名。")
    document = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "exported_at": now,
        **_converter().unstructure(records),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, default=_moment_text)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise DataError(
            f"写不到这个文件：{path}（{getattr(error, 'strerror', None) or error}）。",
            "请看这个文件夹能不能写、磁盘满了没有。",
        ) from error
    finally:
        with suppress(OSError, ValueError):
            unfinished.unlink()


def read_records(path: Path) -> Records:
    """The records of a file that ``write_records`` wrote.

    Raises:
        UserError: it is another file, or one that was changed or damaged.
        DataError: it cannot be read.
    """
    return parse_records(_text_of(path))


def _text_of(path: Path) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"这不是一个普通文件：{path}。", _SPOILT)
        if found.st_size > MAX_BYTES:
            raise UserError("这个文件太大了，不是医保指南导出的记录。", _SPOILT)
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"这个文件读不了：{path}（{reason}）。", _SPOILT) from error


def parse_records(text: str) -> Records:
    """The records written as a text.

    Raises:
        UserError: the text is not what ``write_records`` writes.
    """
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
    try:
        records = _converter().structure(document, Records)
        _check(records)
    except Exception as error:  # cattrs raises groups of whatever its hooks raise
        raise _refusal() from error
    return records


def _refusal() -> UserError:
    return UserError("这个文件不是医保指南导出的记录，或者被改动过、坏了。", _SPOILT)


def _refuse() -> NoReturn:
    raise _refusal() from None


def copy_of(kept: KeptCase) -> KeptCase:
    """The case under an id of its own; the same case always gets the same."""
    content = json.dumps(
        _converter().unstructure(kept.case),
        ensure_ascii=False,
        sort_keys=True,
        default=_moment_text,
    )
    own = uuid.uuid5(_COPIES, content).hex
    values = {name: getattr(kept.case, name) for name in Case.__dataclass_fields__}
    return KeptCase(Case(**values | {"id": own}), kept.events)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a name written twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise _Refused(text)


def _moment_text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(type(value))


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(StrEnum, lambda value, wanted: wanted(_text(value, str)))
    converter.register_structure_hook(datetime.datetime, _moment)
    converter.register_structure_hook(datetime.date, _date)
    converter.register_structure_hook(StepMark, lambda value, _: _step_mark(value))
    for kind in (int, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook_factory(
        lambda wanted: _is_sequence(wanted, tuple, frozenset),
        lambda wanted: _sequence_hook(converter, wanted),
    )
    converter.register_unstructure_hook_factory(
        lambda wanted: _is_sequence(wanted, frozenset),
        lambda _: lambda values: _sorted(values, converter),
    )
    return converter


def _sorted(values: Iterable[Any], converter: Converter) -> list[Any]:
    plain = [converter.unstructure(value) for value in values]
    return sorted(plain, key=lambda value: json.dumps(value, sort_keys=True))


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise _Refused("not a text")
    for character in value:
        unseen = unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
        if unseen or character in _TWISTING:
            raise _Refused("a character that cannot be seen")
    return value


def _moment(value: Any, _: Any) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(_text(value, str))
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _Refused("not a moment")
    return moment.astimezone(datetime.UTC)


def _date(value: Any, _: Any) -> datetime.date:
    date = datetime.date.fromisoformat(_text(value, str))
    if not FIRST_YEAR - 70 <= date.year <= LAST_YEAR:
        raise _Refused("not a date")
    return date


def _step_mark(value: Any) -> StepMark:
    if not isinstance(value, dict) or value.keys() - {"done_on", "done_at", "note"}:
        raise _Refused("not a step")
    day, moment = value.get("done_on"), value.get("done_at")
    done_on = None if day is None else _date(day, datetime.date)
    if moment is not None:
        done_on = _moment(moment, datetime.datetime).astimezone().date()
    return StepMark(done_on, _text(value.get("note", ""), str))


def _is_sequence(wanted: Any, *kinds: type) -> bool:
    return get_origin(wanted) in kinds


def _sequence_hook(converter: Converter, wanted: Any) -> Callable[[Any, Any], Any]:
    kind: Any = get_origin(wanted)
    element = get_args(wanted)[0]
    return lambda value, _: kind(converter.structure(item, element) for item in _list(value))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Refused("not a list")
    return value


def _exactly(value: Any, wanted: Any) -> Any:
    if type(value) is not wanted:
        raise _Refused("another kind of value")
    return value


def _check(records: Records) -> None:
    for entries in (records.cases, records.bookmarks, records.visits, records.queries):
        _need(len(entries) <= MAX_ENTRIES)
    ids = [kept.case.id for kept in records.cases]
    _need(len(set(ids)) == len(ids))
    for kept in records.cases:
        _check_case(kept.case)
        for event in kept.events:
            _need(len(event.event) <= MAX_NAME)
    for bookmark in records.bookmarks:
        _need(_ITEM.fullmatch(bookmark.item_id), 0 < len(bookmark.title) <= MAX_NAME)
        _need(len(bookmark.folder) <= MAX_NAME)
    for visit in records.visits:
        _need(_ITEM.fullmatch(visit.item_id), 0 < len(visit.title) <= MAX_NAME)
    for query in records.queries:
        _need(0 < len(query.text) <= MAX_TEXT)
    region = records.settings.region if records.settings else None
    _need(region is None or _REGION.fullmatch(region))


def _check_case(case: Case) -> None:
    _need(_ID.fullmatch(case.id), _ID.fullmatch(case.procedure))
    _need(case.nickname.strip(), len(case.nickname) <= MAX_NAME, "\n" not in case.nickname)
    _need(_VERSION.fullmatch(case.content_version), len(case.receipt_number) <= MAX_NAME)
    _need(case.region is None or _REGION.fullmatch(case.region))
    ids = [*case.answers, *case.steps, *case.materials, *(part.part for part in case.seen)]
    ids += [option for chosen in case.answers.values() for option in chosen]
    _need(len(ids) <= MAX_ENTRIES, all(_ITEM.fullmatch(own) for own in ids))
    _need(all(len(part.title) <= MAX_NAME for part in case.seen))


def _need(*held: object) -> None:
    if not all(held):
        raise _Refused("a value out of its bounds")
