"""SHA-256 of files, kept beside them: SQLite's own checks miss most damage."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from yibao_desktop.own_files import make_way, read_small
from yibao_desktop.whole_file import sync_folder

_MOST_BYTES = 10_000
_STORED = re.compile(r"([0-9a-f]{64})(\s|$)")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_file(path: Path) -> Path:
    """Where the checksum of a file lies."""
    return path.with_name(f"{path.name}.sha256")


def stored_digest(path: Path) -> str | None:
    """The checksum kept beside a file; None where there is none to be read."""
    try:
        text = read_small(checksum_file(path), _MOST_BYTES)
    except (OSError, ValueError):
        return None
    found = _STORED.match(text)
    return found[1] if found else None


def store_digest(path: Path) -> None:
    """Keep the checksum of a file beside it, as ``sha256sum`` writes and reads it."""
    target = checksum_file(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        unfinished.write_text(f"{digest(path)}  {path.name}\n", encoding="utf-8")
        unfinished.chmod(path.stat().st_mode & 0o777)  # as private as the file itself
        unfinished.replace(target)
    finally:
        with suppress(OSError):
            unfinished.unlink()


def drop_digest(path: Path) -> None:
    """Forget the checksum of a file that is about to change; on disk before the change is."""
    make_way(checksum_file(path))
    try:
        checksum_file(path).unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)
