"""Checking and building the content, for editors."""

from __future__ import annotations

from pathlib import Path

# Everything below pulls in the seed readers: import this module only for `build` and `check`.
from yibao_desktop.content.builder import Counts, build, validate
from yibao_desktop.content.problems import ContentError
from yibao_desktop.domain.doubts import Doubt

__all__ = ["ContentError", "Counts", "build_content", "check_content"]


def check_content(seeds: Path) -> tuple[Counts, list[Doubt]]:
    """Check the seeds; what they hold, and every doubt in them.

    Raises:
        ContentError: something is wrong; every fault is listed.
    """
    read, counts = validate(seeds)
    return counts, [seed.value for seed in read.doubts]


def build_content(seeds: Path, dictionaries: Path, out: Path) -> Counts:
    """Build the content database; see ``content.builder.build``."""
    return build(seeds, dictionaries, out)
