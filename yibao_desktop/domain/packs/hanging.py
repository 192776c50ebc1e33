"""What of a procedure goes by the answer to one of its questions."""

from __future__ import annotations

from collections.abc import Iterator

from yibao_desktop.domain.procedure.conditions import Condition, references
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Group, Procedure
from yibao_desktop.domain.wording.names import listed

_MOST = 4
"""So many parts are named."""


def hanging_on(page: Procedure, question: str) -> str:
    """A sentence for who wants to take a question out that is still needed; empty where not."""
    fixed, loose = tuple(_fixed(page, question)), tuple(_loose(page, question))
    if fixed:
        told = listed(fixed, _MOST)
        return f"{told}是照这个问题的回答分的，这里改不了，所以这个问题要留着"
    if loose:
        told = listed(loose, _MOST)
        return f"{told}是照这个问题的回答分的；请先把它们改掉或者去掉，再去掉这个问题"
    return ""


def _goes_by(condition: Condition | None, question: str) -> bool:
    return any(asked == question for asked, _ in references(condition))


def _fixed(page: Procedure, question: str) -> Iterator[str]:
    """What no change of a part reaches: groups of steps, and limits."""
    for group in _groups(page.flow):
        if _goes_by(group.when, question):
            titles = [placed.step.title for placed in placed_steps(group)]
            ends = dict.fromkeys((titles[0], titles[-1]))
            yield "从" + "到".join(f"“{title}”" for title in ends) + "这几步"
    for deadline in page.deadlines:
        if deadline.start == question or _goes_by(deadline.past_means, question):
            yield f"期限“{deadline.title}”"


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from _groups(child)


def _loose(page: Procedure, question: str) -> Iterator[str]:
    for placed in placed_steps(page.flow):
        step = placed.step
        if _goes_by(step.when, question):
            yield f"步骤“{step.title}”"
        for line in step.lines:
            if _goes_by(line.when, question):
                yield f"步骤“{step.title}”里的“{line.text.plain}”"
    yield from (f"材料“{m.name}”" for m in page.materials if _goes_by(m.when, question))
    yield from (f"办法“{c.name}”" for c in page.channels if _goes_by(c.when, question))
    yield from (f"结果“{o.title}”" for o in page.outcomes if _goes_by(o.when, question))
    yield from (f"问题“{q.text}”" for q in page.questions if _goes_by(q.ask_if, question))
