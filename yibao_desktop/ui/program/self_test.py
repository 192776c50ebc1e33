"""Opens everything once without a screen and says what worked."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import (
    QElapsedTimer,
    QLibraryInfo,
    QMessageLogContext,
    QPluginLoader,
    QtMsgType,
)
from PySide6.QtWidgets import QApplication

from yibao_desktop.bootstrap import open_services
from yibao_desktop.clock import SYSTEM_CLOCK
from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.domain.procedure.interview import completions
from yibao_desktop.domain.procedure.model import Question
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.records.commands import Answer, Finish, Tick
from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.paths import Paths
from yibao_desktop.search.results import Match
from yibao_desktop.services.calendar_file import calendar_file
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.doctor_service import DoctorService
from yibao_desktop.services.handout_service import page_document
from yibao_desktop.services.own_service import Choice
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.looks.fonts import BUNDLED_FAMILY, SAMPLE, missing_characters
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application
from yibao_desktop.ui.program.qt_messages import hear_qt
from yibao_desktop.ui.takeaway.paper_style import PaperStyle
from yibao_desktop.ui.takeaway.printing import PrintJob, pdf_bytes
from yibao_desktop.ui.work.waiting import wait_until_idle

PATIENCE_MS = 20_000
HARMLESS = "This plugin does not support propagateSizeHints"
QUESTION = "卡丢了怎么办"
SPELLED = "ka diule"
FONT_IN_PDF = BUNDLED_FAMILY.replace(" ", "").encode()


PLUGINS = {
    "linux": ("platforms/libqxcb.so", "platforminputcontexts/libibusplatforminputcontextplugin.so"),
    "win32": ("platforms/qwindows.dll",),
    "darwin": ("platforms/libqcocoa.dylib",),
}
"""Parts of Qt that a real screen takes, and that no check without one comes upon."""


_PLACES = (
    Place.FREQUENT,
    Place.TERMS,
    Place.SOURCES,
    Place.LIBRARY,
    Place.SETTINGS,
    Place.WELCOME,
)


class SelfTestError(Exception):
    """A check did not hold; ``str()`` says what was seen."""


class _SelfTest:
    """The checks, in order; each is a method whose result is what was seen."""

    def __init__(self, app: QApplication, paths: Paths, own: Path) -> None:
        """Open everything; ``own`` is the user's folder, which is only looked at."""
        self._app = app
        self._paths = paths
        self._own = own
        self.desktop = Desktop(app, open_services(paths))
        self._services = self.desktop.context.services
        self._crashes: list[BaseException] = []
        self.desktop.tasks.crashed.connect(self._crashes.append)

    def checks(self) -> list[tuple[str, Callable[[], str]]]:
        """Name and method of every check."""
        return [
            ("环境", self._environment),
            ("您的文件夹", self._own_folder),
            ("屏幕和输入法的部件", self._plugins),
            ("字体", self._fonts),
            ("窗口", self._window),
            ("搜索", self._search),
            ("每一页", self._pages),
            ("每一种办法", self._plans),
            ("办理记录", self._case),
            ("主题和字号", self._looks),
            ("打印和日历", self._take_along),
            ("本地资料", self._documents),
            ("内容包", self._packs),
        ]

    def _settle(self) -> None:
        """Wait until nothing is under way, nor what came of it."""
        clock = QElapsedTimer()
        clock.start()
        self._app.processEvents()
        while self.desktop.tasks.busy and not clock.hasExpired(PATIENCE_MS):
            wait_until_idle(self.desktop.tasks, PATIENCE_MS)
            self._app.processEvents()
        if self.desktop.tasks.busy:
            raise SelfTestError("等了太久没有反应")
        if self._crashes:
            raise SelfTestError("".join(traceback.format_exception(self._crashes[0])))
        if self.desktop.window.message.text:
            raise SelfTestError(self.desktop.window.message.text)

    def _environment(self) -> str:
        findings = DoctorService(self._paths).examine()
        bad = [f"{f.name}：{f.value}" for f in findings if not f.well]
        if bad:
            raise SelfTestError("；".join(bad))
        return f"{len(findings)} 项都好"

    def _own_folder(self) -> str:
        there = next(f for f in (self._own, *self._own.parents) if f.exists())
        if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
            raise SelfTestError(f"{self._own} 写不进去")
        return f"{self._own} 能写"

    def _plugins(self) -> str:
        folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        names = PLUGINS.get(sys.platform, ())
        for name in names:
            loader = QPluginLoader(str(folder / name))
            if not loader.load():
                raise SelfTestError(f"{name}：{loader.errorString()}")
        return "、".join(Path(name).stem for name in names)

    def _fonts(self) -> str:
        font = self._app.font()
        missing = missing_characters(font, SAMPLE)
        if missing:
            raise SelfTestError(f"缺字：{''.join(missing)}")
        texts = "".join(i.title + i.text for i in self._services.guide.entries())
        font.setFamilies([BUNDLED_FAMILY])
        missing = missing_characters(font, texts)
        if missing:
            raise SelfTestError(f"自带字体缺字：{''.join(missing)}")
        return f"{self._app.font().families()[0]}，内容里的 {len(set(texts))} 个字都有"

    def _window(self) -> str:
        self.desktop.show()
        self._settle()
        image = self.desktop.window.grab().toImage()
        across, down = range(0, image.width(), 9), range(0, image.height(), 9)
        colors = {image.pixel(x, y) for x in across for y in down}
        if len(colors) < 3:
            raise SelfTestError("窗口是空白的")
        return f"{image.width()}×{image.height()}"

    def _search(self) -> str:
        for question in (QUESTION, SPELLED):
            results = self._services.search.search(question)
            found = results.match is Match.DIRECT
            if not found or results.hits[0].passage.kind is not Kind.PROCEDURE:
                raise SelfTestError(f"“{question}”没有找到该找到的")
        self.desktop.window.go(Location(Place.SEARCH, QUESTION))
        self._settle()
        return f"“{QUESTION}” → {results.hits[0].passage.title}"

    def _pages(self) -> str:
        guide = self._services.guide
        pages = [*(entry.id for entry in guide.entries()), *(term.id for term in guide.terms())]
        for page in pages:
            self.desktop.window.open_item(page)
            self._settle()
        for place in _PLACES:
            self.desktop.window.go(Location(place))
            self._settle()
        return f"{len(pages)} 页"

    def _plans(self) -> str:
        count = 0
        for procedure in self._services.procedures.procedures():
            for answers in completions(procedure, {}):
                if make_plan(procedure, answers).outcome is None:
                    raise SelfTestError(f"{procedure.title}：{answers} 没有结果")
                count += 1
        return f"{count} 种回答都有结果"

    def _case(self) -> str:
        for procedure in self._services.procedures.procedures():
            view = self._services.cases.start(procedure.id, "自检")
            self._lead_through(view)
        if self._services.cases.open_cases():
            raise SelfTestError("办好的事没有收起来")
        return f"{len(self._services.cases.board().finished)} 件办到底"

    def _lead_through(self, view: CaseView) -> None:
        cases, case_id = self._services.cases, view.case.id
        self.desktop.window.open_case(case_id)
        self._settle()
        while view.plan.to_ask:
            question = view.plan.to_ask[0]
            cases.apply(case_id, Answer({question.id: (_an_answer(question),)}))
            view = cases.view(case_id)
        while view.next is not None:
            cases.apply(case_id, Tick(view.next.step.id, True))
            view = cases.view(case_id)
        self.desktop.window.open_case(case_id)
        self._settle()
        if not view.all_done or view.progress.percent != 100:
            raise SelfTestError(f"{view.procedure.title}：办不完")
        cases.apply(case_id, Finish())

    def _looks(self) -> str:
        """Every colour and every size once: each takes seconds, with all pages open by now."""
        for theme, size in zip(cycle(Theme), TextSize, strict=False):
            self._services.settings.update(theme=theme, text_size=size)
            self._settle()
        return f"{len(Theme)} 种颜色，{len(TextSize)} 种字号"

    def _take_along(self) -> str:
        """What only paper and calendars need is loaded here for the first time."""
        today, count = SYSTEM_CLOCK.today(), 0
        for procedure in self._services.procedures.procedures():
            handout = page_document(self._services.guide.page(procedure.id), today)
            for size in (TextSize.STANDARD, TextSize.ELDER):
                style = PaperStyle.of(self._paths.resources, size)
                if FONT_IN_PDF not in pdf_bytes(handout, style):
                    raise SelfTestError(f"{procedure.title}：PDF 里没有自带字体")
                count += 1
        PrintJob(handout, style, self.desktop.window, self._paths.user / "print.pdf")
        day = Reminder("self-test@yibao-desktop", "自检", "自检", today)
        if b"VALARM" not in calendar_file([day], SYSTEM_CLOCK.now()):
            raise SelfTestError("日历文件是空的")
        return f"{count} 份 PDF，打印和日历都能用"

    def _documents(self) -> str:
        """Readers of documents are programs of their own, with libraries nothing else needs."""
        own = self._services.own
        for name, data in (("自检.txt", PAPER.encode()), ("自检.pdf", PAPER_PDF)):
            (self._paths.user / name).write_bytes(data)
        looks = own.look([self._paths.user / name for name in ("自检.txt", "自检.pdf")])
        refused = [f"{look.given.path.name}：{look.said}" for look in looks if look.reading is None]
        if refused:
            raise SelfTestError("；".join(refused))
        added = own.add([Choice(look, look.title) for look in looks])
        if not self._services.search.own(PAPER_WORD).hits:
            raise SelfTestError(f"加进来的资料里找不到“{PAPER_WORD}”")
        for document in added.documents:
            self.desktop.window.open_item(document.id)
            self._settle()
        return f"{len(added.documents)} 份读得出、找得到"

    def _packs(self) -> str:
        """Keys take a part of Python nothing else needs, and a program of its own does the rest."""
        folder, key = self._paths.user / "自检包", self._paths.user / "自检密钥"
        folder.mkdir()
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        file = self._paths.user / "自检.yibaopack"
        packs = self._services.packs
        digits = packs.new_key(key, PAPER_WORD)
        packs.make(folder, key, PAPER_WORD, file)
        if packs.look(file).fingerprint != digits:
            raise SelfTestError("内容包的数字和密钥的不一样")
        return "做得成、认得出"


PAPER_WORD = "溪口镇窗口"
PAPER = f"关于{PAPER_WORD}搬家的通知\n{PAPER_WORD}搬到龙津路。"
PACK = """\
id: selftest
serial: 1
title: 自检
publisher: 自检
regions: ["110000"]
made_on: 2026-11-01
"""
PAPER_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 44>>\nstream\nBT /F1 14 Tf 72 700 Td (Hukou window 12393) Tj ET\n"
    b"endstream\nendobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
)


def _an_answer(question: Question) -> str:
    if question.kind == "date":
        return SYSTEM_CLOCK.today().isoformat()
    return question.options[0].id


@contextmanager
def _scratch(paths: Paths) -> Iterator[Paths]:
    """The same program with a user's folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="yibao-self-test-") as folder:
        yield replace(paths, user=Path(folder))


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind is not QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
        print(f"Qt：{text}", file=sys.stderr)


def run_self_test(paths: Paths) -> int:
    """Try everything once offscreen, a line per check; 0 where all went well, else 1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    hear_qt(_on_qt_message)
    app = make_application(paths, sys.argv[:1])
    with _scratch(paths) as scratch:
        try:
            test = _SelfTest(app, scratch, paths.user)
        except Exception as error:  # whatever it is, it is the result of the test
            print(f"坏  打开：{error}")
            return 1
        failures = 0
        for name, method in test.checks():
            try:
                print(f"好  {name}：{method()}", flush=True)
            except Exception as error:  # see above
                failures += 1
                print(f"坏  {name}：{str(error) or type(error).__name__}", flush=True)
        test.desktop.close()
        delete_windows()
    print("自检通过" if not failures else f"自检没有通过：{failures} 项")
    return 1 if failures else 0
