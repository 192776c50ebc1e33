"""Proof over all paths: no way through a procedure ends nowhere, twice, or misses its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from yibao_desktop.domain.guide.text import SpanKind
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.conditions import Condition, Truth, references
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import (
    Interview,
    all_questions,
    completions,
)
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
from yibao_desktop.domain.procedure.plan import PlanStep, make_plan
from yibao_desktop.domain.procedure.timing import span_fault

PATH_LIMIT = 256
"""More ways of answering than this are not admitted.

Progress and what is needed for sure are told over all of them for every case whenever cases are
listed: so many take less than a tenth of a second, four times as many are felt.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a procedure; ``where`` is the id of the part that has to be changed."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How many ways of answering were walked, and what was found wrong on them."""

    paths: int
    faults: tuple[Fault, ...]


def prove(procedure: Procedure) -> Proof:
    """Check references first, then walk every way of answering the questions."""
    faults = tuple(_static_faults(procedure)) or tuple(_further_faults(procedure))
    if faults:
        return Proof(0, faults)
    return _walk_paths(procedure)


def _further_faults(procedure: Procedure) -> Iterator[Fault]:
    """Faults that can be looked for once everything referred to is there."""
    yield from _channel_faults(procedure)
    yield from _recommended_faults(procedure)


def _static_faults(procedure: Procedure) -> Iterator[Fault]:
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


def _channel_faults(procedure: Procedure) -> Iterator[Fault]:
    """A way of answering that leaves no channel to choose from, and so could never be walked."""
    asked = next((q for q in all_questions(procedure) if q.id == CHANNEL), None)
    if asked is None or any(c.when is None for c in procedure.channels):
        return
    others = tuple(q for q in procedure.questions if q.id != CHANNEL)
    before = replace(procedure, questions=others, channels=())
    for answers in islice(completions(before, {}), PATH_LIMIT):
        interview = Interview(procedure, answers)
        if interview.truth(asked.ask_if) is not Truth.NO and not interview.options(asked):
            where = procedure.channels[0].id
            yield Fault(where, f"这样回答没有一种渠道可选：{_spoken(answers)}")
            return


def _spoken(answers: Answers) -> str:
    return "，".join(f"{q}={'+'.join(chosen)}" for q, chosen in answers.items())


@dataclass(slots=True)
class _Seen:
    """What was met on at least one path."""

    steps: set[str] = field(default_factory=set)
    materials: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    options: set[tuple[str, str]] = field(default_factory=set)
    lines: set[tuple[str, int]] = field(default_factory=set)
    spans: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    """By the id of a deadline that runs: which steps spoke of its length, on each path."""


def _recommended_faults(procedure: Procedure) -> Iterator[Fault]:
    """A route recommended that is not always offered: 不清楚 would leave all of them open."""
    for question in procedure.questions:
        for channel in procedure.channels:
            if question.id == CHANNEL and channel.id == question.recommended and channel.when:
                yield Fault(question.id, f"推荐的渠道“{channel.id}”不是每种回答下都有")


def _walk_paths(procedure: Procedure) -> Proof:
    faults: dict[Fault, None] = {}
    seen = _Seen()
    paths = 0
    for answers in completions(procedure, {}):
        paths += 1
        if paths > PATH_LIMIT:
            return Proof(paths, (Fault(procedure.id, f"走法超过 {PATH_LIMIT} 种，没法一一检查"),))
        faults |= dict.fromkeys(_path_faults(procedure, answers, seen))
    faults |= dict.fromkeys(_unreachable(procedure, seen))
    faults |= dict.fromkeys(_contradictions(procedure, seen))
    return Proof(paths, tuple(faults))


def _path_faults(procedure: Procedure, answers: Answers, seen: _Seen) -> Iterator[Fault]:
    """Faults of one way of answering; what it meets is added to ``seen``."""
    interview = Interview(procedure, answers)
    plan = make_plan(procedure, answers)
    ends = [o for o in procedure.outcomes if interview.truth(o.when) is Truth.YES]
    spoken = _spoken(answers)
    if not ends:
        yield Fault(procedure.id, f"这样回答没有结果：{spoken}")
    elif len(ends) > 1:
        names = "、".join(o.id for o in ends)
        yield Fault(ends[1].id, f"这样回答有不止一个结果（{names}）：{spoken}")
    elif ends[0].kind == "done" and not plan.steps:
        yield Fault(ends[0].id, f"结果“{ends[0].id}”说办成了，可是一个步骤也没有：{spoken}")
    seen.steps |= {s.step.id for s in plan.steps}
    seen.lines |= {(s.step.id, s.step.lines.index(line)) for s in plan.steps for line in s.lines}
    for deadline in plan.deadlines:
        told = frozenset(s.step.id for s in plan.steps if _speaks_of(s, deadline.fact))
        seen.spans.setdefault(deadline.id, set()).add(told)
    seen.materials |= {m.material.id for m in plan.materials}
    seen.outcomes |= {o.id for o in ends}
    seen.options |= {
        (question, option) for question, chosen in answers.items() for option in chosen
    }


def _speaks_of(planned: PlanStep, fact: str) -> bool:
    spans = (span for line in planned.lines for span in line.text.spans)
    return any(span.kind is SpanKind.FIGURE and span.target == fact for span in spans)


def _contradictions(procedure: Procedure, seen: _Seen) -> Iterator[Fault]:
    """Limits that run from a day, while another answer says whether they are over.

    Some answers lead to a step that speaks of the limit's length and others do not: they are about
    the same time as the day given, and nothing would notice that they contradict it.
    """
    for deadline in procedure.deadlines:
        if deadline.past_means is None and len(seen.spans.get(deadline.id, ())) > 1:
            yield Fault(
                deadline.id,
                f"期限“{deadline.id}”起算的日子，会和别的回答互相矛盾；"
                f"请用 past_means 写明，过了期限该是哪种回答",
            )


def _unreachable(procedure: Procedure, seen: _Seen) -> Iterator[Fault]:
    for name, ids, met in (
        ("步骤", [p.step.id for p in placed_steps(procedure.flow)], seen.steps),
        ("材料", [m.id for m in procedure.materials], seen.materials),
        ("结果", [o.id for o in procedure.outcomes], seen.outcomes),
    ):
        for missed in (i for i in ids if i not in met):
            yield Fault(missed, f"{name}“{missed}”不管怎么回答都走不到")
    for placed in placed_steps(procedure.flow):
        for number, line in enumerate(placed.step.lines):
            if placed.step.id in seen.steps and (placed.step.id, number) not in seen.lines:
                yield Fault(
                    placed.step.id, f"步骤“{placed.step.id}”里的“{line.text.plain}”怎么回答都不说"
                )
    for question in all_questions(procedure):
        for option in question.options:
            if (question.id, option.id) not in seen.options:
                # A channel is an option of the question that is asked without being written.
                where = option.id if question.id == CHANNEL else question.id
                yield Fault(where, f"“{question.id}”的选项“{option.id}”怎么也选不到")
