"""A process of its own that shows every screen in one way and prints what is wrong with each.

    python -m tests.screens.walk BUNDLE PICTURES NAME-OF-LOOKS

The scale is taken by Qt when it starts, so it must be in the environment (QT_SCALE_FACTOR).
"""

from __future__ import annotations

import datetime
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from tests.screens import own_screens
from tests.screens.combinations import EVERY, Looks
from tests.screens.faults import access_faults, faults, small_targets
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.domain.packs.draft import DraftKind
from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.domain.records.reading import Bookmark
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.settings import Settings, TextSize, Theme
from yibao_desktop.ui.common.navigation import HOME, Location, Message, Place
from yibao_desktop.ui.dialogs.about_dialog import AboutDialog
from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog
from yibao_desktop.ui.dialogs.bookmark_dialog import BookmarkDialog, FolderDialog
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.dialogs.export_dialog import ExportDialog
from yibao_desktop.ui.dialogs.help_dialog import HelpDialog
from yibao_desktop.ui.dialogs.import_dialog import ImportDialog
from yibao_desktop.ui.dialogs.licence_dialog import LicenceDialog
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.dialogs.original_dialog import OriginalDialog
from yibao_desktop.ui.dialogs.outside_dialog import OutsideDialog
from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog
from yibao_desktop.ui.dialogs.region_dialog import RegionDialog
from yibao_desktop.ui.dialogs.restore_dialog import RestoreDialog
from yibao_desktop.ui.dialogs.unsaved_dialog import UnsavedDialog
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application

WEB_PAGE = "https://www.example.gov.cn/medical-insurance/card/replacement/index.html?from=guide"
CONFIRM = "没有错，看要做什么"
NICKNAME = "很长很长的一个称呼呀"
TODAY = datetime.date(2026, 3, 5)
QUICKLY = 90
"""How Qt is told to press a picture as little as it does at all: else that is a tenth of the work."""


class Walk:
    """Goes from screen to screen of a fresh program."""

    def __init__(self, desktop: Desktop, pictures: Path) -> None:
        self._desktop = desktop
        self._window = desktop.window
        self._pictures = pictures
        self._loop = QEventLoop()

    def settle(self) -> None:
        """Wait until nothing is under way and all is laid out."""
        while self._desktop.tasks.busy:
            self._loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(4):
            self._loop.processEvents()

    def look(self, name: str, top: QWidget) -> list[str]:
        """Keep a picture of a window; what is wrong with it."""
        self.settle()
        picture = top.grab().toImage()
        picture.save(str(self._pictures / f"{name}.png"), quality=QUICKLY)
        found = faults(top, picture)
        if self._desktop.context.theme.metrics.elder:
            found += small_targets(top)
        if top.devicePixelRatio() == 1:
            found += access_faults(top)
        return found

    def all(self) -> Iterator[tuple[str, list[str]]]:
        """Every screen with what is wrong with it."""
        for name, top in self.tops():
            yield name, self.look(name, top)

    def tops(self) -> Iterator[tuple[str, QWidget]]:
        """Every screen, shown: its name, and the window or dialog it is."""
        for name, show in self._screens():
            show()
            yield name, self._window
        for name, make in self._dialogs():
            dialog = make()
            dialog.open()
            yield name, dialog
            dialog.close()
            self.settle()
        trouble = self._desktop.show_trouble(DataError("内容库坏了，备用的一份也坏了。"))
        trouble.resize(self._window.size())
        yield "trouble", trouble
        trouble.close()

    def _screens(self) -> Iterator[tuple[str, Callable[[], object]]]:
        window, services = self._window, self._desktop.context.services
        articles = [e for e in services.guide.entries() if e.kind is Kind.ARTICLE]
        longest = max(articles, key=lambda e: len(e.text)).id

        def going(place: Place, value: str = "") -> Callable[[], object]:
            return lambda: window.go(Location(place, value))

        yield "welcome", going(Place.WELCOME)
        yield "cases-none", going(Place.CASES)
        yield "library-none", going(Place.LIBRARY)
        yield "topic", going(Place.ITEM, "cards")
        yield "article", going(Place.ITEM, longest)
        yield "article-part", going(Place.ITEM, "card-replacement-guide/wait")
        yield "answer", going(Place.ITEM, "jiangsu-password-by-area")
        yield "term", going(Place.ITEM, "term-e-credential")
        for procedure in ("card-replacement", "e-card"):
            yield f"procedure-{procedure}", going(Place.ITEM, procedure)
        yield "terms", going(Place.TERMS)
        yield "frequent", going(Place.FREQUENT)
        yield "sources", going(Place.SOURCES)
        yield "settings", going(Place.SETTINGS)
        yield "results", going(Place.SEARCH, "卡丢了怎么办")
        yield "no-results", going(Place.SEARCH, "西安停车哪里便宜")
        case = services.cases.start("card-replacement", NICKNAME)
        yield "question", lambda: window.open_case(case.case.id)
        answers = {"card": ("physical",), "channel": ("window",)}
        services.cases.apply(case.case.id, Answer(answers))
        yield "review", lambda: window.open_case(case.case.id)
        yield "plan", self._confirm_answers
        first = services.cases.view(case.case.id).plan.steps[0].step.id
        services.cases.apply(case.case.id, Tick(first, True))
        yield "plan-begun", lambda: window.open_case(case.case.id)
        yield "cases", going(Place.CASES)
        for item in ("card-replacement-guide", "e-card"):
            services.reading.add_bookmark(item, services.guide.page(item).item.title)
        kept = services.reading.bookmarks()[0]
        services.reading.put_bookmark(
            replace(kept, folder="给妈妈办", note="照片要几张，先打电话问")
        )
        yield "library", going(Place.LIBRARY)
        draft = services.drafts.begin(DraftKind.OVERLAY, "card-replacement")
        services.drafts.keep(replace(draft, place="春水市", source_text="工本费20元"))
        yield "drafts", going(Place.DRAFTS)
        yield "draft", going(Place.DRAFT, draft.id)
        own_screens.add_documents(services, services.paths.user / "来的")
        for name, location in own_screens.screens(services):
            yield name, partial(window.go, location)
        yield "home", lambda: window.go(HOME)
        message = Message("收起来了，在“我的办理”里找得到。", action="撤销")
        yield "message", lambda: window.message.show_message(message)

    def _confirm_answers(self) -> None:
        buttons = self._window.pages.case.findChildren(QPushButton)
        next(b for b in buttons if b.text() == CONFIRM and b.isVisible()).click()

    def _dialogs(self) -> Iterator[tuple[str, Callable[[], QDialog]]]:
        context, window = self._desktop.context, self._window
        kept = Bookmark(
            "cards",
            "医保卡丢了、坏了怎么补",
            datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC),
        )
        yield "dialog-help", lambda: HelpDialog(context, window)
        yield "dialog-about", lambda: AboutDialog(context, window)
        if context.services.paths.licences.is_file():
            yield "dialog-licence", lambda: LicenceDialog(context, window)
        yield "dialog-region", lambda: RegionDialog(context, window)
        yield "dialog-bookmark", lambda: BookmarkDialog(kept, ["给妈妈办"], context, window)
        yield "dialog-folder", lambda: FolderDialog("给妈妈办", context, window)
        yield "dialog-day", lambda: DayDialog("这一步是哪一天办好的？", TODAY, context, window)
        context.services.records.keep()
        (view,) = context.services.cases.open_cases()
        yield "dialog-name", lambda: NameDialog(view.case, context, window)
        yield "dialog-records", lambda: RecordsDialog(context, window)
        yield "dialog-import", self._import_dialog
        yield "dialog-outside", lambda: OutsideDialog(QUrl(WEB_PAGE), window)
        backup = context.services.records.backups()[0]
        yield "dialog-restore", lambda: RestoreDialog(context, backup, window)
        written = [("记一笔：打电话挂失", "3 号窗口，下周二去拿"), ("回执编号", "2026-0305-0001")]
        yield "dialog-unsaved", lambda: UnsavedDialog(written, context, window)
        yield "dialog-documents", lambda: AddDocumentsDialog(context, window)
        yield from own_screens.dialogs(context, window, context.services.paths.user)
        yield "dialog-original", lambda: OriginalDialog(Path("/tmp/通知.docx"), window)
        (draft,) = context.services.drafts.drafts()
        yield "dialog-export", lambda: ExportDialog(draft, context, window)
        yield "dialog-crash", lambda: CrashDialog("Traceback …", Path("/tmp/yibao.log"), window)

    def _import_dialog(self) -> ImportDialog:
        """A file from another computer, where something was written and set otherwise."""
        context = self._desktop.context
        services = context.services
        file = services.paths.user / "taken-along.json"
        theirs = Settings(theme=Theme.CONTRAST, text_size=TextSize.LARGE)
        services.records.export(file, theirs, overwrite=True)
        (view,) = services.cases.open_cases()
        services.cases.apply(view.case.id, Note(view.plan.steps[0].step.id, "3 号窗口"))
        titles = {p.id: p.title for p in services.procedures.procedures()}
        regions = {region.code: region.name for region in services.guide.regions()}
        return ImportDialog(
            context, services.records.read_file(file), titles, regions, self._window
        )


def main(bundle: str, pictures: str, name: str) -> None:
    looks: Looks = next(looks for looks in EVERY if looks.name == name)
    folder = Path(pictures) / name
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="yibao-screens-") as home:
        app: QApplication = make_application(Paths(Path(bundle), Path(home)), ["yibao-desktop"])
        services = open_services(Paths(Path(bundle), Path(home)))
        services.settings.update(theme=looks.theme, text_size=looks.text, welcomed=True)
        desktop = Desktop(app, services)
        desktop.show()
        desktop.window.activateWindow()
        desktop.window.resize(*looks.logical_size)
        walk = Walk(desktop, folder)
        walk.settle()
        seen = dict(walk.all())
        actual = desktop.window.size().toTuple()
        if actual != looks.logical_size:
            seen["window"] = [f"cannot be {looks.logical_size}, only {actual}"]
        desktop.close()
        delete_windows()
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
