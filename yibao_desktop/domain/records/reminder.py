"""Days to be reminded of, for the calendar one keeps elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day on which something must be done at the latest.

    Attributes:
        uid: stays the same however often it is written, so that a calendar replaces it and does
            not keep it twice.
        description: what it is about, in one or several lines.
    """

    uid: str
    title: str
    description: str
    date: datetime.date
