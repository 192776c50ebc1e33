"""Goes through everything the seeds hold, with the place each thing was written at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from yibao_desktop.content.loader import Seed, Seeds
from yibao_desktop.content.yaml_reader import Path
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText, Span


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every dataclass within a value, with the path of field names and indices to it."""
    if is_dataclass(value):
        yield path, value
        for field in fields(value):
            yield from walk(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


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
