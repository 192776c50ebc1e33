"""The flow of a procedure seen as a list: every step with all that decides whether it is done."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from yibao_desktop.domain.procedure.conditions import Condition, Is, both
from yibao_desktop.domain.procedure.model import Group, Step


@dataclass(frozen=True, slots=True)
class Placed:
    """A step in its place.

    Attributes:
        guard: everything that must hold for the step to be done; None where nothing must.
        choices: the ``any`` groups around it, outermost first.
        together: id of the innermost ``all`` group it is a child of; None where there is none.
    """

    step: Step
    guard: Condition | None
    choices: tuple[Group, ...]
    together: str | None


@dataclass(frozen=True, slots=True)
class PlacedChoice:
    """An ``any`` group with everything that must hold for it to be chosen from."""

    group: Group
    guard: Condition | None


def placed_steps(flow: Group) -> Iterator[Placed]:
    """Every step of the flow, in order."""
    for placed in _walk(flow, None, (), None):
        if isinstance(placed, Placed):
            yield placed


def placed_choices(flow: Group) -> Iterator[PlacedChoice]:
    """Every ``any`` group of the flow, outer ones before inner ones."""
    for placed in _walk(flow, None, (), None):
        if isinstance(placed, PlacedChoice):
            yield placed


def _walk(
    node: Group | Step,
    guard: Condition | None,
    choices: tuple[Group, ...],
    together: str | None,
) -> Iterator[Placed | PlacedChoice]:
    guard = both(guard, node.when)
    if isinstance(node, Step):
        yield Placed(node, guard, choices, together)
        return
    if node.kind == "any":
        yield PlacedChoice(node, guard)
        for child in node.children:
            chosen = both(guard, Is(node.id, child.id))
            yield from _walk(child, chosen, (*choices, node), None)
        return
    inner = node.id if node.kind == "all" else None
    for child in node.children:
        yield from _walk(child, guard, choices, inner)


def holds_any(node: Group | Step, step_ids: Container[str]) -> bool:
    """Whether one of the steps is the node or somewhere within it."""
    if isinstance(node, Step):
        return node.id in step_ids
    return any(holds_any(child, step_ids) for child in node.children)
