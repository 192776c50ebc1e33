"""Builds the Qt side once: application, theme, background work and the window."""

from __future__ import annotations

import gc
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from yibao_desktop import __version__
from yibao_desktop.bootstrap import Services
from yibao_desktop.errors import YibaoError
from yibao_desktop.paths import Paths
from yibao_desktop.ui.app_events import AppEvents
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.fonts import use_chinese_font
from yibao_desktop.ui.icons import IconLoader
from yibao_desktop.ui.input_method import use_input_method
from yibao_desktop.ui.main_window import MainWindow
from yibao_desktop.ui.navigation import LINK_SCHEME, Message, linked
from yibao_desktop.ui.speech import Speech
from yibao_desktop.ui.tasks import Lane, TaskRunner
from yibao_desktop.ui.theme import ThemeManager
from yibao_desktop.ui.waiting import wait_for_paint, wait_until_idle

LOG_BYTES = 500_000
LOG_FILES = 3
PAINT_PATIENCE_MS = 1000
"""A window that is not painted by then, because it is hidden, is filled all the same."""

READY_PATIENCE_MS = 1000
"""So long the home page waits at most until search is ready."""
VOICE_AFTER_MS = 1500
"""Voices are looked for when the window has been there for so long."""

_log = logging.getLogger("yibao_desktop")
_qt_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Desktop:
    """The running program: everything that lives as long as the window does.

    Attributes:
        window: the main window.
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
        self.tasks.crashed.connect(self._on_task_crashed)
        self.window = MainWindow(self.context)

    def show(self) -> None:
        """Show the window on its home page, with what the user must know.

        Raises:
            DataError: a database cannot be used.
        """
        self.appear()
        self.show_guide()
        self.prepare_search()
        self.show_records()

    def appear(self) -> None:
        """Show the window; nothing is asked of the services yet."""
        self.window.show()
        self.window.focus_search()

    def show_guide(self) -> None:
        """Fill the topic tree.

        Raises:
            DataError: the content database cannot be used.
        """
        self._services.open_guide()
        self.window.show_guide()

    def prepare_search(self) -> None:
        """Load what the first question would have to wait for."""
        prepare = self._services.search.prepare
        self.tasks.run(prepare, lambda _: None, self.window, lane=Lane.CONTENT)

    def show_records(self) -> None:
        """Show the home page with what is under way, and what the user must know.

        Raises:
            DataError: the user database cannot be used.
        """
        self._services.open_records()
        self.window.begin()
        news = [*self._portable_news(), *self._settings_news()]
        if news:
            self.window.message.show_message(Message("\n".join(news), warning=True))

    def _portable_news(self) -> Iterator[str]:
        paths = self._services.paths
        if paths.refused is not None:
            yield f"程序旁边的文件夹写不进去，您的记录改存在 {paths.user}。"

    def _settings_news(self) -> Iterator[str]:
        damaged = self._services.settings.set_aside
        if damaged is not None:
            yield f"设置文件读不懂，已改名为 {damaged.name}，现在用的是默认设置。"

    def close(self) -> None:
        """Finish what is under way and let go of the files."""
        self.context.speech.stop()
        self.window.close()
        self.tasks.close()
        self._services.close()

    def _on_task_crashed(self, error: BaseException) -> None:
        details = "".join(traceback.format_exception(error))
        _log.error("%s", details)
        from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog

        CrashDialog(_report(details), self._services.paths.log, self.window).open()


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


def run(paths: Paths, arguments: list[str], measured: bool = False) -> int:
    """Open the window and stay until it is closed; the exit code.

    ``measured`` prints what the start took and closes the window at once.
    """
    gc.disable()  # nothing that is made while starting is thrown away again
    os.umask(0o077)  # records, settings and log are the user's own business
    app = make_application(paths, arguments)
    desktop = Desktop(app, Services(paths))
    desktop.appear()
    wait_for_paint(desktop.window, PAINT_PATIENCE_MS)
    _start_log(paths.log)
    report_crashes(desktop)
    try:
        code = _measure(desktop) if measured else _stay(app, desktop, arguments)
    except YibaoError as error:
        _log.error("cannot start: %s", type(error).__name__)
        QMessageBox.critical(desktop.window, "医保指南打不开", f"{error}\n\n{error.hint}")
        code = 1
    desktop.close()
    return code


def _stay(app: QApplication, desktop: Desktop, arguments: list[str]) -> int:
    """Fill the window, open what a link asks for, and stay until it is closed.

    What is searched and browsed is there first; the home page needs the user's records, too.
    """
    desktop.show_guide()
    desktop.prepare_search()
    wait_until_idle(desktop.tasks, READY_PATIENCE_MS)
    desktop.show_records()
    for link in (a for a in arguments[1:] if a.startswith(LINK_SCHEME)):
        desktop.window.go(linked(link))
    gc.enable()
    gc.freeze()  # what is there now stays
    QTimer.singleShot(VOICE_AFTER_MS, desktop.context.speech.prepare)
    return app.exec()


def _measure(desktop: Desktop) -> int:
    from yibao_desktop.ui.start_meter import StartMeter

    return StartMeter(desktop).measure()


def _start_log(path: Path) -> None:
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _qt_log.log(_LEVELS[kind], "%s", text)


def report_crashes(desktop: Desktop) -> None:
    """From now on an exception nobody caught is logged and told; the program goes on."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("%s", details)
        from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog

        CrashDialog(_report(details), desktop.context.services.paths.log, desktop.window).open()

    sys.excepthook = report


def _report(details: str) -> str:
    return f"医保指南 {__version__}，Python {sys.version.split()[0]}\n{details}"
