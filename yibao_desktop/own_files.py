"""Files and folders as they are found: anything may lie under their names, and be their names."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

_OLD_NAME = re.compile("[^/\\s。，（）：“”]*[\udc80-\udcff][^/\\s。，（）：“”]*")
"""A name with bytes that are no UTF-8, as Python has them, within a path or a sentence of ours."""


def old_names_read(text: str) -> str:
    """A text to be shown: names of files that are no UTF-8 are most likely GBK."""
    return _OLD_NAME.sub(lambda found: _read_as_gbk(found[0]), text)


def _read_as_gbk(name: str) -> str:
    try:
        return name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    except UnicodeEncodeError:  # halves of characters, which are no bytes of a name
        return name


def read_small(path: Path, most: int) -> str:
    """The text of an ordinary file of at most so many bytes; nothing else is waited for.

    Raises:
        OSError: it cannot be read.
        ValueError: it is something else than a file, larger, or no text.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("not an ordinary file")
        if found.st_size > most:
            raise ValueError("too large")
        return file.read(most).decode("utf-8")


def free_name(path: Path, ending: str) -> Path:
    """A name beside a file, with an ending, that nothing has yet."""
    first = path.with_name(f"{path.name}.{ending}")
    free, number = first, 1
    while os.path.lexists(free):
        number += 1
        free = first.with_name(f"{first.name}~{number}")
    return free


def make_way(path: Path) -> None:
    """Set aside what is no ordinary file under a name of ours, for those who would wait for it."""
    if os.path.lexists(path) and not path.is_file():
        with suppress(OSError):
            set_aside(path)


def set_aside(path: Path) -> Path:
    """Rename what cannot be used, so that nothing is lost; its new place.

    Raises:
        OSError: it cannot be renamed.
    """
    aside = free_name(path, "damaged")
    path.replace(aside)
    return aside
