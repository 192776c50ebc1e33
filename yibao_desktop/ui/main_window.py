"""The one window: wires the bar, the tree and the pages together."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.kinds import Kind
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import Settings
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import HOME, Location, Message, Place, Trail
from yibao_desktop.ui.side_bar import SideBar
from yibao_desktop.ui.tasks import Lane
from yibao_desktop.ui.top_bar import TopBar
from yibao_desktop.ui.widgets.labels import text_label
from yibao_desktop.ui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from yibao_desktop.search.results import Hit
    from yibao_desktop.services.guide_service import PageView
    from yibao_desktop.ui.pages.case_page import CasePage
    from yibao_desktop.ui.pages.cases_page import CasesPage
    from yibao_desktop.ui.pages.home_page import HomePage
    from yibao_desktop.ui.pages.library_page import LibraryPage
    from yibao_desktop.ui.pages.procedure_page import ProcedurePage
    from yibao_desktop.ui.pages.reader_page import ReaderPage
    from yibao_desktop.ui.pages.search_page import SearchPage
    from yibao_desktop.ui.pages.terms_page import TermsPage
    from yibao_desktop.ui.pages.topic_page import TopicPage

P = TypeVar("P", bound=QWidget)

SMALLEST = (640, 480)
FIRST_SIZE = (1180, 800)
NARROW_IN_CHARACTERS = 56
"""In a window less wide than so many characters the topic tree makes room for the page."""


class MainWindow(QMainWindow):
    """Shows one page at a time and keeps the way back.

    A page, and a dialog, is loaded when it is first shown: the window need not wait for all of
    them.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._trail = Trail()
        self._region = context.services.settings.current.region
        self._opened_for: tuple[Location, tuple[str, ...]] | None = None
        self._tree_wanted: bool | None = None
        self._narrow = False
        self._build_ui()
        self._connect_signals()
        self._add_shortcuts()
        self._restore()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("医保指南"))
        self.setMinimumSize(*SMALLEST)
        # From the outside in: a widget that moves takes everything below it through the styles.
        whole = QWidget(self)
        self.setCentralWidget(whole)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.bar = TopBar(self._context, whole)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, whole)
        rows.addWidget(self.bar)
        rows.addWidget(self._splitter, 1)
        self.side = SideBar(self._context, self._splitter)
        content = QWidget(self._splitter)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.message = MessageBar(self._context, content)
        self.pages = QStackedWidget(content)
        column.addWidget(self.message)
        column.addWidget(self.pages, 1)
        column.addWidget(text_label(NOTICE, "notice"))
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)

    def _added(self, page: P) -> P:
        self.pages.addWidget(page)
        return page

    @cached_property
    def home(self) -> HomePage:
        """Where one begins."""
        from yibao_desktop.ui.pages.home_page import HomePage

        page = self._added(HomePage(self._context))
        page.open_requested.connect(self.open_item)
        page.case_requested.connect(self.open_case)
        return page

    @cached_property
    def topic(self) -> TopicPage:
        """What there is on a topic."""
        from yibao_desktop.ui.pages.topic_page import TopicPage

        page = self._added(TopicPage(self._context))
        page.open_requested.connect(self.open_item)
        return page

    @cached_property
    def reader(self) -> ReaderPage:
        """Articles, answers and terms."""
        from yibao_desktop.ui.pages.reader_page import ReaderPage

        page = self._added(ReaderPage(self._context))
        page.open_requested.connect(self.open_item)
        return page

    @cached_property
    def procedure(self) -> ProcedurePage:
        """A procedure before it is begun."""
        from yibao_desktop.ui.pages.procedure_page import ProcedurePage

        page = self._added(ProcedurePage(self._context))
        page.open_requested.connect(self.open_item)
        page.case_requested.connect(self.open_case)
        return page

    @cached_property
    def search(self) -> SearchPage:
        """Results."""
        from yibao_desktop.ui.pages.search_page import SearchPage

        page = self._added(SearchPage(self._context))
        page.open_requested.connect(self.open_item)
        page.hit_requested.connect(self._on_hit_requested)
        page.results_shown.connect(self._on_results_shown)
        page.home_requested.connect(partial(self.go, HOME))
        return page

    @cached_property
    def case(self) -> CasePage:
        """A procedure under way."""
        from yibao_desktop.ui.pages.case_page import CasePage

        page = self._added(CasePage(self._context))
        page.open_requested.connect(self.open_item)
        page.leave_requested.connect(self._on_leave_requested)
        return page

    @cached_property
    def cases(self) -> CasesPage:
        """All procedures under way, and those done."""
        from yibao_desktop.ui.pages.cases_page import CasesPage

        page = self._added(CasesPage(self._context))
        page.case_requested.connect(self.open_case)
        page.home_requested.connect(partial(self.go, HOME))
        return page

    @cached_property
    def library(self) -> LibraryPage:
        """Bookmarks and history."""
        from yibao_desktop.ui.pages.library_page import LibraryPage

        page = self._added(LibraryPage(self._context))
        page.open_requested.connect(self.open_item)
        return page

    @cached_property
    def terms(self) -> TermsPage:
        """The glossary."""
        from yibao_desktop.ui.pages.terms_page import TermsPage

        page = self._added(TermsPage(self._context))
        page.open_requested.connect(self.open_item)
        return page

    def _connect_signals(self) -> None:
        context = self._context
        context.tasks.failed.connect(self._on_task_failed)
        context.events.message_requested.connect(self.message.show_message)
        context.events.open_requested.connect(self.go)
        context.events.changed.connect(self._on_changed)
        context.theme.changed.connect(self._on_theme_changed)
        context.services.settings.listen(self._on_settings_changed)
        self.bar.back_requested.connect(self._on_back_requested)
        self.bar.forward_requested.connect(self._on_forward_requested)
        self.bar.home_requested.connect(partial(self.go, HOME))
        self.bar.cases_requested.connect(partial(self.go, Location(Place.CASES)))
        self.bar.library_requested.connect(partial(self.go, Location(Place.LIBRARY)))
        self.bar.terms_requested.connect(partial(self.go, Location(Place.TERMS)))
        self.bar.region_requested.connect(self._on_region_requested)
        self.bar.help_requested.connect(self._on_help_requested)
        self.bar.about_requested.connect(self._on_about_requested)
        self.bar.quit_requested.connect(self.close)
        self.bar.tree_toggled.connect(self._on_tree_toggled)
        self.bar.search.query_changed.connect(self._on_query_changed)
        self.bar.search.query_submitted.connect(self._on_query_submitted)
        self.bar.search.results_requested.connect(self._on_results_requested)
        self.bar.search.open_requested.connect(self.open_item)
        self.side.place_requested.connect(self.go)
        self.side.open_requested.connect(self.open_item)

    def _add_shortcuts(self) -> None:
        for keys, slot in (
            ("Ctrl+K", self.focus_search),
            ("Alt+Left", self._on_back_requested),
            ("Alt+Right", self._on_forward_requested),
            ("Ctrl++", partial(self.bar.step_text_size, 1)),
            ("Ctrl+=", partial(self.bar.step_text_size, 1)),
            ("Ctrl+-", partial(self.bar.step_text_size, -1)),
            ("Ctrl+0", partial(self.bar.step_text_size, 0)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def show_guide(self) -> None:
        """Fill the topic tree; the content has been opened."""
        self.bar.search.load_entries()
        self.side.load_tree()

    def show_records(self) -> None:
        """Show the home page and what is under way; the user's records have been opened."""
        self.bar.search.load_queries()
        self.side.count_cases()
        self.go(HOME)

    # -- going places -------------------------------------------------------------------------

    def go(self, location: Location) -> None:
        """Show a page and remember it."""
        self._trail.visit(location)
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

    def _show(self, location: Location) -> None:
        self.bar.show_trail(self._trail.can_go_back, self._trail.can_go_forward)
        if location.place is not Place.SEARCH:
            self.bar.search.show_query("")
            self._stop_search()
            self.side.show_only(())
        self.side.show_place(location)
        if self._opened_for and self._opened_for[0] != location:
            self._opened_for = None
        match location.place:
            case Place.HOME:
                self.home.load()
                self.pages.setCurrentWidget(self.home)
            case Place.ITEM:
                call = partial(self._context.services.guide.page, location.value)
                read = partial(self._on_page_read, location)
                self._context.tasks.run(call, read, self, lane=Lane.CONTENT)
            case Place.SEARCH:
                self.bar.search.show_query(location.value)
                self.search.search(location.value)
                self.pages.setCurrentWidget(self.search)
            case Place.CASE:
                self.case.show_case(location.value)
                self.pages.setCurrentWidget(self.case)
            case Place.CASES:
                self.cases.load()
                self.pages.setCurrentWidget(self.cases)
            case Place.LIBRARY:
                self.library.load()
                self.pages.setCurrentWidget(self.library)
            case Place.TERMS:
                self.terms.load()
                self.pages.setCurrentWidget(self.terms)

    def _on_page_read(self, location: Location, view: PageView) -> None:
        if self._trail.current != location:
            return
        kind = view.item.kind
        if kind is Kind.TOPIC:
            self.topic.show_topic(view)
            self.pages.setCurrentWidget(self.topic)
            return
        if kind is Kind.PROCEDURE:
            self.pages.setCurrentWidget(self.procedure)
            self.procedure.show_procedure(view)
        else:
            self.pages.setCurrentWidget(self.reader)
            self.reader.show_page(view, self._opened_for[1] if self._opened_for else ())
        call = partial(self._context.services.reading.note_visit, view.item.id, view.item.title)
        self._context.tasks.run(call, self._on_noted, self)

    def _on_noted(self, changes: Changes) -> None:
        self._context.events.changed.emit(changes)

    def _on_back_requested(self) -> None:
        if self._trail.can_go_back:
            self._show(self._trail.back())

    def _on_forward_requested(self) -> None:
        if self._trail.can_go_forward:
            self._show(self._trail.forward())

    def _on_leave_requested(self) -> None:
        """A case was left or is gone: there is no way back into it."""
        self._trail.replace(Location(Place.CASES))
        self._show(Location(Place.CASES))

    # -- search -------------------------------------------------------------------------------

    def _on_query_changed(self, query: str) -> None:
        current = self._trail.current
        searching = current is not None and current.place is Place.SEARCH
        if not query:
            if searching:
                self.go(HOME)
            return
        location = Location(Place.SEARCH, query)
        if searching:
            self._trail.replace(location)
            self._show(location)
        else:
            self.go(location)

    def _on_query_submitted(self, query: str) -> None:
        if query:
            self._note_query(query)
            self._on_query_changed(query)
            self.search.focus_results_when_shown()

    def _on_results_requested(self) -> None:
        self.search.focus_results()

    def _stop_search(self) -> None:
        if "search" in self.__dict__:  # nothing was searched for before the page was made
            self.search.stop()

    def _on_results_shown(self, item_ids: frozenset[str]) -> None:
        self.bar.search.make_way()
        self.side.show_only(item_ids)

    def _on_hit_requested(self, hit: Hit) -> None:
        """Open a result; what was found in it is marked until its page is left."""
        if self._trail.current is not None and self._trail.current.place is Place.SEARCH:
            self._note_query(self._trail.current.value)
        from yibao_desktop.ui.models.result_model import found_words

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

    def _on_theme_changed(self) -> None:
        self.side.show_looks()
        self.side.load_tree()
        self._make_room()
        if self._trail.current is not None:
            self._show(self._trail.current)

    def _on_settings_changed(self, settings: Settings) -> None:
        if settings.region != self._region:
            self._region = settings.region
            if self._trail.current is not None:
                self._show(self._trail.current)

    def _on_region_requested(self) -> None:
        from yibao_desktop.ui.dialogs.region_dialog import RegionDialog

        RegionDialog(self._context, self).open()

    def _on_help_requested(self) -> None:
        from yibao_desktop.ui.dialogs.help_dialog import HelpDialog

        HelpDialog(self._context, self).open()

    def _on_about_requested(self) -> None:
        from yibao_desktop.ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._context, self).open()

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

    def _state(self) -> QSettings:
        return QSettings(str(self._context.services.paths.window_state), QSettings.Format.IniFormat)

    def _restore(self) -> None:
        self.resize(*FIRST_SIZE)
        geometry = self._state().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood."""
        self._state().setValue("geometry", self.saveGeometry())
        super().closeEvent(event)
