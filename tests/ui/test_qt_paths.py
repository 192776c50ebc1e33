"""Folders with names that are no UTF-8, seen by Qt."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QListView, QPushButton, QWidget

from tests.conftest import ROOT
from yibao_desktop.ui.looks.qt_paths import path_from_qt, qt_path
from yibao_desktop.ui.shell.window_state import WindowState
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_open, dialog_to_save
from yibao_desktop.ui.widgets.base.labels import ZERO_WIDTH_SPACE, breakable

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


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_files_of_that_home_are_listed_and_named_as_they_are(qtbot, home, parent, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    (home / "Documents").mkdir()
    file = home / "Documents" / "记录.json"
    file.write_text("{}", encoding="utf-8")
    dialog = dialog_to_open("读入", "记录 (*.json)", parent)
    dialog.open()
    view = dialog.findChild(QListView, "listView")
    qtbot.waitUntil(lambda: view.model().rowCount(view.rootIndex()) == 1)
    found = view.model().index(0, 0, view.rootIndex())
    assert found.data() == "记录.json"
    with qtbot.waitSignal(dialog.fileSelected) as chosen:
        view.setCurrentIndex(found)
        (button,) = (b for b in dialog.findChildren(QPushButton) if b.text() == "打开")
        button.click()
    assert path_from_qt(chosen.args[0]) == file


def test_a_file_is_kept_in_that_home(qtbot, home, parent, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    dialog = dialog_to_save("存到哪里", "清单.pdf", "PDF 文件 (*.pdf)", parent)
    dialog.open()
    with qtbot.waitSignal(dialog.fileSelected) as chosen:
        dialog.accept()
    file = path_from_qt(chosen.args[0])
    assert file == home / "清单.pdf"
    assert breakable(str(file)).replace(ZERO_WIDTH_SPACE, "").endswith("/老电脑/清单.pdf")


def test_other_paths_stay_as_they_are(tmp_path):
    assert qt_path(tmp_path / "家 里" / "x") == str(tmp_path / "家 里" / "x")
