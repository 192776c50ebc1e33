"""How far a case has come with the office: done here is not submitted there."""

from __future__ import annotations

from enum import StrEnum

from yibao_desktop.domain.procedure.plan import Plan
from yibao_desktop.domain.records.case import Case


class Stage(StrEnum):
    """Where a case stands; the value is the official word."""

    OPEN = "未办"
    DONE = "已办成"
    PREPARING = "准备"
    SUBMITTED = "已提交"
    ACCEPTED = "已受理"
    FINISHED = "已办结"


WITHOUT_SUBMISSION = (Stage.OPEN, Stage.DONE)
"""The stages where nothing is handed in."""

HANDED_IN = (Stage.SUBMITTED, Stage.ACCEPTED, Stage.FINISHED)
"""The stages where the office has something."""

WITH_SUBMISSION = (Stage.PREPARING, Stage.SUBMITTED, Stage.ACCEPTED, Stage.FINISHED)
"""The stages where something is handed in."""


def stages(plan: Plan) -> tuple[Stage, ...]:
    """The stages a plan goes through."""
    return WITH_SUBMISSION if plan.has_submission else WITHOUT_SUBMISSION


def stage(plan: Plan, case: Case) -> Stage:
    """Where the case stands; only what was handed in can be taken on or finished."""
    if not plan.has_submission:
        return Stage.DONE if case.closed_at is not None else Stage.OPEN
    if not plan.is_submitted(case.done_steps):
        return Stage.PREPARING
    if case.closed_at is not None:
        return Stage.FINISHED
    return Stage.SUBMITTED if case.accepted_on is None else Stage.ACCEPTED
