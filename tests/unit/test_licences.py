"""The list of licences is that of what is installed, and whole."""

from __future__ import annotations

import runpy
import tomllib

from tests.conftest import ROOT

LICENCES = ROOT / "resources" / "licences.txt"


def test_the_list_is_that_of_what_is_installed():
    made = runpy.run_path(str(ROOT / "build_spec" / "make_licences.py"))["made"]()
    assert LICENCES.read_text(encoding="utf-8") == made, "make licences brings it up to date"


def test_everything_bundled_is_listed_with_its_licence():
    text = LICENCES.read_text(encoding="utf-8")
    listed = [line.partition("：")[0] for line in text.partition("=====")[0].splitlines()]
    names = {line.rpartition(" ")[0].lower().replace("_", "-") for line in listed}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for needed in project["dependencies"]:
        assert needed.partition(">")[0].partition("=")[0].lower().replace("_", "-") in names
    assert {"Python", "Qt", "OpenSSL", "SQLite"} <= set(listed)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
