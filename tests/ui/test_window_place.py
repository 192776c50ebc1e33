"""A window is whole on its screen, whatever the screen's size and scale."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from yibao_desktop.ui.shell.window_place import FRAME, first_place, kept_place

SCREENS = [(1366, 728), (1440, 860), (1280, 760), (1024, 728), (1920, 1040), (3840, 2120)]
SCALES = [1.0, 1.25, 1.5, 2.0]


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
