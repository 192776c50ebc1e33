"""What is left of a condition where some options of a question are not offered any more."""

from __future__ import annotations

from collections.abc import Collection

from yibao_desktop.domain.procedure.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Has,
    In,
    Is,
    Not,
)

Narrowed = Condition | bool
"""What is still to be asked, or what holds whatever is answered."""


def narrowed(condition: Condition | None, question: str, left: Collection[str]) -> Narrowed:
    """A condition as it stands where a question offers only some options.

    Args:
        condition: None for one that always holds.
        question: its id.
        left: ids of the options it still offers, of which one is always taken; with a single one
            the question decides nothing.
    """
    match condition:
        case None:
            return True
        case Is(asked, option) if asked == question:
            return condition if option in left and len(left) > 1 else option in left
        case In(asked, options) if asked == question:
            return _one_of(question, tuple(o for o in options if o in left), len(left))
        case AllOf(parts):
            return _all_of([narrowed(part, question, left) for part in parts])
        case AnyOf(parts):
            return _any_of([narrowed(part, question, left) for part in parts])
        case Not(part):
            inner = narrowed(part, question, left)
            return not inner if isinstance(inner, bool) else Not(inner)
        case Is() | In() | Has():
            return condition


def _one_of(question: str, kept: tuple[str, ...], offered: int) -> Narrowed:
    if not kept or len(kept) == offered:
        return bool(kept)
    return Is(question, kept[0]) if len(kept) == 1 else In(question, kept)


def _all_of(parts: list[Narrowed]) -> Narrowed:
    asked = tuple(part for part in parts if not isinstance(part, bool))
    if False in parts or not asked:
        return False not in parts
    return asked[0] if len(asked) == 1 else AllOf(asked)


def _any_of(parts: list[Narrowed]) -> Narrowed:
    asked = tuple(part for part in parts if not isinstance(part, bool))
    if True in parts or not asked:
        return True in parts
    return asked[0] if len(asked) == 1 else AnyOf(asked)
