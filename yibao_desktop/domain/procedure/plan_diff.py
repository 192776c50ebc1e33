"""What another answer would change about a plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from yibao_desktop.domain.procedure.model import Material, Outcome, Question, Statement, Step
from yibao_desktop.domain.procedure.plan import Plan

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """From one plan to another of the same procedure.

    Attributes:
        ticked_away: ids of the steps ticked that would be hidden; their ticks are kept.
        asked: questions that would be asked anew.
        fee, time: what the channel says before and after, where that changes.
        outcome: where it ends before and after, where that changes.
    """

    steps_added: tuple[Step, ...]
    steps_removed: tuple[Step, ...]
    materials_added: tuple[Material, ...]
    materials_removed: tuple[Material, ...]
    ticked_away: tuple[Step, ...]
    asked: tuple[Question, ...]
    fee: tuple[Statement | None, Statement | None] | None
    time: tuple[Statement | None, Statement | None] | None
    outcome: tuple[Outcome | None, Outcome | None] | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing the user sees would change."""
        return not any(
            (
                self.steps_added,
                self.steps_removed,
                self.materials_added,
                self.materials_removed,
                self.asked,
                self.fee,
                self.time,
                self.outcome,
            )
        )


def diff(before: Plan, after: Plan, done: Collection[str] = ()) -> PlanDiff:
    """What is different after; ``done`` are the ids of the steps ticked."""
    old_steps = {s.step.id: s.step for s in before.steps}
    new_steps = {s.step.id: s.step for s in after.steps}
    old_papers = {m.material.id: m.material for m in before.materials}
    new_papers = {m.material.id: m.material for m in after.materials}
    removed = _missing(old_steps, new_steps)
    old_questions = {q.id for q in before.to_ask}
    return PlanDiff(
        steps_added=_missing(new_steps, old_steps),
        steps_removed=removed,
        materials_added=_missing(new_papers, old_papers),
        materials_removed=_missing(old_papers, new_papers),
        ticked_away=tuple(step for step in removed if step.id in done),
        asked=tuple(q for q in after.to_ask if q.id not in old_questions),
        fee=_change(_channel_fee(before), _channel_fee(after)),
        time=_change(_channel_time(before), _channel_time(after)),
        outcome=_change(before.outcome, after.outcome),
    )


def _missing(these: dict[str, _Part], there: dict[str, _Part]) -> tuple[_Part, ...]:
    return tuple(part for part_id, part in these.items() if part_id not in there)


def _change(before: _Part, after: _Part) -> tuple[_Part, _Part] | None:
    return None if before == after else (before, after)


def _channel_fee(plan: Plan) -> Statement | None:
    return plan.channel.fee if plan.channel else None


def _channel_time(plan: Plan) -> Statement | None:
    return plan.channel.time if plan.channel else None
