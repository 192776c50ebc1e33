"""What a release is called and when it was made; the version stands in the package alone."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "yibao-desktop"
SCHEME = "yibao"


def version() -> str:
    """The version, as ``yibao_desktop/__init__.py`` has it; ``YIBAO_VERSION`` overrides it.

    The variable serves to try out an upgrade before there is a newer version.
    """
    text = (ROOT / "yibao_desktop" / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    assert match
    return os.environ.get("YIBAO_VERSION") or match[1]


def moment() -> int:
    """When the last commit was made, in seconds since 1970; ``SOURCE_DATE_EPOCH`` overrides it."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    done = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def pictures() -> str:
    """Address below which ``build_spec/screenshots`` can be seen: ``YIBAO_PICTURES``, else none."""
    return os.environ.get("YIBAO_PICTURES", "").rstrip("/")


def compression() -> int:
    """How hard xz is to try, 0 to 9; ``YIBAO_COMPRESSION`` overrides it where time matters more."""
    return int(os.environ.get("YIBAO_COMPRESSION", "9"))
