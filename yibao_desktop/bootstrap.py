"""Builds every long-lived object once and hands it on by constructor; loads no Qt."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from yibao_desktop.paths import Paths
from yibao_desktop.settings import SettingsStore

if TYPE_CHECKING:
    from yibao_desktop.services.case_service import CaseService
    from yibao_desktop.services.guide_service import GuideService
    from yibao_desktop.services.procedure_service import ProcedureService
    from yibao_desktop.services.reading_service import ReadingService
    from yibao_desktop.services.search_service import SearchService


class ContentServices:
    """What needs only the content database."""

    def __init__(self, paths: Paths) -> None:
        """Open the content.

        Raises:
            DataError: the content database cannot be used.
        """
        from yibao_desktop.services.guide_service import GuideService
        from yibao_desktop.services.search_service import SearchService
        from yibao_desktop.store.content_repository import ContentRepository

        self.paths = paths
        self.content = ContentRepository(paths.content_database)
        self.guide = GuideService(self.content)
        self.search = SearchService(self.content)

    @cached_property
    def procedures(self) -> ProcedureService:
        """Plans; browsing and searching need not load them."""
        from yibao_desktop.services.procedure_service import ProcedureService

        return ProcedureService(self.content)

    def close(self) -> None:
        """Let go of the file."""
        self.content.close()


class UserServices:
    """What needs the user database, too."""

    def __init__(self, paths: Paths, content: ContentServices, settings: SettingsStore) -> None:
        """Open the user database, creating or upgrading it.

        Raises:
            DataError: it cannot be used.
        """
        from yibao_desktop.services.case_service import CaseService
        from yibao_desktop.services.reading_service import ReadingService
        from yibao_desktop.store.user_database import UserDatabase

        self.database = UserDatabase(paths.user_database, paths.migrations)
        self.cases = CaseService(self.database, content.content, content.procedures)
        self.reading = ReadingService(self.database, settings)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()


class Services:
    """Everything the window works with.

    The settings are there at once. What works with a database is loaded, and the database opened,
    by ``open_guide`` and ``open_records``, or else when it is first asked for: so the window need
    not wait for it.
    """

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.settings = SettingsStore(paths.settings)

    @cached_property
    def _content(self) -> ContentServices:
        return ContentServices(self.paths)

    @cached_property
    def _user(self) -> UserServices:
        return UserServices(self.paths, self._content, self.settings)

    @property
    def guide(self) -> GuideService:
        """Browsing."""
        return self._content.guide

    @property
    def search(self) -> SearchService:
        """Searching."""
        return self._content.search

    @property
    def procedures(self) -> ProcedureService:
        """Plans."""
        return self._content.procedures

    @property
    def cases(self) -> CaseService:
        """What is under way."""
        return self._user.cases

    @property
    def reading(self) -> ReadingService:
        """Bookmarks and history."""
        return self._user.reading

    @property
    def content_version(self) -> str:
        """Identifies the content."""
        return self._content.content.version

    def open_guide(self) -> None:
        """Open the content database.

        Raises:
            DataError: it cannot be used.
        """
        _ = self._content

    def open_records(self) -> None:
        """Open the user database, creating or upgrading it.

        Raises:
            DataError: it cannot be used.
        """
        _ = self._user

    def close(self) -> None:
        """Let go of both databases."""
        for opened in ("_content", "_user"):
            if opened in self.__dict__:
                self.__dict__.pop(opened).close()


def open_services(paths: Paths) -> Services:
    """Open both databases and the settings.

    Raises:
        DataError: a database cannot be used.
    """
    services = Services(paths)
    try:
        services.open_guide()
        services.open_records()
    except Exception:
        services.close()
        raise
    return services
