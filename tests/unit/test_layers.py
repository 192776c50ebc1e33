"""The core loads no Qt, and the console loads no seed readers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT


def loaded_by(module: str) -> set[str]:
    """Top-level modules in a fresh process that imported just this one."""
    code = f"import sys, {module}; print('\\n'.join({{m.partition('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return set(done.stdout.split())


CORE = ["domain.procedure.proof", "store.user_database", "search.engine", "content.builder",
        "services.case_service", "services.content_service", "bootstrap", "cli"]  # fmt: skip


@pytest.mark.parametrize("module", CORE)
def test_the_core_loads_no_qt(module):
    assert not loaded_by(f"yibao_desktop.{module}") & {"PySide6", "shiboken6"}


def test_the_domain_needs_nothing_but_python():
    outside = {"sqlalchemy", "cattrs", "jieba", "yaml", "markdown_it", "pypinyin", "platformdirs"}
    assert not loaded_by("yibao_desktop.domain.procedure.proof") & outside


def test_starting_loads_neither_seed_readers_nor_jieba():
    late = {"yaml", "markdown_it", "pypinyin", "jieba", "pypdfium2", "python_calamine", "ofdkit"}
    assert not loaded_by("yibao_desktop.cli") & late
    assert not loaded_by("yibao_desktop.ui.program.application") & late


def test_the_window_waits_for_nothing_its_first_sight_does_not_need():
    late = {"sqlalchemy", "sqlite3", "cattrs", "icalendar", "chinese_calendar", "numpy"}
    assert not loaded_by("yibao_desktop.ui.program.application") & late


def test_searching_does_not_wait_for_what_reads_pages():
    modules = loaded_by("yibao_desktop.services.search_service, yibao_desktop.search.engine")
    assert not modules & {"sqlalchemy", "cattrs", "icalendar", "chinese_calendar", "numpy"}


def test_the_first_answer_waits_for_no_library_that_writes(bundle, tmp_path):
    """Tree and search read the content as it stands; who never added documents waits for none."""
    code = (
        "import sys; from pathlib import Path; from yibao_desktop.bootstrap import ContentServices; "
        "from yibao_desktop.paths import Paths; "
        "services = ContentServices(Paths(Path(sys.argv[1]), Path(sys.argv[2]))); "
        "found = services.search.search('卡丢了怎么办'); "
        "entries = [*services.guide.entries(), *services.guide.own_entries()]; "
        "print(len(found.hits), len(entries), *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, bundle, tmp_path],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    hits, entries, *modules = done.stdout.split()
    assert int(hits)
    assert int(entries)
    late = {"sqlalchemy", "cattrs", "yaml", "jieba", "yibao_desktop.domain.procedure.plan"}
    assert not late.intersection(modules)


def test_modules_are_imported_by_pythons_own_function():
    code = (
        "import builtins; plain = builtins.__import__; import yibao_desktop.ui.program.application; "
        "print(builtins.__import__ is plain)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "True"


def test_every_room_is_named_where_a_newcomer_looks_for_it():
    """Each folder of the package has its line in the tree, and each line its folder or file."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tree = text.partition("yibao_desktop/\n")[2].partition("\nresources/")[0]
    named, above = set(), []
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 4
        for name in line.strip().partition("  ")[0].split(", "):
            if not name.endswith(("/", ".py")):
                continue
            above = above[: depth - 1]
            named.add("/".join([*above, name.rstrip("/")]))
            if name.endswith("/"):
                above.append(name.rstrip("/"))
    package = ROOT / "yibao_desktop"
    rooms = {
        str(file.parent.relative_to(package))
        for file in package.rglob("*.py")
        if file.parent != package and file.name != "__init__.py"
    }
    assert rooms - named == set()
    assert [name for name in named if not (package / name).exists()] == []
