"""Files that appear under their name when they are whole and on disk, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_file(path: Path, verify: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """A place to write a file in that only its owner may read.

    When the block ends it is put on disk, looked at once more where that is asked for, and takes
    the name, and the place of what had it; after an error nothing of it is left.

    Raises:
        OSError: it cannot be written there.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        if verify is not None:
            verify(unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        with suppress(OSError, ValueError):  # it has its name, or could never be written
            unfinished.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk; does nothing where a system cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
