"""The table a benchmark prints: every figure beside its reference, and what the two make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure.

    Attributes:
        goal: least ``ratio`` that will do; None where nothing is asked for.
        ratio: how many times better than the reference, below 1 where it is worse.
        words: what better and worse mean here.
    """

    name: str
    ours: str
    reference: str
    ratio: float
    words: tuple[str, str] = ("faster", "slower")
    goal: float | None = None

    @property
    def verdict(self) -> str:
        better, worse = self.words
        if self.ratio >= 1:
            return f"{self.ratio:.1f}× {better}"
        return f"{1 / self.ratio:.1f}× {worse}" if self.ratio else worse

    @property
    def outcome(self) -> str:
        if self.goal is None:
            return ""
        return "reached" if self.ratio >= self.goal else "missed"

    @property
    def wanted(self) -> str:
        if self.goal is None:
            return ""
        better, worse = self.words
        return f"{self.goal:g}× {better}" if self.goal >= 1 else f"≤ {1 / self.goal:g}× {worse}"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def megabytes(count: float) -> str:
    return f"{count / 1e6:.1f} MB"


def speed(name: str, ours: float, reference: float, goal: float | None = None) -> Row:
    """Seconds for the same work."""
    return Row(name, milliseconds(ours), milliseconds(reference), reference / ours, goal=goal)


def table(title: str, rows: Iterable[Row]) -> str:
    """The rows as text, with a headline."""
    cells = [(title, "guide", "reference", "the guide is", "goal", "")]
    cells += [(f"  {r.name}", r.ours, r.reference, r.verdict, r.wanted, r.outcome) for r in rows]
    return columns(cells)


def columns(cells: Sequence[Sequence[str]]) -> str:
    """Rows of cells as text, below each other."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(line.rstrip() for line in lines)
