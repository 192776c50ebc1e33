"""The domain's dataclasses as the data and the YAML an editor writes: the schema read backwards.

What this writes, ``schema.structure`` reads back equal.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

import yaml

from yibao_desktop.content.yaml_reader import means_text
from yibao_desktop.domain.guide.text import (
    CALLOUT_NAMES,
    LINK_SCHEME,
    Block,
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Span,
    SpanKind,
    Table,
)
from yibao_desktop.domain.procedure.conditions import (
    AllOf,
    AnyOf,
    Has,
    In,
    Is,
    Not,
    condition_to_data,
)
from yibao_desktop.domain.procedure.model import Line

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|!#])")
_BLOCK_START = re.compile(r"(\d+)([.)])(?=\s|$)|([-+=])")
_WIDTH = 10_000
"""Lines of YAML are not folded: an editor's tools wrap them."""


def to_data(value: Any) -> Any:
    """The value as plain data; fields that say what they say anyway are left out."""
    match value:
        case RichText():
            return to_inline(value)
        case Body():
            return to_markdown(value)
        case Line():
            when = {} if value.when is None else {"when": condition_to_data(value.when)}
            return {value.kind: to_inline(value.text), **when}
        case Is() | In() | Has() | AllOf() | AnyOf() | Not():
            return condition_to_data(value)
        case tuple() | list():
            return [to_data(item) for item in value]
        case Mapping():
            return {name: to_data(item) for name, item in value.items()}
    if is_dataclass(value):
        given = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: to_data(item) for f, item in given if not _goes_without_saying(f, item)}
    return value


def _goes_without_saying(field: Field[Any], value: Any) -> bool:
    return field.default is not MISSING and bool(value == field.default)


def to_inline(text: RichText) -> str:
    """One line as an editor writes it."""
    written = "".join(_span(span) for span in text.spans)
    return _BLOCK_START.sub(_held, written, count=1) if _BLOCK_START.match(written) else written


def _held(found: re.Match[str]) -> str:
    """The beginning of a list or a rule, written so that it is none."""
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _span(span: Span) -> str:
    match span.kind:
        case SpanKind.LABEL:
            return f"`{span.text}`"
        case SpanKind.STRONG:
            return f"**{_escaped(span.text)}**"
        case SpanKind.LINK:
            return f"[{_escaped(span.text)}]({LINK_SCHEME}{span.target})"
        case SpanKind.FIGURE:
            return f"{{{span.target}}}"
    return _escaped(span.text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def to_markdown(body: Body) -> str:
    """A text of several blocks as an editor writes it."""
    return "\n\n".join("\n".join(_block(block)) for block in body.blocks) + "\n"


def _block(block: Block) -> Iterable[str]:
    match block:
        case Paragraph(text):
            return [to_inline(text)]
        case ListBlock(items, ordered):
            marks = (f"{n}. " if ordered else "- " for n in range(1, len(items) + 1))
            return [mark + to_inline(item) for mark, item in zip(marks, items, strict=True)]
        case Callout(text, tone):
            return [f"> [!{CALLOUT_NAMES[tone]}] {to_inline(text)}"]
        case Table(header, rows):
            return [_row(header), "|" + "---|" * len(header), *map(_row, rows)]


def _row(cells: tuple[RichText, ...]) -> str:
    return "| " + " | ".join(to_inline(cell) for cell in cells) + " |"


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML tells no types
    """Quotes what ``read_yaml`` would not take for text, which is not what YAML 1.1 thinks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None if means_text(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _day(dumper: yaml.SafeDumper, day: datetime.date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat())


_Dumper.add_representer(str, _text)
_Dumper.add_representer(datetime.date, _day)


def to_yaml(data: Any) -> str:
    """Plain data as YAML that ``read_yaml`` reads back equal."""
    written: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return written
