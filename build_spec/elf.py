"""What Linux programs and libraries say of themselves, read by ``readelf``."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def elf_files(folder: Path) -> list[Path]:
    """Every program and library below a folder, links left out."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
    return [p for p in files if _begins_as_elf(p)]


def _begins_as_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def needed(paths: Iterable[Path]) -> set[str]:
    """Names of the libraries that the files ask for themselves."""
    command = ["readelf", "--dynamic", "--wide", *map(str, paths)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(_NEEDED.findall(listed.stdout))


def asked_of_the_system(folder: Path) -> set[str]:
    """Names of the libraries that something below the folder needs and that do not lie there."""
    return needed(elf_files(folder)) - {p.name for p in folder.rglob("*.so*")}
