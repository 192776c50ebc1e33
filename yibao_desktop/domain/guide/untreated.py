"""What people ask about and the sources do not tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UntreatedSubject:
    """What people ask about and no source tells.

    Attributes:
        title: what it is called, after 资料没有说.
        questions: how people ask about it.
        outside: whether it has nothing to do with medical insurance at all.
    """

    id: str
    title: str
    questions: tuple[str, ...]
    outside: bool = False
