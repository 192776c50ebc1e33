"""What is needed for sure: judged over the ways that lead to what one came for.

A plan with open questions holds all that may be needed. Who reads or prints it came for the thing
itself: a way that only leads elsewhere does not make the papers of the others doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from yibao_desktop.domain.procedure.interview import Answers, Interview, completions
from yibao_desktop.domain.procedure.model import Procedure, Question
from yibao_desktop.domain.procedure.plan import Decider, Plan, PlanMaterial, PlanStep, make_plan

_Has = Callable[["_Way"], bool]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of answering everything, with what it needs."""

    answers: Answers
    steps: frozenset[str]
    materials: frozenset[str]


def judged_plan(procedure: Procedure, answers: Answers) -> Plan:
    """The plan under the answers, in which what every way to the goal needs is sure.

    What is not sure names the open question that decides, where one question alone does.
    """
    plan = make_plan(procedure, answers)
    if all(s.sure for s in plan.steps) and not any(m.is_open for m in plan.materials):
        return plan
    ways = _ways(procedure, answers)
    interview = Interview(procedure, answers)
    asked = [q for q in plan.questions if q.kind == "one" and interview.reply(q.id) is None]
    return replace(
        plan,
        steps=tuple(_judged_step(step, ways, asked) for step in plan.steps),
        materials=tuple(_judged_material(m, ways, asked) for m in plan.materials),
    )


def _ways(procedure: Procedure, answers: Answers) -> list[_Way]:
    """The ways in which there is anything to do here, those that lead to the goal if any do."""
    plans = [make_plan(procedure, full) for full in completions(procedure, answers)]
    busy = [plan for plan in plans if plan.steps]
    aimed = [p for p in busy if p.outcome is None or p.outcome.kind != "elsewhere"]
    return [
        _Way(
            plan.answers,
            frozenset(s.step.id for s in plan.steps),
            frozenset(m.material.id for m in plan.materials),
        )
        for plan in aimed or busy
    ]


def _judged_step(planned: PlanStep, ways: list[_Way], asked: list[Question]) -> PlanStep:
    def has(way: _Way) -> bool:
        return planned.step.id in way.steps

    sure = all(map(has, ways))
    return replace(planned, sure=sure, only_if=None if sure else _decider(ways, asked, has))


def _judged_material(
    planned: PlanMaterial, ways: list[_Way], asked: list[Question]
) -> PlanMaterial:
    def has(way: _Way) -> bool:
        return planned.material.id in way.materials

    always = all(map(has, ways))
    return replace(
        planned,
        sure=always and not planned.material.some_places,
        only_if=None if always else _decider(ways, asked, has),
    )


def _decider(ways: Iterable[_Way], asked: Iterable[Question], has: _Has) -> Decider | None:
    ways = tuple(ways)
    for question in asked:
        found: dict[tuple[str, ...], set[bool]] = {}
        for way in ways:
            found.setdefault(way.answers.get(question.id, ()), set()).add(has(way))
        options = tuple(o for o in question.options if found.get((o.id,)) == {True})
        if options and all(len(values) == 1 for values in found.values()):
            return Decider(question, options)
    return None
