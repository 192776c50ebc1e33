"""What a pack made different on a page, as a reader is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalChange:
    """One part of a page that a pack changed for one place.

    Attributes:
        pack: id of the pack.
        page: id of the page.
        region: code of the place it holds for.
        kind: what sort of part, such as 材料.
        was: what it said in the guide; empty where it is new.
        now: what it says there; empty where it is gone.
    """

    pack: str
    page: str
    region: str
    kind: str
    was: str
    now: str

    @property
    def line(self) -> str:
        """The change in a line."""
        if not self.was:
            return f"新增{self.kind}：{self.now}"
        if not self.now:
            return f"不用的{self.kind}：{self.was}"
        return f"{self.kind}：指南里是“{self.was}”，这里是“{self.now}”"
