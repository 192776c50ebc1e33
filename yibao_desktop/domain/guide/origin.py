"""Whose word a text is: the guide's, the user's own, or a publisher's; never to be mixed up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from yibao_desktop.domain.guide.sources import NOTICE

OWN_NOTICE = "这是您自己加的资料，本指南没有核对过；以原件和当地医保部门的说法为准。"
SHORT_NOTICE = "不是官方文件，以当地医保部门为准。"
OWN_SHORT_NOTICE = "您自己加的资料，没有核对过。"


class OriginKind(StrEnum):
    """The kinds of origin there are."""

    GUIDE = "guide"
    OWN = "own"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item comes from.

    Attributes:
        pack: id of the content pack; empty for any other kind.
        publisher: who made the pack, in its own words; empty for any other kind.
        valid_until: the last day the pack should be relied on; None where none is named.
    """

    kind: OriginKind = OriginKind.GUIDE
    pack: str = ""
    publisher: str = ""
    valid_until: datetime.date | None = None

    @property
    def code(self) -> str:
        """``guide``, ``own`` or ``pack:<id>``, as scripts read it."""
        return f"{self.kind}:{self.pack}" if self.kind is OriginKind.PACK else self.kind.value

    @property
    def short_name(self) -> str:
        """A word or two, for rows of a list."""
        return {
            OriginKind.GUIDE: "指南",
            OriginKind.OWN: "自己加的",
            OriginKind.PACK: f"〔{self.publisher}〕内容包",
        }[self.kind]

    @property
    def name(self) -> str:
        """What it is called where there is room, and by a screen reader."""
        return "您自己加的资料，未核对" if self.kind is OriginKind.OWN else self.short_name

    @property
    def notice(self) -> str:
        """What every page, print and copied text of this origin says about itself."""
        return {
            OriginKind.GUIDE: NOTICE,
            OriginKind.OWN: OWN_NOTICE,
            OriginKind.PACK: f"这是“{self.publisher}”发布的内容包，不是本指南编写的；"
            "以当地医保部门为准。",
        }[self.kind]

    @property
    def short_notice(self) -> str:
        """The same where there is room for one short line only."""
        return {
            OriginKind.GUIDE: SHORT_NOTICE,
            OriginKind.OWN: OWN_SHORT_NOTICE,
            OriginKind.PACK: f"“{self.publisher}”的内容包，以当地为准。",
        }[self.kind]

    def overdue(self, today: datetime.date) -> str:
        """What is said of a pack past its last day; empty for anything else."""
        if self.valid_until is None or today <= self.valid_until:
            return ""
        last = self.valid_until
        return (
            f"这个内容包只写明用到 {last.year} 年 {last.month} 月 {last.day} 日，现在可能已经变了；"
            f"请向“{self.publisher}”要新的一版，或者问当地医保部门。"
        )

    @property
    def is_guide(self) -> bool:
        """Whether the guide itself says it."""
        return self.kind is OriginKind.GUIDE


THE_GUIDE = Origin()
OWN = Origin(OriginKind.OWN)
