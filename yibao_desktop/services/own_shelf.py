"""Documents of the user's own as they stand on the shelf: opened, listed, read and found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.clock import Clock
from yibao_desktop.domain.guide.items import Article, Item, Region, Section, page_id
from yibao_desktop.domain.own.document import OwnDocument, folder_item, root_item
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.extract.limits import MEGABYTE
from yibao_desktop.paths import Paths
from yibao_desktop.store.originals import Originals

if TYPE_CHECKING:
    from yibao_desktop.extract.harness import Extractor
    from yibao_desktop.search.own_index import OwnIndex
    from yibao_desktop.search.segmenter import Segmenter
    from yibao_desktop.store.own_database import OwnDatabase, OwnUnit
    from yibao_desktop.store.recovery import Incident

_READ_ONLY = "这次可以照常查，资料加不了。"


@dataclass(frozen=True, slots=True)
class Size:
    """How many documents there are, and how many bytes their originals take."""

    documents: int
    bytes: int


def size_text(size: int) -> str:
    """A number of bytes as people say it."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEGABYTE:.1f} MB"


@dataclass(frozen=True, slots=True)
class Known:
    """What a document can be sorted into: folders there are, and places."""

    folders: list[str]
    regions: list[Region]


class OwnShelf:
    """Keeps documents of the user's own; the database is made when the first one comes.

    What opens it is loaded only then: most people never add any, and the first question of a fresh
    window comes through here, too.

    Attributes:
        incident: what befell the database when it was opened; None while all is well.
    """

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        regions: Callable[[], Sequence[Region]],
        segmenter: Callable[[], Segmenter],
        allowed: Callable[[], bool] = lambda: True,
        extractor: Extractor | None = None,
    ) -> None:
        self._paths = paths
        self._clock = clock
        self._regions = regions
        self._segmenter = segmenter
        self._allowed = allowed
        self._extractor = extractor
        self._originals = Originals(paths.originals)
        self._opening = threading.Lock()
        self._opened: OwnDatabase | None = None
        self.incident: Incident | None = None

    # -- the database ---------------------------------------------------------------------------

    @property
    def _there(self) -> bool:
        """Whether anything was ever added."""
        return self._opened is not None or self._paths.own_database.parent.is_dir()

    def _database(self) -> OwnDatabase:
        with self._opening:
            if self._opened is None:
                from yibao_desktop.services.own_opening import open_documents

                self._opened, self.incident = open_documents(
                    self._paths, self._clock, self._originals
                )
            return self._opened

    @contextmanager
    def _reading(self) -> Iterator[OwnUnit | None]:
        """A unit that reads; None where nothing was ever added."""
        if not self._there:
            yield None
            return
        with self._database().reading() as unit:
            yield unit

    @property
    def news(self) -> str:
        """What the user must be told about the opening of the documents; empty where all is well.

        They are opened when they are first wanted; before that there is nothing to be told.
        """
        if self.incident is None:
            return ""
        from yibao_desktop.services.backup_service import incident_text

        return incident_text(self.incident, _READ_ONLY)

    def close(self) -> None:
        """Let go of the file; what changed is backed up if that is due."""
        with self._opening:
            opened, self._opened = self._opened, None
        if opened is None:
            return
        from yibao_desktop.services.own_opening import close_documents

        close_documents(opened, self._clock)

    # -- what there is --------------------------------------------------------------------------

    def documents(self) -> list[OwnDocument]:
        """Every document, by folder and title."""
        with self._reading() as unit:
            return unit.documents.all() if unit else []

    def size(self) -> Size:
        """How much there is to be taken along."""
        documents = self.documents()
        return Size(len(documents), self._originals.size(documents))

    def folders(self) -> list[str]:
        """Folders that hold something, by name."""
        return sorted({d.folder for d in self.documents() if d.folder})

    def known(self) -> Known:
        """What a document can be sorted into."""
        return Known(self.folders(), list(self._regions()))

    def removed(self) -> list[OwnDocument]:
        """Documents that can still be had back, the last removed first."""
        with self._reading() as unit:
            return unit.documents.removed() if unit else []

    def document(self, item_id: str) -> OwnDocument | None:
        """The document an id belongs to; None where there is none, or it was removed."""
        with self._reading() as unit:
            found = unit.documents.get(page_id(item_id)) if unit else None
        return found if found and found.removed_at is None else None

    def items(self, region: str | None = None) -> list[Item]:
        """Root, folders and documents in the order of the tree; nothing where there are none.

        Documents for another place than ``region`` stand after the others of their folder.
        """
        documents = sorted(self.documents(), key=lambda d: d.is_elsewhere(region))
        if not documents:
            return []
        items = [root_item(), *(d.entry for d in documents if not d.folder)]
        for folder in sorted({d.folder for d in documents if d.folder}):
            items.append(folder_item(folder))
            items += [d.entry for d in documents if d.folder == folder]
        return items

    def item(self, item_id: str) -> Item | None:
        """The document, section, folder or root with this id."""
        document = self.document(item_id)
        if document is None:
            return next((item for item in self.items() if item.id == item_id), None)
        whole = document.item(self.sections(document.id))
        part = item_id.partition("/")[2]
        if not part:
            return whole
        return next((_part(whole, s) for s in self.sections(document.id) if s.id == part), None)

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The text of a document."""
        with self._reading() as unit:
            return unit.documents.sections(document_id) if unit else ()

    def page(self, item_id: str) -> Article | None:
        """The page of a document; None where there is no such document."""
        document = self.document(item_id)
        return document.page(self.sections(document.id)) if document else None

    def original_bytes(self, document: OwnDocument) -> bytes:
        """The original of a document as it was added.

        Raises:
            DataError: it is gone or damaged.
        """
        return self._originals.read(document)

    def damaged(self) -> list[OwnDocument]:
        """Documents whose originals are gone or no longer what they were."""
        return self._originals.damaged(self.documents())

    def original(self, document_id: str) -> Path:
        """A copy of the original under its own name, for another program to open.

        Raises:
            UserError: there is no such document.
            DataError: the original is gone or damaged, or the copy cannot be written.
        """
        document = self._must_be_there(document_id)
        data = self._originals.read(document)
        target = self._paths.cache / "originals" / document.id / Path(document.file_name).name
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.unlink(missing_ok=True)
            target.write_bytes(data)
            target.chmod(0o400)  # what is changed there would be lost
        except OSError as error:
            raise DataError(
                f"原件拿不出来（{error.strerror}）。", "请看磁盘是不是满了。"
            ) from error
        return target

    def _must_be_there(self, document_id: str) -> OwnDocument:
        document = self.document(document_id)
        if document is None:
            raise UserError(f"没有编号是“{document_id}”的资料。", "用 yibao documents 看有哪些。")
        return document

    # -- searching ------------------------------------------------------------------------------

    @contextmanager
    def index(self) -> Iterator[tuple[OwnUnit, OwnIndex] | None]:
        """For searching; None where there is nothing to be found."""
        with self._reading() as unit:
            if unit is None:
                yield None
                return
            index = self._index(unit)
            if index.is_current():
                yield unit, index
                return
        with self._database().writing() as unit:
            index = self._current_index(unit)
            unit.commit()
        with self._database().reading() as unit:
            yield unit, self._index(unit)

    def _index(self, unit: OwnUnit) -> OwnIndex:
        from yibao_desktop.search.own_index import OwnIndex

        return OwnIndex(unit.session, self._segmenter())

    def _current_index(self, unit: OwnUnit) -> OwnIndex:
        """The index, made anew where another edition made it."""
        index = self._index(unit)
        if not index.is_current():
            index.make_anew((d, unit.documents.sections(d.id)) for d in unit.documents.all())
        return index


def _part(document: Item, section: Section) -> Item:
    return replace(
        document,
        id=f"{document.id}/{section.id}",
        title=section.title or document.title,
        parent=document.id,
        text=section.body.plain,
    )
