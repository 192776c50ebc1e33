"""The content the tests work on: built once from the seeds as they are, for all runs and workers."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from pathlib import Path

from yibao_desktop.content.builder import build

ROOT = Path(__file__).resolve().parent.parent
PROCEDURES = tuple(sorted(p.stem for p in (ROOT / "seeds" / "procedures").glob("*.yaml")))
"""Ids of the procedures shipped."""

_KEPT = ROOT / "build" / "test-content"
_SOURCES = (
    "seeds",
    "resources",
    "yibao_desktop/content",
    "yibao_desktop/domain",
    "yibao_desktop/search",
    "yibao_desktop/store",
    "build_spec/requirements-run.lock",
)
"""All that decides what a build writes."""


def copy_content(database: Path) -> None:
    """Put the built content, its checksum and its spare copy where an installation has them."""
    for file in _built().iterdir():
        shutil.copy(file, database.parent / file.name)


def _built() -> Path:
    """The folder of the content of these sources; who comes second waits for the first."""
    folder = _KEPT / _digest()
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for old in _KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            unfinished = _KEPT / "unfinished"
            unfinished.mkdir()
            build(ROOT / "seeds", ROOT / "resources", unfinished / "content.sqlite3")
            unfinished.rename(folder)
    return folder


def _digest() -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        within = ROOT / source
        for path in sorted(within.rglob("*")) if within.is_dir() else (within,):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
