"""Builds every long-lived object once and hands it on by constructor; loads no Qt."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.services.case_service import CaseService
from yibao_desktop.services.guide_service import GuideService
from yibao_desktop.services.procedure_service import ProcedureService
from yibao_desktop.services.reading_service import ReadingService
from yibao_desktop.services.records_service import RecordsService
from yibao_desktop.services.search_service import SearchService
from yibao_desktop.settings import SettingsStore
from yibao_desktop.store.content_file import open_content
from yibao_desktop.store.recovery import open_user_database

_SPARE_USED = "已经换成备用的一份，可以照常用。"

_log = logging.getLogger(__name__)


class ContentServices:
    """What needs only the content database.

    Attributes:
        news: what the user must be told about the opening of the content; empty where all is well.
    """

    def __init__(self, paths: Paths) -> None:
        """Open the content.

        Raises:
            DataError: the content database cannot be used.
        """
        self.paths = paths
        self.content, damage = open_content(paths.content_database, paths.cache)
        self.news = f"{damage}{_SPARE_USED}{damage.hint}" if damage else ""
        self.guide = GuideService(self.content)
        self.search = SearchService(self.content)
        self.procedures = ProcedureService(self.content)

    def close(self) -> None:
        """Let go of the file."""
        self.content.close()


class RecordServices:
    """What needs only the user's records."""

    def __init__(self, paths: Paths) -> None:
        """Open the records, whatever happened to them."""
        self.user, incident = open_user_database(paths.user_database, paths.migrations)
        self.records = RecordsService(self.user, paths.migrations, incident)

    def close(self) -> None:
        """Let go of the file; what changed is backed up if that is due."""
        self.user.close()
        try:
            self.records.keep()
        except DataError:
            _log.warning("no backup could be made")


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the window works with."""

    paths: Paths
    guide: GuideService
    search: SearchService
    procedures: ProcedureService
    cases: CaseService
    reading: ReadingService
    records: RecordsService
    settings: SettingsStore
    _content: ContentServices
    _records: RecordServices

    @property
    def content_version(self) -> str:
        """Identifies the content."""
        return self._content.content.version

    @property
    def news(self) -> list[str]:
        """What the user must be told about the opening of the databases."""
        return [text for text in (self._content.news, self.records.news) if text]

    def close(self) -> None:
        """Let go of both databases; what changed of the user's is backed up if that is due."""
        self._content.close()
        self._records.close()


def open_services(paths: Paths) -> Services:
    """Open both databases and the settings.

    Raises:
        DataError: the content cannot be used, nor its spare copy.
    """
    content = ContentServices(paths)
    try:
        kept = RecordServices(paths)
    except Exception:
        content.close()
        raise
    settings = SettingsStore(paths.settings)
    user = kept.user
    return Services(
        paths=paths,
        guide=content.guide,
        search=content.search,
        procedures=content.procedures,
        cases=CaseService(user, content.content, content.procedures),
        reading=ReadingService(user, settings),
        records=kept.records,
        settings=settings,
        _content=content,
        _records=kept,
    )
