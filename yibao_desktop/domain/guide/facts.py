"""Figures as typed values: every fee, time, limit, ratio, age, code or telephone number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_FIGURE = re.compile(r"\d+(?:\.\d+)?")

FactKind = Literal["money", "duration", "ratio", "age", "count", "code", "phone", "date"]

_MEASURED: tuple[FactKind, ...] = ("money", "duration", "ratio", "age")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure a source states, written with the digits the source uses.

    Exactly one of ``value``, ``choices`` or the pair ``low``/``high`` is given; ``faults`` tells
    where that does not hold.

    Attributes:
        id: slug, unique in the guide.
        label: what the figure is, a few words.
        kind: the sort of quantity; ``code`` is a fixed string such as a password.
        sources: source keys of the passages that state it, at least one.
        value: the single figure.
        low, high: the ends of a stated range, both inclusive.
        choices: several values the source names side by side.
        unit: unit of the figure in words (元, 个工作日, %); empty for codes and telephone numbers.
        approx: the source itself says about, usually or generally.
        region: region code the figure is told for; None where the source names no place.
        as_of: year the figure is told for; None where the source names none.
    """

    id: str
    label: str
    kind: FactKind
    sources: tuple[str, ...]
    value: str | None = None
    low: str | None = None
    high: str | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    approx: bool = False
    region: str | None = None
    as_of: int | None = None

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure the fact states, as written; of a date its year, month and day."""
        values = [v for v in (self.value, self.low, self.high, *self.choices) if v is not None]
        if self.kind == "date":
            return tuple(figure for v in values for figure in _FIGURE.findall(v))
        return tuple(values)

    @property
    def text(self) -> str:
        """The figure as a reader sees it, such as ``大约 15 个工作日`` or ``7–10 个工作日``."""
        if self.choices:
            number = "、".join(self.choices)
        elif self.value is not None:
            number = self.value
        else:
            number = f"{self.low}–{self.high}"
        space = " " if re.search(r"[0-9]$", number) and re.match(r"\w", self.unit) else ""
        return f"{'大约 ' if self.approx else ''}{number}{space}{self.unit}"

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the way the figure is given, a sentence each."""
        ways = (self.value is not None, bool(self.choices), self.low is not None)
        told = {
            "数字要写 value、choices，或者 low 和 high，只写一种": sum(ways) != 1
            or (self.low is None) != (self.high is None),
            "choices 至少写两个；只有一个的，写 value": len(self.choices) == 1,
            "low 要比 high 小": self._is_empty_range,
            f"{self.kind} 要写单位（unit）": self.kind in _MEASURED and not self.unit,
        }
        return tuple(sentence for sentence, wrong in told.items() if wrong)

    @property
    def _is_empty_range(self) -> bool:
        ends = [float(v) for v in (self.low, self.high) if v and _FIGURE.fullmatch(v)]
        return len(ends) == 2 and ends[0] >= ends[1]
