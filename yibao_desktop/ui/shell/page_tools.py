"""What the menu can do with the page shown: find, copy, keep, go to the next one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from yibao_desktop.services.guide_service import PageView, TopicView
from yibao_desktop.ui.common.actions import Act, Actions
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.pages.reader_page import ReaderPage
from yibao_desktop.ui.shell.finders import Finder, LabelFinder, TextFinder
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make, Printable
from yibao_desktop.ui.widgets.reading.bookmark_button import BookmarkButton
from yibao_desktop.ui.widgets.reading.find_bar import FindBar


class PageTools(QObject):
    """Carries the actions out on whichever page is in front."""

    def __init__(
        self,
        pages: QStackedWidget,
        bar: FindBar,
        actions: Actions,
        open_item: Callable[[str], None],
        context: UiContext,
    ) -> None:
        super().__init__(pages)
        self._context = context
        self._handouts = HandoutActions(context, pages)
        self._pages = pages
        self._bar = bar
        self._actions = actions
        self._open_item = open_item
        self._finder: Finder | None = None
        self._found = 0
        self._number = 0
        self._neighbours: dict[Act, str] = {}
        self._connect_signals()
        context.tasks.idle.connect(self._on_tasks_idle)
        self.leave()
        self._on_page_changed()

    def _connect_signals(self) -> None:
        self._actions.on(Act.FIND, self.open_bar)
        self._actions.on(Act.FIND_NEXT, partial(self._on_step_asked, 1))
        self._actions.on(Act.FIND_PREVIOUS, partial(self._on_step_asked, -1))
        self._actions.on(Act.COPY, self._on_copy_asked)
        self._actions.on(Act.BOOKMARK, self._on_bookmark_asked)
        self._actions.on(Act.PRINT, partial(self._on_handout_asked, self._handouts.print))
        self._actions.on(Act.SAVE_PDF, partial(self._on_handout_asked, self._handouts.save_pdf))
        for act in (Act.EARLIER, Act.LATER):
            self._actions.on(act, partial(self._on_neighbour_asked, act))
        self._bar.words_changed.connect(self._on_words_changed)
        self._bar.step_requested.connect(self._on_step_asked)
        self._bar.closed.connect(self._on_bar_closed)
        self._pages.currentChanged.connect(self._on_page_changed)

    def leave(self) -> None:
        """Another page is coming: what was found on the old one is of no use there."""
        self._bar.close_bar()
        self._show_neighbours({})

    def show_view(self, view: PageView | TopicView) -> None:
        """A page of the guide is in front."""
        around = {Act.EARLIER: view.before, Act.LATER: view.after}
        self._show_neighbours({act: item.id for act, item in around.items() if item is not None})
        self._on_page_changed()
        self._forget_found()
        self._on_tasks_idle()

    def open_bar(self) -> None:
        """Let words be typed; what is selected in the text is taken for them."""
        page = self._page
        text = page.browser.textCursor().selectedText() if isinstance(page, ReaderPage) else ""
        self._bar.open_bar(text)
        self._find()

    @property
    def _page(self) -> QWidget | None:
        """The page in front; None while the window has none yet."""
        return self._pages.currentWidget()

    def _show_neighbours(self, neighbours: dict[Act, str]) -> None:
        self._neighbours = neighbours
        for act in (Act.EARLIER, Act.LATER):
            self._actions[act].setEnabled(act in neighbours)

    def _bookmark_button(self) -> BookmarkButton | None:
        page = self._page
        if page is None:
            return None
        buttons = page.findChildren(BookmarkButton)
        return next((b for b in buttons if b.isVisibleTo(page)), None)

    # -- finding ------------------------------------------------------------------------------

    def _find(self) -> None:
        """Look anew: pages made of widgets are made anew when something on them changes."""
        page = self._page
        if page is None:
            return
        if self._finder is None:
            colors = self._context.theme.colors
            self._finder = (
                TextFinder(page.browser)
                if isinstance(page, ReaderPage)
                else LabelFinder(page, colors)
            )
        self._found = self._finder.find(self._bar.words)
        self._number = min(self._number, max(0, self._found - 1))
        if self._found:
            self._finder.show(self._number)
        self._bar.show_count(self._number + 1 if self._found else 0, self._found)

    def _forget_found(self) -> None:
        if self._finder is not None:
            self._finder.clear()
        self._finder, self._found, self._number = None, 0, 0

    def _on_words_changed(self, _words: str) -> None:
        self._number = 0
        if not self._bar.isHidden():
            self._find()

    def _on_tasks_idle(self) -> None:
        """The page may have been on its way still when it was looked at or words were typed."""
        self._on_page_changed()
        if not self._bar.isHidden() and self._bar.words and not self._found:
            self._find()

    def _on_step_asked(self, step: int) -> None:
        if self._bar.isHidden():
            self.open_bar()
        elif self._found:
            self._number = (self._number + step) % self._found
            self._find()

    def _on_bar_closed(self) -> None:
        self._forget_found()
        if self._page is not None:
            self._page.setFocus()

    # -- the page -----------------------------------------------------------------------------

    def _on_page_changed(self) -> None:
        self._actions[Act.COPY].setEnabled(isinstance(self._page, ReaderPage))
        self._actions[Act.BOOKMARK].setEnabled(self._bookmark_button() is not None)
        for act in (Act.PRINT, Act.SAVE_PDF):
            self._actions[act].setEnabled(self._handout() is not None)

    def _on_handout_asked(self, take: Callable[[Make], None]) -> None:
        make = self._handout()
        if make is not None:
            take(make)

    def _handout(self) -> Make | None:
        page: object = self._page
        return page.handout() if isinstance(page, Printable) else None

    def _on_copy_asked(self) -> None:
        if isinstance(self._page, ReaderPage):
            self._page.copy()

    def _on_bookmark_asked(self) -> None:
        button = self._bookmark_button()
        if button is not None:
            button.click()

    def _on_neighbour_asked(self, act: Act) -> None:
        self._open_item(self._neighbours[act])
