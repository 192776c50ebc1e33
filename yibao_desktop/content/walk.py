"""Goes through everything the seeds hold, with the place each thing was written at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from yibao_desktop.content.loader import Seed, Seeds
from yibao_desktop.content.yaml_reader import Path
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText, Span


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every dataclass within a value, with the path of field names and indices to it.

    Each comes before what is in it, and in the order it is written in.
    """
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        names = _field_names(value.__class__)
        inner: Iterable[tuple[str | int, Any]]
        if names is None:
            inner = enumerate(value) if isinstance(value, tuple) else ()
        else:
            yield path, value
            inner = ((name, getattr(value, name)) for name in names)
        waiting += [((*path, at), item) for at, item in inner if _may_hold(item)][::-1]


def _may_hold(value: Any) -> bool:
    return isinstance(value, tuple) or _field_names(value.__class__) is not None


@cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    """Of a dataclass; None of any other class. Most of what is walked through is of a few."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def cited(seeds: Seeds) -> Iterator[tuple[Seed[Any], Path, Any]]:
    """Every dataclass within the pages and doubts: all that rests on sources."""
    for seed in (*seeds.pages(), *seeds.doubts):
        for path, value in walk(seed.value):
            yield seed, path, value


def spans(seeds: Seeds) -> Iterator[tuple[Seed[Any], Path, Span]]:
    """Every run of text within the pages and doubts; the path is that of its line."""
    for seed, path, value in cited(seeds):
        if isinstance(value, RichText):
            for span in value.spans:
                yield seed, path, span


def all_facts(seeds: Seeds) -> Iterator[tuple[Fact, Seed[Any], Path]]:
    """Every fact of the guide, with where it is given."""
    for page in seeds.pages():
        for index, fact in enumerate(page.value.facts):
            yield fact, page, ("facts", index)
