"""Goes to pages and back: reads what is asked for and puts it in front."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.ui.common.actions import place_name
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME, TOP, Location, Place, Position
from yibao_desktop.ui.shell.whereabouts import Whereabouts
from yibao_desktop.ui.shell.window_pages import WindowPages
from yibao_desktop.ui.shell.window_state import WindowState
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.services.guide_service import PageView, TopicView


class Navigator(QObject):
    """Every way into a page leads through here.

    Signals:
        arriving: ``Location`` asked for, and whether it is another than before; what is to be
            read for it is still on its way.
        page_read: ``PageView`` or ``TopicView`` of what has been read and is now in front.

    Attributes:
        where: what is shown, and the way there and back.
    """

    arriving = Signal(object, bool)
    page_read = Signal(object)

    def __init__(self, pages: WindowPages, state: WindowState, context: UiContext) -> None:
        super().__init__(pages)
        self._pages = pages
        self._context = context
        self.where = Whereabouts(pages, context.tasks, state, context.services.settings)
        self._opened_for: tuple[Location, tuple[str, ...]] | None = None
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._context.events.open_requested.connect(self.go)
        self._context.events.replace_requested.connect(self.replace)

    def begin(self) -> None:
        """Show the first page: once what the guide can do, later where the program was left."""
        settings = self._context.services.settings
        left_at = self.where.left_at
        if not settings.current.welcomed:
            self._show(Location(Place.WELCOME))
            self._context.change_settings(welcomed=True)
            return
        self.go(HOME)
        if left_at is None or left_at[0] == HOME:
            return
        location, position = left_at
        if location.place is not Place.ITEM:
            self._reopen(location, position, True)
            return
        known = partial(self._context.services.guide.has, location.value)
        reopen = partial(self._reopen, location, position)
        self._context.tasks.run(known, reopen, self, lane=Lane.CONTENT)

    def _reopen(self, location: Location, position: Position, known: bool) -> None:
        """Go where the program was left, unless that is gone or one has gone on already."""
        if known and self.where.trail.current == HOME:
            self.where.trail.visit(location)
            self._show(location, position)

    def forget(self) -> None:
        """Nothing is left of the pages shown, nor a way back to them."""
        self.where.forget()
        self._opened_for = None
        self._pages.forget()

    def go(self, location: Location) -> None:
        """Show a page and remember it."""
        self.where.leave()
        self.where.trail.visit(location)
        self._show(location)

    def open_item(self, item_id: str) -> None:
        """Show the page of an item."""
        self.go(Location(Place.ITEM, item_id))

    def open_found(self, item_id: str, words: tuple[str, ...]) -> None:
        """Show the page of an item; what was found in it is marked until it is left."""
        location = Location(Place.ITEM, item_id)
        self._opened_for = location, words
        self.go(location)

    def open_case(self, case_id: str) -> None:
        """Show a case."""
        self.go(Location(Place.CASE, case_id))

    def replace(self, location: Location) -> None:
        """Show a page in the place of the one shown: there is no way back to that."""
        self.where.trail.replace(location)
        self._show(location)

    def back(self) -> None:
        """Go back to the page before, if there is one; within a case to the question before."""
        shown = self.where.shown
        if shown and shown.place is Place.CASE and self._pages.case.go_back():
            return
        if self.where.trail.can_go_back:
            self.where.leave()
            self._show(self.where.trail.back(), self.where.trail.position)

    def forward(self) -> None:
        """Go to the page one has come back from, if there is one."""
        if self.where.trail.can_go_forward:
            self.where.leave()
            self._show(self.where.trail.forward(), self.where.trail.position)

    def show_again(self, position: Position) -> None:
        """Show the page anew: looks or place have changed."""
        if self.where.shown is not None:
            self._show(self.where.shown, position)

    def show_changed(self, position: Position) -> None:
        """Show the page anew out of another content; the first page where it is there no more."""
        shown = self.where.shown
        if shown is None or shown.place is not Place.ITEM:
            self.show_again(position)
            return
        known = partial(self._context.services.guide.has, shown.value)
        show = partial(self._show_if_known, shown, position)
        self._context.tasks.run(known, show, self, lane=Lane.CONTENT)

    def _show_if_known(self, location: Location, position: Position, known: bool) -> None:
        if self.where.shown != location:
            return
        if known:
            self._show(location, position)
        else:
            self.replace(HOME)

    def _show(self, location: Location, position: Position = TOP) -> None:
        """Show a page, scrolled as far as it was when it was left."""
        self.arriving.emit(location, self.where.arrive(location))
        if self._opened_for and self._opened_for[0] != location:
            self._opened_for = None
        match location.place:
            case Place.ITEM:
                call = partial(self._context.services.guide.view, location.value)
                read = partial(self._on_page_read, location, position)
                self._context.tasks.run(call, read, self, lane=Lane.CONTENT)
                return
            case Place.SEARCH:
                self._pages.search.search(location.value)
                self._pages.setCurrentWidget(self._pages.search)
            case Place.CASE:
                self._pages.case.show_case(location.value)
                self._pages.setCurrentWidget(self._pages.case)
            case Place.DRAFT:
                self._pages.draft.show_draft(location.value)
                self._pages.setCurrentWidget(self._pages.draft)
            case fixed:
                page = self._pages.fixed(fixed)
                page.load()
                self._pages.setCurrentWidget(page)
                announce(self._pages, place_name(fixed))
        self.where.scroll_to(position)

    def _on_page_read(
        self, location: Location, position: Position, view: PageView | TopicView
    ) -> None:
        from yibao_desktop.services.guide_service import TopicView

        if self.where.shown != location:
            return
        if isinstance(view, TopicView):
            self._pages.topic.show_topic(view)
            self._pages.setCurrentWidget(self._pages.topic)
        elif view.item.kind is Kind.PROCEDURE:
            self._pages.setCurrentWidget(self._pages.procedure)
            self._pages.procedure.show_procedure(view)
        else:
            self._pages.setCurrentWidget(self._pages.reader)
            self._pages.reader.show_page(view, self._opened_for[1] if self._opened_for else ())
        self.page_read.emit(view)
        self.where.scroll_to(position)
        # Those who cannot see that another page has come are told which one it is.
        announce(self._pages, view.item.title)
        if not isinstance(view, TopicView):
            call = partial(self._context.services.reading.note_visit, view.item.id, view.item.title)
            self._context.write(call, self)
