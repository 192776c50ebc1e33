"""Taking back what was done to a case, whatever else was done to it since."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from yibao_desktop.domain.records.case import Case, MaterialState, StepMark

if TYPE_CHECKING:
    from yibao_desktop.domain.procedure.plan import Plan

V = TypeVar("V")

_SINGLE = (
    "nickname",
    "closed_at",
    "archived_at",
    "accepted_on",
    "receipt_number",
    "seen",
)
"""What a case has one of."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo what made ``before`` into ``after``: only what differs between the two goes back."""

    before: Case
    after: Case
    event: ClassVar[str] = "taken-back"
    detail: ClassVar[str] = ""

    def change(self, case: Case, _plan: Plan, _now: datetime.datetime) -> Case:
        """The case after it; what was written or ticked elsewhere meanwhile stays."""
        before, after = self.before, self.after
        single = {n: getattr(before, n) for n in _SINGLE if getattr(before, n) != getattr(after, n)}
        return replace(
            case,
            answers=_back(case.answers, before.answers, after.answers),
            materials=self._materials(case),
            steps=self._steps(case),
            **single,
        )

    def _materials(self, case: Case) -> dict[str, MaterialState]:
        """A paper nothing was noted of is one that is missing."""
        unnoted = dict.fromkeys(self.after.materials, MaterialState.MISSING)
        return _back(case.materials, {**unnoted, **self.before.materials}, self.after.materials)

    def _steps(self, case: Case) -> dict[str, StepMark]:
        """The day a step was done and what was noted go back each by itself."""
        steps = dict(case.steps)
        for step in {*self.before.steps, *self.after.steps}:
            before = self.before.steps.get(step, StepMark())
            after = self.after.steps.get(step, StepMark())
            mark = steps.get(step, StepMark())
            if before.done_on != after.done_on:
                mark = replace(mark, done_on=before.done_on)
            if before.note != after.note:
                mark = replace(mark, note=before.note)
            if before != after:
                steps[step] = mark
        return steps


def _back(now: Mapping[str, V], before: Mapping[str, V], after: Mapping[str, V]) -> dict[str, V]:
    result = dict(now)
    for key in {*before, *after}:
        if before.get(key) == after.get(key):
            continue
        if key in before:
            result[key] = before[key]
        else:
            result.pop(key, None)
    return result
