"""The table of faults and outcomes."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """One kind of fault.

    Attributes:
        outcomes: how often each thing happened.
        lost: what was lost, broken or let out; empty where all is well.
    """

    area: str
    fault: str
    tried: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def note(self, outcome: str, *wrong: str) -> None:
        """Count one trial."""
        self.tried += 1
        self.outcomes[outcome] += 1
        self.lost.extend(wrong)

    @property
    def well(self) -> bool:
        """Whether it was tried and nothing went wrong."""
        return self.tried > 0 and not self.lost


HEADINGS = ("范围", "故障", "试了", "结果", "丢失")


def table(rows: Iterable[Row]) -> str:
    """The rows below each other."""
    cells = [HEADINGS]
    for row in rows:
        outcomes = "，".join(
            f"{name} {count}" if len(row.outcomes) > 1 or count > 1 else name
            for name, count in row.outcomes.most_common()
        )
        lost = str(len(row.lost)) if row.tried else "没有试"
        cells.append((row.area, row.fault, str(row.tried), outcomes, lost))
    widths = [max(_width(line[i]) for line in cells) for i in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
