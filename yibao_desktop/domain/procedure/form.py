"""Faults in the form of a procedure: what is referred to is there, and named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from yibao_desktop.domain.procedure.conditions import Condition, references
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    UNSURE,
    Channel,
    Deadline,
    Expected,
    Group,
    Material,
    Outcome,
    Procedure,
    Step,
)
from yibao_desktop.domain.procedure.timing import span_fault

FaultKind = Literal["form", "no-end", "unreached", "contradiction", "paper"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a procedure.

    Attributes:
        where: id of the part that has to be changed.
        kind: what it does to a reader: a way of answering that does not end once, a part nobody
            comes to, answers that may contradict each other, a paper told to who need not bring
            it; ``form`` is everything else.
    """

    where: str
    message: str
    kind: FaultKind = "form"


def form_faults(procedure: Procedure) -> Iterator[Fault]:
    """Everything wrong that can be seen without answering a question."""
    yield from _repeated_ids(procedure)
    yield from _group_faults(procedure.flow)
    yield from _unknown_references(procedure)
    yield from _question_faults(procedure)
    yield from _condition_faults(procedure)
    yield from _cycles(procedure)


def _repeated_ids(procedure: Procedure) -> Iterator[Fault]:
    groups, steps = _nodes(procedure.flow)
    kinds = {
        "步骤或步骤组": [g.id for g in groups] + [s.id for s in steps],
        "问题": [q.id for q in all_questions(procedure)],
        "办理渠道": [c.id for c in procedure.channels],
        "材料": [m.id for m in procedure.materials],
        "结果": [o.id for o in procedure.outcomes],
        "步骤、渠道或结果": _part_ids(procedure),
        "时间": [e.id for e in procedure.expected] + [d.id for d in procedure.deadlines],
    }
    for name, ids in kinds.items():
        for repeated in (i for i, n in Counter(ids).items() if n > 1):
            yield Fault(repeated, f"{name}的 id “{repeated}”用了不止一次")


def _part_ids(procedure: Procedure) -> list[str]:
    """What a doubt can be about besides the whole; an id told twice within a kind counts once."""
    steps = {p.step.id for p in placed_steps(procedure.flow)}
    channels = {c.id for c in procedure.channels}
    outcomes = {o.id for o in procedure.outcomes}
    return [*steps, *channels, *outcomes]


def _nodes(node: Group | Step) -> tuple[list[Group], list[Step]]:
    if isinstance(node, Step):
        return [], [node]
    groups, steps = [node], []
    for child in node.children:
        inner_groups, inner_steps = _nodes(child)
        groups += inner_groups
        steps += inner_steps
    return groups, steps


def _group_faults(flow: Group) -> Iterator[Fault]:
    groups, steps = _nodes(flow)
    if not steps:
        yield Fault(flow.id, "流程里一个步骤也没有")
    for group in groups:
        if group.kind == "any" and group.id == CHANNEL:
            yield Fault(group.id, f"“{CHANNEL}”是问渠道的，步骤组请换一个 id")
        if group.kind == "any" and len(group.children) < 2:
            yield Fault(group.id, f"任选其一的“{group.id}”至少要有两个选择")
        if group.kind == "any" and not group.title:
            yield Fault(group.id, f"任选其一的“{group.id}”要有标题，它就是问用户的话")
        if group.kind == "any" and any(not child.title for child in group.children):
            yield Fault(group.id, f"任选其一的“{group.id}”的每个选择都要有标题")


def _unknown_references(procedure: Procedure) -> Iterator[Fault]:
    materials = {m.id for m in procedure.materials}
    facts = {f.id: f for f in procedure.facts if f.kind == "duration"}
    steps = {p.step.id for p in placed_steps(procedure.flow)}
    dates = {q.id for q in procedure.questions if q.kind == "date"}
    for placed in placed_steps(procedure.flow):
        for material in placed.step.materials:
            if material not in materials:
                yield Fault(placed.step.id, f"步骤“{placed.step.id}”要的材料“{material}”不存在")
    for expected in procedure.expected:
        if expected.after not in steps:
            yield Fault(expected.id, f"预计时间“{expected.id}”起算的步骤“{expected.after}”不存在")
    for deadline in procedure.deadlines:
        if deadline.start not in dates:
            yield Fault(deadline.id, f"期限“{deadline.id}”起算的日期问题“{deadline.start}”不存在")
    timed_parts: tuple[Expected | Deadline, ...] = (*procedure.expected, *procedure.deadlines)
    for timed in timed_parts:
        if timed.fact not in facts:
            yield Fault(timed.id, f"“{timed.id}”引用的时间数字“{timed.fact}”不在本办事的 facts 里")
        elif fault := span_fault(facts[timed.fact]):
            yield Fault(timed.id, f"“{timed.id}”的时间数字“{timed.fact}”：{fault}")


def _conditions(procedure: Procedure) -> Iterator[tuple[str, Condition | None]]:
    groups, steps = _nodes(procedure.flow)
    conditional: tuple[Group | Step | Channel | Material | Outcome, ...] = (
        *groups,
        *steps,
        *procedure.channels,
        *procedure.materials,
        *procedure.outcomes,
    )
    for part in conditional:
        yield part.id, part.when
    for step in steps:
        for line in step.lines:
            yield step.id, line.when
    for question in procedure.questions:
        yield question.id, question.ask_if
    for deadline in procedure.deadlines:
        yield deadline.id, deadline.past_means


def _question_faults(procedure: Procedure) -> Iterator[Fault]:
    for question in all_questions(procedure):
        options = Counter(o.id for o in question.options)
        if question.id == CHANNEL and question.kind != "one":
            yield Fault(CHANNEL, f"问渠道的问题“{CHANNEL}”只能是 kind: one")
        if question.kind in ("one", "many") and len(options) < 2:
            yield Fault(question.id, f"问题“{question.id}”至少要有两个选项")
        if question.recommended and question.recommended not in options:
            yield Fault(question.id, f"问题“{question.id}”推荐的“{question.recommended}”不在选项里")
        if UNSURE in options:
            yield Fault(question.id, f"问题“{question.id}”不用写“{UNSURE}”，每个问题都自带")
        for repeated in (i for i, n in options.items() if n > 1):
            yield Fault(question.id, f"问题“{question.id}”的选项“{repeated}”写了不止一次")


def _condition_faults(procedure: Procedure) -> Iterator[Fault]:
    options = {q.id: {o.id for o in q.options} for q in all_questions(procedure)}
    if len(procedure.channels) == 1:  # what goes by it holds, though it is not asked
        options.setdefault(CHANNEL, {procedure.channels[0].id})
    for owner, condition in _conditions(procedure):
        for asked, named in references(condition):
            if asked not in options:
                yield Fault(owner, f"“{owner}”的条件提到的问题“{asked}”不存在")
                continue
            for option in named:
                if options[asked] and option not in options[asked]:
                    yield Fault(owner, f"“{owner}”的条件提到的选项“{asked}={option}”不存在")


def _cycles(procedure: Procedure) -> Iterator[Fault]:
    """Questions whose being asked depends, over others, on themselves."""
    needs = {q.id: {asked for asked, _ in references(q.ask_if)} for q in all_questions(procedure)}
    channel_needs = {a for c in procedure.channels for a, _ in references(c.when)}
    needs[CHANNEL] = needs.get(CHANNEL, set()) | channel_needs
    for start in needs:
        seen: set[str] = set()
        frontier = set(needs[start])
        while frontier:
            seen |= frontier
            frontier = {n for f in frontier for n in needs.get(f, ())} - seen
        if start in seen:
            yield Fault(start, f"问题“{start}”要不要问，绕了一圈取决于它自己")
