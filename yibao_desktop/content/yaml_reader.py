"""YAML read strictly, with the line of every value kept for messages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent, ScalarEvent

from yibao_desktop.content.problems import Mistake
from yibao_desktop.content.wording import refuse_unseen

Path = tuple[str | int, ...]

MAX_CHARACTERS = 200_000
MAX_VALUES = 10_000
"""So many names, values, lists and mappings a file may hold: reading more takes seconds."""
MAX_DEPTH = 40


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
        _refuse_tricks(text)
        loaded = YAML(typ="rt", pure=True).load(text)
    except DuplicateKeyError as error:
        raise Mistake("同一处把一个名字写了两遍", _line_of(error) + first_line) from None
    except MarkedYAMLError as error:
        raise Mistake(
            f"YAML 写法读不懂，请看缩进、冒号和引号（{error.problem}）",
            _line_of(error) + first_line,
        ) from None
    except Mistake as error:
        raise Mistake(str(error), (error.line or 0) + first_line) from None
    except (YAMLError, ValueError) as error:
        raise Mistake(f"YAML 写法读不懂（{error}）", first_line) from None
    lines: dict[Path, int] = {(): first_line}
    return Located(_plain(loaded, (), lines, first_line), lines)


def _line_of(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line if mark else 0


def _refuse_tricks(text: str) -> None:
    depth = 0
    for count, event in enumerate(_events(text)):
        line = event.start_mark.line
        if count > MAX_VALUES:
            raise Mistake("文件里的内容太多了，请拆成几个", line)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Mistake("不能用 & 和 *（引用），请把内容写出来", line)
        if isinstance(event, NodeEvent) and getattr(event, "ctag", None):
            raise Mistake("不能用 !（标签）", line)
        if isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
            raise Mistake("不能用 <<（合并），请把内容写出来", line)
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > MAX_DEPTH:
            raise Mistake("层次太深了", line)


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="rt", pure=True).parse(text)


def _plain(value: Any, path: Path, lines: dict[Path, int], first_line: int) -> Any:
    if isinstance(value, CommentedMap):
        for key in value:
            line = value.lc.key(key)[0] + first_line
            if not isinstance(key, str):
                raise Mistake(f"名字“{key}”要加引号", line)
            refuse_unseen(key, line)
            lines[(*path, key)] = line
        return {str(k): _plain(v, (*path, str(k)), lines, first_line) for k, v in value.items()}
    if isinstance(value, CommentedSeq):
        for index in range(len(value)):
            lines[(*path, index)] = value.lc.item(index)[0] + first_line
        return [_plain(v, (*path, i), lines, first_line) for i, v in enumerate(value)]
    if isinstance(value, datetime.datetime):
        raise Mistake("日期只写年月日", lines.get(path, first_line))
    if isinstance(value, str):
        refuse_unseen(value, lines.get(path, first_line), allowed="\n\t")
    for plain in (str, bool, int, float):
        if isinstance(value, plain):
            return plain(value)
    return value
