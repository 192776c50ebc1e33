"""What a change brings along elsewhere on its page, so that nobody has to change it by hand.

A number that changed is another one wherever it may be copied; with a way of doing it go the
steps, lines, papers and ends that are only for it; a paper brought to no step any more goes, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.packs.overlay import Change, Part, PartKind, part_key
from yibao_desktop.domain.procedure.conditions import Condition, references
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import CHANNEL_TEXT
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    Channel,
    Material,
    Outcome,
    Procedure,
    Question,
    Step,
)
from yibao_desktop.domain.procedure.narrowing import narrowed


def carried(page: Procedure, changes: Iterable[Change]) -> list[Change]:
    """The changes with all they bring along.

    Args:
        page: as the guide has it.
        changes: as they were typed; what they add is left as it is.
    """
    carrying = _Carrying(page, changes)
    carrying.carry_numbers()
    carrying.carry_channels()
    carrying.carry_papers()
    return carrying.changes


class _Carrying:
    def __init__(self, page: Procedure, changes: Iterable[Change]) -> None:
        self._page = page
        self.changes = list(changes)
        self._guards = {placed.step.id: placed.guard for placed in placed_steps(page.flow)}

    def _parts(self) -> Iterator[tuple[PartKind, Part]]:
        """Every part of the guide's page that something may be brought along in."""
        page = self._page
        yield from ((PartKind.QUESTION, question) for question in page.questions)
        yield from ((PartKind.CHANNEL, channel) for channel in page.channels)
        yield from ((PartKind.MATERIAL, material) for material in page.materials)
        yield from ((PartKind.STEP, placed.step) for placed in placed_steps(page.flow))
        yield from ((PartKind.OUTCOME, outcome) for outcome in page.outcomes)

    def _place(self, kind: PartKind, target: str) -> int | None:
        """Where among the changes the one of a part is."""
        found = (n for n, c in enumerate(self.changes) if (c.kind, c.target) == (kind, target))
        return next(found, None)

    def _now(self, kind: PartKind, part: Part) -> Part | None:
        """A part as it is by now; None where it goes."""
        at = self._place(kind, part_key(part))
        return part if at is None else self.changes[at].to

    def _set(self, kind: PartKind, was: Part, to: Part | None) -> None:
        at = self._place(kind, part_key(was))
        if at is None:
            self.changes.append(Change(kind, part_key(was), was, to))
        else:
            after = self.changes[at].after if to else ""
            self.changes[at] = replace(self.changes[at], to=to, after=after)

    # -- numbers --------------------------------------------------------------------------------

    def carry_numbers(self) -> None:
        """A telephone number that changed is another one to copy."""
        numbers = {
            change.was.text: change.to.text
            for change in self.changes
            if isinstance(change.was, Fact) and isinstance(change.to, Fact)
        }
        for kind, part in self._parts():
            now = self._now(kind, part)
            if isinstance(now, Step):
                copied = tuple(numbers.get(text, text) for text in now.copy_text)
                if copied != now.copy_text:
                    self._set(kind, part, replace(now, copy_text=copied))

    # -- ways of doing it -----------------------------------------------------------------------

    def _channels(self) -> list[Channel]:
        kept = [self._now(PartKind.CHANNEL, channel) for channel in self._page.channels]
        added = [c.to for c in self.changes if c.kind is PartKind.CHANNEL and c.adds]
        return [channel for channel in (*kept, *added) if isinstance(channel, Channel)]

    def carry_channels(self) -> None:
        """Nothing is left that only a way was for which is not there any more."""
        channels = self._channels()
        left = [channel.id for channel in channels]
        if any(channel.id not in left for channel in self._page.channels):
            for kind, part in self._parts():
                now = self._now(kind, part)
                if now is not None:
                    narrow = self._narrow(now, left)
                    if narrow != now:
                        self._set(kind, part, narrow)
        self._ask_for_one_of(channels)

    def _narrow(self, part: Part, left: list[str]) -> Part | None:
        """A part for those who do it in one of the ways left; None where it is for none."""
        match part:
            case Step():
                if _never(self._guards[part.id], left):
                    return None
                kept = (line for line in part.lines if not _never(line.when, left))
                lines = tuple(replace(line, when=_left_of(line.when, left)) for line in kept)
                return replace(part, lines=lines, when=_left_of(part.when, left)) if lines else None
            case Material() | Channel() | Outcome():
                gone = _never(part.when, left)
                return None if gone else replace(part, when=_left_of(part.when, left))
            case Question():
                gone = _never(part.ask_if, left)
                return None if gone else replace(part, ask_if=_left_of(part.ask_if, left))
        return part

    def _ask_for_one_of(self, channels: list[Channel]) -> None:
        """Several ways are asked for, with one for who is not sure; a single one is not."""
        was = next((q for q in self._page.questions if q.id == CHANNEL), None)
        now = self._now(PartKind.QUESTION, was) if was else None
        always = next((channel.id for channel in channels if channel.when is None), "")
        if len(channels) < 2:
            if was is not None and channels != list(self._page.channels):
                self._set(PartKind.QUESTION, was, None)
        elif was is None:
            asked = Question(CHANNEL, CHANNEL_TEXT, recommended=always)
            self.changes.append(Change(PartKind.QUESTION, CHANNEL, to=asked))
        elif isinstance(now, Question) and now.recommended not in {c.id for c in channels}:
            self._set(PartKind.QUESTION, was, replace(now, recommended=always))

    # -- papers ---------------------------------------------------------------------------------

    def carry_papers(self) -> None:
        """A paper that all steps are gone of it was brought to goes with them."""
        brought = self._brought(self._page_steps())
        left = self._brought(self._steps_left())
        for material in self._page.materials:
            if material.id in brought and material.id not in left:
                self._set(PartKind.MATERIAL, material, None)

    def _page_steps(self) -> list[Step]:
        return [placed.step for placed in placed_steps(self._page.flow)]

    def _steps_left(self) -> list[Step]:
        now = (self._now(PartKind.STEP, step) for step in self._page_steps())
        return [step for step in now if isinstance(step, Step)]

    def _brought(self, steps: Iterable[Step]) -> set[str]:
        return {material for step in steps for material in step.materials}


def _never(condition: Condition | None, left: list[str]) -> bool:
    return narrowed(condition, CHANNEL, left) is False


def _left_of(condition: Condition | None, left: list[str]) -> Condition | None:
    """A condition that names no way that is not there; one that names none stays as it is."""
    named = {way for asked, ways in references(condition) if asked == CHANNEL for way in ways}
    if named <= set(left):
        return condition
    rest = narrowed(condition, CHANNEL, left)
    return None if isinstance(rest, bool) else rest
