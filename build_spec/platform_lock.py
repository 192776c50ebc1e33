"""Prints the locked packages that a build for another system takes, with their hashes.

    python platform_lock.py windows|x86_64|aarch64

pip judges conditions such as ``sys_platform == 'win32'`` by the system it runs on, so they are
judged here. The architectures mean Linux systems too old for the locked Qt: theirs is in ``old``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement

FOLDER = Path(__file__).resolve().parent
WINDOWS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}
OLD = {"sys_platform": "linux", "platform_system": "Linux", "python_full_version": "3.11.2"}
BUILDERS = {
    "pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pefile", "pywin32-ctypes",
    "setuptools",
}  # fmt: skip
"""What the build takes for Windows besides what the program does."""


Entry = tuple[Requirement, list[str]]
"""What is asked for, and the lines of its hashes."""


def entries(lock: Path) -> dict[str, list[Entry]]:
    """Every package of a lock by its name; one may be there twice, for different systems."""
    found: dict[str, list[Entry]] = {}
    hashes: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        text, *sums = line.removesuffix("\\").strip().split("--hash=")
        if text and not text.startswith("#"):
            asked, hashes = Requirement(text), []
            found.setdefault(re.sub(r"[-_.]+", "-", asked.name).lower(), []).append((asked, hashes))
        hashes += [f"--hash={part.strip()}" for part in sums]
    return found


def windows() -> Iterator[Entry]:
    """What a build on Windows takes."""
    run = entries(FOLDER / "requirements-run.lock")
    test = entries(FOLDER / "requirements-test.lock")
    for name in test:
        if name in run or name in BUILDERS:
            yield from test[name]


def old(architecture: str) -> Iterator[Entry]:
    """What the program takes, with a Qt that is old enough."""
    locked = entries(FOLDER / "requirements-run.lock")
    locked |= entries(FOLDER / "old" / f"qt-{architecture}.lock")
    for name in sorted(taken("yibao-desktop")):
        yield from locked[name]


def taken(name: str) -> set[str]:
    """What a package takes, directly or not, as those installed here say."""
    found: set[str] = set()
    pending = [name]
    while pending:
        for text in requires(pending.pop()) or ():
            asked = Requirement(text)
            key = re.sub(r"[-_.]+", "-", asked.name).lower()
            if key not in found and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
                found.add(key)
                pending.append(key)
    return found


def main(system: str) -> None:
    """Print them in the form of a lock, without conditions."""
    found, environment = (windows(), WINDOWS) if system == "windows" else (old(system), OLD)
    for asked, hashes in found:
        if asked.marker is None or asked.marker.evaluate(environment):
            print(" \\\n    ".join([f"{asked.name}{asked.specifier}", *hashes]))


if __name__ == "__main__":
    main(sys.argv[1])
