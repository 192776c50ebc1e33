"""What is needed for sure: judged over the ways that lead to what one came for.

A plan with open questions holds all that may be needed. Who reads or prints it came for the thing
itself: a way that only leads elsewhere does not make the papers of the others doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.conditions import Truth
from yibao_desktop.domain.procedure.interview import Interview, ways
from yibao_desktop.domain.procedure.model import Procedure, Question
from yibao_desktop.domain.procedure.plan import Decider, Plan, PlanMaterial, PlanStep, make_plan

_Has = Callable[["_Way"], bool]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of answering everything.

    Attributes:
        papers: ids of the papers needed, by the step that needs them.
        aimed: whether it does not only lead elsewhere.
    """

    answers: Answers
    papers: Mapping[str, frozenset[str]]
    aimed: bool


def judged_plan(procedure: Procedure, answers: Answers) -> Plan:
    """The plan under the answers, in which what every way to the goal needs is sure.

    What is not sure names the open question that decides, where one question alone does.
    """
    plan = make_plan(procedure, answers)
    if all(s.sure for s in plan.steps) and not any(m.is_open for m in plan.materials):
        return plan
    interview = Interview(procedure, answers)
    every = _ways(interview)
    asked = [q for q in plan.questions if q.kind == "one" and interview.reply(q.id) is None]
    return replace(
        plan,
        steps=tuple(_judged_step(step, every, asked) for step in plan.steps),
        materials=tuple(_judged_material(m, every, asked) for m in plan.materials),
    )


def _ways(interview: Interview) -> list[_Way]:
    """The ways in which there is anything to do here, those that lead to the goal if any do."""
    busy = [way for way in map(_way, ways(interview)) if way.papers]
    return [way for way in busy if way.aimed] or busy


def _way(interview: Interview) -> _Way:
    steps = [p.step for p in interview.placed if interview.truth(p.guard) is Truth.YES]
    ends = [o for o in interview.procedure.outcomes if interview.truth(o.when) is Truth.YES]
    aimed = not ends or ends[0].kind != "elsewhere"
    return _Way(interview.answers, {s.id: interview.wanted(s) for s in steps}, aimed)


def _judged_step(planned: PlanStep, every: list[_Way], asked: list[Question]) -> PlanStep:
    step = planned.step.id

    def has(way: _Way) -> bool:
        return step in way.papers

    sure = all(map(has, every))
    doing = [way for way in every if has(way)]
    return replace(
        planned,
        sure=sure,
        only_if=None if sure else _decider(every, asked, has),
        papers=tuple(_judged_material(p, doing, asked) for p in planned.papers),
    )


def _judged_material(
    planned: PlanMaterial, every: list[_Way], asked: list[Question]
) -> PlanMaterial:
    """A paper of the plan or of one of its steps: needed where one of its steps needs it."""

    def has(way: _Way) -> bool:
        return any(planned.material.id in way.papers.get(s, ()) for s in planned.steps)

    always = all(map(has, every))
    return replace(
        planned,
        sure=always and not planned.material.some_places,
        only_if=None if always else _decider(every, asked, has),
    )


def _decider(every: list[_Way], asked: Iterable[Question], has: _Has) -> Decider | None:
    for question in asked:
        found: dict[tuple[str, ...], set[bool]] = {}
        for way in every:
            found.setdefault(way.answers.get(question.id, ()), set()).add(has(way))
        options = tuple(o for o in question.options if found.get((o.id,)) == {True})
        chosen = {(option.id,) for option in options}
        # Where the question is not even asked, it must not be needed either.
        if options and all(values == {key in chosen} for key, values in found.items()):
            return Decider(question, options)
    return None
