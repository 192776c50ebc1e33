"""Puts a freshly built content database into the wheel, with its checksum and spare copy."""

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
        from yibao_desktop.store.content_file import companions

        self._folder = tempfile.TemporaryDirectory()
        database = Path(self._folder.name) / "content.sqlite3"
        build(root / "seeds", root / "resources", database)
        for path in (database, *companions(database)):
            build_data["force_include"][str(path)] = f"yibao_desktop/_bundle/db/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Drop the temporary database."""
        if version != "editable":
            self._folder.cleanup()
