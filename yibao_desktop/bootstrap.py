"""Builds every long-lived object once and hands it on by constructor; loads no Qt."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.settings import SettingsStore

if TYPE_CHECKING:
    from yibao_desktop.services.case_service import CaseService
    from yibao_desktop.services.guide_service import GuideService
    from yibao_desktop.services.procedure_service import ProcedureService
    from yibao_desktop.services.reading_service import ReadingService
    from yibao_desktop.services.records_service import RecordsService
    from yibao_desktop.services.search_service import SearchService

_SPARE_USED = "已经换成备用的一份，可以照常用。"

_log = logging.getLogger(__name__)


class ContentServices:
    """What needs only the content database.

    Attributes:
        news: what the user must be told about the opening of the content; empty where all is well.
    """

    def __init__(self, paths: Paths, clock: Clock = SYSTEM_CLOCK) -> None:
        """Open the content.

        Raises:
            DataError: the content database cannot be used.
        """
        from yibao_desktop.services.guide_service import GuideService
        from yibao_desktop.services.search_service import SearchService
        from yibao_desktop.store.content_file import open_content

        self.paths = paths
        self.clock = clock
        self.content, damage = open_content(paths.content_database, paths.cache)
        self.news = f"{damage}{_SPARE_USED}{damage.hint}" if damage else ""
        self.guide = GuideService(self.content)
        self.search = SearchService(self.content, paths.resources)

    @cached_property
    def procedures(self) -> ProcedureService:
        """Plans; browsing and searching need not load them."""
        from yibao_desktop.services.procedure_service import ProcedureService

        return ProcedureService(self.content)

    def close(self) -> None:
        """Let go of the file."""
        self.content.close()


class RecordServices:
    """What needs only the user's records."""

    def __init__(self, paths: Paths, clock: Clock = SYSTEM_CLOCK) -> None:
        """Open the records, whatever happened to them."""
        from yibao_desktop.services.records_service import RecordsService
        from yibao_desktop.store.recovery import open_user_database

        self.user, incident = open_user_database(paths.user_database, paths.migrations, clock)
        self.records = RecordsService(self.user, paths.migrations, clock, incident)

    def close(self) -> None:
        """Let go of the file; what changed is backed up if that is due."""
        self.user.close()
        try:
            self.records.keep()
        except DataError:
            _log.warning("no backup could be made")


class Services:
    """Everything the window works with.

    The settings are there at once. What works with a database is loaded, and the database opened,
    by ``open_guide`` and ``open_records``, or else when it is first asked for: so the window need
    not wait for it.
    """

    def __init__(self, paths: Paths, clock: Clock = SYSTEM_CLOCK) -> None:
        self.paths = paths
        self.clock = clock
        self.settings = SettingsStore(paths.settings)

    @cached_property
    def _content(self) -> ContentServices:
        return ContentServices(self.paths, self.clock)

    @cached_property
    def _records(self) -> RecordServices:
        return RecordServices(self.paths, self.clock)

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

    @cached_property
    def cases(self) -> CaseService:
        """What is under way."""
        from yibao_desktop.services.case_service import CaseService

        return CaseService(self._records.user, self._content.content, self.procedures, self.clock)

    @cached_property
    def reading(self) -> ReadingService:
        """Bookmarks and history."""
        from yibao_desktop.services.reading_service import ReadingService

        return ReadingService(self._records.user, self.settings, self.clock)

    @property
    def records(self) -> RecordsService:
        """Backups of what is the user's."""
        return self._records.records

    @property
    def news(self) -> list[str]:
        """What the user must be told about the opening of the databases."""
        return [text for text in (self._content.news, self.records.news) if text]

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
        """Open the user's records, whatever happened to them."""
        _ = self._records

    def close(self) -> None:
        """Let go of both databases; what changed of the user's is backed up if that is due."""
        for opened in ("_content", "_records"):
            if opened in self.__dict__:
                self.__dict__.pop(opened).close()


def open_services(paths: Paths, clock: Clock = SYSTEM_CLOCK) -> Services:
    """Open both databases and the settings.

    Raises:
        DataError: the content cannot be used, nor its spare copy.
    """
    services = Services(paths, clock)
    try:
        services.open_guide()
        services.open_records()
    except Exception:
        services.close()
        raise
    return services
