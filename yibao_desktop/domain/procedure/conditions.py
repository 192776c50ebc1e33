"""Conditions on answers, evaluated in three values (Kleene's strong logic)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

Reply = frozenset[str] | None
"""Options a question was answered with: None while unknown, empty where it does not apply."""

PERHAPS = ""
"""Beside the options in a reply: it counts only if its question turns out to be asked."""

Lookup = Callable[[str], Reply]


class Truth(IntEnum):
    """A truth value; ordered so that "and" is ``min`` and "or" is ``max``."""

    NO = 0
    MAYBE = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Is:
    """The question was answered with the option."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class In:
    """The question was answered with one of the options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """The option is among the several answers given to the question."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Is | In | Has | AllOf | AnyOf | Not


def evaluate(condition: Condition | None, lookup: Lookup) -> Truth:
    """Truth of a condition; None always holds, and an unknown answer leaves it open."""
    match condition:
        case None:
            return Truth.YES
        case Is(question, option) | Has(question, option):
            return _among(lookup(question), (option,))
        case In(question, options):
            return _among(lookup(question), options)
        case AllOf(parts):
            return min((evaluate(part, lookup) for part in parts), default=Truth.YES)
        case AnyOf(parts):
            return max((evaluate(part, lookup) for part in parts), default=Truth.NO)
        case Not(part):
            return Truth(Truth.YES - evaluate(part, lookup))


def _among(reply: Reply, options: tuple[str, ...]) -> Truth:
    if reply is None:
        return Truth.MAYBE
    if not reply.intersection(options):
        return Truth.NO
    return Truth.MAYBE if PERHAPS in reply else Truth.YES


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The condition that holds when both do."""
    if first is None or second is None:
        return first or second
    return AllOf((first, second))


def references(condition: Condition | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every question a condition asks for, with the options it names."""
    match condition:
        case Is(question, option) | Has(question, option):
            yield question, (option,)
        case In(question, options):
            yield question, options
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from references(part)
        case Not(part):
            yield from references(part)


def condition_from_data(data: object) -> Condition:
    """A condition from its written form, such as ``{"is": ["channel", "window"]}``.

    Raises:
        ValueError: the data has another shape; the text says which in Chinese.
    """
    if not isinstance(data, dict) or len(data) != 1:
        raise ValueError("条件要写成一个键，例如 {is: [channel, window]}")
    ((word, value),) = data.items()
    match word, value:
        case "is", [str(question), str(option)]:
            return Is(question, option)
        case "has", [str(question), str(option)]:
            return Has(question, option)
        case "in", [str(question), [str(), *_] as options]:
            return In(question, tuple(str(o) for o in options))
        case "all", [_, *_]:
            return AllOf(tuple(condition_from_data(part) for part in value))
        case "any", [_, *_]:
            return AnyOf(tuple(condition_from_data(part) for part in value))
        case "not", _:
            return Not(condition_from_data(value))
    raise ValueError(f"条件“{word}”的写法不对；可以写 is、in、has、all、any、not")


def condition_to_data(condition: Condition) -> dict[str, object]:
    """The written form of a condition."""
    match condition:
        case Is(question, option):
            return {"is": [question, option]}
        case Has(question, option):
            return {"has": [question, option]}
        case In(question, options):
            return {"in": [question, list(options)]}
        case AllOf(parts):
            return {"all": [condition_to_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [condition_to_data(part) for part in parts]}
        case Not(part):
            return {"not": condition_to_data(part)}
