"""``make gallery``: the pictures of the README, taken of the program as it is.

python -m tests.screens.gallery
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.conftest import ROOT
from tests.screens.walk import Walk
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.paths import Paths
from yibao_desktop.services.case_service import CaseService
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application

PICTURES = ROOT / "build_spec" / "screenshots"
SIZE = (1180, 780)
AT_WINDOW = {"card": ("physical",), "channel": ("window",)}


class Gallery:
    """A few screens of a program that has been used for some days."""

    def __init__(self, desktop: Desktop, pictures: Path) -> None:
        self._desktop = desktop
        self._window = desktop.window
        self._pictures = pictures
        self._walk = Walk(desktop, pictures)
        self._mother = _begin_cases(desktop.context.services.cases)

    def take(self) -> None:
        """Take all pictures."""
        self._look("home", HOME)
        self._look("results", Location(Place.SEARCH, "卡丢了咋办"))
        self._look("procedure", Location(Place.ITEM, "card-replacement"))
        self._look("plan", Location(Place.CASE, self._mother))
        self._look("reader-dark", Location(Place.ITEM, "card-replacement-guide"), Theme.DARK)
        asked = self._desktop.context.services.cases.start("card-replacement", "外公").case.id
        self._look("question-elder", Location(Place.CASE, asked), size=TextSize.ELDER)

    def _look(
        self,
        name: str,
        location: Location,
        theme: Theme = Theme.LIGHT,
        size: TextSize = TextSize.STANDARD,
    ) -> None:
        self._desktop.context.services.settings.update(theme=theme, text_size=size)
        self._window.go(location)
        self._walk.settle()
        self._window.grab().save(str(self._pictures / f"{name}.png"))


def _begin_cases(cases: CaseService) -> str:
    """Two cases under way; the id of the mother's."""
    cases.start("e-card", "爸爸")
    mother = cases.start("card-replacement", "妈妈").case.id
    cases.apply(mother, Answer(AT_WINDOW))
    for step in ("report-loss-phone", "apply-at-window"):
        cases.apply(mother, Tick(step, True))
    cases.apply(mother, Note("apply-at-window", "3 号窗口，下周二去拿"))
    return mother


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="yibao-gallery-") as home:
        paths = Paths(ROOT, Path(home))
        app = make_application(paths, ["yibao-desktop"])
        services = open_services(paths)
        services.settings.update(welcomed=True)
        desktop = Desktop(app, services)
        desktop.show()
        desktop.window.resize(*SIZE)
        Gallery(desktop, PICTURES).take()
        desktop.close()
        delete_windows()


if __name__ == "__main__":
    main()
