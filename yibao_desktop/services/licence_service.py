"""What is bundled with the program, and under which licence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BundledPart:
    """One piece of software or data; ``version`` may be empty."""

    name: str
    version: str
    licence: str


def licences_folder(resources: Path) -> Path:
    """Where the list and the full texts lie."""
    return resources / "licences"


def bundled_parts(resources: Path) -> list[BundledPart]:
    """Everything bundled, as ``build_spec/make_licences.py`` listed it."""
    text = (licences_folder(resources) / "licences.json").read_text(encoding="utf-8")
    return [
        BundledPart(entry["name"], entry.get("version", ""), entry["licence"])
        for entry in json.loads(text)
    ]
