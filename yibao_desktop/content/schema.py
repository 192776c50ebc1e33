"""The shape of the seed files: the domain's own dataclasses, read strictly."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from yibao_desktop.content.change_schema import change_from_data
from yibao_desktop.content.markup import parse_body, parse_inline
from yibao_desktop.content.problems import Mistake, Problem
from yibao_desktop.content.wording import MAX_WORDS, check_wording
from yibao_desktop.content.yaml_reader import Located, Path
from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.items import Answer, FrequentQuestion, Region, Term, Topic
from yibao_desktop.domain.guide.sources import Source, SourceDocument
from yibao_desktop.domain.guide.text import Body, RichText
from yibao_desktop.domain.guide.untreated import UntreatedSubject
from yibao_desktop.domain.packs.overlay import Change
from yibao_desktop.domain.procedure.conditions import Condition, condition_from_data
from yibao_desktop.domain.procedure.model import Group, Line, Step


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """``answers/*.yaml``."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class TopicsFile:
    """``topics.yaml``."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """``glossary.yaml``."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class DoubtsFile:
    """``doubts.yaml``."""

    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class FrequentFile:
    """``frequent.yaml``."""

    frequent: tuple[FrequentQuestion, ...]


@dataclass(frozen=True, slots=True)
class RegionsFile:
    """``regions.yaml``."""

    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """``sources.yaml``."""

    documents: tuple[SourceDocument, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class QuestionsFile:
    """``questions/*.yaml``: id of a passage → what people ask when it is the answer."""

    questions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class UntreatedFile:
    """``untreated.yaml``."""

    untreated: tuple[UntreatedSubject, ...]


T = TypeVar("T")


def structure(located: Located, wanted: type[T], file: str) -> tuple[T | None, list[Problem]]:
    """The data as the wanted dataclass, or None and every fault in it."""
    if not isinstance(located.data, dict):
        return None, [Problem(file, located.line(()), "文件开头要有名字，例如 id: …")]
    try:
        return _converter().structure(located.data, wanted), []
    except Exception as error:  # cattrs raises groups of whatever its hooks raise
        return None, [
            Problem(file, located.line(path), message) for path, message in _told(error, ())
        ]


def _told(error: BaseException, path: Path) -> Iterator[tuple[Path, str]]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = (*path, note.name)
        elif isinstance(note, IterableValidationNote):
            path = (*path, note.index)
    match error:
        case BaseValidationError():
            for inner in error.exceptions:
                yield from _told(inner, path)
        case ForbiddenExtraKeysError():
            for name in sorted(error.extra_fields):
                yield (*path, name), f"不认识“{name}”；可以写：{'、'.join(_names(error.cl))}"
        case KeyError():
            # cattrs notes the missing attribute itself as the last part of the path
            yield path[:-1], f"少了“{error.args[0]}”"
        case Mistake():
            yield path, str(error)
        case _:
            yield path, f"写法不对（{error}）"


def _names(cl: type | None) -> list[str]:
    return [f.name for f in fields(cl)] if cl is not None and is_dataclass(cl) else []


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _words)
    converter.register_structure_hook(int, _exactly(int, "整数"))
    converter.register_structure_hook(bool, _exactly(bool, "true 或 false"))
    converter.register_structure_hook(datetime.date, _exactly(datetime.date, "日期，如 2025-04-23"))
    converter.register_structure_hook(RichText, _rich_text)
    converter.register_structure_hook(Body, _body)
    converter.register_structure_hook(Line, _line)
    converter.register_structure_hook(Condition | None, _condition)
    converter.register_structure_hook_func(
        _is_mapping, lambda value, t: converter.structure(_mapping(value), _as_dict(t))
    )
    converter.register_structure_hook(Change, lambda value, _: change_from_data(converter, value))
    converter.register_structure_hook(
        Group | Step,
        lambda value, _: converter.structure(
            value, Group if isinstance(value, dict) and "children" in value else Step
        ),
    )
    converter.register_structure_hook_factory(
        _is_tuple, lambda t: _list_hook(converter, get_args(t)[0])
    )
    converter.register_structure_hook_factory(_is_literal, _literal_hook)
    converter.register_structure_hook_factory(
        lambda t: is_dataclass(t) and t not in _WRITTEN_AS_TEXT,
        lambda t: _mapping_hook(converter, t),
    )
    return converter


_WRITTEN_AS_TEXT = (RichText, Body, Line, Change)


def _is_tuple(wanted: Any) -> bool:
    return get_origin(wanted) is tuple


def _is_mapping(wanted: Any) -> bool:
    origin: Any = get_origin(wanted)
    return origin is Mapping


def _as_dict(wanted: Any) -> Any:
    return dict.__class_getitem__(get_args(wanted))


def _is_literal(wanted: Any) -> bool:
    return get_origin(wanted) is Literal


def _exactly(wanted: type, name: str) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _: Any) -> Any:
        if type(value) is not wanted:
            raise Mistake(f"这里要写{name}")
        return value

    return hook


def _words(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise Mistake("这里要写文字（像数字、日期的要加引号）")
    if not value.strip():
        raise Mistake("这里不能是空的")
    if "\n" in value:
        raise Mistake("这里只能写一行")
    if len(value) > MAX_WORDS:
        raise Mistake(f"这里有 {len(value)} 个字，太长了")
    check_wording(value)
    return value


def _rich_text(value: Any, _: Any) -> RichText:
    if not isinstance(value, str):
        raise Mistake("这里要写一行文字（像数字、日期的要加引号）")
    return parse_inline(value)


def _body(value: Any, _: Any) -> Body:
    if isinstance(value, Body):
        return value
    if not isinstance(value, str):
        raise Mistake("这里要写文字")
    return parse_body(value)


def _line(value: Any, _: Any) -> Line:
    match value:
        case {"do": text, **more} | {"caution": text, **more} | {"note": text, **more}:
            if more.keys() <= {"when"}:
                kind = next(name for name in value if name != "when")
                return Line(kind, _rich_text(text, None), _condition(more.get("when"), None))
    raise Mistake("步骤里的一行要以 do:、caution: 或 note: 开头，只能再写 when")


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Mistake("这里要写成“编号: 列表”")
    return value


def _condition(value: Any, _: Any) -> Condition | None:
    try:
        return None if value is None else condition_from_data(value)
    except ValueError as error:
        raise Mistake(str(error)) from None


def _list_hook(converter: Converter, element: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    def hook(value: Any, wanted: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Mistake("这里要写成列表，每一条前面加“- ”")
        read: list[Any] = []
        errors: list[Exception] = []
        for index, item in enumerate(value):
            try:
                read.append(converter.structure(item, element))
            except Exception as error:  # gathered and raised together below
                error.add_note(IterableValidationNote("", index, element))
                errors.append(error)
        if errors:
            raise IterableValidationError("", errors, wanted)
        return tuple(read)

    return hook


def _literal_hook(literal: Any) -> Callable[[Any, Any], Any]:
    allowed = get_args(literal)

    def hook(value: Any, _: Any) -> Any:
        if value not in allowed:
            raise Mistake(f"不能写“{value}”；可以写：{'、'.join(map(str, allowed))}")
        return value

    return hook


def _mapping_hook(converter: Converter, wanted: type) -> Callable[[Any, Any], Any]:
    read: Callable[[Any, Any], Any] = make_dict_structure_fn(wanted, converter)

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise Mistake(f"这里要写成“名字: 内容”，可以写：{'、'.join(_names(wanted))}")
        return read(value, wanted)

    return hook
