"""Search results as an item model."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from yibao_desktop.domain.guide.items import KIND_NAMES
from yibao_desktop.search.results import Hit, Match, Results, Why, by_page

if TYPE_CHECKING:
    from yibao_desktop.services.featured_service import FeaturedAnswer

HIT_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1

FEATURED_NAME = "精选回答"
NEAR_NAME = "相近"
WHOLE_PAGE = "看整页"
"""Said of the page itself below its parts."""


OVERDUE = "过了有效期，可能已经变了"

MOST_OF_A_PAGE = 3
"""So many results of one page are shown, lest it hides all the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A result as it is shown.

    Attributes:
        leads: whether it is the first of its page; the others stand below it in the same card.
        ends: whether it is the last of its page.
        near: whether it does not answer what was asked.
        more: so many more results of its page are not shown.
        featured: the answer in full, where it is shown so.
        group: what the rows from here on have in common; empty within a group.
        overdue: said in amber where it is of a pack whose last day has passed; empty for others.
    """

    hit: Hit
    leads: bool
    ends: bool
    near: bool
    more: int = 0
    featured: FeaturedAnswer | None = None
    group: str = ""
    overdue: str = ""

    @property
    def title(self) -> str:
        """What the row is called: below the first of its page, by its heading alone."""
        passage = self.hit.passage
        if self.leads:
            return f"{passage.title} · {passage.heading}" if passage.heading else passage.title
        return passage.heading or f"{WHOLE_PAGE}：{passage.title}"

    @property
    def more_text(self) -> str:
        """Says that there are more on its page; empty where there are none."""
        return f"这一页还有 {self.more} 处说到，打开就能看到" if self.more else ""


def rows(results: Results, featured: FeaturedAnswer | None, today: datetime.date) -> Iterator[Row]:
    """The results in the order they are shown in, those of one page together.

    The guide's and the user's own are groups apart, named where there are both.
    """
    guide = list(_rows(results.hits, featured, results.match is Match.NEAR))
    own = list(_rows(results.own.hits, None, False))
    groups = (own, guide) if results.own.first else (guide, own)
    for group in groups:
        for place, row in enumerate(group):
            named = place == 0 and guide and own
            over = OVERDUE if row.hit.passage.origin.overdue(today) else ""
            yield replace(row, group=_group_name(row.hit) if named else "", overdue=over)


def _group_name(hit: Hit) -> str:
    origin = hit.passage.origin
    return "指南里的" if origin.is_guide else origin.name


def _rows(all_hits: Iterable[Hit], featured: FeaturedAnswer | None, near: bool) -> Iterator[Row]:
    for hits in by_page(all_hits):
        listed = hits[:MOST_OF_A_PAGE]
        for place, hit in enumerate(listed, 1):
            shown = featured if featured and featured.hit is hit else None
            ends = place == len(listed)
            yield Row(hit, place == 1, ends, near, ends * (len(hits) - len(listed)), shown)


def hit_details(hit: Hit) -> list[str]:
    """What kind of page it is, where it stands, for which place and year it is told."""
    passage = hit.passage
    origin = passage.origin
    said = [KIND_NAMES[passage.kind] if origin.is_guide else origin.name, passage.path]
    if passage.region:
        said.append(f"说的是{passage.region.name}")
    if passage.as_of:
        said.append(f"{passage.as_of} 年的说法")
    return said


def reason(hit: Hit) -> str:
    """Why it is a result, where that cannot be seen in its text."""
    seen = hit.why is Why.LITERAL or (hit.why is Why.WORDS and hit.snippet.marks)
    return "" if seen else hit.why.value


def found_words(hit: Hit) -> tuple[str, ...]:
    """The words of its text that match the query, each once."""
    text = hit.snippet.text
    return tuple(dict.fromkeys(text[start:end] for start, end in hit.snippet.marks))


def _spoken(row: Row) -> str:
    """All a row says, for a screen reader."""
    hit = row.hit
    passage = hit.passage
    name = FEATURED_NAME if row.featured else f"{NEAR_NAME}结果" if row.near else ""
    said = (name, passage.title, passage.heading, *hit_details(hit), row.overdue, reason(hit))
    head = "，".join(part for part in said if part)
    if row.featured is None:
        return f"{head}。{hit.answer}{hit.snippet.text}{row.more_text}"
    doubts = "".join(f"存疑：{doubt.short.plain}" for doubt in row.featured.doubts)
    sources = "；".join(source.line for source in row.featured.sources)
    return f"{head}。{row.featured.body.plain}\n{doubts}\n出处：{sources}\n{row.more_text}"


class ResultModel(QAbstractListModel):
    """One row a hit; ``HIT_ROLE`` is the hit itself, ``ROW_ROLE`` how it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_results(
        self, results: Results, featured: FeaturedAnswer | None, today: datetime.date
    ) -> None:
        """Replace all rows; what is over by ``today`` says so."""
        self.beginResetModel()
        self._rows = list(rows(results, featured, today))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Number of hits."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Title for the eye, everything for a screen reader."""
        row = self._rows[index.row()]
        if role == HIT_ROLE:
            return row.hit
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return None
