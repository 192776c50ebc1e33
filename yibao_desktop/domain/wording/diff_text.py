"""What another answer changes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yibao_desktop.domain.guide.sources import SILENT
from yibao_desktop.domain.procedure.model import Statement
from yibao_desktop.domain.procedure.plan_diff import PlanDiff
from yibao_desktop.domain.procedure.timing import DueDate
from yibao_desktop.domain.records.stages import HANDED_IN, Stage
from yibao_desktop.domain.wording.date_text import day_text

UNCHANGED = "步骤和材料都不变。"


def diff_lines(change: PlanDiff) -> list[str]:
    """One line for each kind of change; one that says so where nothing changes."""
    return list(_lines(change)) or [UNCHANGED]


def stage_lines(before: Stage, after: Stage, receipt: str) -> Iterator[str]:
    """What becomes of what the office has already; nothing where nothing was handed in."""
    if before not in HANDED_IN:
        return
    number = f"，受理编号 {receipt} 也留着" if receipt else ""
    if before is after:
        yield f"阶段不变，还是“{before.value}”{number}。"
    else:
        yield f"阶段从“{before.value}”变成“{after.value}”。记过的留着{number}，改回来还在。"


def limit_lines(before: Sequence[DueDate], after: Sequence[DueDate]) -> Iterator[str]:
    """What becomes of the limits that are running."""
    old, new = ({due.deadline.id: due for due in dues} for dues in (before, after))
    for due in before:
        if due.deadline.id not in new:
            yield f"期限“{due.deadline.title}”不算了，原来最晚{day_text(due.last)}。"
    for due in after:
        was, last = old.get(due.deadline.id), day_text(due.last)
        if was is None:
            yield f"多一个期限“{due.deadline.title}”：最晚{last}。"
        elif was.last == due.last:
            yield f"期限“{due.deadline.title}”不变，最晚{last}。"
        else:
            yield f"期限“{due.deadline.title}”：原来最晚{day_text(was.last)}，改成{last}。"


def _lines(change: PlanDiff) -> Iterator[str]:
    yield from _listed("增加", "步", [step.title for step in change.steps_added])
    yield from _listed("去掉", "步", [step.title for step in change.steps_removed])
    if change.ticked_away:
        yield f"去掉的里面有 {len(change.ticked_away)} 步打过勾：勾会留着，改回来还在。"
    yield from _listed("增加", "样材料", [paper.name for paper in change.materials_added])
    yield from _listed("去掉", "样材料", [paper.name for paper in change.materials_removed])
    for name, pair in (("费用", change.fee), ("时间", change.time)):
        if pair is not None:
            yield f"{name}：原来是“{_said(pair[0])}”，改成“{_said(pair[1])}”"
    if change.outcome is not None and change.outcome[1] is not None:
        yield f"结果变成：{change.outcome[1].title}"
    yield from (f"还要再问：{question.text}" for question in change.asked)


def _listed(verb: str, unit: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"将{verb} {len(names)} {unit}：{'；'.join(names)}"


def _said(statement: Statement | None) -> str:
    return statement.text.plain if statement else SILENT
