"""The program ends by itself and not by a crash, whatever Qt still has to say or to delete."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from yibao_desktop.paths import HOME_VARIABLE

pytestmark = pytest.mark.slow

LATE = """
import ctypes, sys
from pathlib import Path
import PySide6
from PySide6.QtCore import QCoreApplication, qWarning
from yibao_desktop.ui.program.qt_messages import hear_qt

app = QCoreApplication([])
hear_qt(lambda kind, context, text: print("heard", text, flush=True))
qWarning("early words")
core = ctypes.CDLL(str(next(Path(PySide6.__file__).parent.glob("Qt/lib/libQt6Core.so.6"))))
words = ctypes.create_string_buffer(b"late words")
ctypes.pythonapi.Py_IncRef(ctypes.py_object(words))
# Called when the C library ends, after Python, as destructors of Qt's own statics are.
late = ctypes.cast(core._Z13qErrnoWarningPKcz, ctypes.c_void_p)
ctypes.CDLL(None).__cxa_atexit(late, ctypes.byref(words), None)
"""


WINDOWS = """
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from yibao_desktop.ui.program.application import delete_windows

app = QApplication(["", "-platform", "offscreen"])
windows = [QWidget(), QWidget()]
for window in windows:
    QVBoxLayout(window).addWidget(QWidget(window))
    for widget in (window, *window.findChildren(QWidget)):
        widget.destroyed.connect(lambda: print("gone"))
delete_windows()
print(len(app.topLevelWidgets()), "left", flush=True)
"""

DRAWN = """
import gc, sys
from pathlib import Path
from PySide6.QtGui import QIconEngine
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import resolve_paths
from yibao_desktop.ui.program.application import Desktop, delete_windows, make_application

paths = resolve_paths()
app = make_application(paths, ["", "-platform", "offscreen"])
desktop = Desktop(app, open_services(paths))
desktop.show()

def drawn():
    return sum(isinstance(thing, QIconEngine) for thing in gc.get_objects())

print(drawn() > 0)
desktop.close()
delete_windows()
print(drawn(), flush=True)
"""

OFFSCREEN = "This plugin does not support"
"""What only the platform of the tests says."""

PROGRAM = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from yibao_desktop.errors import DataError
from yibao_desktop.paths import resolve_paths
from yibao_desktop.ui.program import application

# The program leaves alone what was ignored when it was started, as by nohup; the tests may be, too.
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)

class Closing(application.Desktop):
    def begin(self, request=None):
        if "trouble" in sys.argv:
            raise DataError("内容库坏了。", "请重新安装医保指南。")
        super().begin(request)
        if "SIG" in sys.argv[-1]:
            # From elsewhere, while nothing but Qt runs, which waits for what comes.
            number = int(signal.Signals[sys.argv[-1]])
            later = f"sleep 0.5; kill -{number} {os.getpid()}"
            os.spawnlp(os.P_NOWAIT, "sh", "sh", "-c", later)
        else:
            QTimer.singleShot(0, QApplication.closeAllWindows)

    def show_trouble(self, error):
        QTimer.singleShot(0, QApplication.closeAllWindows)
        return super().show_trouble(error)

application.Desktop = Closing
sys.exit(application.run(resolve_paths(), sys.argv[:1]))
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    """A program of its own, which ends."""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def test_what_qt_says_after_python_has_ended_kills_nothing():
    done = run(LATE)
    assert done.stdout == "heard early words\n"
    assert "late words" in done.stderr


def test_every_window_is_deleted_with_what_it_holds():
    assert run(WINDOWS).stdout.splitlines() == ["gone"] * 4 + ["0 left"]


def test_nothing_that_draws_icons_is_left_for_python_to_find(tmp_path, monkeypatch):
    """Found as garbage with its icon, it is gone before the icon now and then: that is a crash."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert run(DRAWN).stdout.splitlines() == ["True", "0"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 0, []),
        (("trouble",), 1, ["cannot start: DataError"]),
        (("SIGINT",), 0, []),
        (("SIGTERM",), 0, []),
        (("SIGHUP",), 0, []),
    ],
)
def test_the_window_is_closed_and_nothing_goes_wrong_after_it(tmp_path, arguments, code, said):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    log = (tmp_path / "yibao.log").read_text(encoding="utf-8")
    assert done.returncode == code, log + done.stderr
    ours = [line for line in log.splitlines() if OFFSCREEN not in line]
    assert [line.split("yibao_desktop ", 1)[-1] for line in ours] == said
    assert not (tmp_path / "window.socket").exists()
