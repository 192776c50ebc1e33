"""The pages of the window, each made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Place
from yibao_desktop.ui.widgets.base.page_stack import PageStack

# The modules of the pages are loaded with the first page of their kind: together they cost more
# than all the rest of a start.
if TYPE_CHECKING:
    from yibao_desktop.ui.pages.case_page import CasePage
    from yibao_desktop.ui.pages.cases_page import CasesPage
    from yibao_desktop.ui.pages.draft_page import DraftPage
    from yibao_desktop.ui.pages.drafts_page import DraftsPage
    from yibao_desktop.ui.pages.frequent_page import FrequentPage
    from yibao_desktop.ui.pages.home_page import HomePage
    from yibao_desktop.ui.pages.library_page import LibraryPage
    from yibao_desktop.ui.pages.procedure_page import ProcedurePage
    from yibao_desktop.ui.pages.reader_page import ReaderPage
    from yibao_desktop.ui.pages.search_page import SearchPage
    from yibao_desktop.ui.pages.settings_page import SettingsPage
    from yibao_desktop.ui.pages.sources_page import SourcesPage
    from yibao_desktop.ui.pages.terms_page import TermsPage
    from yibao_desktop.ui.pages.topic_page import TopicPage
    from yibao_desktop.ui.pages.welcome_page import WelcomePage

    FixedPage = (
        HomePage
        | FrequentPage
        | CasesPage
        | LibraryPage
        | TermsPage
        | SourcesPage
        | SettingsPage
        | WelcomePage
        | DraftsPage
    )
    """Pages there is one of, filled by ``load``."""

P = TypeVar("P", bound=QWidget)


class WindowPages(PageStack):
    """Makes the pages and shows one at a time."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def is_there(self, name: str) -> bool:
        """Whether the page of this name has been made."""
        return name in self.__dict__

    def fixed(self, place: Place) -> FixedPage:
        """The page of a place there is one of.

        Raises:
            KeyError: the place has many pages.
        """
        page: FixedPage = getattr(self, _FIXED[place])
        return page

    @cached_property
    def home(self) -> HomePage:
        """Where one begins."""
        from yibao_desktop.ui.pages.home_page import HomePage

        return self._added(HomePage(self._context))

    @cached_property
    def topic(self) -> TopicPage:
        """What there is on a topic."""
        from yibao_desktop.ui.pages.topic_page import TopicPage

        return self._added(TopicPage(self._context))

    @cached_property
    def reader(self) -> ReaderPage:
        """Articles, answers and terms."""
        from yibao_desktop.ui.pages.reader_page import ReaderPage

        return self._added(ReaderPage(self._context))

    @cached_property
    def procedure(self) -> ProcedurePage:
        """A procedure before it is begun."""
        from yibao_desktop.ui.pages.procedure_page import ProcedurePage

        return self._added(ProcedurePage(self._context))

    @cached_property
    def search(self) -> SearchPage:
        """What was found."""
        from yibao_desktop.ui.pages.search_page import SearchPage

        return self._added(SearchPage(self._context))

    @cached_property
    def case(self) -> CasePage:
        """A procedure under way."""
        from yibao_desktop.ui.pages.case_page import CasePage

        return self._added(CasePage(self._context))

    @cached_property
    def cases(self) -> CasesPage:
        """All procedures under way, and those done."""
        from yibao_desktop.ui.pages.cases_page import CasesPage

        return self._added(CasesPage(self._context))

    @cached_property
    def library(self) -> LibraryPage:
        """Bookmarks and history."""
        from yibao_desktop.ui.pages.library_page import LibraryPage

        return self._added(LibraryPage(self._context))

    @cached_property
    def frequent(self) -> FrequentPage:
        """What people ask most."""
        from yibao_desktop.ui.pages.frequent_page import FrequentPage

        return self._added(FrequentPage(self._context))

    @cached_property
    def sources(self) -> SourcesPage:
        """The web articles the guide is drawn from."""
        from yibao_desktop.ui.pages.sources_page import SourcesPage

        return self._added(SourcesPage(self._context))

    @cached_property
    def terms(self) -> TermsPage:
        """The glossary."""
        from yibao_desktop.ui.pages.terms_page import TermsPage

        return self._added(TermsPage(self._context))

    @cached_property
    def settings(self) -> SettingsPage:
        """What can be set."""
        from yibao_desktop.ui.pages.settings_page import SettingsPage

        return self._added(SettingsPage(self._context))

    @cached_property
    def welcome(self) -> WelcomePage:
        """What the guide can do, at the first start."""
        from yibao_desktop.ui.pages.welcome_page import WelcomePage

        return self._added(WelcomePage(self._context))

    def forget(self) -> None:
        """Take the pages apart that show what somebody did; they are made anew when wanted.

        The settings are nobody's in particular.
        """
        for name in [
            n for n in self.__dict__ if isinstance(getattr(type(self), n, None), cached_property)
        ]:
            if name != _FIXED[Place.SETTINGS]:
                page = self.__dict__.pop(name)
                self.removeWidget(page)
                page.deleteLater()

    @cached_property
    def drafts(self) -> DraftsPage:
        """Content packs being made."""
        from yibao_desktop.ui.pages.drafts_page import DraftsPage

        return self._added(DraftsPage(self._context))

    @cached_property
    def draft(self) -> DraftPage:
        """One of them."""
        from yibao_desktop.ui.pages.draft_page import DraftPage

        return self._added(DraftPage(self._context))

    def _added(self, page: P) -> P:
        self.addWidget(page)
        return page


_FIXED = {
    Place.HOME: "home",
    Place.CASES: "cases",
    Place.LIBRARY: "library",
    Place.FREQUENT: "frequent",
    Place.TERMS: "terms",
    Place.SOURCES: "sources",
    Place.SETTINGS: "settings",
    Place.WELCOME: "welcome",
    Place.DRAFTS: "drafts",
}
