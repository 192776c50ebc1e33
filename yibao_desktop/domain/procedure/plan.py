"""From a procedure and answers to the steps and papers that follow."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.conditions import Truth
from yibao_desktop.domain.procedure.flow import Placed, holds_any, placed_choices
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    Channel,
    Deadline,
    Expected,
    Group,
    Line,
    Material,
    Option,
    Outcome,
    Procedure,
    Question,
    Step,
)


@dataclass(frozen=True, slots=True)
class Decider:
    """The one open question that decides whether something is needed.

    Attributes:
        options: the answers under which it is; under every other it is not.
    """

    question: Question
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PlanMaterial:
    """A paper or thing needed by a plan.

    Attributes:
        sure: whether it is needed whatever the open questions turn out to be, and everywhere.
        steps: ids of the steps that need it.
        only_if: what decides whether it is needed; None where it is needed in any case, or where
            no single question decides.
    """

    material: Material
    sure: bool
    steps: tuple[str, ...]
    only_if: Decider | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still depends on answers, and not only on what the place asks for."""
        return not self.sure and not self.material.some_places


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of a plan.

    Attributes:
        number: counted from 1; the alternatives of an open choice share one number.
        sure: whether it is to be done whatever the open questions turn out to be.
        choice: the open ``any`` group it is an alternative of; None where it is none.
        together: id of the group whose steps can be done at the same time; None outside one.
        lines: what is said here under the answers.
        papers: what one needs here; sure is what is needed whenever the step is done.
        only_if: what decides whether it is to be done; None where it is sure, or where no single
            question decides.
    """

    number: int
    step: Step
    sure: bool
    choice: Group | None
    together: str | None
    lines: tuple[Line, ...] = ()
    papers: tuple[PlanMaterial, ...] = ()
    only_if: Decider | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done under the answers given, derived and never stored.

    Attributes:
        questions: every question that applies or may apply, answered or not.
        open_questions: those to be asked next.
        outcome: where this ends; None while it still depends on open questions.
        channel: the channel chosen or taken for 不清楚; None while there is none.
        assumed: questions answered with 不清楚 for which the route recommended is taken.
    """

    procedure: Procedure
    answers: Answers
    questions: tuple[Question, ...]
    open_questions: tuple[Question, ...]
    steps: tuple[PlanStep, ...]
    materials: tuple[PlanMaterial, ...]
    expected: tuple[Expected, ...]
    deadlines: tuple[Deadline, ...]
    outcome: Outcome | None
    channel: Channel | None
    assumed: tuple[Question, ...]

    @property
    def choice_ids(self) -> frozenset[str]:
        """Ids of the questions that are choices among steps, made while going along."""
        return frozenset(placed.group.id for placed in placed_choices(self.procedure.flow))

    @property
    def silent(self) -> tuple[str, ...]:
        """What the sources do not tell about doing it; nothing where nothing is done here."""
        return self.procedure.silent if self.steps else ()

    @property
    def to_ask(self) -> tuple[Question, ...]:
        """Open questions to be asked before anything is done."""
        return tuple(q for q in self.open_questions if q.id not in self.choice_ids)

    @property
    def has_submission(self) -> bool:
        """Whether something is handed in, so that done here differs from submitted there."""
        return any(s.step.kind == "submit" for s in self.steps)

    def is_submitted(self, done: Container[str]) -> bool:
        """Whether a step that hands something in is among those done."""
        return any(s.step.kind == "submit" and s.step.id in done for s in self.steps)

    def required(self, done: Collection[str]) -> tuple[int, int]:
        """How many of the numbered steps that must be done are done, and how many there are."""
        numbers = {s.number for s in self.steps if not s.step.optional}
        ticked = {s.number for s in self.steps if s.step.id in done and not s.step.optional}
        return len(ticked), len(numbers)


def make_plan(procedure: Procedure, answers: Answers) -> Plan:
    """The plan under the answers; a step or paper that cannot apply is not in it."""
    interview = Interview(procedure, answers)
    steps = _plan_steps(interview)
    present = {s.step.id for s in steps}
    live = interview.live_questions()
    asked = {q.id for q in live}
    return Plan(
        procedure=procedure,
        answers=answers,
        questions=live,
        open_questions=interview.open_questions(),
        steps=steps,
        materials=_plan_materials(procedure, steps),
        expected=tuple(e for e in procedure.expected if e.after in present),
        deadlines=tuple(d for d in procedure.deadlines if d.start in asked),
        outcome=_outcome(interview),
        channel=_channel(interview),
        assumed=interview.assumed_questions(),
    )


def open_step(procedure: Procedure, step: Step) -> PlanStep:
    """A step of the procedure as it is before anything is answered."""
    return next(s for s in make_plan(procedure, {}).steps if s.step is step)


def _plan_steps(interview: Interview) -> tuple[PlanStep, ...]:
    steps: list[PlanStep] = []
    for placed in interview.placed:
        truth = interview.truth(placed.guard)
        if truth is Truth.NO:
            continue
        choice = _open_choice(interview, placed)
        number = steps[-1].number if steps else 0
        if not (steps and choice and steps[-1].choice is choice):
            number += 1
        sure, together = truth is Truth.YES, placed.together
        lines = tuple(x for x in placed.step.lines if interview.truth(x.when) is not Truth.NO)
        papers = tuple(_papers(interview, placed.step))
        steps.append(PlanStep(number, placed.step, sure, choice, together, lines, papers))
    return tuple(steps)


def _papers(interview: Interview, step: Step) -> Iterator[PlanMaterial]:
    for material in (interview.procedure.material(m) for m in step.materials):
        truth = interview.truth(material.when)
        if truth is not Truth.NO:
            sure = truth is Truth.YES and not material.some_places
            yield PlanMaterial(material, sure, (step.id,))


def _open_choice(interview: Interview, placed: Placed) -> Group | None:
    return next((g for g in placed.choices if interview.reply(g.id) is None), None)


def _plan_materials(procedure: Procedure, steps: tuple[PlanStep, ...]) -> tuple[PlanMaterial, ...]:
    needed: list[PlanMaterial] = []
    for material in procedure.materials:
        uses = [(s, p) for s in steps for p in s.papers if p.material is material]
        if uses:
            sure = any(step.sure and paper.sure for step, paper in uses)
            needed.append(PlanMaterial(material, sure, tuple(s.step.id for s, _ in uses)))
    return tuple(needed)


def _outcome(interview: Interview) -> Outcome | None:
    possible = [o for o in interview.procedure.outcomes if interview.truth(o.when) is not Truth.NO]
    return possible[0] if len(possible) == 1 else None


def _channel(interview: Interview) -> Channel | None:
    reply = interview.reply(CHANNEL)
    return interview.procedure.channel(next(iter(reply))) if reply else None


def implied_choices(procedure: Procedure, answers: Answers, done: Container[str]) -> Answers:
    """Answers to the open choices among steps, given by doing one of the alternatives."""
    interview = Interview(procedure, answers)
    chosen: dict[str, tuple[str, ...]] = {}
    for placed in placed_choices(procedure.flow):
        if interview.reply(placed.group.id) is None:
            ticked = [c.id for c in placed.group.children if holds_any(c, done)]
            if ticked:
                chosen[placed.group.id] = (ticked[0],)
    return chosen


def next_step(plan: Plan, done: Iterable[str]) -> PlanStep | None:
    """The first step that must be done and is not; None where nothing is left."""
    done = set(done)
    ticked = {s.number for s in plan.steps if s.step.id in done}
    return next((s for s in plan.steps if s.number not in ticked and not s.step.optional), None)
