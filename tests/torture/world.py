"""An installation and a user's folder to be spoilt, and what a window shows of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.built_content import ROOT, copy_content
from tests.own_documents import write
from tests.torture.child import in_child
from tests.torture.live_window import live_until
from yibao_desktop.bootstrap import Services, open_services
from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.errors import DataError, YibaoError
from yibao_desktop.paths import Paths
from yibao_desktop.services.own_service import Choice
from yibao_desktop.store.backup import BackupFolder
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application
from yibao_desktop.ui.program.trouble_window import TroubleWindow

WINDOW = {"card": ("physical",), "channel": ("window",)}
PAGE = "card-replacement-guide"
EVERYBODY = ("奶奶", "妈妈", "爸爸")
PAPERS = {
    "搬家.txt": "关于溪口镇窗口搬家的通知\n窗口搬到龙津路十二号二楼，周六上午也开门。",
    "体检.txt": "退休人员体检须知\n带上旧体检表，早上不要吃饭。" + "\n".join(
        f"第{n}条　溪口镇第{n}组的人先到社区登记。" for n in range(400)
    ),
}  # fmt: skip
ASKED = "溪口镇窗口搬到哪里了"


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees who starts the program.

    Attributes:
        opened: whether a window came.
        told: what it says went wrong.
        cases: for whom cases are listed.
        notes: every note of them.
        page: the text of a page of the guide.
        kept: whether a bookmark set now is there.
        papers: title and text of every document of one's own.
        found: titles of those that are found; nothing unless they were searched.
        paper_kept: whether a folder given to one of them now is there.
    """

    opened: bool
    told: str
    cases: tuple[str, ...]
    notes: tuple[str, ...]
    page: str
    kept: bool
    papers: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    paper_kept: bool = False


class World:
    """Folders of one torture run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._template = self._make_bundle()
        self._home = self._make_home()

    @property
    def paths_of_bundle(self) -> Paths:
        """The installation, unspoilt; nothing is written into it."""
        return Paths(self._template, self._home)

    def _make_bundle(self) -> Path:
        bundle = self.folder / "bundle"
        (bundle / "db").mkdir(parents=True)
        (bundle / "resources").symlink_to(ROOT / "resources")
        (bundle / "seeds").symlink_to(ROOT / "seeds")
        (bundle / "db" / "migrations").symlink_to(ROOT / "db" / "migrations")
        paths = Paths(bundle, bundle)
        in_child(lambda: copy_content(paths.content_database), 300.0)
        return bundle

    def _make_home(self) -> Path:
        home = self.folder / "home"
        paths = Paths(self._template, home)

        def live() -> None:
            services = open_services(paths)
            for name in EVERYBODY:
                case = services.cases.start("card-replacement", name).case.id
                services.cases.apply(case, Answer(WINDOW))
                services.cases.apply(case, Tick("report-loss-phone", True))
                services.cases.apply(case, Note("apply-at-window", f"{name}的，下周二去"))
            services.reading.add_bookmark("e-card", "申请电子医保卡")
            looks = services.own.look([write(self.folder, *paper) for paper in PAPERS.items()])
            services.own.add([Choice(look, look.title) for look in looks])
            services.close()

        in_child(live)
        assert len(BackupFolder(paths.user_database).all()) == 1
        assert len(BackupFolder(paths.own_database).all()) == 1
        return home

    def paths(self, bundle: bool = False, home: Path | None = None) -> Paths:
        """Folders of a trial's own: of the user, and where it is to be spoilt, of the content."""
        place = Path(tempfile.mkdtemp(prefix="试 ", dir=self.folder))
        installed = self._template
        if bundle:
            installed = place / "bundle"
            shutil.copytree(self._template, installed, symlinks=True)
        user = home or place / "家"
        shutil.copytree(self._home, user, dirs_exist_ok=True)
        return Paths(installed, user, None if home else place / "cache")

    def forget(self, paths: Paths) -> None:
        """Clear a trial's folders away."""
        shutil.rmtree(paths.user.parent, ignore_errors=True)


def look(paths: Paths, searched: bool = False) -> Seen:
    """Start the program in a process of its own and look at its window.

    Args:
        paths: where it lies, and the user's folder.
        searched: whether documents of one's own are looked for and changed as well.
    """
    return in_child(lambda: _look(paths, searched))


def _look(paths: Paths, searched: bool) -> Seen:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application(paths, ["yibao-desktop"])
    desktop = Desktop(app, Services(paths))
    bugs: list[BaseException] = []
    desktop.tasks.crashed.connect(bugs.append)

    def settle() -> None:
        live_until(app, lambda: not desktop.tasks.busy)
        assert not desktop.tasks.busy, "the window hangs"

    try:
        desktop.show()
    except YibaoError as error:
        seen = _trouble_seen(desktop.show_trouble(error), settle)
    else:
        seen = _guide_seen(desktop, settle)
        if searched:
            seen = _searched(desktop.context.services, seen)
    desktop.close()
    delete_windows()
    assert not bugs, bugs
    return seen


def _on_screen(window: QWidget) -> bool:
    return window.isVisible() and not window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def _guide_seen(desktop: Desktop, settle: Callable[[], None]) -> Seen:
    settle()
    opened = _on_screen(desktop.window)
    told = desktop.window.message.text
    services = desktop.context.services
    cases = services.cases.open_cases()
    desktop.window.open_item(PAGE)
    settle()
    page = desktop.window.pages.reader.browser.toPlainText()
    desktop.tasks.run(
        lambda: services.reading.add_bookmark(PAGE, "试"), lambda _: None, desktop.window
    )
    settle()
    kept = services.reading.bookmark(PAGE) is not None
    desktop.window.hide()
    own = services.own
    papers = sorted(f"{d.title}：{item.text}" for d in own.documents() if (item := own.item(d.id)))
    return Seen(
        opened,
        told,
        tuple(sorted(view.case.nickname for view in cases)),
        tuple(sorted(m.note for v in cases for m in v.case.steps.values() if m.note)),
        page,
        kept,
        tuple(papers),
    )


def _searched(services: Services, seen: Seen) -> Seen:
    """The same, with what is found of documents, and whether one can be sorted anew."""
    found = {hit.passage.title for hit in services.search.own(ASKED).hits}
    kept = False
    with suppress(DataError):
        for document in services.own.documents():
            services.own.change(replace(document, folder="试"))
        kept = services.own.folders() == ["试"]
    return replace(seen, found=tuple(sorted(found)), paper_kept=kept)


def _trouble_seen(window: TroubleWindow, settle: Callable[[], None]) -> Seen:
    """All of it is in one text; nothing can be looked up or kept."""
    settle()
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    told = "\n".join(texts)
    names = (re.fullmatch(r"(\S+) · .+", text) for text in texts)
    return Seen(
        _on_screen(window),
        told,
        tuple(sorted(name[1] for name in names if name)),
        tuple(sorted(re.findall(r"^记在“[^”]*”：(.*)$", told, re.MULTILINE))),
        "",
        False,
    )


def mount(*arguments: str) -> None:
    """Mount something; this process has a namespace of mounts to itself."""
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def unmount(folder: Path) -> None:
    """Take it away again."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
