"""The list of licences is that of what is installed, and whole."""

from __future__ import annotations

import runpy
import tomllib

from tests.conftest import ROOT
from yibao_desktop.services.licence_service import bundled_parts, licences_folder

RESOURCES = ROOT / "resources"


def test_the_list_is_that_of_what_is_installed():
    made = runpy.run_path(str(ROOT / "build_spec" / "make_licences.py"))["made"]()
    folder = licences_folder(RESOURCES)
    assert {name: (folder / name).read_text(encoding="utf-8") for name in made} == made, (
        "make licences brings resources/licences up to date"
    )
    assert {p.name for p in folder.iterdir()} == {*made, "LGPL-3.0.txt", "GPL-3.0.txt"}


def test_everything_bundled_is_listed_with_a_licence():
    parts = {part.name.lower().replace("_", "-"): part for part in bundled_parts(RESOURCES)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for needed in project["dependencies"]:
        name = needed.partition(">")[0].partition("=")[0].lower().replace("_", "-")
        assert parts[name].version
    assert {"python", "qt", "sqlite"} <= set(parts)
    assert all(part.licence for part in parts.values())
