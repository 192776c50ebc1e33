"""Searching: what is typed in the box, and what is found in the page and the tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.shell.navigator import Navigator
from yibao_desktop.ui.shell.side_bar import SideBar
from yibao_desktop.ui.shell.window_pages import WindowPages
from yibao_desktop.ui.widgets.search.search_box import SearchBox

if TYPE_CHECKING:
    from yibao_desktop.search.results import Hit


class SearchFlow(QObject):
    """Keeps the box, the page of results and the tree together."""

    def __init__(
        self,
        box: SearchBox,
        pages: WindowPages,
        side: SideBar,
        navigator: Navigator,
        context: UiContext,
    ) -> None:
        super().__init__(box)
        self._box = box
        self._pages = pages
        self._side = side
        self._navigator = navigator
        self._context = context
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._box.query_changed.connect(self._on_query_changed)
        self._box.query_submitted.connect(self._on_query_submitted)
        self._box.results_requested.connect(self._on_results_requested)
        self._box.open_requested.connect(self._navigator.open_item)
        self._context.events.found_requested.connect(self._on_found_requested)
        self._context.events.results_shown.connect(self._on_results_shown)
        self._navigator.arriving.connect(self._on_arriving)

    def _on_arriving(self, location: Location) -> None:
        if location.place is Place.SEARCH:
            self._box.show_query(location.value)
            return
        self._box.show_query("")
        if self._pages.is_there("search"):
            self._pages.search.stop()
        self._side.show_only(())

    def _on_query_changed(self, query: str) -> None:
        current = self._navigator.where.trail.current
        searching = current is not None and current.place is Place.SEARCH
        location = Location(Place.SEARCH, query)
        if query and searching:
            self._navigator.replace(location)
        elif query:
            self._navigator.go(location)
        elif searching and self._navigator.where.trail.can_go_back:
            self._navigator.back()  # to the page one was on before one searched
        elif searching:
            self._navigator.go(HOME)

    def _on_query_submitted(self, query: str) -> None:
        if query:
            self._note_query(query)
            self._on_query_changed(query)
            self._pages.search.focus_results_when_shown()

    def _on_results_requested(self) -> None:
        self._pages.search.focus_results()

    def _on_results_shown(self, item_ids: frozenset[str]) -> None:
        self._box.make_way()
        self._side.show_only(item_ids)

    def _on_found_requested(self, hit: Hit) -> None:
        """Open a result: its query was worth keeping."""
        from yibao_desktop.ui.widgets.search.result_model import found_words

        current = self._navigator.where.trail.current
        if current is not None and current.place is Place.SEARCH:
            self._note_query(current.value)
        self._navigator.open_found(hit.passage.item_id, found_words(hit))

    def _note_query(self, query: str) -> None:
        call = partial(self._context.services.reading.note_query, query)
        self._context.write(call, self)
