"""Folders with names that are no UTF-8, seen by Qt."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QIcon

from tests.conftest import ROOT
from yibao_desktop.ui.looks.qt_paths import qt_path
from yibao_desktop.ui.shell.window_state import WindowState

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere names of files are Unicode"
)

NAME = "老电脑".encode("gbk")


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / os.fsdecode(NAME)
    folder.mkdir()
    return folder


def test_where_the_window_stood_is_kept_in_that_folder_and_in_no_other(qapp, home, tmp_path):
    WindowState(home / "window.ini").keep_geometry(QByteArray(b"stood here"))
    again = WindowState(home / "window.ini")
    assert again.geometry == QByteArray(b"stood here")
    again._file.sync()
    assert [os.fsencode(path.name) for path in tmp_path.iterdir()] == [NAME]
    assert b"stood here" in (home / "window.ini").read_bytes()


def test_the_font_and_the_icon_are_found_there(qapp, home):
    for name in ("fonts/YibaoSans-Regular.otf", "icons/yibao-desktop.svg"):
        shutil.copy(ROOT / "resources" / name, home)
    number = QFontDatabase.addApplicationFont(qt_path(home / "YibaoSans-Regular.otf"))
    assert QFontDatabase.applicationFontFamilies(number) == ["Yibao Sans"]
    QFontDatabase.removeApplicationFont(number)
    assert not QIcon(qt_path(home / "yibao-desktop.svg")).pixmap(32).isNull()


def test_other_paths_stay_as_they_are(tmp_path):
    assert qt_path(tmp_path / "家 里" / "x") == str(tmp_path / "家 里" / "x")
