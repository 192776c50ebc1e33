"""What time it is: asked here and nowhere else, so that everything can be given another clock."""

from __future__ import annotations

import datetime

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years a clock is believed in; beyond them days could no longer be reckoned with."""

_FIRST = datetime.datetime(FIRST_YEAR, 1, 2, tzinfo=datetime.UTC)
_LAST = datetime.datetime(LAST_YEAR, 12, 30, tzinfo=datetime.UTC)


class Clock:
    """The computer's own clock, which may be wrong: good for saying when, not for putting in order.

    A time outside the years it is believed in is told as the nearest within them, wherever the
    user is, so that whatever is stored can be read, shown and reckoned with.
    """

    def now(self) -> datetime.datetime:
        """This moment, aware UTC."""
        return believed(self._read())

    def local_now(self) -> datetime.datetime:
        """This moment, aware, in the time zone of the user."""
        return self.now().astimezone()

    def today(self) -> datetime.date:
        """The day it is where the user is."""
        return self.local_now().date()

    def _read(self) -> datetime.datetime:
        return datetime.datetime.now(datetime.UTC)


def believed(moment: datetime.datetime) -> datetime.datetime:
    """An aware moment, in UTC; the nearest one a clock is believed in where it is none of these."""
    return min(max(moment, _FIRST), _LAST).astimezone(datetime.UTC)


SYSTEM_CLOCK = Clock()
