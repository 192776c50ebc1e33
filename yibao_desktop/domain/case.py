"""A case: one procedure being done for one person, over days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yibao_desktop.domain.interview import Answers


class MaterialState(StrEnum):
    """Whether a paper is at hand."""

    MISSING = "missing"
    HAVE = "have"
    NOT_NEEDED = "na"


@dataclass(frozen=True, slots=True)
class StepMark:
    """A tick: when the step was done, and what the user noted."""

    done_at: datetime.datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is stored of a case; plan and progress are derived from it.

    Attributes:
        id: UUID in hexadecimal.
        nickname: for whom, as the user typed it.
        content_version: version of the content the case was last seen with.
        region: region code; None where the user named none.
        updated_at: last change, aware UTC like all times here.
        closed_at: when the user finished or put it away; None while it is open.
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

    @property
    def done_steps(self) -> frozenset[str]:
        """Ids of the steps ticked, including those the present answers mask."""
        return frozenset(i for i, mark in self.steps.items() if mark.done_at is not None)
