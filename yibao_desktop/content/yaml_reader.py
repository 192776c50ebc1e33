"""YAML read strictly, with the line of every value kept for messages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from yibao_desktop.content.problems import Mistake
from yibao_desktop.content.wording import refuse_unseen

Path = tuple[str | int, ...]

MAX_CHARACTERS = 200_000
MAX_VALUES = 10_000
"""So many names, values, lists and mappings a file may hold: reading more takes seconds."""
MAX_DEPTH = 40

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Written in C where it is to be had: ten times as fast."""

_PLAIN_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), datetime.date.fromisoformat),
)
"""What unquoted text means: the core schema of YAML 1.2, and days."""
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9].*")


def means_text(text: str) -> bool:
    """Whether ``read_yaml`` takes it for text where it is not quoted."""
    return not (
        _MOMENT.fullmatch(text)
        or text == "<<"
        or any(pattern.fullmatch(text) for pattern, _ in _PLAIN_SCALARS)
    )


@dataclass(frozen=True, slots=True)
class Located:
    """Plain data (dict, list, str, int, float, bool, date, None) with line numbers.

    Attributes:
        lines: path of keys and indices → line, counted from 1.
    """

    data: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Line of the value at the path, or of the nearest value around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read_yaml(text: str, first_line: int = 1) -> Located:
    """Read one document that begins at ``first_line`` of its file.

    Anchors, aliases, merge keys and tags are refused: they can hide or multiply content.

    Raises:
        Mistake: the text is not such a document; ``line`` is the line in the file.
    """
    if len(text) > MAX_CHARACTERS:
        raise Mistake("文件太大了，请拆成几个", first_line)
    try:
        reader = _Reader(_events(text), first_line)
        return Located(reader.document(), reader.lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        problem = f"YAML 写法读不懂，请看缩进、冒号和引号（{error.problem}）"
        raise Mistake(problem, line) from None
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise Mistake(f"YAML 写法读不懂（{error}）", first_line) from None


def _events(text: str) -> Iterator[Event]:
    for count, event in enumerate(yaml.parse(text, Loader=_PARSER)):
        if count > MAX_VALUES:
            raise Mistake("文件里的内容太多了，请拆成几个", event.start_mark.line + 1)
        yield event


class _Reader:
    """Makes plain data of the events of a parser.

    Attributes:
        lines: path of keys and indices → line.
    """

    def __init__(self, events: Iterator[Event], first_line: int) -> None:
        self._events = events
        self._first_line = first_line
        self.lines: dict[Path, int] = {(): first_line}

    def document(self) -> Any:
        """The one document; None where there is none."""
        documents = 0
        data = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Mistake("一个文件只能写一份，不能用 ---", self._line(event))
                data = self._value(next(self._events), ())
        return data

    def _line(self, event: Event) -> int:
        return int(event.start_mark.line) + self._first_line

    def _value(self, event: Event, path: Path) -> Any:
        self._refuse_tricks(event, len(path))
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event)

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), CollectionEndEvent):
            line = self._line(event)
            if not isinstance(event, ScalarEvent | AliasEvent):
                # Depth is counted in names; names within names would not be counted.
                raise Mistake("名字要写成文字，不能是列表或分层的内容", line)
            key = self._value(event, path)
            if not isinstance(key, str):
                raise Mistake(f"名字“{key}”要加引号", line)
            if key in found:
                raise Mistake("同一处把一个名字写了两遍", line)
            refuse_unseen(key, line)
            self.lines[(*path, key)] = line
            found[key] = self._value(next(self._events), (*path, key))
        return found

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), CollectionEndEvent):
            here = (*path, len(found))
            self.lines[here] = self._line(event)
            found.append(self._value(event, here))
        return found

    def _scalar(self, event: ScalarEvent) -> Any:
        text: str = event.value
        if event.implicit[0]:
            if _MOMENT.fullmatch(text):
                raise Mistake("日期只写年月日", self._line(event))
            for pattern, read in _PLAIN_SCALARS:
                if pattern.fullmatch(text):
                    return self._read(read, text, event)
        refuse_unseen(text, self._line(event), allowed="\n\t")
        return text

    def _read(self, read: Callable[[str], Any], text: str, event: ScalarEvent) -> Any:
        try:
            return read(text)
        except ValueError:
            raise Mistake(f"没有“{text}”这个值，请检查", self._line(event)) from None

    def _refuse_tricks(self, event: Event, depth: int) -> None:
        line = self._line(event)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Mistake("不能用 & 和 *（引用），请把内容写出来", line)
        if isinstance(event, NodeEvent) and getattr(event, "tag", None):
            raise Mistake("不能用 !（标签）", line)
        if isinstance(event, ScalarEvent) and event.value == "<<" and event.implicit[0]:
            raise Mistake("不能用 <<（合并），请把内容写出来", line)
        if depth > MAX_DEPTH:
            raise Mistake("层次太深了", line)
