"""The one window: wires the bar, the tree and the pages together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.guide import Kind
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.errors import DataError, YibaoError
from yibao_desktop.search.results import Hit
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.settings import Settings
from yibao_desktop.ui.actions import Act, Actions
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.dialogs.about_dialog import AboutDialog
from yibao_desktop.ui.dialogs.help_dialog import HelpDialog
from yibao_desktop.ui.dialogs.region_dialog import RegionDialog
from yibao_desktop.ui.models.result_model import found_words
from yibao_desktop.ui.navigation import HOME, TOP, Location, Message, Place, Position
from yibao_desktop.ui.page_tools import PageTools
from yibao_desktop.ui.pages.case_page import CasePage
from yibao_desktop.ui.pages.cases_page import CasesPage
from yibao_desktop.ui.pages.home_page import HomePage
from yibao_desktop.ui.pages.library_page import LibraryPage
from yibao_desktop.ui.pages.procedure_page import ProcedurePage
from yibao_desktop.ui.pages.reader_page import ReaderPage
from yibao_desktop.ui.pages.search_page import SearchPage
from yibao_desktop.ui.pages.settings_page import SettingsPage
from yibao_desktop.ui.pages.terms_page import TermsPage
from yibao_desktop.ui.pages.topic_page import TopicPage
from yibao_desktop.ui.pages.welcome_page import WelcomePage
from yibao_desktop.ui.side_bar import SideBar
from yibao_desktop.ui.tasks import Lane
from yibao_desktop.ui.top_bar import TopBar
from yibao_desktop.ui.wheel import SizeWheel
from yibao_desktop.ui.whereabouts import Whereabouts
from yibao_desktop.ui.widgets.find_bar import FindBar
from yibao_desktop.ui.widgets.labels import text_label
from yibao_desktop.ui.widgets.message_bar import MessageBar
from yibao_desktop.ui.window_state import WindowState

SMALLEST = (640, 480)
FIRST_SIZE = (1180, 800)
NARROW_IN_CHARACTERS = 56
"""In a window less wide than so many characters the topic tree makes room for the page."""


_FixedPage = HomePage | CasesPage | LibraryPage | TermsPage | SettingsPage | WelcomePage
"""Pages there is one of, filled by ``load``."""


class MainWindow(QMainWindow):
    """Shows one page at a time and keeps the way back.

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
        self._tools = PageTools(self.pages, self.find_bar, self.acts, self.open_item, context)
        self._where = Whereabouts(self.pages, context.tasks, self._state, context.services.settings)
        self._connect_signals()
        self._connect_actions()
        self._restore()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("医保指南"))
        self.setMinimumSize(*SMALLEST)
        self.acts = Actions(self)
        self.bar = TopBar(self._context, self.acts, self)
        self.side = SideBar(self._context)
        self.message = MessageBar(self._context)
        self.find_bar = FindBar(self._context)
        self.pages = QStackedWidget()
        self.home = HomePage(self._context)
        self.topic = TopicPage(self._context)
        self.reader = ReaderPage(self._context)
        self.procedure = ProcedurePage(self._context)
        self.search = SearchPage(self._context)
        self.case = CasePage(self._context)
        self.cases = CasesPage(self._context)
        self.library = LibraryPage(self._context)
        self.terms = TermsPage(self._context)
        self.settings = SettingsPage(self._context)
        self.welcome = WelcomePage(self._context)
        self._fixed: dict[Place, _FixedPage] = {
            Place.HOME: self.home,
            Place.CASES: self.cases,
            Place.LIBRARY: self.library,
            Place.TERMS: self.terms,
            Place.SETTINGS: self.settings,
            Place.WELCOME: self.welcome,
        }
        for page in (
            self.home,
            self.topic,
            self.reader,
            self.procedure,
            self.search,
            self.case,
            self.cases,
            self.library,
            self.terms,
            self.settings,
            self.welcome,
        ):
            self.pages.addWidget(page)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self.find_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(text_label(NOTICE, "notice"))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.side)
        self._splitter.addWidget(content)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self._splitter, 1)
        self.setCentralWidget(whole)

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
        self.bar.search.results_requested.connect(self.search.focus_results)
        self.bar.search.open_requested.connect(self.open_item)
        self.search.hit_requested.connect(self._on_hit_requested)
        self.search.results_shown.connect(self._on_results_shown)
        self.side.place_requested.connect(self.go)
        self.side.open_requested.connect(self.open_item)
        for page in (self.home, self.topic, self.reader, self.procedure, self.search):
            page.open_requested.connect(self.open_item)
        self.case.open_requested.connect(self.open_item)
        self.library.open_requested.connect(self.open_item)
        self.terms.open_requested.connect(self.open_item)
        self.case.leave_requested.connect(self._on_leave_requested)
        for starting in (self.home, self.procedure, self.cases):
            starting.case_requested.connect(self.open_case)
        self.case.case_requested.connect(self._on_case_kept)
        self.cases.home_requested.connect(partial(self.go, HOME))
        self.search.home_requested.connect(partial(self.go, HOME))
        for asking in (self.settings, self.welcome):
            asking.region_requested.connect(self._on_region_requested)
        self.welcome.finished.connect(partial(self.go, HOME))
        SizeWheel(self).stepped.connect(self.bar.step_text_size)

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

    def begin(self) -> None:
        """Show the first page: once what the guide can do, later where the program was left."""
        settings = self._context.services.settings
        left_at = self._where.left_at
        if not settings.current.welcomed:
            self._show(Location(Place.WELCOME))
            try:
                settings.update(welcomed=True)
            except DataError as error:
                self._on_task_failed(error)
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
        self._tools.leave()
        if self._where.arrive(location):
            self.message.leave_page()
        trail = self._where.trail
        self.bar.show_trail(trail.can_go_back, trail.can_go_forward)
        if location.place is not Place.SEARCH:
            self.bar.search.show_query("")
            self.search.stop()
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
                self.search.search(location.value)
                self.pages.setCurrentWidget(self.search)
            case Place.CASE:
                self.case.show_case(location.value)
                self.pages.setCurrentWidget(self.case)
            case fixed:
                page = self._fixed[fixed]
                page.load()
                self.pages.setCurrentWidget(page)
        if location.place is not Place.ITEM:
            self._where.scroll_to(position)

    def _on_page_read(self, location: Location, position: Position, view: PageView) -> None:
        if self._where.shown != location:
            return
        kind = view.item.kind
        if kind is Kind.TOPIC:
            self.topic.show_topic(view)
            self.pages.setCurrentWidget(self.topic)
        elif kind is Kind.PROCEDURE:
            self.pages.setCurrentWidget(self.procedure)
            self.procedure.show_procedure(view)
        else:
            self.pages.setCurrentWidget(self.reader)
            self.reader.show_page(view, self._opened_for[1] if self._opened_for else ())
        self._tools.show_view(view)
        self._where.scroll_to(position)
        self._tell_shown(view.item.title)
        if kind is Kind.TOPIC:
            return
        call = partial(self._context.services.reading.note_visit, view.item.id, view.item.title)
        self._context.tasks.run(call, self._on_noted, self)

    def _tell_shown(self, title: str) -> None:
        """Say which page it is to those who cannot see that another has come."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, title))
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
            self.search.focus_results_when_shown()

    def _on_results_shown(self, item_ids: frozenset[str]) -> None:
        self.bar.search.make_way()
        self.side.show_only(item_ids)

    def _on_hit_requested(self, hit: Hit) -> None:
        """Open a result; what was found in it is marked until its page is left."""
        current = self._where.trail.current
        if current is not None and current.place is Place.SEARCH:
            self._note_query(current.value)
        location = Location(Place.ITEM, hit.passage.item_id)
        self._opened_for = location, found_words(hit)
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
        self.side.load()
        self._make_room()
        self._show_again(self._position)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if settings.region != before.region and self._where.shown != Location(Place.SETTINGS):
            self._show_again(self._where.position)
        if (settings.no_trace, settings.reopen) != (before.no_trace, before.reopen):
            self._where.keep_left_at()

    def _on_region_requested(self) -> None:
        RegionDialog(self._context, self).open()

    def show_records(self) -> None:
        """Show the backups, and the way to take everything along."""
        # Seldom wanted, so that no start has to wait for it.
        from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog

        RecordsDialog(self._context, self).open()

    def _on_help_requested(self) -> None:
        HelpDialog(self._context, self).open()

    def _on_about_requested(self) -> None:
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
