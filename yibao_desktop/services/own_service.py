"""Documents of the user's own: looked at, added, replaced, sorted, removed and had back."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.own.document import (
    OWN_MARK,
    OwnDocument,
)
from yibao_desktop.errors import UserError, YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.own_shelf import OwnShelf

if TYPE_CHECKING:
    from yibao_desktop.services.own_looks import Look, Progress

MAX_TITLE = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A file as the user wants it added.

    Attributes:
        replaces: id of the document it takes the place of; empty where it is a new one.
        whole: whether everything of a web page is kept, not only its text.
        keeps_id: the id it had on another computer; it gets one of its own where that is taken.
    """

    look: Look
    title: str
    folder: str = ""
    region: str | None = None
    dated: datetime.date | None = None
    valid_until: datetime.date | None = None
    replaces: str = ""
    whole: bool = False
    keeps_id: str = ""

    @classmethod
    def of(cls, look: Look) -> Choice:
        """A file under its own name, sorted as it was where it was taken along."""
        kept = look.given.kept
        if kept is None:
            return cls(look, look.title)
        return cls(
            look,
            look.title,
            kept.folder,
            kept.region,
            kept.dated,
            kept.valid_until,
            keeps_id=kept.id,
        )


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding; ``failed`` names files with the reason, in a sentence each."""

    documents: tuple[OwnDocument, ...]
    failed: tuple[tuple[str, str], ...]
    stopped: bool

    @property
    def changes(self) -> Changes:
        """For the pages that show documents."""
        return Changes(documents=frozenset(d.id for d in self.documents))


def _ignore(_progress: Progress) -> None:
    """Nobody wants to know."""


def _never() -> bool:
    return False


class OwnService(OwnShelf):
    """Changes what stands on the shelf; the database is made when the first document comes."""

    def must_allow(self) -> None:
        """Go on only where documents may be added.

        Raises:
            UserError: the settings of this computer forbid it.
        """
        if not self._allowed():
            raise UserError("这台电脑不让加本地资料。", "要加，请在设置里打开“可以加本地资料”。")

    # -- adding ---------------------------------------------------------------------------------

    def look(
        self,
        paths: Iterable[Path],
        progress: Callable[[Progress], None] = _ignore,
        cancelled: Callable[[], bool] = _never,
    ) -> list[Look]:
        """Read files and folders, one verdict each; when stopped, those read so far.

        Raises:
            UserError: they are too many, or adding is not allowed.
        """
        from yibao_desktop.extract.harness import CancelledError, Extractor
        from yibao_desktop.services.own_looks import Looker, Progress, files_of

        self.must_allow()
        files = files_of(paths)
        extractor = self._extractor or Extractor()
        looker = Looker(extractor, self.documents(), self._regions(), cancelled)
        looks: list[Look] = []
        for number, given in enumerate(files):
            if cancelled():
                break
            progress(Progress(number, len(files), given.path.name))
            try:
                looks.append(looker.look(given))
            except CancelledError:
                break
        return looks

    def add(
        self,
        choices: Sequence[Choice],
        progress: Callable[[Progress], None] = _ignore,
        cancelled: Callable[[], bool] = _never,
    ) -> Added:
        """Add files, each on disk before the next is begun.

        Raises:
            UserError: adding is not allowed.
        """
        from yibao_desktop.services.own_looks import Progress

        self.must_allow()
        documents: list[OwnDocument] = []
        failed: list[tuple[str, str]] = []
        stopped = False
        for number, choice in enumerate(choices):
            if stopped := cancelled():
                break
            name = choice.look.name
            progress(Progress(number, len(choices), name))
            try:
                documents.append(self._add(choice))
            except YibaoError as error:
                failed.append((name, f"{error}{error.hint}"))
        return Added(tuple(documents), tuple(failed), stopped)

    def _add(self, choice: Choice) -> OwnDocument:
        look = choice.look
        if look.reading is None:
            raise UserError(look.said)
        data = look.given.bytes()
        if hashlib.sha256(data).hexdigest() != look.digest:
            raise UserError("这个文件刚才被改动过。", "请再加一次。")
        before = self._must_be_there(choice.replaces) if choice.replaces else None
        document = OwnDocument(
            id=before.id if before else self._free_id(choice.keeps_id),
            title=choice.title.strip()[:MAX_TITLE] or look.title,
            file_name=look.name,
            digest=look.digest,
            added_at=self._clock.now(),
            folder=choice.folder.strip() or (before.folder if before else ""),
            number=look.proposals.number,
            region=choice.region or (before.region if before else None),
            dated=choice.dated,
            valid_until=choice.valid_until,
            pages=look.reading.pages,
            tables_doubtful=look.reading.tables_doubtful,
        )
        whole = choice.whole and look.reading.whole
        self._originals.keep(data, document)
        self._put(document, look.reading.whole if whole else look.reading.sections, before)
        return document

    def _free_id(self, wanted: str) -> str:
        """An id no document has, nor one that can still be had back."""
        with self._database().reading() as unit:
            if wanted and unit.documents.get(wanted) is None:
                return wanted
        return f"{OWN_MARK}{uuid.uuid4().hex[:12]}"

    def _put(
        self, document: OwnDocument, sections: tuple[Section, ...], before: OwnDocument | None
    ) -> None:
        with self._database().writing() as unit:
            index = self._current_index(unit)
            twin = next((d for d in unit.documents.all() if d.digest == document.digest), None)
            if twin and (before is None or twin.id != before.id):
                raise UserError(f"已经有了，就是《{twin.title}》。")
            if before:
                index.remove(before)
            unit.documents.put(document, sections)
            unit.session.flush()
            index.add(document, sections)
            unit.commit()

    # -- sorting and removing -------------------------------------------------------------------

    def change(self, document: OwnDocument) -> Changes:
        """Keep another title, folder, place or day of a document.

        Raises:
            UserError: there is no such document, or the title is empty.
            DataError: it cannot be stored.
        """
        title = document.title.strip()[:MAX_TITLE]
        if not title:
            raise UserError("名字不能是空的。", "请写一个认得出来的名字。")
        before = self._must_be_there(document.id)
        changed = replace(document, title=title, folder=document.folder.strip())
        with self._database().writing() as unit:
            index = self._current_index(unit)
            index.remove(before)
            unit.documents.change(changed)
            index.add(changed, unit.documents.sections(changed.id))
            unit.commit()
        return Changes(documents=frozenset({document.id}))

    def remove(self, document_id: str) -> Changes:
        """Remove a document; it is found no more, and can be had back for a while.

        Raises:
            UserError: there is no such document.
            DataError: it cannot be stored.
        """
        document = self._must_be_there(document_id)
        with self._database().writing() as unit:
            self._current_index(unit).remove(document)
            unit.documents.change(replace(document, removed_at=self._clock.now()))
            unit.commit()
        return Changes(documents=frozenset({document.id}))

    def put_back(self, document_id: str) -> Changes:
        """Undo a removal.

        Raises:
            UserError: no such document was removed, or the same was added again.
            DataError: it cannot be stored.
        """
        gone = next((d for d in self.removed() if d.id == document_id), None)
        if gone is None:
            raise UserError("这份资料已经找不回来了。", "请再加一次。")
        document = replace(gone, removed_at=None)
        with self._database().writing() as unit:
            twin = next((d for d in unit.documents.all() if d.digest == gone.digest), None)
            if twin:
                raise UserError(f"已经又加了一份，就是《{twin.title}》。")
            index = self._current_index(unit)
            unit.documents.change(document)
            index.add(document, unit.documents.sections(document.id))
            unit.commit()
        return Changes(documents=frozenset({document.id}))
