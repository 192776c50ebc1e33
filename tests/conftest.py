"""What all tests share: one bundle with freshly built content, real SQLite, a folder per test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.built_content import ROOT, copy_content
from tests.clock import SetClock
from tests.patience import PatientBot
from yibao_desktop.bootstrap import ContentServices, Services, open_services
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.paths import HOME_VARIABLE, Paths
from yibao_desktop.store.content_repository import ContentRepository


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
