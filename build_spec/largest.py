"""Prints how large a packaged build is, and its ten largest files."""

from __future__ import annotations

import sys
from pathlib import Path

SHOWN = 10


def main(folder: Path) -> None:
    """Print megabytes (10⁶ bytes), the largest first."""
    files = [p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()]
    sizes = sorted(((p.stat().st_size, p) for p in files), reverse=True)
    print(
        f"{sum(size for size, _ in sizes) / 1e6:6.1f} MB  {folder}，{len(files)} 个文件，最大的是"
    )
    for size, path in sizes[:SHOWN]:
        print(f"{size / 1e6:6.1f} MB  {path.relative_to(folder)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
