"""Prints the locked packages a Windows build takes, with their hashes and without conditions.

    python windows_lock.py

pip judges conditions such as ``sys_platform == 'win32'`` by the system it runs on.
"""

from __future__ import annotations

import re
from pathlib import Path

from packaging.requirements import Requirement

LOCKS = Path(__file__).resolve().parents[2]
WINDOWS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}
BUILDERS = {
    "pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pefile", "pywin32-ctypes",
    "setuptools",
}  # fmt: skip
"""What the build takes besides what the program does."""


def entries(lock: Path) -> dict[str, tuple[Requirement, list[str]]]:
    """Every package of a lock by its name: what is asked for, and the lines of its hashes."""
    found: dict[str, tuple[Requirement, list[str]]] = {}
    hashes: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        text = line.removesuffix("\\").strip()
        if text.startswith("--hash="):
            hashes.append(text)
        elif text and not text.startswith("#"):
            asked, hashes = Requirement(text), []
            found[re.sub(r"[-_.]+", "-", asked.name).lower()] = asked, hashes
    return found


def main() -> None:
    """Print them in the form of a lock."""
    run = entries(LOCKS / "requirements-run.lock")
    test = entries(LOCKS / "requirements-test.lock")
    for name, (asked, hashes) in test.items():
        wanted = name in run or name in BUILDERS
        if wanted and (asked.marker is None or asked.marker.evaluate(WINDOWS)):
            print(" \\\n    ".join([f"{asked.name}{asked.specifier}", *hashes]))


if __name__ == "__main__":
    main()
