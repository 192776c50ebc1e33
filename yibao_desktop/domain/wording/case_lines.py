"""A case in words where the guide itself cannot be read: by the titles the user saw last."""

from __future__ import annotations

from collections.abc import Iterator

from yibao_desktop.domain.records.case import Case, MaterialState, PartKind
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.domain.wording.names import isolated


def case_name(case: Case) -> str:
    """For whom it is, and what is being done."""
    title = _titles(case, "procedure").get(case.procedure, case.procedure)
    return f"{isolated(case.nickname)} · {title}"


def case_lines(case: Case) -> list[str]:
    """What was ticked, noted and gathered, a line for each; empty where nothing was."""
    return [
        *_step_lines(case),
        *_notes(case),
        *_material_lines(case),
        *([f"受理编号：{case.receipt_number}"] if case.receipt_number else []),
    ]


def finished_lines(case: Case) -> Iterator[str]:
    """What was done and when, of a case that is finished; then its receipt number."""
    if case.closed_at is not None:
        yield f"{day_text(case.closed_at.astimezone().date())} 记下：办结"
    titles = _titles(case, "step")
    for step, day in sorted(case.done_days.items(), key=lambda done: (done[1], done[0])):
        yield f"{day_text(day)} 办好：{titles.get(step, step)}"
    if case.receipt_number:
        yield f"受理编号：{case.receipt_number}"


def _titles(case: Case, kind: PartKind) -> dict[str, str]:
    return {part.part: part.title for part in case.seen if part.kind == kind}


def _step_lines(case: Case) -> Iterator[str]:
    titles = _titles(case, "step")
    for step, day in sorted(case.done_days.items(), key=lambda done: (done[1], done[0])):
        yield f"办好了：{titles.get(step, step)}，{day_text(day)}"
    left = sorted(title for step, title in titles.items() if step not in case.done_days)
    if left:
        yield f"还没有打勾（不分先后）：{'；'.join(left)}"


def _notes(case: Case) -> Iterator[str]:
    titles = _titles(case, "step")
    for step, mark in sorted(case.steps.items()):
        if mark.note:
            yield f"记在“{titles.get(step, step)}”：{mark.note}"


def _material_lines(case: Case) -> Iterator[str]:
    titles = _titles(case, "material")
    for state, lead in ((MaterialState.HAVE, "备好了"), (MaterialState.MISSING, "还要备")):
        named = sorted(
            title
            for material, title in titles.items()
            if case.materials.get(material, MaterialState.MISSING) is state
        )
        if named:
            yield f"{lead}：{'；'.join(named)}"
