"""The files a content pack has besides seeds: ``pack.yaml`` and ``overlays/*.yaml``."""

from __future__ import annotations

from typing import TypeVar

from yibao_desktop.content.change_schema import overlay_to_data
from yibao_desktop.content.problems import Mistake, Problem
from yibao_desktop.content.schema import structure
from yibao_desktop.content.seed_writer import to_data, to_yaml
from yibao_desktop.content.yaml_reader import Located, read_yaml
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.packs.overlay import Overlay

MANIFEST = "pack.yaml"
OVERLAYS = "overlays"

T = TypeVar("T")


def read_manifest(text: str) -> tuple[Manifest | None, list[Problem]]:
    """What a pack says of itself, or None and every fault in it."""
    manifest, located, problems = _read(text, Manifest, MANIFEST)
    if manifest is not None:
        problems = [Problem(MANIFEST, located.line((n,)), told) for n, told in manifest.faults]
    return (None if problems else manifest), problems


def read_overlay(text: str, file: str) -> tuple[Overlay | None, Located, list[Problem]]:
    """The changes to a page, where they stand in the file, and every fault."""
    return _read(text, Overlay, file)


def _read(text: str, wanted: type[T], file: str) -> tuple[T | None, Located, list[Problem]]:
    try:
        located = read_yaml(text)
    except Mistake as mistake:
        return None, Located({}), [Problem(file, mistake.line or 1, str(mistake))]
    value, problems = structure(located, wanted, file)
    return value, located, problems


def write_manifest(manifest: Manifest) -> str:
    """``pack.yaml``; ``read_manifest`` reads it back equal."""
    return to_yaml(to_data(manifest))


def write_overlay(overlay: Overlay) -> str:
    """A file of ``overlays``; ``read_overlay`` reads it back equal."""
    return to_yaml(overlay_to_data(overlay))
