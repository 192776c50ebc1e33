"""Builds every long-lived object once and hands it on by constructor; loads no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from yibao_desktop.paths import Paths
from yibao_desktop.services.case_service import CaseService
from yibao_desktop.services.guide_service import GuideService
from yibao_desktop.services.procedure_service import ProcedureService
from yibao_desktop.services.reading_service import ReadingService
from yibao_desktop.services.search_service import SearchService
from yibao_desktop.settings import SettingsStore
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.user_database import UserDatabase


class ContentServices:
    """What needs only the content database."""

    def __init__(self, paths: Paths) -> None:
        """Open the content.

        Raises:
            DataError: the content database cannot be used.
        """
        self.paths = paths
        self.content = ContentRepository(paths.content_database)
        self.guide = GuideService(self.content)
        self.search = SearchService(self.content)
        self.procedures = ProcedureService(self.content)

    def close(self) -> None:
        """Let go of the file."""
        self.content.close()


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the window works with."""

    paths: Paths
    guide: GuideService
    search: SearchService
    procedures: ProcedureService
    cases: CaseService
    reading: ReadingService
    settings: SettingsStore
    _content: ContentServices
    _user: UserDatabase

    @property
    def content_version(self) -> str:
        """Identifies the content."""
        return self._content.content.version

    def close(self) -> None:
        """Let go of both databases."""
        self._content.close()
        self._user.close()


def open_services(paths: Paths) -> Services:
    """Open both databases and the settings.

    Raises:
        DataError: a database cannot be used.
    """
    content = ContentServices(paths)
    try:
        user = UserDatabase(paths.user_database, paths.migrations)
    except Exception:
        content.close()
        raise
    settings = SettingsStore(paths.settings)
    return Services(
        paths=paths,
        guide=content.guide,
        search=content.search,
        procedures=content.procedures,
        cases=CaseService(user, content.content, content.procedures),
        reading=ReadingService(user, settings),
        settings=settings,
        _content=content,
        _user=user,
    )
