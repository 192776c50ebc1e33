"""Why a step or a paper is in a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yibao_desktop.domain.procedure.conditions import Condition, Truth, both, references
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import Option, Question
from yibao_desktop.domain.procedure.plan import Plan


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the options chosen for it.

    Attributes:
        assumed: whether they are the route taken for 不清楚.
    """

    question: Question
    chosen: tuple[Option, ...]
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Reasons:
    """What decides whether something is in a plan.

    Attributes:
        because: the answers it follows from.
        depends_on: questions still open on which it depends.
    """

    because: tuple[Answered, ...] = ()
    depends_on: tuple[Question, ...] = ()


def why_step(plan: Plan, step_id: str) -> Reasons:
    """Why a step is in the plan; nothing where everybody has it.

    Raises:
        KeyError: the procedure has no such step.
    """
    for placed in placed_steps(plan.procedure.flow):
        if placed.step.id == step_id:
            return _reasons(plan, [placed.guard])
    raise KeyError(step_id)


def understood(plan: Plan) -> frozenset[str]:
    """Ids of the questions every step of the plan depends on."""
    asked = [
        {a.question.id for a in reasons.because} | {q.id for q in reasons.depends_on}
        for reasons in (why_step(plan, s.step.id) for s in plan.steps)
    ]
    return frozenset(set.intersection(*asked)) if asked else frozenset()


def why_material(plan: Plan, material_id: str) -> Reasons:
    """Why a paper is in the plan.

    Raises:
        KeyError: the procedure has no such paper.
    """
    material = plan.procedure.material(material_id)
    guards = {p.step.id: p.guard for p in placed_steps(plan.procedure.flow)}
    users = [i for m in plan.materials if m.material.id == material_id for i in m.steps]
    return _reasons(plan, [both(guards[user], material.when) for user in users])


def _reasons(plan: Plan, conditions: Iterable[Condition | None]) -> Reasons:
    interview = Interview(plan.procedure, plan.answers)
    open_ = [c for c in conditions if interview.truth(c) is not Truth.NO]
    asked = dict.fromkeys(question for c in open_ for question, _ in references(c))
    questions = {q.id: q for q in interview.questions}
    because, depends_on = [], []
    for question_id in asked:
        question = questions.get(question_id)
        if question is None:
            continue  # the only channel there is: nothing was asked
        reply = interview.reply(question_id)
        if reply is None:
            depends_on.append(question)
        elif reply:
            chosen = tuple(o for o in question.options if o.id in reply)
            because.append(Answered(question, chosen, question in plan.assumed))
    return Reasons(tuple(because), tuple(depends_on))
