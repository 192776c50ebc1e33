"""The window that comes where the guide and its spare copy are both gone, used as a person would."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from tests.ui.driver import Driver
from yibao_desktop.bootstrap import Services, open_services
from yibao_desktop.domain.records.case import MaterialState
from yibao_desktop.domain.records.commands import Answer, Note, SetMaterial, SetReceipt, Tick
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.program.application import Desktop, prepare_application

WINDOW = {"card": ("physical",), "channel": ("window",)}


@pytest.fixture
def broken(paths, tmp_path):
    """An installation without any content, and the records of somebody who used it before."""
    services = open_services(paths)
    case = services.cases.start("card-replacement", "妈妈").case.id
    services.cases.apply(case, Answer(WINDOW))
    services.cases.apply(case, Tick("report-loss-phone", True))
    services.cases.apply(case, Note("apply-at-window", "下周二去"))
    services.cases.apply(case, SetMaterial("id-document", MaterialState.HAVE))
    services.cases.apply(case, SetReceipt("A-17"))
    services.reading.add_bookmark("e-card", "申请电子医保卡")
    services.close()
    bundle = tmp_path / "bundle"
    (bundle / "db").mkdir(parents=True)
    (bundle / "resources").symlink_to(paths.resources)
    (bundle / "db" / "migrations").symlink_to(paths.migrations)
    return Paths(bundle, paths.user)


@pytest.fixture
def open_trouble(qapp, qtbot):
    """Starts the program; what it says and a driver for it."""
    programs = []

    def start(paths):
        prepare_application(qapp, paths)
        program = Driver(Desktop(qapp, Services(paths)), qtbot)
        programs.append(program)
        with pytest.raises(DataError) as caught:
            program.desktop.show()
        program.window = program.desktop.show_trouble(caught.value)
        program.settle()
        return program

    yield start
    for program in programs:
        program.close()
        assert program.crashes == []
    assert not [w for w in qapp.topLevelWidgets() if w.isVisible()]


def said(program) -> str:
    return "\n".join(label.text() for label in program.visible(QLabel))


def test_it_says_what_happened_and_shows_what_was_ticked(broken, open_trouble):
    program = open_trouble(broken)
    text = said(program)
    for part in (
        "指南的资料坏了",
        "重新安装",
        "妈妈 · 补办医保卡",
        "办好了：打电话挂失",
        "记在“到社保局或医保中心申请补办”：下周二去",
        "备好了：本人有效身份证件",
        "受理编号：A-17",
        "申请电子医保卡",
    ):
        assert part in text, part
    assert not program.desktop.window.isVisible()
    program.click("关闭")
    assert not program.window.isVisible()


def test_the_records_can_be_taken_away(broken, open_trouble, tmp_path, monkeypatch):
    program = open_trouble(broken)
    program.click("把记录存成一个文件…")
    (chooser,) = [d for d in program.window.findChildren(QFileDialog) if d.isVisible()]
    file = tmp_path / "记录.json"
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    chooser.accept()
    program.settle()
    assert "存好了，办理 1 件" in program.window.message.text
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["cases"][0]["case"]["nickname"] == "妈妈"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    program.click("打开放记录的文件夹")
    assert [url.toLocalFile() for url in opened] == [str(broken.user)]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    program.click("打开放记录的文件夹")
    assert str(broken.user) in program.window.message.text.replace("\u200b", "")
    program.click("复制详细情况")
    assert str(broken.content_database) in QGuiApplication.clipboard().text()


def test_a_file_that_cannot_be_written_is_told(broken, open_trouble, tmp_path):
    program = open_trouble(broken)
    program.click("把记录存成一个文件…")
    (chooser,) = [d for d in program.window.findChildren(QFileDialog) if d.isVisible()]
    chooser.fileSelected.emit(str(tmp_path / "no such" / "x.json"))
    chooser.reject()
    program.settle()
    assert "写不到这个文件" in program.window.message.text


def test_without_records_and_with_damaged_ones(broken, open_trouble):
    broken.user_database.write_bytes(b"damaged" * 900)
    text = said(open_trouble(broken))
    assert "备份恢复" in text
    assert "妈妈 · 补办医保卡" in text


def test_it_follows_the_system_from_light_to_dark(broken, open_trouble, qapp, monkeypatch):
    program = open_trouble(broken)
    theme = program.desktop.context.theme
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _, now=scheme: now)
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        program.settle()
        corner = program.window.grab().toImage().pixelColor(program.window.width() - 30, 60)
        assert corner == QColor(theme.colors.window)


def test_somebody_new_is_told_that_there_is_nothing_to_lose(broken, open_trouble, tmp_path):
    assert "还没有记录" in said(open_trouble(Paths(broken.bundle, tmp_path / "new")))


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_it_fits_a_small_window(broken, open_trouble, size):
    services = Services(broken)
    services.settings.update(text_size=size)
    program = open_trouble(broken)
    program.window.resize(1024, 700)
    program.settle()
    assert (program.window.width(), program.window.height()) == (1024, 700)
    for text in ("把记录存成一个文件…", "打开放记录的文件夹", "复制详细情况", "关闭"):
        button = program.button(text)
        assert button.width() >= button.sizeHint().width()
        assert program.window.rect().contains(
            button.mapTo(program.window, button.rect().bottomRight())
        )
