"""What the doctor sees of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``remedy`` says what to do where it is not well."""

    name: str
    value: str
    well: bool = True
    remedy: str = ""
