"""How far a case is, over every way its open questions may turn out."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.conditions import Truth
from yibao_desktop.domain.procedure.interview import Interview, ways
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.procedure.plan import implied_choices


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case is, in numbered steps that must be done.

    Attributes:
        done: how many are ticked, whichever way the open questions turn out.
        min, max: how many there are in all, over every way the open questions may turn out.
        percent: whole percent of the way least far, 100 exactly when all that may be required is
            done.
    """

    done: int
    min: int
    max: int
    percent: int


def progress(procedure: Procedure, answers: Answers, done: Iterable[str]) -> Progress:
    """How far one is when the steps with the ids ``done`` are ticked.

    No plan is made of every way: this is counted for every case whenever cases are listed.
    """
    done = frozenset(done)
    answers = {**answers, **implied_choices(procedure, answers, done)}
    counts = {_counted(way, done) for way in ways(Interview(procedure, answers))}
    ticked, totals = zip(*counts, strict=True)
    percent = min(100 * ready // total if total else 100 for ready, total in counts)
    return Progress(min(ticked), min(totals), max(totals), percent)


def _counted(way: Interview, done: Container[str]) -> tuple[int, int]:
    """The same as ``Plan.required`` where nothing is left open: every step has its own number."""
    required = [
        placed.step.id
        for placed in way.placed
        if not placed.step.optional and way.truth(placed.guard) is Truth.YES
    ]
    return sum(step in done for step in required), len(required)
