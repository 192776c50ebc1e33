"""Builds every long-lived object once and hands it on by constructor; loads no Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from yibao_desktop.clock import SYSTEM_CLOCK, Clock
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.settings import SettingsStore

if TYPE_CHECKING:
    from yibao_desktop.packs.installed import PackFolder
    from yibao_desktop.services.backup_service import BackupService
    from yibao_desktop.services.case_service import CaseService
    from yibao_desktop.services.draft_service import DraftService
    from yibao_desktop.services.guide_service import GuideService
    from yibao_desktop.services.own_service import OwnService
    from yibao_desktop.services.pack_service import PackService
    from yibao_desktop.services.procedure_service import ProcedureService
    from yibao_desktop.services.reading_service import ReadingService
    from yibao_desktop.services.search_service import SearchService
    from yibao_desktop.store.content_repository import ContentRepository

T = TypeVar("T")

_SPARE_USED = "已经换成备用的一份，可以照常用。"

_log = logging.getLogger(__name__)


class Opened(Generic[T]):
    """Something made when it is first asked for, by one thread, whichever asks first."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: list[T] = []

    def get(self) -> T:
        """The one there is; what fails is tried again the next time."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    @property
    def is_made(self) -> bool:
        """Whether anybody has asked for it yet."""
        return bool(self._made)

    def taken_back(self) -> T | None:
        """The one that was made, which is forgotten; None where there is none."""
        with self._lock:
            return self._made.pop() if self._made else None


class ContentServices:
    """What needs only the content database.

    Attributes:
        news: what the user must be told about the opening of the content; empty where all is well.
    """

    def __init__(
        self, paths: Paths, clock: Clock = SYSTEM_CLOCK, settings: SettingsStore | None = None
    ) -> None:
        """Open the content; ``settings`` are read from their file where none are given.

        Raises:
            DataError: the content database cannot be used.
        """
        from yibao_desktop.services.own_service import OwnService

        self.paths = paths
        self.clock = clock
        allowed = settings or SettingsStore(paths.settings)
        self._allowed = allowed
        self._pack_folder: PackFolder | None = None
        self.content, self.news = self._opened()
        self.own = OwnService(
            paths,
            clock,
            lambda: self.content.regions(),
            lambda: self.search.segmenter,
            lambda: not allowed.current.no_documents,
        )
        self._take_up(self.content)
        self._procedures_once = Opened(self._make_procedures)
        self._packs_once = Opened(self._make_packs)

    def _opened(self) -> tuple[ContentRepository, str]:
        """The content in use, and what the user must be told about its opening."""
        from yibao_desktop.store.content_file import open_content

        with_packs = self._with_packs()
        if with_packs is not None:
            return with_packs, ""
        content, damage = open_content(self.paths.content_database, self.paths.cache)
        return content, f"{damage}{_SPARE_USED}{damage.hint}" if damage else ""

    def _with_packs(self) -> ContentRepository | None:
        """The content built with the packs in use; None where none is whole and fits."""
        if not self.paths.packs.is_dir():
            return None
        from yibao_desktop.packs.installed import PackFolder
        from yibao_desktop.store.content_repository import ContentRepository

        folder = self._pack_folder = self._pack_folder or PackFolder(self.paths.packs)
        region = self._allowed.current.region
        try:
            built = folder.content(self.paths.content_database, region)
            return ContentRepository(built) if built else None
        except DataError:
            _log.warning("content with packs cannot be opened")
            return None

    def _take_up(self, content: ContentRepository) -> None:
        from yibao_desktop.services.guide_service import GuideService
        from yibao_desktop.services.search_service import SearchService

        self.content = content
        self.guide = GuideService(content, self.own)
        self.search = SearchService(content, self.paths.resources, self.own)

    def reopen(self) -> None:
        """Go on with the content that is in use by now; documents of one's own stay open.

        Raises:
            DataError: it cannot be used; the one before stays.
        """
        before = self.content
        content, self.news = self._opened()
        self._take_up(content)
        if self._procedures_once.is_made:
            self.procedures.follow(content)
        before.close()

    @property
    def packs_are_behind(self) -> bool:
        """Whether there are packs that have still to be built in; known without loading them."""
        folder, region = self._pack_folder, self._allowed.current.region
        return folder is not None and folder.is_behind(self.paths.content_database, region)

    @property
    def procedures(self) -> ProcedureService:
        """Plans; browsing and searching need not load them."""
        return self._procedures_once.get()

    @property
    def packs(self) -> PackService:
        """Content packs; few need them."""
        return self._packs_once.get()

    def _make_packs(self) -> PackService:
        from yibao_desktop.services.pack_service import PackService

        return PackService(
            self.paths,
            lambda: self._allowed.current.region,
            self.clock.today,
            lambda: self.content,
            self._pack_folder,
        )

    def _make_procedures(self) -> ProcedureService:
        from yibao_desktop.services.procedure_service import ProcedureService

        return ProcedureService(self.content)

    def close(self) -> None:
        """Let go of the files; documents that changed are backed up if that is due."""
        self.own.close()
        self.content.close()


class UserDataServices:
    """What needs only the user's records."""

    def __init__(self, paths: Paths, clock: Clock = SYSTEM_CLOCK) -> None:
        """Open the records, whatever happened to them."""
        from yibao_desktop.services.backup_service import BackupService
        from yibao_desktop.store.beside import SmallFiles
        from yibao_desktop.store.draft_store import BACKED_UP
        from yibao_desktop.store.recovery import open_user_database

        self.user, incident = open_user_database(paths.user_database, paths.migrations, clock)
        drafts = SmallFiles(paths.drafts, BACKED_UP)
        self.records = BackupService(self.user, paths.migrations, clock, incident, drafts)

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
        self._content_once = Opened(lambda: ContentServices(paths, clock, self.settings))
        self._records_once = Opened(lambda: UserDataServices(paths, clock))
        self._cases_once = Opened(self._make_cases)
        self._reading_once = Opened(self._make_reading)
        self._drafts_once = Opened(self._make_drafts)

    @property
    def _content(self) -> ContentServices:
        return self._content_once.get()

    @property
    def _records(self) -> UserDataServices:
        return self._records_once.get()

    @property
    def guide(self) -> GuideService:
        """Browsing."""
        return self._content.guide

    @property
    def search(self) -> SearchService:
        """Searching."""
        return self._content.search

    @property
    def own(self) -> OwnService:
        """Documents of the user's own."""
        return self._content.own

    @property
    def packs(self) -> PackService:
        """Content packs."""
        return self._content.packs

    @property
    def procedures(self) -> ProcedureService:
        """Plans."""
        return self._content.procedures

    @property
    def cases(self) -> CaseService:
        """What is under way."""
        return self._cases_once.get()

    def _make_cases(self) -> CaseService:
        from yibao_desktop.services.case_service import CaseService

        return CaseService(self._records.user, self._content.content, self.procedures, self.clock)

    @property
    def reading(self) -> ReadingService:
        """Bookmarks and history."""
        return self._reading_once.get()

    def _make_reading(self) -> ReadingService:
        from yibao_desktop.services.reading_service import ReadingService

        return ReadingService(self._records.user, self.settings, self.clock)

    @property
    def drafts(self) -> DraftService:
        """Content packs being made."""
        return self._drafts_once.get()

    def _make_drafts(self) -> DraftService:
        from yibao_desktop.services.draft_service import DraftService

        return DraftService(self.paths, self.clock)

    @property
    def records(self) -> BackupService:
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

    @property
    def packs_are_behind(self) -> bool:
        """Whether there are content packs that have still to be built in.

        Raises:
            DataError: what is installed cannot be read.
        """
        return self._content.packs_are_behind

    def reopen_content(self) -> None:
        """Go on with the content that is in use by now: packs have come, changed or gone.

        Raises:
            DataError: it cannot be used; the one before stays.
        """
        self._content.reopen()
        if self._cases_once.is_made:
            self.cases.follow(self._content.content)

    def open_records(self) -> None:
        """Open the user's records, whatever happened to them."""
        _ = self._records

    def close(self) -> None:
        """Let go of both databases; what changed of the user's is backed up if that is due."""
        for opened in (self._content_once.taken_back(), self._records_once.taken_back()):
            if opened is not None:
                opened.close()


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
