"""What a user types about a document, read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.domain.procedure.interview import refuse_implausible
from yibao_desktop.errors import UserError


def day_typed(text: str) -> datetime.date:
    """The day somebody typed.

    Raises:
        UserError: it is none, or of a year that cannot be meant.
    """
    try:
        day = datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(f"“{text}”不是日期。", "请写成 2025-09-20 这样。") from None
    refuse_implausible(day)
    return day


def place_typed(text: str, regions: Sequence[Region]) -> Region:
    """The place somebody named by its code, its name or what it is called; none that lies in it.

    Raises:
        UserError: there is no such place.
    """
    said = text.strip()
    for region in regions:
        if said in (region.code, region.name, place_name(region)):
            return region
    for region in regions:  # 南京市, of 江苏省南京市
        if said.startswith(place_name(region)) and region.name.endswith(said):
            return region
    known = "、".join(map(place_name, regions))
    raise UserError(f"没有“{said}”这个地区。", f"可以写：{known}。")


def place_name(region: Region) -> str:
    """What people call a place itself, without the province it lies in."""
    return region.short_names[-1] if region.short_names else region.name
