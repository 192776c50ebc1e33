"""Doubt shown, not hidden: what is contradictory, local, dated or withheld, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from yibao_desktop.domain.guide.text import NO_TEXT, RichText

DoubtKind = Literal["conflict", "local", "outdated", "arithmetic", "mismatch", "expert", "withheld"]

DOUBT_NAMES: dict[DoubtKind, str] = {
    "conflict": "说法不一",
    "local": "只是一地的做法",
    "outdated": "可能已经过期",
    "arithmetic": "数字对不上",
    "mismatch": "标题和内容不一致",
    "expert": "这个说法存疑",
    "withheld": "没有采用的说法",
}


DOUBTS_TITLE = "存疑的地方"
"""Above what is doubtful on a page."""


def doubts_badge(count: int) -> str:
    """What is said above an answer some of which is doubtful; the doubts themselves stand below."""
    return f"有 {count} 处存疑，写在下面"


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a contradiction, in our words, with the passages that make it."""

    text: RichText
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag on one or more items of the guide.

    Attributes:
        id: slug, unique in the guide.
        kind: ``withheld`` is listed for editors only, every other kind is shown to the reader.
        short: one line, what is doubtful and whom to ask; all that shows at first.
        text: what is doubtful in full, in words a layman understands; empty where ``short`` and
            the claims say it all.
        about: ids of what it is about: pages, sections, steps, and a procedure's channels and
            outcomes; a page shows what is about its parts, too.
        claims: the contradicting statements of a conflict; empty for other kinds.
        advice: what the reader should do.
        sources: the passages in doubt; for a conflict those of the claims.
    """

    id: str
    kind: DoubtKind
    short: RichText
    about: tuple[str, ...]
    advice: RichText
    text: RichText = NO_TEXT
    claims: tuple[Claim, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The kind in words."""
        return DOUBT_NAMES[self.kind]

    @property
    def further_advice(self) -> RichText:
        """What the reader should do, where the one line does not say it already."""
        return NO_TEXT if self.advice.plain.rstrip("。") in self.short.plain else self.advice


def doubts_about(doubts: Iterable[Doubt], *item_ids: str) -> tuple[Doubt, ...]:
    """The doubts that are about at least one of the items."""
    return tuple(d for d in doubts if not set(item_ids).isdisjoint(d.about))
