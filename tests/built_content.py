"""The content the tests work on: built once from the seeds as they are, for all runs and workers."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from yibao_desktop.content.builder import build

ROOT = Path(__file__).resolve().parent.parent
PROCEDURES = tuple(sorted(p.stem for p in (ROOT / "seeds" / "procedures").glob("*.yaml")))
"""Ids of the procedures shipped."""

CONTENT_VARIABLE = "YIBAO_TEST_CONTENT"
"""Names a folder with content to be taken as it is, for who has built it and knows it is right:
``make`` does, and so does who puts faults into the program, each of which would be built anew."""

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
    for file in built_content().glob("content.sqlite3*"):
        shutil.copy(file, database.parent / file.name)


def built_content() -> Path:
    """The folder of the content of these sources; who comes second waits for the first."""
    if given := os.environ.get(CONTENT_VARIABLE):
        return Path(given)
    folder = _KEPT / digest_of(_SOURCES)
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


def digest_of(sources: Iterable[str]) -> str:
    """Tells one state of files and folders of this tree from any other."""
    digest = hashlib.sha256()
    for source in sources:
        within = ROOT / source
        for path in sorted(within.rglob("*")) if within.is_dir() else (within,):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
