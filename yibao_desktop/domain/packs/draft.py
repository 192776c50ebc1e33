"""A content pack while it is being made: what is typed into its form, as it is typed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from yibao_desktop.domain.packs.manifest import PACK_MARK
from yibao_desktop.domain.packs.overlay import PartKind

NEW_PART = "new-"
"""Targets of edits that add a part begin with it, a number follows; see ``Draft.id_of``."""

_ADDED = re.compile(rf"{NEW_PART}\d+")

HEAD = "head"
"""Target of the edit that says what the whole of a page of one's own is."""


class DraftKind(StrEnum):
    """What is being made."""

    OVERLAY = "overlay"  # what is different on a page of the guide
    ANSWER = "answer"
    ARTICLE = "article"
    PROCEDURE = "procedure"


class CardKind(StrEnum):
    """Parts only a page of one's own has a form for, beside those of an overlay."""

    HEAD = "head"
    SECTION = "section"


EditKind = PartKind | CardKind

FIGURE = re.compile(r"0\d{2,3}-\d{7,8}|\d+(?:\.\d+)?")
"""A figure as ``sources.yaml`` lists it; a telephone number with its area is one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What the form of one part says.

    Attributes:
        target: id of the part; ``new-<number>`` for one that is added.
        texts: what was typed in each field; a field that is not there says what it said before.
        gone: whether the part is taken out.
    """

    kind: EditKind
    target: str
    texts: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False

    @property
    def adds(self) -> bool:
        """Whether the part is new."""
        return bool(_ADDED.fullmatch(self.target))

    @property
    def number(self) -> int:
        """Which of the parts that were added it is, from 1; 0 for any other."""
        return int(self.target.removeprefix(NEW_PART)) if self.adds else 0


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes to one page, or a page of one's own, with the official text they rest on.

    Attributes:
        id: eight signs given once; the pack's id is made of it.
        page: id of the guide's page that is changed, or that one of one's own was begun from;
            empty for one begun from a document.
        page_title: title of what it was begun from, at the time.
        region: six digits.
        place: what the place is called.
        source_title: of the official text.
        source_day: when that was published; None where nothing was chosen yet.
        source_text: the sentences of it that matter, as they were pasted.
        serial: of the edition exported last; 0 before the first.
        edits: of a page of one's own, all its parts in their order.
        made: so many parts have been added; no number is given twice, or a tick on a part that
            went would stand at another.
    """

    id: str
    page: str
    page_title: str
    publisher: str = ""
    contact: str = ""
    region: str = ""
    place: str = ""
    source_title: str = ""
    source_day: datetime.date | None = None
    source_text: str = ""
    edits: tuple[Edit, ...] = ()
    serial: int = 0
    kind: DraftKind = DraftKind.OVERLAY
    made: int = 0

    @property
    def pack(self) -> str:
        """Id of the pack."""
        return f"local-{self.id}"

    @property
    def prefix(self) -> str:
        """What every id that the pack gives begins with."""
        return f"{self.pack}{PACK_MARK}"

    @property
    def title(self) -> str:
        """What the pack is called."""
        return f"{self.place or '某地'}：{self.heading}"

    @property
    def heading(self) -> str:
        """Title of the page, as far as it has one."""
        typed = self.edit(CardKind.HEAD, HEAD).texts.get("title", "").strip()
        return self.page_title if self.is_overlay else typed or "还没有题目"

    @property
    def is_overlay(self) -> bool:
        """Whether it changes a page of the guide, and is none of its own."""
        return self.kind is DraftKind.OVERLAY

    @property
    def own_page(self) -> str:
        """Id of the page of one's own."""
        return f"{self.prefix}page"

    def id_of(self, kind: EditKind, target: str) -> str:
        """Id of a part: its own, or the one a part that is added gets."""
        if not _ADDED.fullmatch(target):
            return target
        name = "paper" if kind is PartKind.MATERIAL else str(kind)
        return f"{self.prefix}{name}-{target.removeprefix(NEW_PART)}"

    def parts(self, kind: EditKind) -> tuple[Edit, ...]:
        """What is typed about all parts of a kind, in order."""
        return tuple(edit for edit in self.edits if edit.kind is kind)

    @property
    def source_key(self) -> str:
        """Key of the official text."""
        return f"{self.prefix}d1#{' '.join(self.source_title.split()) or '官方原文'}"

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure of the official text, each once, in order."""
        return tuple(dict.fromkeys(FIGURE.findall(self.source_text)))

    def edit(self, kind: EditKind, target: str) -> Edit:
        """What is typed about a part; an empty edit where nothing is."""
        found = (e for e in self.edits if (e.kind, e.target) == (kind, target))
        return next(found, Edit(kind, target))

    def with_edit(self, edit: Edit) -> Draft:
        """The draft with another edit of the same part, which drops out where it says nothing."""
        kept = list(self.edits)
        same = [n for n, e in enumerate(kept) if (e.kind, e.target) == (edit.kind, edit.target)]
        says = bool(edit.texts or edit.gone or edit.adds)
        if same:
            kept[same[0] : same[0] + 1] = [edit] if says else []
        elif says:
            kept.append(edit)
        return replace(self, edits=tuple(kept), made=max(self.made, edit.number))

    def moved(self, edit: Edit, by: int) -> Draft:
        """The draft with a part so many places further among those of its kind."""
        places = [n for n, e in enumerate(self.edits) if e.kind is edit.kind]
        at = next(i for i, n in enumerate(places) if self.edits[n].target == edit.target)
        to = min(max(at + by, 0), len(places) - 1)
        order = [self.edits[n] for n in places]
        order.insert(to, order.pop(at))
        kept = list(self.edits)
        for place, part in zip(places, order, strict=True):
            kept[place] = part
        return replace(self, edits=tuple(kept))

    def without(self, kind: EditKind, target: str) -> Draft:
        """The draft with a part as the guide has it."""
        kept = tuple(e for e in self.edits if (e.kind, e.target) != (kind, target))
        return replace(self, edits=kept)

    def free_target(self) -> str:
        """A target for a part that is added."""
        used = max((edit.number for edit in self.edits), default=0)
        return f"{NEW_PART}{max(used, self.made) + 1}"
