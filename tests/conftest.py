"""What all tests share: one bundle with freshly built content, real SQLite, a folder per test."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.built_content import ROOT, copy_content
from tests.clock import SetClock
from tests.patience import PatientBot, give_examples_time
from yibao_desktop.bootstrap import ContentServices, Services, open_services
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.paths import HOME_VARIABLE, Paths
from yibao_desktop.store.content_repository import ContentRepository

FONT = ROOT / "resources" / "fonts" / "YibaoSans-Regular.otf"

give_examples_time()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no core waits for it at the end.

    What a module builds for its tests is built once: they stay together in one process.
    """
    for item in items:
        own = not item.get_closest_marker("xdist_group")
        if own and isinstance(item, pytest.Function) and _shares_what_its_module_builds(item):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: no collection of garbage need look at it again."""
    gc.collect()
    gc.freeze()


def _shares_what_its_module_builds(item: pytest.Function) -> bool:
    known = item._fixtureinfo.name2fixturedefs.values()
    return any(fixtures[-1].scope == "module" for fixtures in known)


def _turn(item: pytest.Item) -> int:
    marks = ("package", "slow", "xdist_group")
    return next((n for n, mark in enumerate(marks) if item.get_closest_marker(mark)), len(marks))


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle as an installation has it, with the content built from the real seeds."""
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "resources").symlink_to(ROOT / "resources")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "db").mkdir()
    (folder / "db" / "migrations").symlink_to(ROOT / "db" / "migrations")
    paths = Paths(folder, folder)
    copy_content(paths.content_database)
    return folder


@pytest.fixture
def paths(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The bundle with a user's folder of the test's own."""
    home = tmp_path / "用户 文件夹"
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return Paths(bundle, home)


@pytest.fixture
def content(bundle: Path) -> Iterator[ContentRepository]:
    """The real content."""
    repository = ContentRepository(Paths(bundle, bundle).content_database)
    yield repository
    repository.close()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """Uses the window as a person does, and waits as long as a busy machine needs."""
    return PatientBot(request)


@pytest.fixture
def bundled_font(qapp: QApplication) -> None:
    """The font that printing relies on; the program registers it as it starts."""
    QFontDatabase.addApplicationFont(str(FONT))


@pytest.fixture
def clock() -> SetClock:
    """What time it is in the test, the services and the window."""
    return SetClock()


@pytest.fixture
def guide(paths: Paths, clock: SetClock) -> Iterator[ContentServices]:
    """Services that need the content only."""
    services = ContentServices(paths, clock)
    yield services
    services.close()


@pytest.fixture
def services(paths: Paths, clock: SetClock) -> Iterator[Services]:
    """All services on an empty user database."""
    opened = open_services(paths, clock)
    yield opened
    opened.close()


@pytest.fixture
def procedures(content: ContentRepository) -> dict[str, Procedure]:
    """The shipped procedures by id."""
    return {p.id: p for p in content.procedures()}
