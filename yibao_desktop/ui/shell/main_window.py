"""The one window: wires the bar, the tree and the pages together."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.guide.origin import THE_GUIDE
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import Settings
from yibao_desktop.ui.common.actions import Act, Actions
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME, TOP, Location, Message, Place
from yibao_desktop.ui.shell.double_clicks import DoubleClicks
from yibao_desktop.ui.shell.leaving import Leaving
from yibao_desktop.ui.shell.navigator import Navigator
from yibao_desktop.ui.shell.next_visitor import NextVisitor
from yibao_desktop.ui.shell.own_desk import OwnDesk
from yibao_desktop.ui.shell.search_flow import SearchFlow
from yibao_desktop.ui.shell.side_bar import SideBar
from yibao_desktop.ui.shell.term_cards import TermCards
from yibao_desktop.ui.shell.top_bar import TopBar
from yibao_desktop.ui.shell.undo_keys import UndoKeys
from yibao_desktop.ui.shell.wheel import SizeWheel
from yibao_desktop.ui.shell.window_dialogs import WindowDialogs
from yibao_desktop.ui.shell.window_pages import WindowPages
from yibao_desktop.ui.shell.window_place import first_place, kept_place
from yibao_desktop.ui.shell.window_state import WindowState
from yibao_desktop.ui.widgets.base.message_bar import MessageBar
from yibao_desktop.ui.widgets.base.notice_line import NoticeLine
from yibao_desktop.ui.widgets.reading.find_bar import FindBar
from yibao_desktop.ui.work.day_watch import DayWatch
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.services.guide_service import PageView, TopicView
    from yibao_desktop.ui.shell.page_tools import PageTools

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SMALLEST = (480, 340)


class MainWindow(QMainWindow):
    """Shows one page at a time; the bar, the tree and the menu lead from one to the other.

    A page, and a dialog, is loaded when it is first shown: the window need not wait for all of
    them.

    Attributes:
        navigator: shows pages.
        dialogs: what the menu opens over the pages.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._settings = context.services.settings.current
        self._state = WindowState(context.services.paths.window_state)
        self._position = TOP
        self._filled = False
        self._leaving = Leaving(context, self)
        self._build_ui()
        self.navigator = Navigator(self.pages, self._state, context)
        self._where = self.navigator.where
        self.dialogs = WindowDialogs(context, self)
        self._visitor = NextVisitor(context, self)
        self._desk = OwnDesk(context, self)
        self._cards = TermCards(context, self)
        SearchFlow(self.bar.search, self.pages, self.side, self.navigator, context)
        self._connect_signals()
        self._connect_actions()
        self._restore()

    def _build_ui(self) -> None:
        self.setWindowTitle("医保指南")
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
        self._notice = NoticeLine(content)
        column.addWidget(self._notice)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)

    @cached_property
    def _tools(self) -> PageTools:
        from yibao_desktop.ui.shell.page_tools import PageTools

        return PageTools(
            self.pages, self.find_bar, self.acts, self.navigator.open_item, self._context
        )

    def _connect_signals(self) -> None:
        context = self._context
        context.tasks.failed.connect(self._on_task_failed)
        context.events.message_requested.connect(self.message.show_message)
        context.events.changed.connect(self._on_changed)
        context.events.content_built.connect(self._on_content_built)
        self.acts[Act.UNDO].setEnabled(False)
        context.undo.changed.connect(self.acts[Act.UNDO].setEnabled)
        UndoKeys(self)
        DayWatch(context.services.clock, self).turned.connect(self._on_day_turned)
        context.theme.changing.connect(self._on_theme_changing)
        context.theme.changed.connect(self._on_theme_changed)
        context.services.settings.listen(self._on_settings_changed)
        self.navigator.arriving.connect(self._on_arriving)
        self.navigator.arriving.connect(self._cards.close_card)
        self.navigator.page_read.connect(self._on_page_read)
        self.side.place_requested.connect(self.go)
        self.side.open_requested.connect(self.open_item)
        self._visitor.forgotten.connect(self._on_visitor_forgotten)

    def _connect_actions(self) -> None:
        """Say what the menu and the keyboard do; what they do with a page is in ``PageTools``."""
        for act, location in (
            (Act.HOME, HOME),
            (Act.FREQUENT, Location(Place.FREQUENT)),
            (Act.CASES, Location(Place.CASES)),
            (Act.LIBRARY, Location(Place.LIBRARY)),
            (Act.TERMS, Location(Place.TERMS)),
            (Act.SOURCES, Location(Place.SOURCES)),
            (Act.SETTINGS, Location(Place.SETTINGS)),
            (Act.DRAFTS, Location(Place.DRAFTS)),
        ):
            self.acts.on(act, partial(self.go, location))
        self.acts[Act.DRAFTS].setVisible(self._settings.authoring)
        for act, slot in (
            (Act.BACK, self.navigator.back),
            (Act.FORWARD, self.navigator.forward),
            (Act.SEARCH, self.focus_search),
            (Act.UNDO, self._context.undo.take_back),
            (Act.TREE, self.side.toggle),
            (Act.REGION, self.dialogs.show_region),
            (Act.RECORDS, self.dialogs.show_records),
            (Act.PACKS, self.dialogs.show_packs),
            (Act.ADD_DOCUMENTS, self._desk.show_adding),
            (Act.NEXT_VISITOR, self._visitor.ask),
            (Act.HELP, self.dialogs.show_help),
            (Act.REPORT, self.dialogs.show_report),
            (Act.ABOUT, self.dialogs.show_about),
            (Act.QUIT, self._on_quit_requested),
        ):
            self.acts.on(act, slot)

    def show_guide(self) -> None:
        """Fill the topic tree; the content has been opened."""
        self._filled = True
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
            self.navigator.begin()
            if typed:
                self.bar.search.setText(typed)
        DoubleClicks(self.windowHandle())
        SizeWheel(self, self.pages).stepped.connect(self.bar.step_text_size)
        _ = self._tools  # from now on, with a page in front, the menu works with pages, too

    def go(self, location: Location) -> None:
        """Show a page and remember it."""
        self.navigator.go(location)

    def open_item(self, item_id: str) -> None:
        """Show the page of an item."""
        self.navigator.open_item(item_id)

    def open_case(self, case_id: str) -> None:
        """Show a case."""
        self.navigator.open_case(case_id)

    def focus_search(self) -> None:
        """Go to the search box with its text selected."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _on_arriving(self, location: Location, another: bool) -> None:
        if "_tools" in self.__dict__:  # which are loaded when they are first wanted
            self._tools.leave()
        if another:
            self.message.leave_page()
        self._notice.show_origin(THE_GUIDE)
        self.bar.show_trail(self._where.trail.can_go_back, self._where.trail.can_go_forward)
        self.side.show_place(location)

    def _on_page_read(self, view: PageView | TopicView) -> None:
        self._notice.show_origin(view.item.origin)
        self.side.show_item(view.item.id)
        self._tools.show_view(view)

    def _on_task_failed(self, error: YibaoError) -> None:
        self.message.show_message(Message.of(error))

    def _on_changed(self, changes: Changes) -> None:
        if changes.documents:
            self.side.load_tree()
        if changes.cases:
            self.side.count_cases()
            self._where.leave()
            self._where.keep_left_at()

    def _on_content_built(self) -> None:
        reopen = self._context.services.reopen_content
        self._context.tasks.run(reopen, self._on_content_reopened, self, lane=Lane.CONTENT)

    def _on_content_reopened(self, _: None) -> None:
        """Fill everything anew; what is being written is stored before its page is made anew."""
        self._save_fields()
        position = self._where.position
        self._cards.forget()
        self.pages.forget()
        self.show_guide()
        self.side.count_cases()
        self.navigator.show_changed(position)

    def _save_fields(self) -> None:
        if self.pages.is_there("case"):
            self.pages.case.plan.save_fields()
        if self.pages.is_there("draft"):
            self.pages.draft.flush()

    def _on_day_turned(self) -> None:
        """Days are counted anew; what is being written is stored before its field is made anew."""
        if not self._filled:
            return
        self._save_fields()
        self.navigator.show_again(self._where.position)

    def _on_theme_changing(self) -> None:
        self._position = self._where.position

    def _on_theme_changed(self) -> None:
        self.side.show_looks()
        self._make_room()
        if self._filled:
            self.side.load_tree()
            self.navigator.show_again(self._position)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        self.acts[Act.DRAFTS].setVisible(settings.authoring)
        if settings.region != before.region and self._where.shown != Location(Place.SETTINGS):
            self.navigator.show_again(self._where.position)
        if settings.region != before.region and self._filled:
            self.side.load_tree()  # what is for other places stands last
        kept = settings.leaves_no_trace, settings.reopen
        if kept != (before.leaves_no_trace, before.reopen):
            self._where.keep_left_at()
        if settings.counter != before.counter:
            self.side.make_room(self.width())
            self.navigator.show_again(self._where.position)

    def _on_quit_requested(self) -> None:
        self.close()

    def _on_visitor_forgotten(self) -> None:
        """Leave nothing on the screen, either."""
        self._context.undo.forget()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():  # what other programs put there is not ours to take away
            clipboard.clear()
        self.find_bar.forget()
        self.navigator.forget()
        self.go(HOME)
        self.side.fold()
        self.bar.search.forget()
        self.focus_search()
        self.message.show_message(Message("好了，可以换一位。存下来的办理和加的资料都还在。"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click on the button that has the focus would do."""
        focused = self.focusWidget()
        if event.key() in ENTER_KEYS and isinstance(focused, QAbstractButton):
            if not event.isAutoRepeat():
                focused.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tree go where there is no room for it, unless it was asked for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.side.make_room(self.width())
        self.bar.make_low(self.height())

    def _restore(self) -> None:
        geometry = self._state.geometry
        if geometry is None or not self.restoreGeometry(geometry):
            self.setGeometry(first_place(self.screen().availableGeometry()))
        elif not self.isMaximized() and not self.isFullScreen():
            self.setGeometry(kept_place(self.geometry(), self.screen().availableGeometry()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood and what it showed, once all that was written is kept."""
        self._save_fields()
        if not self._leaving.may_close():
            event.ignore()
            return
        self._state.keep_geometry(self.saveGeometry())
        self._where.leave()
        self._where.keep_left_at()
        self._state.save()
        super().closeEvent(event)
