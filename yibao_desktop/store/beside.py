"""Small files that are kept with every copy of a database: packed into one file beside it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from yibao_desktop.own_files import read_small
from yibao_desktop.whole_file import whole_file
from yibao_desktop.zip_faults import ZIP_FAULTS

_MOST_BYTES = 2_000_000
"""No file is larger that is written here; one that is comes from somewhere else."""
PACKED_ENDING = ".zip"


class SmallFiles:
    """The files of one folder with certain endings, as they are and as a copy has them."""

    def __init__(self, folder: Path, endings: tuple[str, ...]) -> None:
        self._folder = folder
        self._endings = endings

    def _now(self) -> dict[str, str]:
        """Text by name; what cannot be read is left out."""
        found: dict[str, str] = {}
        for path in sorted(self._folder.glob("*")):
            if path.suffix in self._endings and not path.name.startswith("."):
                with suppress(OSError, ValueError):
                    found[path.name] = read_small(path, _MOST_BYTES)
        return found

    def pack(self, copy: Path) -> None:
        """Keep them beside a copy, as they are now; nothing where there are none.

        Raises:
            OSError: they cannot be written.
        """
        files = self._now()
        if not files:
            return
        with (
            whole_file(packed_beside(copy)) as unfinished,
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, text in files.items():
                archive.writestr(name, text)

    def are_in(self, copy: Path) -> bool:
        """Whether a copy has all of them just as they are now."""
        return self.held(copy) == self._now()

    def held(self, copy: Path) -> Mapping[str, str]:
        """Text by name of what a copy has; what is damaged or none of them is left out."""
        found: dict[str, str] = {}
        with (
            suppress(OSError, *ZIP_FAULTS),
            zipfile.ZipFile(packed_beside(copy)) as archive,
        ):
            for entry in archive.infolist():
                plain = Path(entry.filename).name == entry.filename
                known = Path(entry.filename).suffix in self._endings
                if plain and known and entry.file_size <= _MOST_BYTES:
                    found[entry.filename] = archive.read(entry).decode("utf-8")
        return found

    def put_back(self, copy: Path) -> None:
        """Have again what a copy has and is not there any more; what is there stays as it is.

        Raises:
            OSError: they cannot be written.
        """
        for name, text in self.held(copy).items():
            path = self._folder / name
            if not path.exists():
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                with whole_file(path) as unfinished:
                    unfinished.write_text(text, encoding="utf-8")


def packed_beside(copy: Path) -> Path:
    """Where the files lie that belong to a copy of a database."""
    return copy.with_suffix(PACKED_ENDING)
