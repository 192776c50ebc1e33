"""Which questions hang together: by being asked, or by deciding on a step, with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yibao_desktop.domain.procedure.conditions import Condition, references
from yibao_desktop.domain.procedure.flow import Placed
from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import CHANNEL


def linked_steps(interview: Interview) -> Iterator[tuple[frozenset[str], tuple[Placed, ...]]]:
    """The steps, those together on which linked questions decide, with these questions."""
    linked = _linked([*_conditions(interview), *(_asked(p.guard) for p in interview.placed)])
    left = list(interview.placed)
    for questions in linked:
        steps = tuple(p for p in left if not questions.isdisjoint(_asked(p.guard)))
        left = [p for p in left if p not in steps]
        if steps:
            yield questions, steps
    if left:
        yield frozenset(), tuple(left)


def _conditions(interview: Interview) -> Iterator[frozenset[str]]:
    """Questions linked because one is asked, or its answers offered, depending on another."""
    for question in interview.questions:
        yield _asked(question.ask_if) | {question.id}
    for channel in interview.procedure.channels:
        yield _asked(channel.when) | {CHANNEL}


def _asked(condition: Condition | None) -> frozenset[str]:
    return frozenset(asked for asked, _ in references(condition))


def _linked(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The groups, those with a member in common made one."""
    linked: list[frozenset[str]] = []
    for group in groups:
        touching = [other for other in linked if not group.isdisjoint(other)]
        linked = [other for other in linked if other not in touching]
        linked.append(group.union(*touching))
    return linked
