"""What happens when the program itself goes wrong: it is written down, told, and goes on."""

from __future__ import annotations

import faulthandler
import logging
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import shiboken6
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal
from PySide6.QtWidgets import QApplication, QWidget

from yibao_desktop.reports import PrivateLog, describe, program_line
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.program.qt_messages import hear_qt

_log = logging.getLogger("yibao_desktop")
_qt_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def start_log(path: Path) -> None:
    """Write the log from now on, Qt's messages and the place of a hard crash included."""
    try:
        handler: logging.Handler = PrivateLog(path)
        fatal = os.open(
            path.with_name(f"{path.stem}-fault.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
        )
        faulthandler.enable(fatal)
    except OSError:
        handler = logging.StreamHandler()
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    hear_qt(_on_qt_message)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    # What a user typed or named a file is Chinese as a rule; Qt's own words never are.
    _qt_log.log(_LEVELS[kind], "%s", _NOT_ASCII.sub("…", text))


def report_text(error: BaseException) -> str:
    """What somebody who is to help needs to know."""
    return f"{program_line()}\n{describe(error)}"


class CrashReporter(QObject):
    """Logs and tells exceptions nobody caught, from whatever thread; one dialog at a time.

    Signals:
        _raised: an exception, on its way to the thread of the window.
    """

    _raised = Signal(object)

    def __init__(self, window: QWidget, log: Path, save: Callable[[], None]) -> None:
        """``save`` puts on disk what is not there yet; it must not raise for long."""
        super().__init__(window)
        self._window = window
        self._log_path = log
        self._save = save
        self._dialog: CrashDialog | None = None
        self._raised.connect(self._on_raised)

    def install(self) -> None:
        """From now on every exception nobody caught is reported."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread
        sys.unraisablehook = self._on_unraisable

    def report(self, error: BaseException) -> None:
        """Log and tell an exception."""
        _log.error("%s", describe(error))
        if shiboken6.isValid(self):
            self._raised.emit(error)

    def _on_raised(self, error: BaseException) -> None:
        try:
            self._write_down_unfinished()
        except Exception as second:
            _log.error("while saving: %s", describe(second))
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            return
        self._dialog = CrashDialog(report_text(error), self._log_path, self._window)
        self._dialog.open()

    def _write_down_unfinished(self) -> None:
        """A field that is being typed into is stored when it loses the focus."""
        focused = QApplication.focusWidget()
        if focused is not None and self._window.isAncestorOf(focused):
            focused.clearFocus()
            focused.setFocus()
        self._save()

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _on_uncaught_in_thread(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None:
            self.report(raised.exc_value)

    def _on_unraisable(self, raised: sys.UnraisableHookArgs) -> None:
        if raised.exc_value is not None:
            _log.error("unraisable: %s", describe(raised.exc_value))
