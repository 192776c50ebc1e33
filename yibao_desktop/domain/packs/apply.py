"""Applies changes to a page: each to its part, wherever that stands by now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.packs.overlay import (
    PART_NAMES,
    Change,
    Part,
    PartKind,
    part_key,
    same_words,
)
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Group, Line, Procedure, Step

_LISTS = {
    PartKind.FACT: "facts",
    PartKind.MATERIAL: "materials",
    PartKind.CHANNEL: "channels",
    PartKind.OUTCOME: "outcomes",
    PartKind.QUESTION: "questions",
    PartKind.SILENT: "silent",
}


_MOVED = "（换了先后）"
"""Said of a step that comes earlier or later than in the guide."""
_OTHERWISE = "（什么情况下才算，换了）"
"""Said of a part that holds under another condition than in the guide."""


@dataclass(frozen=True, slots=True)
class Off:
    """A change that was left out.

    Attributes:
        why: a Chinese sentence.
        missing: whether its part is not there at all, and not just another by now.
        now: the part as it is; None where it is missing.
    """

    change: Change
    why: str
    missing: bool = False
    now: Part | None = None


class _LeftOutError(Exception):
    def __init__(self, why: str, now: Part | None = None, *, missing: bool = False) -> None:
        super().__init__(why)
        self.now = now
        self.missing = missing


def apply(page: Page, changes: tuple[Change, ...]) -> tuple[Page, tuple[Off, ...]]:
    """The page with every change that still fits, and those that do not."""
    off: list[Off] = []
    for change in changes:
        try:
            page = _applied(page, change)
        except _LeftOutError as error:
            off.append(Off(change, str(error), error.missing, error.now))
    return page, tuple(off)


def _applied(page: Page, change: Change) -> Page:
    if change.kind is PartKind.FACT:
        return replace(page, facts=_in_list(page.facts, change))
    if not isinstance(page, Procedure):
        raise _LeftOutError(f"“{page.title}”不是办事，只能改它的数字", missing=True)
    if change.kind is PartKind.LINE:
        return _in_step(page, change.target, lambda step: _with_line(step, change))
    if change.kind is PartKind.STEP:
        return _with_step(page, change)
    name = _LISTS[change.kind]
    listed: dict[str, Any] = {name: _in_list(getattr(page, name), change)}
    changed = replace(page, **listed)
    return _with_papers(changed, change) if change.kind is PartKind.MATERIAL else changed


def _in_list(parts: tuple[Any, ...], change: Change) -> tuple[Any, ...]:
    at = next((n for n, part in enumerate(parts) if part_key(part) == change.target), None)
    if change.adds:
        if at is not None:
            raise _LeftOutError(f"{_named(change)}已经有了", parts[at])
        return (*parts, change.to)
    if at is None:
        raise _gone(change)
    _refuse_stale(change, parts[at])
    return (*parts[:at], *(() if change.removes else (change.to,)), *parts[at + 1 :])


def _named(change: Change) -> str:
    known = part_words(change.was or change.to) if change.kind is not PartKind.STEP else ""
    title = getattr(change.was or change.to, "title", "")
    return f"{PART_NAMES[change.kind]}“{known or title or change.target}”"


def _gone(change: Change) -> _LeftOutError:
    return _LeftOutError(f"没有{_named(change)}", missing=True)


def _refuse_stale(change: Change, now: Part) -> None:
    if not same_words(change.was, now):
        raise _LeftOutError(f"{_named(change)}在指南里已经不是写的时候那样", now)


def _with_papers(page: Procedure, change: Change) -> Procedure:
    """An added paper is brought to its steps; one that went is brought to none."""
    for step in change.steps:
        page = _in_step(page, step, lambda s: replace(s, materials=(*s.materials, change.target)))
    if not change.removes:
        return page
    return replace(page, flow=_mapped(page.flow, lambda step: _without(step, change.target)))


def _without(step: Step, material: str) -> Step:
    return replace(step, materials=tuple(m for m in step.materials if m != material))


def _in_step(page: Procedure, step_id: str, action: Callable[[Step], Step]) -> Procedure:
    if all(placed.step.id != step_id for placed in placed_steps(page.flow)):
        raise _LeftOutError(f"没有步骤“{step_id}”", missing=True)
    flow = _mapped(page.flow, lambda step: action(step) if step.id == step_id else step)
    return replace(page, flow=flow)


def _mapped(group: Group, action: Callable[[Step], Step]) -> Group:
    children = tuple(
        _mapped(child, action) if isinstance(child, Group) else action(child)
        for child in group.children
    )
    return replace(group, children=children)


def _with_line(step: Step, change: Change) -> Step:
    if isinstance(change.was, Line):
        if change.was not in step.lines:
            why = f"步骤“{step.title}”里已经没有这一行：{change.was.text.plain}"
            raise _LeftOutError(why, missing=False)
        at = step.lines.index(change.was)
        end = at + 1
    else:
        at = end = _place_of(step, change.after)
    new = (change.to,) if isinstance(change.to, Line) else ()
    lines = (*step.lines[:at], *new, *step.lines[end:])
    sources = tuple(dict.fromkeys((*step.sources, *change.sources)))
    return replace(step, lines=lines, sources=sources)


def _place_of(step: Step, after: str) -> int:
    """Where a new line goes: behind the one with this text, or at the end."""
    plain = [line.text.plain for line in step.lines]
    return plain.index(after) + 1 if after in plain else len(plain)


def _with_step(page: Procedure, change: Change) -> Procedure:
    steps = {placed.step.id: placed.step for placed in placed_steps(page.flow)}
    now = steps.get(change.target)
    if change.adds:
        return _with_new_step(page, change, now)
    if now is None:
        raise _gone(change)
    _refuse_stale(change, now)
    if isinstance(change.to, Step):
        new = change.to
        changed = _in_step(page, now.id, lambda _: new)
        return _moved(changed, change) if change.moves else changed
    flow = _pruned(page.flow, now.id)
    if flow is None:
        raise _LeftOutError(f"去掉{_named(change)}，就一步也不剩了", now)
    expected = tuple(e for e in page.expected if e.after != now.id)
    return replace(page, flow=flow, expected=expected)


def _with_new_step(page: Procedure, change: Change, now: Step | None) -> Procedure:
    if now is not None:
        raise _LeftOutError(f"{_named(change)}已经有了", now)
    return replace(page, flow=_placed(page.flow, change))


def _moved(page: Procedure, change: Change) -> Procedure:
    rest = _pruned(page.flow, change.target)
    return page if rest is None else replace(page, flow=_placed(rest, change))


def _placed(flow: Group, change: Change) -> Group:
    """The flow with a step where the change has it."""
    assert isinstance(change.to, Step)
    if change.after in ("", flow.id):
        return replace(flow, children=(change.to, *flow.children))
    placed = _inserted(flow, change.after, change.to)
    if placed == flow:
        raise _LeftOutError(f"没有“{change.after}”，步骤“{change.to.title}”接不上", missing=True)
    return placed


def _inserted(group: Group, after: str, step: Step) -> Group:
    children: list[Group | Step] = []
    for child in group.children:
        children.append(_inserted(child, after, step) if isinstance(child, Group) else child)
        if child.id == after:
            children.append(step)
    return replace(group, children=tuple(children))


def _pruned(group: Group, gone: str) -> Group | None:
    """The group without a step; None where nothing is left of it."""
    kept: list[Group | Step] = []
    for child in group.children:
        left = _pruned(child, gone) if isinstance(child, Group) else child
        if left is not None and not (isinstance(left, Step) and left.id == gone):
            kept.append(left)
    nothing_to_choose = group.kind == "any" and len(kept) == 1
    kind = "seq" if nothing_to_choose else group.kind
    return replace(group, kind=kind, children=tuple(kept)) if kept else None


def words_of_change(change: Change) -> tuple[Part | None, Part | None]:
    """The part before and after, a step without the lines that stay: they are no change."""
    was, to = change.was, change.to
    if isinstance(was, Step) and isinstance(to, Step):
        kept = set(was.lines) & set(to.lines)
        was, to = (replace(s, lines=tuple(x for x in s.lines if x not in kept)) for s in (was, to))
    return was, to


def remarks_of(change: Change) -> str:
    """What changes in a part besides its words; empty where nothing does."""
    was, to = (_condition(part) for part in (change.was, change.to))
    both_there = change.was is not None and change.to is not None
    differs = both_there and was != to
    return (_MOVED if change.moves else "") + (_OTHERWISE if differs else "")


def _condition(part: Part | None) -> Any:
    return getattr(part, "ask_if", None) or getattr(part, "when", None)


def part_words(part: Part | None) -> str:
    """What a part says, in a line or a few, for lists of changes; nothing for none."""
    match part:
        case None:
            return ""
        case str():
            return part
        case Fact():
            return f"{part.label} {part.text}"
        case Line():
            return part.text.plain
        case Step():
            return "；".join(step_words(part))
    words = [
        getattr(part, "label", ""),
        getattr(part, "name", ""),
        getattr(part, "title", ""),
        _plain(getattr(part, "text", "")),
        _plain(getattr(part, "summary", "")),
        _plain(getattr(part, "spec", "")),
        *(_plain(s.text) for n in ("fee", "time") if (s := getattr(part, n, None))),
        *(option.label for option in getattr(part, "options", ())),
    ]
    return "，".join(word for word in words if word)


def part_title(change: Change) -> str:
    """What the part of a change is called, in a few words."""
    part = change.was or change.to
    if isinstance(part, str):
        return part
    told = (getattr(part, name, "") for name in ("label", "name", "title", "text"))
    return next((_plain(words) for words in told if words), change.target)


def step_words(step: Step) -> list[str]:
    """All that a step says, piece by piece."""
    named = (("费用", step.fee), ("时间", step.time))
    return [
        step.title,
        *(f"{name}：{said.text.plain}" for name, said in named if said),
        *(line.text.plain for line in step.lines),
        *([f"办好的样子：{step.done_when.plain}"] if step.done_when else []),
    ]


def _plain(text: Any) -> str:
    return text if isinstance(text, str) else str(text.plain)
