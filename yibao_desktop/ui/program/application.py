"""Builds the Qt side once: application, theme, background work and the window."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from yibao_desktop import __version__
from yibao_desktop.bootstrap import Services
from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.errors import YibaoError
from yibao_desktop.paths import Paths
from yibao_desktop.screen import screen_name
from yibao_desktop.ui.common.app_events import AppEvents
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Message, Place, linked
from yibao_desktop.ui.common.speech import Speech
from yibao_desktop.ui.common.undo import Undo
from yibao_desktop.ui.common.unsaved import Unsaved
from yibao_desktop.ui.looks.fonts import use_chinese_font
from yibao_desktop.ui.looks.icons import IconLoader
from yibao_desktop.ui.looks.qt_paths import qt_path
from yibao_desktop.ui.looks.theme import ThemeManager
from yibao_desktop.ui.program.end_signals import EndSignals
from yibao_desktop.ui.program.garbage import GarbageCollector
from yibao_desktop.ui.program.input_method import use_input_method
from yibao_desktop.ui.program.packs_behind import PacksBehind
from yibao_desktop.ui.program.single_instance import Handing, Request, SingleInstance
from yibao_desktop.ui.shell.main_window import MainWindow
from yibao_desktop.ui.work.tasks import Lane, TaskRunner
from yibao_desktop.ui.work.waiting import HandsOff, wait_for_paint, wait_until_idle

if TYPE_CHECKING:
    from yibao_desktop.ui.program.crashes import CrashReporter
    from yibao_desktop.ui.program.pipe_instance import PipeInstance
    from yibao_desktop.ui.program.trouble_window import TroubleWindow

_log = logging.getLogger("yibao_desktop")

PAINT_PATIENCE_MS = 1000
"""A window that is not painted by then, because it is hidden, is filled all the same."""

READY_PATIENCE_MS = 1000
"""So long the home page waits at most until search is ready."""

VOICE_AFTER_MS = 2500
"""Voices are looked for when nobody has touched the window for so long: with espeak-ng, which has
thousands, Qt takes more than a second over it and does nothing else meanwhile."""

STYLE = ("-style", "fusion")
"""Given to Qt when it starts: the style that could be set later brings all its enums along."""

BACKUP_EVERY_MS = 30 * 60 * 1000
ELSEWHERE = (
    "医保指南已经在另一个桌面上开着，这里看不到它。请到那里用，或者把那里的关掉，再在这里打开。"
)


class Desktop:
    """The running program: everything that lives as long as the window does.

    Attributes:
        window: the main window.
        trouble: what is shown instead of it where the guide cannot be read; None where it can.
    """

    def __init__(self, app: QApplication, services: Services, speech: Speech | None = None) -> None:
        self._services = services
        self._garbage = GarbageCollector()
        self._garbage.start()
        resources = services.paths.resources
        self.tasks = TaskRunner()
        events = AppEvents()
        self.context = UiContext(
            services=services,
            tasks=self.tasks,
            events=events,
            theme=ThemeManager(app, resources / "themes", services.settings),
            icons=IconLoader(resources / "icons"),
            speech=speech or Speech(),
            unsaved=Unsaved(services, self.tasks, events),
            undo=Undo(services, self.tasks, events),
        )
        self.window = MainWindow(self.context)
        self.window.destroyed.connect(self.context.icons.forget)
        self.trouble: TroubleWindow | None = None
        self.tasks.crashed.connect(self._on_task_crashed)
        self._backing_up = QTimer(self.window, interval=BACKUP_EVERY_MS)
        self._backing_up.timeout.connect(self._keep)

    @cached_property
    def crashes(self) -> CrashReporter:
        """Reports what nobody caught."""
        from yibao_desktop.ui.program.crashes import CrashReporter

        return CrashReporter(self.window, self._services.paths.log, self._keep)

    def _on_task_crashed(self, error: BaseException) -> None:
        self.crashes.report(error)

    def show(self, request: Request | None = None) -> None:
        """Show the window with what it was asked for, else its first page, and the news.

        Raises:
            DataError: the content cannot be used.
        """
        self.appear()
        self.show_guide()
        self.prepare_search()
        self.begin(request)

    def appear(self) -> None:
        """Show the window; nothing is asked of the services yet."""
        self.window.show()
        self.window.focus_search()

    def show_guide(self) -> None:
        """Fill the topic tree.

        Raises:
            DataError: the content cannot be used.
        """
        self._services.open_guide()
        self.window.show_guide()

    def prepare_search(self) -> None:
        """Load what the first question would have to wait for."""
        prepare = self._services.search.prepare
        self.tasks.run(prepare, lambda _: None, self.window, lane=Lane.CONTENT)

    def begin(self, request: Request | None = None) -> None:
        """Show what the window was asked for, else its first page, and the news."""
        self._services.open_records()
        self.window.begin()
        if request is not None:
            self._lead_to(request.text)
        self._backing_up.start()
        self._tell_news()
        self._packs = PacksBehind(self.context, self.window)
        self._packs.build_in()

    def answer(self, request: Request) -> None:
        """Come to the front with what another start was asked for."""
        self._lead_to(request.text)
        come_to_front(self.window, request)

    def show_trouble(self, error: YibaoError) -> TroubleWindow:
        """Show what stands in the way of the guide instead of its window."""
        from yibao_desktop.ui.program.trouble_window import TroubleWindow

        self.trouble = TroubleWindow(error, self.context)
        self.trouble.show()
        self.window.hide()
        return self.trouble

    def _lead_to(self, request: str) -> None:
        if request.startswith(LINK_SCHEME):
            self.window.go(linked(request))
        elif request:
            self.window.go(Location(Place.SEARCH, request))

    def _tell_news(self) -> None:
        news = [*self._services.news, *self._news_of_files()]
        if not news:
            return
        _log.warning("%d things were told at the start", len(news))
        text = "\n".join(news)
        if self._services.records.news:
            look = Message(text, True, "备份与恢复", self.window.dialogs.show_records, lasting=True)
            self.window.message.show_message(look)
        else:
            self.window.message.show_message(Message(text, warning=True, lasting=True))

    def _news_of_files(self) -> Iterator[str]:
        paths, damaged = self._services.paths, self._services.settings.set_aside
        if paths.refused is not None:
            yield f"程序旁边的文件夹写不进去，您的记录改存在 {paths.user}。"
        if damaged is not None:
            yield f"设置文件读不懂，已改名为 {damaged.name}，现在用的是默认设置。"

    def _keep(self) -> None:
        """Back up if that is due, in the background."""
        self.tasks.run(self._services.records.keep, lambda _: None, self.window)

    def close(self) -> None:
        """Finish what is under way and let go of the files."""
        self.context.speech.stop()
        if self.trouble is not None:
            self.trouble.close()
        self.window.close()
        self.tasks.close()
        self._services.close()
        self._garbage.stop()


def delete_windows() -> None:
    """Delete every window with all it holds, each from the top down, once all work is over.

    What is left when Python ends PySide6 deletes in the order of addresses, which is another one at
    every start: a widget before or after what it rests on.
    """
    for window in QApplication.topLevelWidgets():
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def come_to_front(window: QWidget, request: Request) -> None:
    """Bring a window before all others, as another start asked for."""
    if request.token:
        os.environ["XDG_ACTIVATION_TOKEN"] = request.token  # read by Qt
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


def make_application(paths: Paths, arguments: list[str]) -> QApplication:
    """The Qt application, ready for the window."""
    use_input_method()
    os.umask(0o077)  # records, settings and log are the user's own business
    app = QApplication([*arguments, *STYLE])
    prepare_application(app, paths)
    return app


def prepare_application(app: QApplication, paths: Paths) -> None:
    """Names, icon, Chinese texts and a font that has Chinese characters."""
    app.setApplicationName("yibao-desktop")
    app.setApplicationDisplayName("医保指南")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("yibao-desktop")
    app.setWindowIcon(QIcon(qt_path(paths.resources / "icons" / "yibao-desktop.svg")))
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
    screen = screen_name(os.environ)
    asked = Request.of(request, os.environ.pop("XDG_ACTIVATION_TOKEN", ""), screen)
    instance = _instance(paths, screen)
    handing = _claimed(instance, asked)
    if handing is Handing.TAKEN:
        return 0
    if handing is Handing.ELSEWHERE:
        return _tell_elsewhere(paths, arguments)

    def stay(app: QApplication, desktop: Desktop) -> int:
        """Fill the window and stay until it is closed.

        What is searched and browsed is there first; the home page needs the records, too.
        """
        desktop.show_guide()
        desktop.prepare_search()
        wait_until_idle(desktop.tasks, READY_PATIENCE_MS)
        instance.serve(desktop.answer)
        desktop.begin(asked)
        gc.freeze()  # what is there now stays
        hands_off = HandsOff(desktop.window.windowHandle(), VOICE_AFTER_MS)
        hands_off.come.connect(desktop.context.speech.prepare)
        return app.exec()

    def tell(app: QApplication, desktop: Desktop, error: YibaoError) -> None:
        """Say what stands in the way until that window is closed; further starts lead to it."""
        trouble = desktop.show_trouble(error)
        instance.serve(partial(come_to_front, trouble))
        app.exec()

    try:
        return _opened(paths, arguments, stay, tell)
    finally:
        instance.close()


def _instance(paths: Paths, screen: str) -> SingleInstance | PipeInstance:
    if sys.platform == "win32":
        from yibao_desktop.ui.program.pipe_instance import PipeInstance

        return PipeInstance(paths.user, screen)
    return SingleInstance(paths.user, screen)


def _claimed(instance: SingleInstance | PipeInstance, asked: Request) -> Handing | None:
    """Claim the window, or hand the request to whoever has it; None where this is the window."""
    while not instance.claim():
        handing = instance.hand_over(asked)
        if handing is not Handing.GONE:
            return handing
    return None


def _tell_elsewhere(paths: Paths, arguments: list[str]) -> int:
    """Say that the window is open where nobody here can see it; the exit code."""
    from PySide6.QtWidgets import QMessageBox

    print(ELSEWHERE, file=sys.stderr)
    app = make_application(paths, arguments)
    box = QMessageBox(QMessageBox.Icon.Information, app.applicationDisplayName(), ELSEWHERE)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.show()
    app.exec()
    return 1


def measure_start(paths: Paths, arguments: list[str]) -> int:
    """Open the window, print what the start took as a line of JSON, and close it; the exit code."""

    def measure(_app: QApplication, desktop: Desktop) -> int:
        from yibao_desktop.ui.program.start_meter import StartMeter

        return StartMeter(desktop.window, desktop.context.events, desktop.show_guide).measure()

    def tell(_app: QApplication, _desktop: Desktop, error: YibaoError) -> None:
        print(f"{error}{error.hint}", file=sys.stderr)

    return _opened(paths, arguments, measure, tell)


def _opened(
    paths: Paths,
    arguments: list[str],
    use: Callable[[QApplication, Desktop], int],
    tell: Callable[[QApplication, Desktop, YibaoError], None],
) -> int:
    """Have the window painted, then used; what stands in the way is told. The exit code."""
    gc.disable()  # nothing that is made while starting is thrown away again
    app = make_application(paths, arguments)
    signals, desktop = EndSignals(), None
    try:
        desktop = Desktop(app, Services(paths))
        desktop.appear()
        wait_for_paint(desktop.window, PAINT_PATIENCE_MS)
        _watch(desktop, paths)
        code = _used(app, desktop, use, tell)
    except Exception as error:  # a bug
        _tell_bug(error, paths)
        code = 1
    if desktop is not None:
        desktop.close()
    delete_windows()
    signals.close()
    return code


def _used(
    app: QApplication,
    desktop: Desktop,
    use: Callable[[QApplication, Desktop], int],
    tell: Callable[[QApplication, Desktop, YibaoError], None],
) -> int:
    try:
        return use(app, desktop)
    except YibaoError as error:
        _log.error("cannot start: %s", type(error).__name__)
        tell(app, desktop, error)
        return 1


def _watch(desktop: Desktop, paths: Paths) -> None:
    """From now on what goes wrong is written down and told."""
    from yibao_desktop.ui.program.crashes import start_log

    start_log(paths.log)
    desktop.crashes.install()


def _tell_bug(error: Exception, paths: Paths) -> None:
    from yibao_desktop.reports import describe
    from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
    from yibao_desktop.ui.program.crashes import report_text

    _log.error("%s", describe(error))
    CrashDialog(report_text(error), paths.log).exec()
