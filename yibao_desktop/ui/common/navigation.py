"""Where one is in the window, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.errors import YibaoError

if TYPE_CHECKING:
    from yibao_desktop.services.changes import Changes


class Place(StrEnum):
    """Kinds of page the window can show."""

    HOME = "home"
    ITEM = "item"
    SEARCH = "search"
    CASES = "cases"
    CASE = "case"
    LIBRARY = "library"
    FREQUENT = "frequent"
    TERMS = "terms"
    SOURCES = "sources"
    SETTINGS = "settings"
    WELCOME = "welcome"
    DRAFTS = "drafts"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Location:
    """A page; ``value`` is the id of an item, a case or a draft, or the query."""

    place: Place
    value: str = ""


HOME = Location(Place.HOME)

_LINKED_PLACES = (
    Place.HOME,
    Place.FREQUENT,
    Place.CASES,
    Place.LIBRARY,
    Place.TERMS,
    Place.SOURCES,
    Place.SETTINGS,
)


def linked(link: str) -> Location:
    """Where a link of our own leads: ``yibao:cases`` and its like to that place, else to an item.

    A link from outside may have its signs encoded, and slashes after the colon.
    """
    value = unquote(link.removeprefix(LINK_SCHEME)).strip("/ ")
    place = next((p for p in _LINKED_PLACES if p == value), None)
    return Location(place) if place else Location(Place.ITEM, value)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the message bar, with an action if there is something to do about it.

    Attributes:
        undoes: the ``Changes`` it tells of, where they can be taken back from it.
        lasting: whether it is about more than the page shown, and stays when another one comes.
        until_done: whether it says that something was refused; it goes once something is done.
        beside: whether it is added to a lasting one that is shown, instead of taking its place.
    """

    text: str
    warning: bool = False
    action: str = ""
    on_action: Callable[[], None] | None = None
    undoes: Changes | None = None
    lasting: bool = False
    until_done: bool = False
    beside: bool = False

    @classmethod
    def of(cls, error: YibaoError) -> Message:
        """What went wrong and what to do about it."""
        return cls(f"{error}{error.hint}", warning=True, until_done=True)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a page was scrolled, in pixels; another shape makes a share of the whole of it.

    Attributes:
        maximum: the farthest it could be scrolled.
        width: of what scrolls.
        line: height of a line of text.
    """

    value: int
    maximum: int
    width: int
    line: int


TOP = Position(0, 0, 0, 0)


@dataclass(slots=True)
class _Stop:
    location: Location
    position: Position = TOP


class Trail:
    """The pages visited, with a position among them and how far each was scrolled."""

    def __init__(self) -> None:
        self._visited: list[_Stop] = []
        self._at = -1

    def visit(self, location: Location) -> None:
        """Go on to a page; pages ahead are forgotten."""
        if self.current != location:
            del self._visited[self._at + 1 :]
            self._visited.append(_Stop(location))
            self._at += 1

    def replace(self, location: Location) -> None:
        """Change where one is without a step back to what was there."""
        if self._visited:
            self._visited[self._at] = _Stop(location)
        else:
            self.visit(location)

    @property
    def current(self) -> Location | None:
        """Where one is."""
        return self._visited[self._at].location if self._visited else None

    @property
    def position(self) -> Position:
        """How far the current page was scrolled when it was left."""
        return self._visited[self._at].position if self._visited else TOP

    def keep_position(self, position: Position) -> None:
        """Note how far the current page is scrolled."""
        if self._visited:
            self._visited[self._at].position = position

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one came back from a page."""
        return self._at + 1 < len(self._visited)

    def back(self) -> Location:
        """The page before; only where ``can_go_back``."""
        self._at -= 1
        return self._visited[self._at].location

    def forward(self) -> Location:
        """The page one came back from; only where ``can_go_forward``."""
        self._at += 1
        return self._visited[self._at].location
