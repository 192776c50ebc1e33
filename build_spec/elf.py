"""What Linux programs and libraries say of themselves, read by ``readelf``."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_REQUIRED = re.compile(r"Name: (GLIBC|GLIBCXX|CXXABI|GCC)_([0-9.]+) ")

Version = tuple[int, ...]


def elf_files(folder: Path) -> list[Path]:
    """Every program and library below a folder, links left out."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
    return [p for p in files if _begins_as_elf(p)]


def _begins_as_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def needed(paths: Iterable[Path]) -> set[str]:
    """Names of the libraries that the files ask for themselves."""
    return set(_NEEDED.findall(_readelf("--dynamic", *paths)))


def asked_of_the_system(folder: Path) -> set[str]:
    """Names of the libraries that something below the folder needs and that do not lie there."""
    return needed(elf_files(folder)) - {p.name for p in folder.rglob("*.so*")}


def required(path: Path) -> dict[str, Version]:
    """The highest version of each family of symbols (``GLIBC``, ``CXXABI`` …) that a file needs."""
    highest: dict[str, Version] = {}
    needs = _readelf("--version-info", path).partition("Version needs section")[2]
    for family, version in _REQUIRED.findall(needs):
        highest[family] = max(highest.get(family, ()), tuple(map(int, version.split("."))))
    return highest


def above(folder: Path, floors: Mapping[str, Version]) -> list[str]:
    """What below a folder needs more than the system is sure to have, as ``file: GLIBC_2.34``."""
    return [
        f"{path.relative_to(folder)}: {family}_{'.'.join(map(str, version))}"
        for path in elf_files(folder)
        for family, version in required(path).items()
        if version > floors.get(family, version)
    ]


def symbol(path: Path, name: str) -> bytes:
    """The bytes that a library calls so.

    Raises:
        ValueError: it has no such symbol.
    """
    places = (line.split() for line in _readelf("--dyn-syms", path).splitlines())
    for address, size in ((int(p[1], 16), int(p[2], 0)) for p in places if p[-1:] == [name]):
        for kind, *numbers in (s.split() for s in _readelf("--segments", path).splitlines() if s):
            if kind != "LOAD":
                continue
            offset, begins, _, length = (int(number, 16) for number in numbers[:4])
            if begins <= address and address + size <= begins + length:
                start = offset + address - begins
                return path.read_bytes()[start : start + size]
    raise ValueError(f"{path}: no {name}")


def _readelf(what: str, *paths: Path) -> str:
    if not paths:
        return ""
    command = ["readelf", what, "--wide", *map(str, paths)]
    environment = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment
    ).stdout
