"""A window is whole on its screen, whatever the screen's size and scale."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QRect

from tests.conftest import ROOT
from yibao_desktop.ui.shell.window_place import FRAME, first_place, kept_place

SCREENS = [(1366, 728), (1440, 860), (1280, 760), (1024, 728), (1920, 1040), (3840, 2120)]
SCALES = [1.0, 1.25, 1.5, 2.0]
OPEN = """
import json, pathlib, sys
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program.application import Desktop, make_application
paths = Paths(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
app = make_application(paths, ["yibao-desktop"])
services = open_services(paths)
services.settings.update(welcomed=True)
desktop = Desktop(app, services)
desktop.show()
while desktop.tasks.busy:
    app.processEvents()
window = desktop.window
room, place = window.screen().availableGeometry(), window.geometry()
edge = max(w.mapTo(window, w.rect().bottomRight()).x() for w in window.bar.children() if hasattr(w, "isVisible") and w.isVisible())
print(json.dumps({"inside": room.contains(place), "width": window.width(), "edge": edge, "least": window.minimumSizeHint().width()}))
desktop.close()
"""


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_window_is_whole_on_its_screen(screen, scale):
    available = QRect(0, 24, int(screen[0] / scale), int(screen[1] / scale))
    place = first_place(available)
    assert available.contains(place.marginsAdded(FRAME))


@pytest.mark.parametrize(
    "before",
    [QRect(-400, -300, 800, 600), QRect(1300, 700, 800, 600), QRect(0, 0, 3000, 2000)],
)
def test_a_window_that_was_elsewhere_comes_back(before):
    available = QRect(0, 0, 1366, 728)
    place = kept_place(before, available)
    assert available.contains(place.marginsAdded(FRAME))
    assert place.size() == before.size().boundedTo(available.marginsRemoved(FRAME).size())


def test_a_window_that_fits_stays_where_it_was():
    before = QRect(100, 90, 900, 600)
    assert kept_place(before, QRect(0, 0, 1366, 728)) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("screen", "scale"),
    [((1366, 768), "1"), ((1440, 900), "1.25"), ((1440, 900), "1.5"), ((1400, 1000), "2")],
)
def test_everything_of_the_bar_is_on_the_screen(tmp_path, bundle, screen, scale):
    config = tmp_path / "screen.json"
    width, height = screen
    one = {
        "name": "one",
        "x": 0,
        "y": 0,
        "width": width,
        "height": height,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    config.write_text(json.dumps({"screens": [one]}))
    environment = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        "QT_SCALE_FACTOR": scale,
    }
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(bundle), str(tmp_path / "home")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(done.stdout)
    assert seen["inside"], seen
    assert seen["edge"] <= seen["width"], seen
