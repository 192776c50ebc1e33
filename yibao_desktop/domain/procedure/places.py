"""Which routes come first where the user lives."""

from __future__ import annotations

from dataclasses import replace

from yibao_desktop.domain.guide.items import one_place
from yibao_desktop.domain.procedure.model import Channel, Procedure


def local_first(procedure: Procedure, region: str | None) -> Procedure:
    """The procedure with the channels of the user's place first, those of other places last.

    Args:
        procedure: what is to be done.
        region: the user's place; None where none was chosen.
    """

    def distance(channel: Channel) -> int:
        if channel.region is None:
            return 1
        return 0 if region and one_place(region, channel.region) else 2

    return replace(procedure, channels=tuple(sorted(procedure.channels, key=distance)))
