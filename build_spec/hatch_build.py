"""Puts a freshly built content database into the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ContentBuildHook(BuildHookInterface):
    """Builds the content from the seeds; an editable install needs none, it reads the tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the database and name its place in the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from yibao_desktop.content.builder import build

        self._folder = tempfile.TemporaryDirectory()
        database = Path(self._folder.name) / "content.sqlite3"
        build(root / "seeds", root / "resources" / "dictionaries", database)
        build_data["force_include"][str(database)] = "yibao_desktop/_bundle/db/content.sqlite3"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Drop the temporary database."""
        if version != "editable":
            self._folder.cleanup()
