"""Puts the values of the facts where the text refers to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import Span, SpanKind

T = TypeVar("T")


def resolve(value: T, facts: Mapping[str, Fact]) -> T:
    """The same object with the text of every figure filled in."""
    if isinstance(value, Span):
        if value.kind is SpanKind.FIGURE:
            return replace(value, text=facts[value.target].text)
        return value
    if isinstance(value, tuple):
        return type(value)(resolve(item, facts) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: resolve(getattr(value, f.name), facts) for f in fields(value)}
        return replace(value, **changed)
    return value
