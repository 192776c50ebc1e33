"""What is doubtful about a plan: only what belongs to the way it goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from yibao_desktop.domain.guide.doubts import Doubt, doubts_about
from yibao_desktop.domain.guide.items import part_id
from yibao_desktop.domain.procedure.conditions import Truth
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.procedure.plan import Plan


def plan_doubts(plan: Plan, doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts to be told of the plan as a whole; those about a step are told there.

    What is doubtful about the procedure is told where there is anything to do, what is about a
    channel or an outcome where the plan may take it.
    """
    procedure = plan.procedure
    interview = Interview(procedure, plan.answers)
    parts = [o.id for o in procedure.outcomes if interview.truth(o.when) is not Truth.NO]
    if plan.channel:
        parts.append(plan.channel.id)
    else:
        asked = (q for q in plan.questions if q.id == CHANNEL)
        parts += [option.id for q in asked for option in interview.options(q)]
    whole = [procedure.id] if plan.steps else []
    return doubts_about(doubts, *whole, *(part_id(procedure.id, part) for part in parts))


def told_doubts(
    plan: Plan, doubts: Collection[Doubt], done: Collection[str] = ()
) -> tuple[Doubt, ...]:
    """All that is to be told with a plan: of it as a whole, and of its steps besides those done.

    Args:
        plan: the plan.
        doubts: those about its procedure.
        done: ids of the steps that are done.
    """
    whole = plan_doubts(plan, doubts)
    ids = (part_id(plan.procedure.id, s.step.id) for s in plan.steps if s.step.id not in done)
    of_steps = doubts_about(doubts, *ids)
    return tuple(doubt for doubt in doubts if doubt in whole or doubt in of_steps)
