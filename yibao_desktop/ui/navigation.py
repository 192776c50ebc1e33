"""Where one is in the window, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from yibao_desktop.errors import YibaoError

LINK_SCHEME = "yibao:"


class Place(StrEnum):
    """Kinds of page the window can show."""

    HOME = "home"
    ITEM = "item"
    SEARCH = "search"
    CASES = "cases"
    CASE = "case"
    LIBRARY = "library"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Location:
    """A page; ``value`` is the item's id, the query or the case's id."""

    place: Place
    value: str = ""


HOME = Location(Place.HOME)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the message bar, with an action if there is something to do about it."""

    text: str
    warning: bool = False
    action: str = ""
    on_action: Callable[[], None] | None = None

    @classmethod
    def of(cls, error: YibaoError) -> Message:
        """What went wrong and what to do about it."""
        return cls(f"{error}{error.hint}", warning=True)


class Trail:
    """The pages visited, with a position among them."""

    def __init__(self) -> None:
        self._visited: list[Location] = []
        self._position = -1

    def visit(self, location: Location) -> None:
        """Go on to a page; pages ahead are forgotten."""
        if self.current != location:
            del self._visited[self._position + 1 :]
            self._visited.append(location)
            self._position += 1

    def replace(self, location: Location) -> None:
        """Change where one is without a step back to what was there."""
        if self._visited:
            self._visited[self._position] = location
        else:
            self.visit(location)

    @property
    def current(self) -> Location | None:
        """Where one is."""
        return self._visited[self._position] if self._visited else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return self._position > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one came back from a page."""
        return self._position + 1 < len(self._visited)

    def back(self) -> Location:
        """The page before; only where ``can_go_back``."""
        self._position -= 1
        return self._visited[self._position]

    def forward(self) -> Location:
        """The page one came back from; only where ``can_go_forward``."""
        self._position += 1
        return self._visited[self._position]
