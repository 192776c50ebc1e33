"""A content pack while it is being made: what is typed into its form, as it is typed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from yibao_desktop.domain.packs.manifest import PACK_MARK
from yibao_desktop.domain.packs.overlay import PartKind

NEW_PART = "new-"
"""Targets of edits that add a part begin with it; its id is made when the pack is written."""

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

    kind: PartKind
    target: str
    texts: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False

    @property
    def adds(self) -> bool:
        """Whether the part is new."""
        return self.target.startswith(NEW_PART)


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes to one page for one place, with the official text they rest on.

    Attributes:
        id: eight signs given once; the pack's id is made of it.
        page: id of the page that is changed.
        page_title: its title when the draft was begun.
        region: six digits.
        place: what the place is called.
        source_title: of the official text.
        source_day: when that was published; None where nothing was chosen yet.
        source_text: the sentences of it that matter, as they were pasted.
        serial: of the edition exported last; 0 before the first.
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
        return f"{self.place or '某地'}：{self.page_title}"

    @property
    def source_key(self) -> str:
        """Key of the official text."""
        return f"{self.prefix}d1#{' '.join(self.source_title.split()) or '官方原文'}"

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure of the official text, each once, in order."""
        return tuple(dict.fromkeys(FIGURE.findall(self.source_text)))

    def edit(self, kind: PartKind, target: str) -> Edit:
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
        return replace(self, edits=tuple(kept))

    def without(self, kind: PartKind, target: str) -> Draft:
        """The draft with a part as the guide has it."""
        kept = tuple(e for e in self.edits if (e.kind, e.target) != (kind, target))
        return replace(self, edits=kept)

    def free_target(self) -> str:
        """A target for a part that is added."""
        used = [int(e.target.removeprefix(NEW_PART)) for e in self.edits if e.adds]
        return f"{NEW_PART}{max(used, default=0) + 1}"
