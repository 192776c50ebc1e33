"""What is different in one place on a page of the guide, part by part.

A change names its part by id, never by position, and carries the part as it was when the change
was written. Where the guide's part no longer says that, the change is stale: it is left out and
listed for whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.procedure.model import (
    Channel,
    Line,
    Material,
    Outcome,
    Question,
    Step,
)

Part = Fact | Material | Line | Step | Channel | Outcome | Question | str
"""What can be changed, added or removed; a ``str`` names what the sources do not tell."""


class PartKind(StrEnum):
    """The kinds of part; the value is the word a pack's file uses."""

    FACT = "fact"
    MATERIAL = "material"
    LINE = "line"
    STEP = "step"
    CHANNEL = "channel"
    OUTCOME = "outcome"
    QUESTION = "question"
    SILENT = "silent"


PART_TYPES: dict[PartKind, type[Part]] = {
    PartKind.FACT: Fact,
    PartKind.MATERIAL: Material,
    PartKind.LINE: Line,
    PartKind.STEP: Step,
    PartKind.CHANNEL: Channel,
    PartKind.OUTCOME: Outcome,
    PartKind.QUESTION: Question,
    PartKind.SILENT: str,
}

PART_NAMES: dict[PartKind, str] = {
    PartKind.FACT: "数字",
    PartKind.MATERIAL: "材料",
    PartKind.LINE: "一行",
    PartKind.STEP: "步骤",
    PartKind.CHANNEL: "办法",
    PartKind.OUTCOME: "结果",
    PartKind.QUESTION: "问题",
    PartKind.SILENT: "资料没有讲的",
}

_UNSAID: dict[str, object] = {"sources": (), "picture": None}
"""Fields that tell a reader nothing, as they are where not given: no change in them counts."""


@dataclass(frozen=True, slots=True)
class Change:
    """One part changed, added (``was`` is None) or removed (``to`` is None).

    Attributes:
        target: id of the part; for a line, which has none, the id of its step; the words of what
            the sources do not tell.
        was: the part as it was in the guide when this was written.
        to: the part as it is to be.
        after: of a step, the id of the step or group it follows from now on, that of the whole
            flow for the beginning; empty leaves it where it is, an added one at the beginning. Of
            an added line, the text of the line it follows, empty for the end of the step.
        steps: of an added material, the ids of the steps it is brought to.
        sources: of a line, source keys its step rests on besides from now on.
    """

    kind: PartKind
    target: str
    was: Part | None = None
    to: Part | None = None
    after: str = ""
    steps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether the part is new."""
        return self.was is None

    @property
    def removes(self) -> bool:
        """Whether the part goes."""
        return self.to is None

    @property
    def moves(self) -> bool:
        """Whether the part comes to stand elsewhere."""
        return self.kind is PartKind.STEP and bool(self.was and self.to and self.after)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the way it is given, a Chinese sentence each."""
        wanted = PART_TYPES[self.kind]
        given = [part for part in (self.was, self.to) if part is not None]
        told = {
            "was 和 to 至少写一个：只写 to 是新增，只写 was 是去掉": not given,
            "was 和 to 的写法要合这一类": any(not isinstance(part, wanted) for part in given),
            "was 和 to 里的编号要就是这里写的编号": any(
                part_key(part, self.target) != self.target for part in given
            ),
            "was 和 to 一样，等于没有改": len(given) == 2
            and same_words(given[0], given[1])
            and not self.moves,
        }
        return tuple(sentence for sentence, wrong in told.items() if wrong)


@dataclass(frozen=True, slots=True)
class Overlay:
    """The changes one pack makes to one page for one place.

    Attributes:
        page: id of a page of the guide.
        region: code of the place they hold for.
    """

    page: str
    region: str
    changes: tuple[Change, ...]


def part_key(part: Part, otherwise: str = "") -> str:
    """By what a change names a part: its id, its words, or something else where it has neither."""
    return part if isinstance(part, str) else str(getattr(part, "id", otherwise))


def same_words(first: Part | None, second: Part | None) -> bool:
    """Whether two parts tell a reader the same; their sources and pictures may differ."""
    return bool(_told(first) == _told(second))


def _told(value: Any) -> Any:
    """The same without what tells a reader nothing."""
    if isinstance(value, tuple):
        return tuple(_told(inner) for inner in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{n: _UNSAID.get(n, _told(inner)) for n, inner in kept.items()})
    return value


def is_within(place: str | None, region: str) -> bool:
    """Whether a place, by its code, is a region or lies in it; a place not named lies nowhere."""
    return place is not None and _stem(place).startswith(_stem(region))


def narrowness(region: str) -> int:
    """The higher, the smaller the region."""
    return len(_stem(region))


def _stem(code: str) -> str:
    while code.endswith("00"):
        code = code[:-2]
    return code
