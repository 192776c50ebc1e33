"""Looks at files that are to be added: one verdict each, and nothing done yet."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.own.proposals import NO_PROPOSALS, Proposals, propose
from yibao_desktop.domain.own.reading import Reading, RefusedError
from yibao_desktop.errors import UserError, YibaoError
from yibao_desktop.extract.harness import Extractor, file_bytes

if TYPE_CHECKING:
    from yibao_desktop.services.own_parcel import Kept

MOST_FILES = 500
"""So many files are looked at in one go."""

PARCEL_SUFFIX = ".zip"
"""Ends the names of files in which documents were taken along."""

_NOT_MEANT = {"thumbs.db", "desktop.ini"}
"""What systems leave in folders."""


class Verdict(StrEnum):
    """What is to become of a file."""

    READY = "ready"
    SIMILAR = "similar"
    """One with the same title or number is there; the user decides."""
    TWIN = "twin"
    """The very same is there."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be looked at.

    Attributes:
        path: where it lies; within a file of documents taken along, as if that were a folder.
        bytes: reads it; ``RefusedError`` where it cannot be read.
        kept: what is known of it from where it was taken along; None for any other file.
    """

    path: Path
    bytes: Callable[[], bytes]
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A file that was looked at.

    Attributes:
        given: the file.
        title: what it will be called unless the user says otherwise.
        reading: its text; None where it cannot be taken in.
        digest: SHA-256 of its bytes; empty where they cannot be read.
        refused: why it cannot be taken in; None where it can.
        twin: the document of the same bytes; None where there is none.
        twin_file: name of the file before it in the same row that has the same bytes.
        similar: a document with the same title or number.
        namesake: name of a file before it in the same row that has the same title.
        proposals: what it seems to say of itself.
    """

    given: Given
    title: str
    verdict: Verdict
    reading: Reading | None = None
    digest: str = ""
    refused: RefusedError | None = None
    twin: OwnDocument | None = None
    twin_file: str = ""
    similar: OwnDocument | None = None
    namesake: str = ""
    proposals: Proposals = NO_PROPOSALS

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.given.path.name

    @property
    def said(self) -> str:
        """The verdict in a sentence."""
        match self.verdict:
            case Verdict.REFUSED:
                return f"{self.refused}{self.refused.hint}" if self.refused else ""
            case Verdict.TWIN if self.twin:
                return f"已经有了，就是《{self.twin.title}》。"
            case Verdict.TWIN:
                return f"跟前面的 {self.twin_file} 一模一样。"
            case Verdict.SIMILAR if self.similar:
                return f"已经有一份《{self.similar.title}》，内容不一样。"
            case _ if self.namesake:
                return f"可以加；名字跟前面的 {self.namesake} 一样，各存一份。"
            case _:
                return "可以加。"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: so many of so many done, and the file it is at."""

    done: int
    whole: int
    name: str


def files_of(paths: Iterable[Path]) -> list[Given]:
    """The files named, and those within the folders named; hidden ones are not meant.

    Of a file in which documents were taken along all of them are, however many.

    Raises:
        UserError: they are too many.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _within(path) if path.is_dir() else [path]:
            found[file] = None
            if len(found) > MOST_FILES:
                raise UserError(f"一次最多看 {MOST_FILES} 个文件。", "请分几次加。")
    return [given for file in found for given in _given(file)]


def _given(file: Path) -> Iterator[Given]:
    kept: list[Kept] = []
    if file.suffix.lower() == PARCEL_SUFFIX:
        from yibao_desktop.services.own_parcel import kept_in, original_in

        with suppress(YibaoError):  # any other zip file is told so when it is read
            kept = kept_in(file)
    for number, one in enumerate(kept):
        yield Given(file / one.file_name, partial(original_in, file, number), one)
    if not kept:
        yield Given(file, partial(file_bytes, file))


def _within(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):  # never follows links to folders
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _NOT_MEANT:
                yield Path(parent) / name


class Looker:
    """Reads files and compares them with the documents there are."""

    def __init__(
        self,
        extractor: Extractor,
        documents: Sequence[OwnDocument],
        regions: Sequence[Region],
        cancelled: Callable[[], bool],
    ) -> None:
        self._extractor = extractor
        self._documents = documents
        self._regions = regions
        self._cancelled = cancelled
        self._seen: dict[str, str] = {}
        self._titles: dict[str, str] = {}

    def look(self, given: Given) -> Look:
        """One file.

        Raises:
            CancelledError: the user stopped it.
        """
        path, kept = given.path, given.kept
        try:
            data = given.bytes()
            digest = hashlib.sha256(data).hexdigest()
            if twin := self._twin(given, digest):
                return twin
            reading = self._extractor.read(data, path.suffix, self._cancelled)
        except RefusedError as error:
            return Look(given, path.name, Verdict.REFUSED, refused=error)
        self._seen[digest] = path.name
        title = (kept.title if kept else reading.title or path.stem).strip()[:200]
        proposals = propose(title, reading.plain, self._regions)
        similar = self._similar(title, proposals.number, kept)
        verdict = Verdict.SIMILAR if similar else Verdict.READY
        namesake = self._titles.setdefault(_squeezed(title), path.name)
        return Look(
            given,
            title,
            verdict,
            reading,
            digest,
            similar=similar,
            namesake="" if namesake == path.name else namesake,
            proposals=proposals,
        )

    def _twin(self, given: Given, digest: str) -> Look | None:
        twin = next((d for d in self._documents if d.digest == digest), None)
        if twin:
            return Look(given, twin.title, Verdict.TWIN, digest=digest, twin=twin)
        if name := self._seen.get(digest):
            return Look(given, given.path.name, Verdict.TWIN, digest=digest, twin_file=name)
        return None

    def _similar(self, title: str, number: str, kept: Kept | None) -> OwnDocument | None:
        """The same as it is here, or one with its number, or else its title, blanks aside."""
        for document in self._documents:
            if kept is not None and document.id == kept.id:
                return document
        if number:
            for document in self._documents:
                if document.number == number:
                    return document
        plain = _squeezed(title)
        return next((d for d in self._documents if _squeezed(d.title) == plain), None)


def _squeezed(title: str) -> str:
    return "".join(title.split())
