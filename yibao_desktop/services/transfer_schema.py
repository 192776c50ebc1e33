"""What an entry of an exported file may hold, with nothing taken on trust.

The limits are those of the fields and of the clock: what the program keeps, a file of it holds.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from yibao_desktop.clock import believed
from yibao_desktop.domain.procedure.interview import is_plausible
from yibao_desktop.domain.records.case import Case, StepMark
from yibao_desktop.domain.records.kept_text import (
    EVENT,
    FOLDER,
    NICKNAME,
    NOTE,
    QUERY,
    RECEIPT,
    TITLE,
)
from yibao_desktop.domain.records.reading import Bookmark, Query, Visit
from yibao_desktop.settings import Settings
from yibao_desktop.store.archive_repository import KeptCase

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

MAX_IDS = 20_000
"""So many answers, ticks and papers one case may have."""

NO_NICKNAME = "没有称呼"

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,99}")
_ITEM = re.compile(rf"{_ID.pattern}(/{_ID.pattern})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REGION = re.compile(r"\d{2,12}")
_VERSION = re.compile(r"[0-9A-Za-z.]{1,64}")


class RefusedError(ValueError):
    """A value that no file of ours holds."""


def structured(data: Any, kind: type[T]) -> T:
    """The entry some data say, before it is cleaned.

    Raises:
        RefusedError: it cannot be read.
    """
    try:
        return _converter().structure(_with_days(data), kind)
    except Exception as error:  # cattrs raises groups of whatever its hooks raise
        raise RefusedError(str(type(error))) from error


def unstructured(entry: Any) -> Any:
    """The entry as lists and objects that ``json`` writes with ``moment_text``."""
    return _converter().unstructure(entry)


def moment_text(value: Any) -> str:
    """Moments and days as a file has them; the ``default`` of ``json.dumps``."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(type(value))


def cleaned(entry: T) -> T:
    """An entry as it can be kept; one that can be is returned just as it is.

    Raises:
        RefusedError: it cannot be kept, as no program of ours can have made it.
    """
    clean: Any = _CLEANING.get(type(entry))
    return entry if clean is None else clean(entry)


# -- rules for each kind of entry -----------------------------------------------------------------


def _clean_kept(kept: KeptCase) -> KeptCase:
    events = tuple(
        replace(e, at=believed(e.at), event=EVENT.clean(e.event), detail=EVENT.clean(e.detail))
        for e in kept.events
    )
    return KeptCase(clean_case(kept.case), events)


def clean_case(case: Case) -> Case:
    """A case as it can be kept.

    Raises:
        RefusedError: it cannot be kept.
    """
    _check_ids(case)
    return replace(
        case,
        nickname=NICKNAME.clean(case.nickname) or NO_NICKNAME,
        receipt_number=RECEIPT.clean(case.receipt_number),
        answers={q: a for q, a in case.answers.items() if not any(map(_is_no_day, a))},
        steps={i: _clean_mark(mark) for i, mark in case.steps.items()},
        seen=frozenset(replace(part, title=TITLE.clean(part.title)) for part in case.seen),
        created_at=believed(case.created_at),
        updated_at=believed(case.updated_at),
        closed_at=case.closed_at and believed(case.closed_at),
        archived_at=case.archived_at and believed(case.archived_at),
        accepted_on=case.accepted_on and _believed_day(case.accepted_on),
    )


def _clean_mark(mark: StepMark) -> StepMark:
    return StepMark(mark.done_on and _believed_day(mark.done_on), NOTE.clean(mark.note))


def _check_ids(case: Case) -> None:
    _need(_ID.fullmatch(case.id), _ID.fullmatch(case.procedure))
    _need(_VERSION.fullmatch(case.content_version))
    _need(case.region is None or _REGION.fullmatch(case.region))
    ids = [*case.answers, *case.steps, *case.materials, *(part.part for part in case.seen)]
    ids += [option for chosen in case.answers.values() for option in chosen]
    _need(len(ids) <= MAX_IDS, all(_ITEM.fullmatch(own) for own in ids))


def _clean_bookmark(bookmark: Bookmark) -> Bookmark:
    _need(_ITEM.fullmatch(bookmark.item_id))
    return replace(
        bookmark,
        title=TITLE.clean(bookmark.title) or bookmark.item_id,
        created_at=believed(bookmark.created_at),
        note=NOTE.clean(bookmark.note),
        folder=FOLDER.clean(bookmark.folder),
    )


def _clean_visit(visit: Visit) -> Visit:
    _need(_ITEM.fullmatch(visit.item_id))
    title = TITLE.clean(visit.title) or visit.item_id
    return Visit(visit.item_id, title, believed(visit.visited_at))


def _clean_query(query: Query) -> Query:
    text = QUERY.clean(query.text)
    _need(text)
    return Query(text, believed(query.at))


def _clean_settings(settings: Settings) -> Settings:
    _need(settings.region is None or _REGION.fullmatch(settings.region))
    return settings


_CLEANING: dict[type, Callable[[Any], Any]] = {
    KeptCase: _clean_kept,
    Case: clean_case,
    Bookmark: _clean_bookmark,
    Visit: _clean_visit,
    Query: _clean_query,
    Settings: _clean_settings,
}


def _need(*held: object) -> None:
    if not all(held):
        raise RefusedError("a value out of its bounds")


def _is_no_day(option: str) -> bool:
    """Whether an answer is a day that cannot be meant; it is asked for again."""
    return bool(_DAY.fullmatch(option)) and not is_plausible(datetime.date.fromisoformat(option))


def _believed_day(day: datetime.date) -> datetime.date:
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return day if is_plausible(day) else believed(noon).date()


# -- from lists and objects to entries and back ---------------------------------------------------


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(StrEnum, lambda value, wanted: wanted(_text(value, str)))
    converter.register_structure_hook(datetime.datetime, _moment)
    converter.register_structure_hook(datetime.date, _date)
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
    return sorted(plain, key=json.dumps)


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise RefusedError("not a text")
    return value


def _moment(value: Any, _: Any) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(_text(value, str))
    if moment.tzinfo is None:
        raise RefusedError("not a moment")
    return moment.astimezone(datetime.UTC)


def _date(value: Any, _: Any) -> datetime.date:
    return datetime.date.fromisoformat(_text(value, str))


def _with_days(data: Any) -> Any:
    """An entry with the days of the calendar for which older files have moments."""
    match data:
        case {"case": {"steps": dict(steps), **rest} as case, **more}:
            told = {i: _with_day(mark, "done_at", "done_on") for i, mark in steps.items()}
            case = _with_day({**rest, "steps": told}, "accepted_at", "accepted_on")
            return {**more, "case": case}
    return data


def _with_day(data: Any, moment: str, day: str) -> Any:
    if not isinstance(data, dict) or moment not in data:
        return data
    at = data[moment]
    rest = {name: value for name, value in data.items() if name != moment}
    return {**rest, day: at and _day_text(at)}


def _day_text(moment: Any) -> str:
    return believed(_moment(moment, datetime.datetime)).astimezone().date().isoformat()


def _is_sequence(wanted: Any, *kinds: type) -> bool:
    return get_origin(wanted) in kinds


def _sequence_hook(converter: Converter, wanted: Any) -> Callable[[Any, Any], Any]:
    kind: Any = get_origin(wanted)
    element = get_args(wanted)[0]
    return lambda value, _: kind(converter.structure(item, element) for item in _list(value))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RefusedError("not a list")
    return value


def _exactly(value: Any, wanted: Any) -> Any:
    if type(value) is not wanted:
        raise RefusedError("another kind of value")
    return value
