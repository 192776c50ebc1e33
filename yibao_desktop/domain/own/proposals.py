"""What a document seems to say of itself: its day, number, validity and place; never taken as so.

Each comes with the sentence it stands in, for the user to confirm or not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.domain.procedure.interview import is_plausible

T = TypeVar("T")

SENTENCE = 60
"""So many characters of a sentence are shown."""

_DAY = r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
_DATE = re.compile(_DAY)
_OF_THE_PAPER = re.compile(
    rf"^\s*{_DAY}\s*$|(发布|印发|成文|发文|更新)(时间|日期)?\s*[：:]?\s*{_DAY}"
)
_UNTIL = re.compile(rf"(有效期|施行|执行|实施)[^。；]{{0,20}}?至\s*{_DAY}")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}\s*[〔\[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*\d{1,5}\s*号"
)


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """Something a document seems to say of itself, and the sentence it stands in."""

    value: T
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything proposed for one document; None where it says nothing."""

    number: str = ""
    dated: Proposal[datetime.date] | None = None
    valid_until: Proposal[datetime.date] | None = None
    region: Proposal[Region] | None = None


NO_PROPOSALS = Proposals()


def propose(title: str, text: str, regions: Iterable[Region]) -> Proposals:
    """What a document says of itself; ``regions`` are the places that can be told."""
    lines = [line for line in text.splitlines() if line.strip()]
    number = _NUMBER.search("\n".join([title, *lines[:12]]))
    return Proposals(
        number=re.sub(r"\s", "", number[0]) if number else "",
        dated=_paper_date(lines),
        valid_until=next(_dates(_UNTIL, lines), None),
        region=_place(title, lines, regions),
    )


def _paper_date(lines: list[str]) -> Proposal[datetime.date] | None:
    """The day a paper was signed, which stands alone near its end, or the day it was published."""
    found = [*_dates(_OF_THE_PAPER, lines)]
    return found[-1] if found else None


def _dates(pattern: re.Pattern[str], lines: Iterable[str]) -> Iterator[Proposal[datetime.date]]:
    for line in lines:
        for match in pattern.finditer(line):
            day = [*_DATE.finditer(match[0])][-1]
            try:
                value = datetime.date(*(int(part) for part in day.groups()))
            except ValueError:
                continue
            if is_plausible(value):
                yield Proposal(value, _around(line, match.start()))


def _place(title: str, lines: list[str], regions: Iterable[Region]) -> Proposal[Region] | None:
    """The narrowest place its title or one of its first or last lines names."""
    narrow_first = sorted(regions, key=lambda r: -len(r.code.rstrip("0")))
    for line in (title, *lines[:6], *reversed(lines[-4:])):
        for region in narrow_first:
            for name in (region.name, *region.short_names[-1:]):
                if name and name in line:
                    return Proposal(region, _around(line, line.index(name)))
    return None


def _around(line: str, at: int) -> str:
    start = max(0, at - SENTENCE // 3)
    piece = line[start : start + SENTENCE]
    return ("…" if start else "") + piece + ("…" if start + SENTENCE < len(line) else "")
