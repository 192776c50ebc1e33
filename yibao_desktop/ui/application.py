"""Builds the Qt side once: application, theme, background work and the window."""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from yibao_desktop import __version__
from yibao_desktop.bootstrap import Services, open_services
from yibao_desktop.errors import YibaoError
from yibao_desktop.paths import Paths
from yibao_desktop.reports import describe
from yibao_desktop.ui.app_events import AppEvents
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.crashes import CrashReporter, report_text, start_log
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.fonts import use_chinese_font
from yibao_desktop.ui.icons import IconLoader
from yibao_desktop.ui.input_method import use_input_method
from yibao_desktop.ui.main_window import MainWindow
from yibao_desktop.ui.navigation import LINK_SCHEME, Location, Message, Place
from yibao_desktop.ui.single_instance import Request, SingleInstance
from yibao_desktop.ui.speech import Speech
from yibao_desktop.ui.tasks import Lane, TaskRunner
from yibao_desktop.ui.theme import ThemeManager

_log = logging.getLogger("yibao_desktop")

VOICE_AFTER_MS = 1500
"""Voices are looked for when the window has been there for so long."""

BACKUP_EVERY_MS = 30 * 60 * 1000
LONGEST_REQUEST = 200
"""Characters of a search asked for from outside."""


class Desktop:
    """The running program: everything that lives as long as the window does.

    Attributes:
        window: the main window.
        crashes: reports what nobody caught.
    """

    def __init__(self, app: QApplication, services: Services, speech: Speech | None = None) -> None:
        self._services = services
        resources = services.paths.resources
        self.tasks = TaskRunner()
        self.context = UiContext(
            services=services,
            tasks=self.tasks,
            events=AppEvents(),
            theme=ThemeManager(app, resources / "themes", services.settings),
            icons=IconLoader(resources / "icons"),
            speech=speech or Speech(),
        )
        self.window = MainWindow(self.context)
        self.crashes = CrashReporter(self.window, services.paths.log, self._keep)
        self.tasks.crashed.connect(self.crashes.report)
        self._backing_up = QTimer(self.window, interval=BACKUP_EVERY_MS)
        self._backing_up.timeout.connect(self._keep)

    def show(self, request: Request | None = None) -> None:
        """Show the window with what it was asked for, else its first page, and the news."""
        self.window.begin()
        if request is not None:
            self._lead_to(request.text)
        self.window.show()
        self.window.focus_search()
        self._backing_up.start()
        prepare = self._services.search.prepare
        self.tasks.run(prepare, lambda _: None, self.window, lane=Lane.CONTENT)
        self._tell_news()

    def answer(self, request: Request) -> None:
        """Come to the front with what another start was asked for."""
        if request.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = request.token  # read by Qt
        self._lead_to(request.text)
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _lead_to(self, request: str) -> None:
        text = " ".join(request.split())[:LONGEST_REQUEST]
        if text.startswith(LINK_SCHEME):
            self.window.open_item(text.removeprefix(LINK_SCHEME))
        elif text:
            self.window.go(Location(Place.SEARCH, text))

    def _tell_news(self) -> None:
        news = self._services.news
        damaged = self._services.settings.set_aside
        if damaged is not None:
            news.append(f"设置文件读不懂，已改名为 {damaged.name}，现在用的是默认设置。")
        if not news:
            return
        _log.warning("%d things were told at the start", len(news))
        text = "\n".join(news)
        if self._services.records.news:
            look = Message(text, True, "备份与恢复", self.window.show_records)
            self.window.message.show_message(look)
        else:
            self.window.message.show_message(Message(text, warning=True))

    def _keep(self) -> None:
        """Back up if that is due, in the background."""
        self.tasks.run(self._services.records.keep, lambda _: None, self.window)

    def close(self) -> None:
        """Finish what is under way and let go of the files."""
        self.context.speech.stop()
        self.window.close()
        self.tasks.close()
        self._services.close()


def make_application(paths: Paths, arguments: list[str]) -> QApplication:
    """The Qt application, ready for the window."""
    use_input_method()
    app = QApplication(arguments)
    prepare_application(app, paths)
    return app


def prepare_application(app: QApplication, paths: Paths) -> None:
    """Names, icon, Chinese texts and a font that has Chinese characters."""
    app.setApplicationName("yibao-desktop")
    app.setApplicationDisplayName("医保指南")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("yibao-desktop")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(paths.resources / "icons" / "yibao-desktop.svg")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    use_chinese_font(app, paths.resources / "fonts")


def run(paths: Paths, arguments: list[str], request: str = "") -> int:
    """Open the window and stay until it is closed; the exit code.

    Where a window is open already, it is given the request instead.
    """
    asked = Request(request, os.environ.pop("XDG_ACTIVATION_TOKEN", ""))
    instance = SingleInstance(paths.user)
    if not instance.claim() and instance.hand_over(asked):
        return 0
    start_log(paths.log)
    app = make_application(paths, arguments)
    desktop = open_desktop(app, paths)
    if desktop is None:
        return 1
    desktop.crashes.install()
    instance.serve(desktop.answer, desktop.window)
    desktop.show(asked)
    QTimer.singleShot(VOICE_AFTER_MS, desktop.context.speech.prepare)
    code = app.exec()
    instance.close()
    desktop.close()
    return code


def open_desktop(app: QApplication, paths: Paths) -> Desktop | None:
    """The program, or a message that says why it cannot be."""
    os.umask(0o077)  # records, settings and log are the user's own business
    try:
        return Desktop(app, open_services(paths))
    except YibaoError as error:
        _log.error("cannot start: %s", type(error).__name__)
        QMessageBox.critical(None, "医保指南打不开", f"{error}\n\n{error.hint}")
    except Exception as error:  # a bug; there is no window yet that could tell it
        _log.error("%s", describe(error))
        CrashDialog(report_text(error), paths.log).exec()
    return None
