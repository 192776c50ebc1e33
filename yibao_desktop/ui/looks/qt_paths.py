"""Files named to Qt and by it, which knows names of files as text only."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_OPEN_FOLDERS = "/proc/self/fd/"


@cache
def qt_path(path: Path) -> str:
    """The path for Qt; one with bytes that are no UTF-8 is named by the folder held open.

    Qt would look, and write, in a folder of another name. The folder stays open as long as the
    program runs; there are a handful.
    """
    return str(path) if _is_text(path) else f"{qt_folder(path.parent)}/{path.name}"


@cache
def qt_folder(folder: Path) -> str:
    """The folder for Qt, as a path in it is; one that is gone is named as it was."""
    if _is_text(folder) or not folder.is_dir():
        return str(folder)
    return f"{_OPEN_FOLDERS}{os.open(folder, os.O_RDONLY | os.O_DIRECTORY)}"


def path_from_qt(text: str) -> Path:
    """What Qt says was chosen, under the name it has on the disk."""
    return Path(os.path.realpath(text) if text.startswith(_OPEN_FOLDERS) else text)


def _is_text(path: Path) -> bool:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
