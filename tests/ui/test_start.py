"""How the window comes up: painted first, filled then; what it was asked for; what it tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from tests.conftest import ROOT
from tests.patience import PATIENCE_MS
from tests.ui.driver import Driver
from yibao_desktop.bootstrap import Services, open_services
from yibao_desktop.paths import HOME_VARIABLE
from yibao_desktop.ui.common.navigation import HOME, Location, Place, linked
from yibao_desktop.ui.looks.icons import IconLoader
from yibao_desktop.ui.program.application import Desktop
from yibao_desktop.ui.work.waiting import HandsOff, wait_for_paint, wait_until_idle


def start(*arguments: str, home, timeout: float | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "yibao_desktop", *arguments],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )


def test_what_a_start_takes_is_one_line_of_json(tmp_path):
    done = start("--measure-startup", home=tmp_path / "家")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    took = json.loads(line)
    assert set(took) == {"window_ms", "ready_ms", "rss_mb"}
    assert 0 < took["window_ms"] < took["ready_ms"]
    assert took["rss_mb"] > 20


def test_no_start_waits_for_what_no_painting_needs():
    program = "import sys; import yibao_desktop.ui.program.application; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    later = {"sqlalchemy", "jieba", "pypinyin", "cattrs", "yibao_desktop.domain.procedure.plan"}
    assert loaded & later == set()
    assert "yibao_desktop.ui.shell.main_window" in loaded


def test_the_style_is_ours_whatever_is_asked_for(tmp_path):
    program = (
        "from yibao_desktop.paths import resolve_paths\n"
        "from yibao_desktop.ui.program.application import make_application\n"
        "app = make_application(resolve_paths(), ['yibao-desktop', '-style', 'windows'])\n"
        "print(app.style().name(), app.arguments())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "fusion ['yibao-desktop']"


def test_the_window_is_painted_before_the_databases_are_opened(qapp, qtbot, paths):
    services = Services(paths)
    desktop = Desktop(qapp, services)
    driver = Driver(desktop, qtbot)
    desktop.appear()
    assert wait_for_paint(desktop.window, PATIENCE_MS)
    assert not paths.user_database.exists()
    assert desktop.window.side.tree.model().rowCount() == 0
    desktop.show_guide()
    wait_until_idle(desktop.tasks, 5000)
    assert desktop.window.side.tree.model().rowCount() > 3
    assert not paths.user_database.exists()
    desktop.begin()
    driver.settle()
    assert paths.user_database.exists()
    assert desktop.window.pages.count() > 0
    driver.close()


@pytest.mark.parametrize("pause", [False, True], ids=["still typing", "already searching"])
def test_what_is_typed_before_the_window_is_filled_is_searched_for(qapp, qtbot, paths, pause):
    desktop = Desktop(qapp, Services(paths))
    driver = Driver(desktop, qtbot)
    window = desktop.window
    desktop.appear()
    assert wait_for_paint(window, PATIENCE_MS)
    desktop.show_guide()
    driver.type("kadiule", window.bar.search)
    if pause:
        qtbot.waitUntil(lambda: window.pages.count() > 0)
        driver.settle()
    desktop.begin()
    qtbot.waitUntil(lambda: driver.page is window.pages.search)
    driver.settle()
    assert window.bar.search.text() == "kadiule"
    assert driver.page is window.pages.search
    driver.close()


def test_what_takes_long_waits_until_nobody_touches_the_window(qtbot, window):
    handle = window.window.windowHandle()
    hands_off = HandsOff(handle, 800)
    touches = QTimer(handle, interval=20)
    touched = []

    def touch() -> None:
        touched.append(QTest.keyClick(handle, Qt.Key.Key_Shift))
        if len(touched) == 100:
            touches.stop()

    touches.timeout.connect(touch)
    touches.start()
    with qtbot.waitSignal(hands_off.come):
        pass
    assert len(touched) == 100


def test_waiting_ends_when_nothing_comes(qtbot, window):
    """What is not shown is never painted; what is may be painted again at any time."""
    unseen = QLabel(window.window)
    assert not wait_for_paint(unseen, 50)
    window.settle()


@pytest.mark.parametrize(
    ("link", "location"),
    [
        ("yibao:card-replacement", Location(Place.ITEM, "card-replacement")),
        (
            "yibao:card-replacement/report-loss",
            Location(Place.ITEM, "card-replacement/report-loss"),
        ),
        (
            "yibao:card-replacement%2Freport-loss",
            Location(Place.ITEM, "card-replacement/report-loss"),
        ),
        ("yibao://card-replacement/", Location(Place.ITEM, "card-replacement")),
        ("yibao:cases", Location(Place.CASES)),
        ("yibao:library", Location(Place.LIBRARY)),
        ("yibao:home", HOME),
    ],
)
def test_a_link_leads_to_a_page_or_a_place(link, location):
    assert linked(link) == location


def test_a_folder_beside_the_program_that_cannot_be_written_is_told(qapp, qtbot, paths, tmp_path):
    refused = replace(paths, refused=tmp_path / "U 盘" / "data")
    driver = Driver(Desktop(qapp, open_services(refused)), qtbot)
    driver.start()
    assert "写不进去" in driver.window.message.text
    assert str(refused.user) in driver.window.message.text
    driver.close()


def test_the_cross_in_the_search_box_empties_it(window):
    window.search("补办")
    box = window.window.bar.search
    crosses = [b for b in window.visible(QToolButton, box) if b.defaultAction().text() == "清空"]
    (cross,) = crosses
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    window.qtbot.waitUntil(lambda: window.page is window.window.pages.home)
    assert box.text() == ""
    assert not cross.isVisible()


def test_icons_are_sharp_in_every_size_and_pale_when_they_do_nothing(qapp, paths):
    loader = IconLoader(paths.resources / "icons")
    icon = loader.load("house", "#102030")
    for side in (16, 20, 33, 64):
        assert icon.pixmap(QSize(side, side)).size() == QSize(side, side)

    def strongest(mode: QIcon.Mode) -> int:
        image = icon.pixmap(QSize(64, 64), mode=mode).toImage()
        return max(image.pixelColor(x, y).alpha() for x in range(64) for y in range(64))

    assert strongest(QIcon.Mode.Normal) == 255
    assert 60 < strongest(QIcon.Mode.Disabled) < 200
