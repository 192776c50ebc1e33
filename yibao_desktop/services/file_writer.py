"""Writing a file the user has asked for, wherever he likes."""

from __future__ import annotations

from pathlib import Path

from yibao_desktop.errors import DataError


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
