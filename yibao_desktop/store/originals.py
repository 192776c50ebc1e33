"""The folder that holds the originals of one's own documents."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.errors import DataError
from yibao_desktop.store.checksum import digest
from yibao_desktop.store.connecting import plain_cause
from yibao_desktop.whole_file import whole_file

_TEXT_STAYS = "读出来的文字还在，可以照常看；要原件，请再加一次。"


class Originals:
    """Copies of the files documents came from, each under the digest of its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document: OwnDocument) -> Path:
        """Where the original of a document lies."""
        return self.folder / f"{document.digest}{Path(document.file_name).suffix.lower()}"

    def keep(self, data: bytes, document: OwnDocument) -> None:
        """Have a copy on disk; done before the document is.

        Raises:
            DataError: it cannot be written.
        """
        target = self.path(document)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if target.is_file() and digest(target) == document.digest:
                return
            with whole_file(target) as unfinished:
                unfinished.write_bytes(data)
        except OSError as error:
            raise DataError(
                f"原件存不下来（{plain_cause(error)}）。",
                "请看磁盘是不是满了。",
            ) from error

    def read(self, document: OwnDocument) -> bytes:
        """The bytes of an original, known to be as they were.

        Raises:
            DataError: it is gone, or was changed.
        """
        try:
            data = self.path(document).read_bytes()
        except OSError as error:
            raise DataError(f"《{document.title}》的原件不在了。", _TEXT_STAYS) from error
        if hashlib.sha256(data).hexdigest() != document.digest:
            raise DataError(f"《{document.title}》的原件被改动过，或者坏了。", _TEXT_STAYS)
        return data

    def size(self, documents: Iterable[OwnDocument]) -> int:
        """Bytes the originals take that are there."""
        whole = 0
        for document in documents:
            with suppress(OSError):
                whole += self.path(document).stat().st_size
        return whole

    def damaged(self, documents: Iterable[OwnDocument]) -> list[OwnDocument]:
        """Those whose originals are gone or no longer what they were."""
        found = []
        for document in documents:
            try:
                sound = digest(self.path(document)) == document.digest
            except OSError:
                sound = False
            if not sound:
                found.append(document)
        return found

    def clear(self, needed: Collection[str]) -> None:
        """Delete those nobody needs any more."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.stem not in needed and not path.name.startswith("."):
                    path.unlink()
