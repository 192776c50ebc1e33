"""A clock that goes as a test sets it."""

from __future__ import annotations

import datetime

from yibao_desktop.clock import Clock

NOON = datetime.datetime(2026, 6, 15, 4, tzinfo=datetime.UTC)
"""About noon in China, half a day away from any midnight there."""


class SetClock(Clock):
    """Stands still until it is set.

    Attributes:
        moment: what it says, aware; any year Python knows.
    """

    def __init__(self, moment: datetime.datetime = NOON) -> None:
        self.moment = moment

    def _read(self) -> datetime.datetime:
        return self.moment

    def go_on(self, **span: float) -> None:
        """Let time pass, or with negative numbers go back; ``span`` as for ``timedelta``."""
        self.moment += datetime.timedelta(**span)
