"""Domain objects as JSON text and back, for the columns that hold a whole page."""

from __future__ import annotations

import datetime
import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


def encode(value: Any) -> str:
    """The object as compact JSON; the same object always gives the same text."""
    return json.dumps(
        _converter().unstructure(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def decode(text: str, wanted: type[T]) -> T:
    """The object that ``encode`` made the text from."""
    return _converter().structure(json.loads(text), wanted)


@cache
def _converter() -> Converter:
    from cattrs import Converter
    from cattrs.strategies import configure_tagged_union

    from yibao_desktop.domain.guide.text import Block
    from yibao_desktop.domain.procedure.conditions import (
        Condition,
        condition_from_data,
        condition_to_data,
    )
    from yibao_desktop.domain.procedure.model import Group, Step

    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook(datetime.date, datetime.date.isoformat)
    converter.register_structure_hook(
        datetime.date, lambda text, _: datetime.date.fromisoformat(text)
    )
    converter.register_unstructure_hook(
        Condition | None, lambda c: None if c is None else condition_to_data(c)
    )
    converter.register_structure_hook(
        Condition | None, lambda data, _: None if data is None else condition_from_data(data)
    )
    converter.register_structure_hook(
        Group | Step,
        lambda data, _: converter.structure(data, Group if "children" in data else Step),
    )
    configure_tagged_union(Block, converter)
    return converter
