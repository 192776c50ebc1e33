"""What ``seeds/PACKS.md`` shows to those who make packs is read, and fits the guide as it is."""

import re
from pathlib import Path

from yibao_desktop.content.loader import load_seeds
from yibao_desktop.content.pack_files import read_manifest, read_overlay
from yibao_desktop.domain.packs.apply import apply

SEEDS = Path(__file__).parents[3] / "seeds"
MANIFEST, OVERLAY = re.findall(
    r"```yaml\n(.*?)```", (SEEDS / "PACKS.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_the_manifest_is_read() -> None:
    manifest, problems = read_manifest(MANIFEST)
    assert problems == []
    assert manifest is not None
    assert manifest.revokes == ("1",)


def test_every_change_of_the_overlay_fits() -> None:
    overlay, _, problems = read_overlay(OVERLAY, "overlays/x.yaml")
    assert problems == []
    assert overlay is not None
    page = next(s.value for s in load_seeds(SEEDS).pages() if s.value.id == overlay.page)
    changed, off = apply(page, overlay.changes)
    assert off == ()
    assert changed != page
