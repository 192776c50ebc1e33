"""The content database as it is installed, and the spare copy that stands in for a damaged one."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from yibao_desktop.errors import DataError
from yibao_desktop.store.checksum import digest, store_digest, stored_digest
from yibao_desktop.store.content_readers import ContentReaders
from yibao_desktop.store.content_repository import REINSTALL, ContentRepository


def spare_file(database: Path) -> Path:
    """Where the compressed spare copy of a content database lies."""
    return database.with_name(f"{database.name}.xz")


def companions(database: Path) -> tuple[Path, Path]:
    """The files that travel with a content database: its checksum and the spare copy."""
    return database.with_name(f"{database.name}.sha256"), spare_file(database)


def write_companions(database: Path) -> None:
    """Write what travels with a content database; the same database gives the same files.

    Raises:
        OSError: they cannot be written.
    """
    import lzma

    packed = lzma.compress(database.read_bytes(), check=lzma.CHECK_SHA256, preset=9)
    _write_whole(spare_file(database), packed)
    store_digest(database)


def open_content(installed: Path, cache: Path) -> tuple[ContentRepository, DataError | None]:
    """Open the content; where the installed file is damaged, from its spare copy and say why.

    The spare copy is unpacked into ``cache``, or into memory where nothing can be written.

    Raises:
        DataError: the content is damaged and so is the spare copy, or there is none.
    """
    try:
        verify_content(installed)
        return ContentRepository(installed), None
    except (DataError, OSError) as error:
        reason = error if isinstance(error, DataError) else _damaged(installed)
        if not spare_file(installed).is_file():
            raise reason from None
    return _spare_content(installed, cache, reason), reason


def verify_content(installed: Path) -> None:
    """Compare the installed content with its checksum.

    Raises:
        DataError: it is another file than was installed.
        OSError: it cannot be read.
    """
    if not installed.is_file():
        raise DataError(f"找不到内容库：{installed}。", REINSTALL)
    expected = stored_digest(installed)
    if expected is None and spare_file(installed).is_file():
        with suppress(DataError):  # a spare copy that is damaged itself says nothing
            expected = hashlib.sha256(_unpacked(installed)).hexdigest()
    if expected is not None and digest(installed) != expected:
        raise _damaged(installed)


def _damaged(path: Path) -> DataError:
    return DataError(f"内容库坏了：{path}。", REINSTALL)


def _spare_content(installed: Path, cache: Path, reason: DataError) -> ContentRepository:
    expected = stored_digest(installed)
    with suppress(DataError, OSError):
        earlier = cache / _cached_name(expected or "")
        if expected and digest(earlier) == expected:
            return ContentRepository(earlier)
    data = _unpacked(installed)
    try:
        cached = cache / _cached_name(hashlib.sha256(data).hexdigest())
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in cache.glob("content-*.sqlite3"):
            if old != cached:
                old.unlink()
        _write_whole(cached, data)
        return ContentRepository(cached)
    except OSError:
        return _in_memory(installed, data, reason)


def _cached_name(checksum: str) -> str:
    return f"content-{checksum[:16]}.sqlite3"


def _unpacked(installed: Path) -> bytes:
    import lzma

    try:
        return lzma.decompress(spare_file(installed).read_bytes())
    except (OSError, lzma.LZMAError, EOFError) as error:
        raise DataError(f"内容库坏了，备用的一份也坏了：{installed}。", REINSTALL) from error


def _in_memory(installed: Path, data: bytes, reason: DataError) -> ContentRepository:
    try:
        return ContentRepository(installed, ContentReaders.of_data(data))
    except DataError:
        raise reason from None


def _write_whole(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink()
