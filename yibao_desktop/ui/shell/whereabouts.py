"""Where one is in the window, the way there and back, and where the program was left."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from yibao_desktop.domain.records.case import DRAFT
from yibao_desktop.settings import SettingsStore
from yibao_desktop.ui.common.navigation import Location, Place, Position, Trail
from yibao_desktop.ui.shell.scroll_keeper import ScrollKeeper, position_of
from yibao_desktop.ui.shell.window_state import WindowState
from yibao_desktop.ui.work.tasks import TaskRunner

_LOOKED_THROUGH = Location(Place.CASE, DRAFT)
"""A case nobody keeps is gone at the next start."""


class Whereabouts(QObject):
    """Notes what is shown and how far it is scrolled; shows nothing itself.

    Attributes:
        trail: the pages visited.
        shown: the page asked for last; its text may still be on its way.
    """

    def __init__(
        self, pages: QStackedWidget, tasks: TaskRunner, state: WindowState, settings: SettingsStore
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._state = state
        self._settings = settings
        self._scroll = ScrollKeeper(tasks, self)
        self.trail = Trail()
        self.shown: Location | None = None

    @property
    def position(self) -> Position:
        """How far the page in front is scrolled."""
        return position_of(self._pages.currentWidget())

    @property
    def settling(self) -> bool:
        """Whether a page is still to be scrolled to where it was."""
        return self._scroll.waiting

    @property
    def left_at(self) -> tuple[Location, Position] | None:
        """Where the program was left; None where it is to begin at the beginning."""
        settings = self._settings.current
        return self._state.left_at if settings.reopen and not settings.counter else None

    def forget(self) -> None:
        """There is no way back to any page."""
        self._scroll.forget()
        self.trail = Trail()
        self.shown = None

    def leave(self) -> None:
        """The page in front is about to be left: note how far it is scrolled."""
        if self.shown is not None and self.shown == self.trail.current:
            self.trail.keep_position(self.position)

    def arrive(self, location: Location) -> bool:
        """Another page is asked for; whether it is another one indeed."""
        self._scroll.forget()
        another = location != self.shown
        self.shown = location
        self.keep_left_at()
        return another

    def scroll_to(self, position: Position) -> None:
        """Scroll the page in front, which may still be being filled."""
        self._scroll.restore(self._pages.currentWidget(), position)

    def keep_left_at(self) -> None:
        """Note where the program would be left now, or nothing where that is not wanted."""
        settings = self._settings.current
        if not settings.reopen or settings.leaves_no_trace or self.shown == _LOOKED_THROUGH:
            self._state.forget_left_at()
        elif self.shown is not None and self.shown == self.trail.current:
            self._state.keep_left_at(self.shown, self.trail.position)
