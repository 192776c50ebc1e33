"""A case: one procedure being done for one person, over days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, get_args

from yibao_desktop.domain.procedure.answers import Answers

DRAFT = "draft"
"""Id of the one case that has no name and is on no disk: it is only looked through."""

PartKind = Literal["procedure", "step", "material", "fee", "limit"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)


class MaterialState(StrEnum):
    """Whether a paper is at hand."""

    MISSING = "missing"
    HAVE = "have"
    NOT_NEEDED = "na"


@dataclass(frozen=True, slots=True)
class StepMark:
    """A tick: the day the step was done, and what the user noted.

    The day is that of the calendar where it was done, and stays it wherever the case is read.
    """

    done_on: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """Part of a plan as it was last seen, so that what a new edition changes can be told.

    Attributes:
        part: id of the procedure, or of the step, paper, limit or what costs within it.
        title: what it is called; of a fee and a limit with what it says.
    """

    kind: PartKind
    part: str
    title: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is stored of a case; plan and progress are derived from it.

    Attributes:
        id: UUID in hexadecimal.
        nickname: for whom, as the user typed it.
        content_version: version of the content the case was last seen with.
        region: region code; None where the user named none.
        updated_at: last change, aware UTC like all times here.
        closed_at: when the user finished it; None while it is not finished.
        archived_at: when the user put it away; None while it is at hand.
        accepted_on: the day the office took it on (已受理), as the user noted; None before.
        receipt_number: what the office gave to ask for it by (受理编号); may be empty.
        seen: the plan as the user last saw it.
    """

    id: str
    nickname: str
    procedure: str
    content_version: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    region: str | None = None
    answers: Answers = field(default_factory=dict)
    steps: Mapping[str, StepMark] = field(default_factory=dict)
    materials: Mapping[str, MaterialState] = field(default_factory=dict)
    closed_at: datetime.datetime | None = None
    archived_at: datetime.datetime | None = None
    accepted_on: datetime.date | None = None
    receipt_number: str = ""
    seen: frozenset[PlanPart] = frozenset()

    @property
    def done_steps(self) -> frozenset[str]:
        """Ids of the steps ticked, including those the present answers mask."""
        return frozenset(i for i, mark in self.steps.items() if mark.done_on is not None)

    @property
    def done_days(self) -> dict[str, datetime.date]:
        """The day each ticked step was done, by step id."""
        return {i: mark.done_on for i, mark in self.steps.items() if mark.done_on is not None}
