"""Writing a file the user has asked for, wherever he likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yibao_desktop.errors import DataError
from yibao_desktop.whole_file import whole_file


def write_file(path: Path, content: bytes) -> None:
    """Write it.

    Raises:
        DataError: it cannot be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DataError(
            f"“{path.name}”存不进去（{error.strerror}）。", "请换一个文件夹，或者看磁盘是不是满了。"
        ) from error


@contextmanager
def exported_file(path: Path, verify: Callable[[Path], None]) -> Iterator[Path]:
    """A place to write what the user takes along, see ``whole_file``.

    Raises:
        DataError: it cannot be written there.
    """
    try:
        with whole_file(path, verify) as unfinished:
            yield unfinished
    except (OSError, ValueError) as error:
        raise DataError(
            f"写不到这个文件：{path}（{getattr(error, 'strerror', None) or error}）。",
            "请看这个文件夹能不能写、磁盘满了没有。",
        ) from error
