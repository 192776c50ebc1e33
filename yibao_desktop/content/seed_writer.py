"""Domain objects as text of the seeds: what ``yibao build`` reads back as the same objects.

Only what a reader can have read can be written: a line of text without blank ends, a condition
with parts. What the dataclasses have by default is left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from enum import Enum
from typing import Any

import yaml

from yibao_desktop.content.markup_writer import body_markup, inline_markup
from yibao_desktop.content.yaml_reader import means_text
from yibao_desktop.domain.guide.items import Article, Section
from yibao_desktop.domain.guide.text import Body, RichText
from yibao_desktop.domain.procedure.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Has,
    In,
    Is,
    Not,
    condition_to_data,
)
from yibao_desktop.domain.procedure.model import Line


def yaml_text(value: Any) -> str:
    """A procedure, or a file of ``content.schema``, as the text of a YAML file."""
    return to_yaml(to_data(value))


def article_text(article: Article) -> str:
    """An article as the text of a Markdown file."""
    front = to_data(replace(article, sections=()))
    del front["sections"]
    sections = "\n".join(map(_section, article.sections))
    return f"---\n{to_yaml(front)}---\n\n{sections}"


def to_yaml(data: Any) -> str:
    """Plain data as YAML."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,  # a line of text stays one line
    )
    return text


def _section(section: Section) -> str:
    meta = to_yaml({"sources": list(section.sources)})
    heading = f"{'#' * section.level} {section.title} {{#{section.id}}}"
    return f"{heading}\n```meta\n{meta}```\n{body_markup(section.body)}"


def to_data(value: Any) -> Any:
    """A dataclass of the domain as plain data, without what it says by default."""
    match value:
        case RichText():
            return inline_markup(value)
        case Body():
            return body_markup(value)
        case Line(kind, text, when):
            told = {str(kind): inline_markup(text)}
            return told if when is None else {**told, "when": _condition(when)}
        case Is() | In() | Has() | AllOf() | AnyOf() | Not():
            return _condition(value)
        case Enum():
            return value.value
        case Mapping():
            return {name: to_data(inner) for name, inner in value.items()}
        case tuple() | list():
            return [to_data(inner) for inner in value]
    if is_dataclass(value):
        given = ((f.name, getattr(value, f.name)) for f in fields(value) if _is_told(f, value))
        return {name: to_data(inner) for name, inner in given}
    return value


def _is_told(field: Field[Any], value: Any) -> bool:
    if field.default_factory is not MISSING:
        return bool(getattr(value, field.name) != field.default_factory())
    return field.default is MISSING or bool(getattr(value, field.name) != field.default)


class _OnOneLine(dict[str, object]):
    """A mapping written within braces."""


def _condition(condition: Condition) -> _OnOneLine:
    return _OnOneLine(condition_to_data(condition))


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes so that ``yaml_reader`` reads the same: no anchors, quotes where it needs them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is written once and pointed at: the reader refuses that."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None if means_text(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _date(dumper: _Dumper, day: datetime.date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat())


def _on_one_line(dumper: _Dumper, data: _OnOneLine) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(datetime.date, _date)
_Dumper.add_representer(_OnOneLine, _on_one_line)
