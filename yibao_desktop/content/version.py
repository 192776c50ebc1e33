"""Which content a database was built from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from yibao_desktop.paths import DICTIONARIES, ENCODER_FILE
from yibao_desktop.search.index import INDEX_VERSION
from yibao_desktop.store.content_schema import CONTENT_SCHEMA_VERSION

NOTES = frozenset({"README.md", "PACKS.md"})
"""The guides for editors beside the seeds; not content."""


def content_version(seeds: Path, resources: Path) -> str:
    """Twelve hexadecimal digits that change whenever anything the content is made of does."""
    digest = hashlib.sha256(f"{CONTENT_SCHEMA_VERSION}.{INDEX_VERSION}".encode())
    for root in (seeds, resources / DICTIONARIES, (resources / ENCODER_FILE).parent):
        for path in sorted(p for p in root.rglob("*") if p.is_file() and p.name not in NOTES):
            digest.update(os.fsencode(path.relative_to(root).as_posix()) + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
