"""What is taken along on paper or sent to somebody: its parts in order, whatever the medium."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from yibao_desktop.domain.guide.origin import THE_GUIDE, Origin
from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.guide.text import Block, Body, Paragraph, RichText

OPEN_BOX, TICKED_BOX = "□", "✓"
"""The box as Chinese forms print it; the bundled font has both."""

NAME_LENGTH = 60
"""A proposed file name has at most so many characters before its date."""

_CITED = re.compile(r"［\d+(?:、\d+)*］")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class Lead:
    """A line that leads to what follows it, such as the question before its answers."""

    text: RichText


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What is doubtful, and whom to ask."""

    text: RichText


@dataclass(frozen=True, slots=True)
class Large:
    """What is read from afar or while one dials, said again by itself; in large print only."""

    text: RichText


Detail = Block | Lead | Doubtful | Large


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick.

    Attributes:
        details: what belongs to it, below it.
        sources: numbers of the sources it rests on.
        picture: what it looks like, where there is a drawing of it.
    """

    text: RichText
    done: bool = False
    details: tuple[Detail, ...] = ()
    sources: tuple[int, ...] = ()
    picture: Picture | None = None


HandoutBlock = Detail | Tick


@dataclass(frozen=True, slots=True)
class Part:
    """A part under one heading.

    Attributes:
        level: depth of the heading, 2 for a main part, 3 below it.
        sources: numbers of the sources the whole part rests on.
        columns: how many boxes to tick stand side by side.
    """

    title: str
    blocks: tuple[HandoutBlock, ...]
    level: int = 2
    sources: tuple[int, ...] = ()
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Handout:
    """A document to take along.

    Attributes:
        person: for whom it is; empty where it is for nobody in particular.
        sources: the documents cited, a line each; what cites them counts them from 1.
        date: when it was made.
        is_checklist: whether it is meant to be ticked off rather than read.
        origin: whose word it is.
    """

    title: str
    lead: tuple[Detail, ...]
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    date: datetime.date
    person: str = ""
    is_checklist: bool = False
    origin: Origin = THE_GUIDE

    @property
    def heading(self) -> str:
        """The title, with the person it is for."""
        return f"{self.person} · {self.title}" if self.person else self.title

    @property
    def file_name(self) -> str:
        """A good name for a file of it, without the ending; allowed on every system."""
        name = "-".join(word for word in (self.person, self.title) if word)
        name = _NOT_IN_NAMES.sub("", name)[:NAME_LENGTH].strip(" .-")
        return f"{name}-{self.date.isoformat()}"

    @property
    def in_small_print(self) -> Handout:
        """The same without what is said again in large letters."""
        return replace(
            self,
            lead=_in_small_print(self.lead),
            parts=tuple(replace(p, blocks=_in_small_print(p.blocks)) for p in self.parts),
        )

    @property
    def text(self) -> str:
        """The whole as plain text in short lines, for a message to somebody.

        It names the articles only, so nothing in it refers to a numbered source.
        """
        return _CITED.sub("", "\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        small = self.in_small_print
        yield self.heading
        yield from _plain(small.lead)
        for part in small.parts:
            yield ""
            if part.title:
                yield f"【{part.title}】"
            for block in part.blocks:
                yield from _block_lines(block)
        yield ""
        if self.sources:
            yield f"来源：{'；'.join(self.sources)}"
        yield f"{self.origin.notice}（{self.date.isoformat()} 整理）"


def cited(text: RichText, numbers: Iterable[int]) -> RichText:
    """A statement with the numbers of the sources it rests on."""
    return RichText((*text.spans, *RichText.of(numbered(numbers)).spans))


def numbered(numbers: Iterable[int]) -> str:
    """The numbers of sources as they stand behind what rests on them; empty without any."""
    named = "、".join(str(number) for number in numbers)
    return f"［{named}］" if named else ""


def box(tick: Tick) -> str:
    """The box, empty or ticked."""
    return TICKED_BOX if tick.done else OPEN_BOX


B = TypeVar("B", bound=HandoutBlock)


def _in_small_print(blocks: tuple[B, ...]) -> tuple[B, ...]:
    kept = (block for block in blocks if not isinstance(block, Large))
    return tuple(
        replace(block, details=_in_small_print(block.details)) if isinstance(block, Tick) else block
        for block in kept
    )


def _block_lines(block: HandoutBlock) -> Iterator[str]:
    if isinstance(block, Tick):
        yield f"{box(block)} {block.text.plain}"
        yield from _plain(block.details)
    else:
        yield from _plain((block,))


def _plain(blocks: tuple[Detail, ...]) -> Iterator[str]:
    for block in blocks:
        shown = Paragraph(block.text) if isinstance(block, Lead | Doubtful | Large) else block
        yield from Body((shown,)).plain.splitlines()
