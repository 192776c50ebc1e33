"""The one window: wires the bar, the tree and the pages together."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.kinds import Kind
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import Settings
from yibao_desktop.ui.actions import Act, Actions
from yibao_desktop.ui.announce import announce
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import HOME, TOP, Location, Message, Place, Position
from yibao_desktop.ui.side_bar import SideBar
from yibao_desktop.ui.tasks import Lane
from yibao_desktop.ui.top_bar import TopBar
from yibao_desktop.ui.wheel import SizeWheel
from yibao_desktop.ui.whereabouts import Whereabouts
from yibao_desktop.ui.widgets.find_bar import FindBar
from yibao_desktop.ui.widgets.labels import text_label
from yibao_desktop.ui.widgets.message_bar import MessageBar
from yibao_desktop.ui.window_pages import WindowPages
from yibao_desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from yibao_desktop.services.guide_service import PageView
    from yibao_desktop.ui.page_tools import PageTools

SMALLEST = (480, 340)
FIRST_SIZE = (1180, 800)
NARROW_IN_CHARACTERS = 56
"""In a window less wide than so many characters the topic tree makes room for the page."""


class MainWindow(QMainWindow):
    """Shows one page at a time and keeps the way back.

    A page, and a dialog, is loaded when it is first shown: the window need not wait for all of
    them.

    Signals:
        page_shown: title of an item's page that has been read and is now in the window.
    """

    page_shown = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._settings = context.services.settings.current
        self._state = WindowState(context.services.paths.window_state)
        self._position = TOP
        self._opened_for: tuple[Location, tuple[str, ...]] | None = None
        self._tree_wanted: bool | None = None
        self._narrow = False
        self._build_ui()
        self._where = Whereabouts(self.pages, context.tasks, self._state, context.services.settings)
        self._connect_signals()
        self._connect_actions()
        self._restore()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("医保指南"))
        self.setMinimumSize(*SMALLEST)
        self.acts = Actions(self)
        # From the outside in: a widget that moves takes everything below it through the styles.
        whole = QWidget(self)
        self.setCentralWidget(whole)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.bar = TopBar(self._context, self.acts, whole)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, whole)
        rows.addWidget(self.bar)
        rows.addWidget(self._splitter, 1)
        self.side = SideBar(self._context, self._splitter)
        content = QWidget(self._splitter)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.message = MessageBar(self._context, content)
        self.find_bar = FindBar(self._context, content)
        self.pages = WindowPages(self._context, content)
        column.addWidget(self.message)
        column.addWidget(self.find_bar)
        column.addWidget(self.pages.scrolling(), 1)
        column.addWidget(text_label(NOTICE, "notice"))
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)

    @cached_property
    def _tools(self) -> PageTools:
        from yibao_desktop.ui.page_tools import PageTools

        return PageTools(self.pages, self.find_bar, self.acts, self.open_item, self._context)

    def _connect_signals(self) -> None:
        context = self._context
        context.tasks.failed.connect(self._on_task_failed)
        context.events.message_requested.connect(self.message.show_message)
        context.events.open_requested.connect(self.go)
        context.events.changed.connect(self._on_changed)
        context.theme.changing.connect(self._on_theme_changing)
        context.theme.changed.connect(self._on_theme_changed)
        context.services.settings.listen(self._on_settings_changed)
        self.bar.search.query_changed.connect(self._on_query_changed)
        self.bar.search.query_submitted.connect(self._on_query_submitted)
        self.bar.search.results_requested.connect(self._on_results_requested)
        self.bar.search.open_requested.connect(self.open_item)
        self.pages.open_requested.connect(self.open_item)
        self.pages.found_requested.connect(self._on_found_requested)
        self.pages.case_requested.connect(self.open_case)
        self.pages.case_kept.connect(self._on_case_kept)
        self.pages.case_left.connect(self._on_leave_requested)
        self.pages.home_requested.connect(partial(self.go, HOME))
        self.pages.region_requested.connect(self._on_region_requested)
        self.pages.results_shown.connect(self._on_results_shown)
        self.side.place_requested.connect(self.go)
        self.side.open_requested.connect(self.open_item)
        SizeWheel(self, self.pages).stepped.connect(self.bar.step_text_size)

    def _connect_actions(self) -> None:
        """Say what the menu and the keyboard do; what they do with a page is in ``PageTools``."""
        for act, location in (
            (Act.HOME, HOME),
            (Act.CASES, Location(Place.CASES)),
            (Act.LIBRARY, Location(Place.LIBRARY)),
            (Act.TERMS, Location(Place.TERMS)),
            (Act.SETTINGS, Location(Place.SETTINGS)),
        ):
            self.acts.on(act, partial(self.go, location))
        for act, slot in (
            (Act.BACK, self._on_back_requested),
            (Act.FORWARD, self._on_forward_requested),
            (Act.SEARCH, self.focus_search),
            (Act.TREE, self._on_tree_toggled),
            (Act.REGION, self._on_region_requested),
            (Act.RECORDS, self.show_records),
            (Act.NEXT_VISITOR, self._on_next_visitor_asked),
            (Act.HELP, self._on_help_requested),
            (Act.ABOUT, self._on_about_requested),
            (Act.QUIT, self._on_quit_requested),
        ):
            self.acts.on(act, slot)

    # -- going places -------------------------------------------------------------------------

    def show_guide(self) -> None:
        """Fill the topic tree; the content has been opened."""
        self.bar.search.load_entries()
        self.side.load_tree()

    def begin(self) -> None:
        """Show the first page: once what the guide can do, later where the program was left.

        Everything has been opened by now. Who was quick enough to search before stays there.
        """
        self.bar.search.load_queries()
        self.side.count_cases()
        typed = self.bar.search.text()
        if self._where.shown is None:
            self._show_first_page()
            if typed:
                self.bar.search.setText(typed)
        _ = self._tools  # from now on, with a page in front, the menu works with pages, too

    def _show_first_page(self) -> None:
        settings = self._context.services.settings
        left_at = self._where.left_at
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
        if known and self._where.trail.current == HOME:
            self._where.trail.visit(location)
            self._show(location, position)

    def go(self, location: Location) -> None:
        """Show a page and remember it."""
        self._where.leave()
        self._where.trail.visit(location)
        self._show(location)

    def open_item(self, item_id: str) -> None:
        """Show the page of an item."""
        self.go(Location(Place.ITEM, item_id))

    def open_case(self, case_id: str) -> None:
        """Show a case."""
        self.go(Location(Place.CASE, case_id))

    def focus_search(self) -> None:
        """Go to the search box with its text selected."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _show(self, location: Location, position: Position = TOP) -> None:
        """Show a page, scrolled as far as it was when it was left."""
        if self._is_there("_tools"):
            self._tools.leave()
        if self._where.arrive(location):
            self.message.leave_page()
        trail = self._where.trail
        self.bar.show_trail(trail.can_go_back, trail.can_go_forward)
        if location.place is not Place.SEARCH:
            self.bar.search.show_query("")
            if self.pages.is_there("search"):
                self.pages.search.stop()
            self.side.show_only(())
        self.side.show_place(location)
        if self._opened_for and self._opened_for[0] != location:
            self._opened_for = None
        match location.place:
            case Place.ITEM:
                call = partial(self._context.services.guide.page, location.value)
                read = partial(self._on_page_read, location, position)
                self._context.tasks.run(call, read, self, lane=Lane.CONTENT)
            case Place.SEARCH:
                self.bar.search.show_query(location.value)
                self.pages.search.search(location.value)
                self.pages.setCurrentWidget(self.pages.search)
            case Place.CASE:
                self.pages.case.show_case(location.value)
                self.pages.setCurrentWidget(self.pages.case)
            case fixed:
                page = self.pages.fixed(fixed)
                page.load()
                self.pages.setCurrentWidget(page)
        if location.place is not Place.ITEM:
            self._where.scroll_to(position)

    def _on_page_read(self, location: Location, position: Position, view: PageView) -> None:
        if self._where.shown != location:
            return
        kind = view.item.kind
        if kind is Kind.TOPIC:
            self.pages.topic.show_topic(view)
            self.pages.setCurrentWidget(self.pages.topic)
        elif kind is Kind.PROCEDURE:
            self.pages.setCurrentWidget(self.pages.procedure)
            self.pages.procedure.show_procedure(view)
        else:
            self.pages.setCurrentWidget(self.pages.reader)
            self.pages.reader.show_page(view, self._opened_for[1] if self._opened_for else ())
        self._tools.show_view(view)
        self._where.scroll_to(position)
        self._tell_shown(view.item.title)
        if kind is Kind.TOPIC:
            return
        call = partial(self._context.services.reading.note_visit, view.item.id, view.item.title)
        self._context.tasks.run(call, self._on_noted, self)

    def _tell_shown(self, title: str) -> None:
        """Say which page it is to those who cannot see that another has come."""
        announce(self, title)
        self.page_shown.emit(title)

    def _on_noted(self, changes: Changes) -> None:
        self._context.events.changed.emit(changes)

    def _on_back_requested(self) -> None:
        if self._where.trail.can_go_back:
            self._where.leave()
            self._show(self._where.trail.back(), self._where.trail.position)

    def _on_forward_requested(self) -> None:
        if self._where.trail.can_go_forward:
            self._where.leave()
            self._show(self._where.trail.forward(), self._where.trail.position)

    def _show_again(self, position: Position) -> None:
        """Show the page anew: looks or place have changed."""
        if self._where.shown is not None:
            self._show(self._where.shown, position)

    def _on_case_kept(self, case_id: str) -> None:
        """What was only looked through is a case now: there is no way back to before."""
        self._where.trail.replace(Location(Place.CASE, case_id))
        self._show(Location(Place.CASE, case_id))

    def _on_leave_requested(self) -> None:
        """A case was left or is gone: there is no way back into it."""
        self._where.trail.replace(Location(Place.CASES))
        self._show(Location(Place.CASES))

    # -- search -------------------------------------------------------------------------------

    def _on_query_changed(self, query: str) -> None:
        current = self._where.trail.current
        searching = current is not None and current.place is Place.SEARCH
        if not query:
            if searching:
                self.go(HOME)
            return
        location = Location(Place.SEARCH, query)
        if searching:
            self._where.trail.replace(location)
            self._show(location)
        else:
            self.go(location)

    def _on_query_submitted(self, query: str) -> None:
        if query:
            self._note_query(query)
            self._on_query_changed(query)
            self.pages.search.focus_results_when_shown()

    def _on_results_requested(self) -> None:
        self.pages.search.focus_results()

    def _on_results_shown(self, item_ids: frozenset[str]) -> None:
        self.bar.search.make_way()
        self.side.show_only(item_ids)

    def _on_found_requested(self, item_id: str, words: tuple[str, ...]) -> None:
        """Open a result; what was found in it is marked until its page is left."""
        current = self._where.trail.current
        if current is not None and current.place is Place.SEARCH:
            self._note_query(current.value)
        location = Location(Place.ITEM, item_id)
        self._opened_for = location, words
        self.go(location)

    def _note_query(self, query: str) -> None:
        call = partial(self._context.services.reading.note_query, query)
        self._context.tasks.run(call, self._on_noted, self)

    # -- news ---------------------------------------------------------------------------------

    def _on_task_failed(self, error: YibaoError) -> None:
        self.message.show_message(Message.of(error))

    def _on_changed(self, changes: Changes) -> None:
        if changes.cases:
            self.side.count_cases()
            self._where.leave()
            self._where.keep_left_at()

    def _on_theme_changing(self) -> None:
        self._position = self._where.position

    def _on_theme_changed(self) -> None:
        self.side.show_looks()
        self.side.load_tree()
        self._make_room()
        self._show_again(self._position)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if settings.region != before.region and self._where.shown != Location(Place.SETTINGS):
            self._show_again(self._where.position)
        if (settings.no_trace, settings.reopen) != (before.no_trace, before.reopen):
            self._where.keep_left_at()

    def _on_region_requested(self) -> None:
        from yibao_desktop.ui.dialogs.region_dialog import RegionDialog

        RegionDialog(self._context, self).open()

    def show_records(self) -> None:
        """Show the backups, and the way to take everything along."""
        # Seldom wanted, so that no start has to wait for it.
        from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog

        RecordsDialog(self._context, self).open()

    def _on_help_requested(self) -> None:
        from yibao_desktop.ui.dialogs.help_dialog import HelpDialog

        HelpDialog(self._context, self).open()

    def _on_about_requested(self) -> None:
        from yibao_desktop.ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._context, self).open()

    def _on_quit_requested(self) -> None:
        self.close()

    def _on_next_visitor_asked(self) -> None:
        """Leave nothing on the screen or on record of what the last one looked for."""
        self._context.tasks.run(self._forget_visitor, self._on_visitor_forgotten, self)

    def _forget_visitor(self) -> Changes:
        """Cases that were given a name stay: they were meant to."""
        services = self._context.services
        draft, history = services.cases.forget_draft(), services.reading.clear_history()
        return replace(history, cases=draft.cases)

    def _on_visitor_forgotten(self, changes: Changes) -> None:
        self._where.forget()
        self.go(HOME)
        self.focus_search()
        self._on_noted(changes)
        self.message.show_message(Message(self.tr("好了，可以换一位。存下来的办理都还在。")))

    def _is_there(self, name: str) -> bool:
        """Whether a part that is loaded when it is first wanted has been loaded."""
        return name in self.__dict__

    # -- window -------------------------------------------------------------------------------

    def _on_tree_toggled(self) -> None:
        self._tree_wanted = self.side.isHidden()
        self.side.setVisible(self._tree_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tree go where there is no room for it, unless it was asked for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        narrow = self.width() < NARROW_IN_CHARACTERS * self._context.theme.metrics.body
        if narrow != self._narrow:
            self._narrow = narrow
            self._tree_wanted = None
        if self._tree_wanted is None:
            self.side.setVisible(not narrow)

    def _restore(self) -> None:
        self.resize(*FIRST_SIZE)
        geometry = self._state.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood and what it showed."""
        self._state.keep_geometry(self.saveGeometry())
        self._where.leave()
        self._where.keep_left_at()
        self._state.save()
        super().closeEvent(event)
