"""What the process that checks and builds is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from yibao_desktop.domain.packs.local import LocalChange
from yibao_desktop.errors import DataError

Told = Callable[[str], None]

READING, CHECKING, BUILDING = "正在读内容", "正在检查每一种走法", "正在生成新的内容库"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    Attributes:
        packs: files of the packs.
        region: code of the user's place; None where none is known.
        choices: which pack is used for a part that two of them change.
        out: the database to write; None to check only.
        strict: whether a change of what is not there is a fault.
        everywhere: whether changes for other places are checked, too.
    """

    seeds: str
    resources: str
    packs: tuple[str, ...]
    region: str | None
    choices: Mapping[str, str]
    out: str | None = None
    strict: bool = True
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class PackPage:
    """A page a pack adds."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Clashing:
    """A part that several packs change: the user chooses one.

    Attributes:
        title: of the page it stands on.
        what: the part, in the words of a list of changes.
        packs: ids of the packs.
        names: what each of them is called and who made it.
    """

    part: str
    title: str
    what: str
    packs: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A change that was left out, and why; ``page`` is the title of its page."""

    pack: str
    page: str
    said: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order."""

    pages: tuple[PackPage, ...]
    changes: tuple[LocalChange, ...]
    unfit: tuple[Unfit, ...]
    clashes: tuple[Clashing, ...]


class FaultyPackError(DataError):
    """A pack cannot be built in; ``problems`` are its faults by file and line."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = f"等 {len(problems)} 处" if len(problems) > 1 else ""
        super().__init__(
            f"内容包里有写错的地方：{problems[0]}{more}。", "没有装；请把这句话告诉发布者。"
        )
