"""Files named to Qt, which knows names of files as text only."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def qt_path(path: Path) -> str:
    """The path for Qt; one with bytes that are no UTF-8 is named by the folder held open.

    Qt would look, and write, in a folder of another name. The folder stays open as long as the
    program runs; there are a handful.
    """
    text = str(path)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        return f"/proc/self/fd/{folder}/{path.name}"
    return text
