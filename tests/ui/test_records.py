"""The dialog for backups and for taking everything along, used as a person would."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPlainTextEdit

from yibao_desktop.domain.records.commands import Answer, Note
from yibao_desktop.paths import Paths
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.store.user_database import UserDatabase
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.dialogs.about_dialog import AboutDialog
from yibao_desktop.ui.dialogs.import_dialog import ImportDialog
from yibao_desktop.ui.dialogs.licence_dialog import LicenceDialog
from yibao_desktop.ui.dialogs.outside_dialog import OutsideDialog
from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog
from yibao_desktop.ui.dialogs.restore_dialog import RestoreDialog


@pytest.fixture
def program(window):
    """The program with one case and one backup of it."""
    cases = window.desktop.context.services.cases
    case = cases.start("card-replacement", "妈妈").case.id
    cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    window.desktop.context.services.records.keep()
    return window


def dialog_of(window, kind):
    (dialog,) = [d for d in window.window.findChildren(kind) if d.isVisible()]
    return dialog


def open_records(window) -> RecordsDialog:
    window.window.acts[Act.RECORDS].trigger()
    window.settle()
    return dialog_of(window, RecordsDialog)


def choose_file(window, path: Path) -> None:
    chooser = dialog_of(window, QFileDialog)
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    name.setText(str(path))
    chooser.accept()
    window.settle()


def test_a_backup_is_looked_into_and_restored(program):
    cases = program.desktop.context.services.cases
    cases.start("e-card", "爷爷")
    dialog = open_records(program)
    assert "妈妈 · 补办医保卡" in program.texts(dialog)
    assert "爷爷" not in program.texts(dialog)
    program.click("恢复这一份", dialog)
    asked = dialog_of(program, RestoreDialog)
    assert "办理 1 件（妈妈），收藏 0 个" in program.texts(asked)
    program.click("不恢复", asked)
    assert len(cases.open_cases()) == 2
    program.click("恢复这一份", dialog)
    program.click("恢复", dialog_of(program, RestoreDialog))
    assert "已经恢复成" in dialog.message.text
    assert [v.case.nickname for v in cases.open_cases()] == ["妈妈"]
    assert "恢复备份之前" in program.texts(dialog)
    assert "爷爷 · 申请电子医保卡" in program.texts(dialog)
    assert "我的办理 (1)" in program.texts(program.window.side)
    program.click("关闭", dialog)


def test_everything_is_taken_to_a_file_and_back(program, tmp_path):
    file = tmp_path / "给爸爸的.json"
    dialog = open_records(program)
    program.click("把记录存成一个文件…", dialog)
    choose_file(program, file)
    assert "存好了，办理 1 件" in dialog.message.text
    assert len(json.loads(file.read_text(encoding="utf-8"))["cases"]) == 1
    cases = program.desktop.context.services.cases
    (view,) = cases.open_cases()
    cases.apply(view.case.id, Note("apply-at-window", "后来写的"))
    program.click("读入存好的文件…", dialog)
    choose_file(program, file)
    preview = dialog_of(program, ImportDialog)
    assert "两边不一样的一件" in program.texts(preview)
    assert program.button("两份都留", preview).isChecked()
    assert len(cases.open_cases()) == 1
    program.click("读入", preview)
    assert "读入了" in dialog.message.text
    assert len(cases.open_cases()) == 2
    program.click("读入存好的文件…", dialog)
    choose_file(program, file)
    preview = dialog_of(program, ImportDialog)
    assert "不用读入" in program.texts(preview)
    assert not program.button("读入", preview).isEnabled()
    program.click("不读入", preview)
    program.click("关闭", dialog)


def test_the_settings_are_taken_only_if_asked(program, tmp_path):
    settings = program.desktop.context.services.settings
    settings.update(text_size=TextSize.LARGE, theme=Theme.DARK, region="320000")
    file = tmp_path / "x.json"
    dialog = open_records(program)
    program.click("把记录存成一个文件…", dialog)
    choose_file(program, file)
    settings.update(text_size=TextSize.STANDARD, theme=Theme.LIGHT, region=None)
    program.settle()
    for asked in (False, True):
        program.click("读入存好的文件…", dialog)
        choose_file(program, file)
        preview = dialog_of(program, ImportDialog)
        tile = program.button("设置也换成文件里的", preview)
        said = tile.accessibleName()
        for part in ("字的大小：大字", "颜色：深色", "地区：江苏"):
            assert part in said
        assert not tile.isChecked()
        assert not program.button("读入", preview).isEnabled()
        if asked:
            program.click("设置也换成文件里的", preview)
            program.click("读入", preview)
        else:
            program.click("不读入", preview)
            assert settings.current.text_size is TextSize.STANDARD
    assert settings.current.text_size is TextSize.LARGE
    assert settings.current.theme is Theme.DARK
    assert settings.current.region == "320000"
    program.click("关闭", dialog)


def test_a_file_that_is_no_export_is_told_and_nothing_happens(program, tmp_path):
    file = tmp_path / "x.json"
    file.write_text("<script>alert(1)</script>")
    dialog = open_records(program)
    program.click("读入存好的文件…", dialog)
    choose_file(program, file)
    assert "不是医保指南导出的记录" in dialog.message.text
    program.click("关闭", dialog)


def test_without_a_backup_it_says_how_one_comes(window):
    dialog = open_records(window)
    assert "还没有备份" in window.texts(dialog)
    window.click("关闭", dialog)


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_the_dialog_fits_a_small_window(program, size):
    program.desktop.context.services.settings.update(text_size=size)
    program.window.resize(1024, 700)
    program.settle()
    dialog = open_records(program)
    assert dialog.column.horizontalScrollBar().maximum() == 0
    assert dialog.height() <= 700
    program.click("关闭", dialog)


def test_a_damaged_file_is_told_with_the_way_to_the_backups(open_window, paths):
    first = open_window()
    first.desktop.context.services.cases.start("e-card", "妈妈")
    first.close()
    paths.user_database.write_bytes(b"damaged" * 900)
    second = open_window()
    assert "坏了" in second.window.message.text
    assert "备份恢复" in second.window.message.text
    assert [v.case.nickname for v in second.desktop.context.services.cases.open_cases()] == ["妈妈"]
    second.click("备份与恢复", second.window.message)
    second.click("关闭", dialog_of(second, RecordsDialog))


def test_records_of_a_newer_program_are_not_touched_but_the_guide_is_there(open_window, paths):
    UserDatabase(paths.user_database, paths.migrations).close()
    data = bytearray(paths.user_database.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    paths.user_database.write_bytes(data)
    program = open_window()
    assert "更新的版本" in program.window.message.text
    assert "存不下来" in program.window.message.text
    program.click("关闭提示")
    for place in ("我的办理", "收藏与历史"):
        program.click(place, program.window.side)
        assert "这次读不出来，所以这里是空的，不是没有了" in program.texts()
    program.window.open_item("card-replacement-guide")
    program.settle()
    assert program.window.message.text == ""
    program.window.open_item("card-replacement")
    program.settle()
    program.click("妈妈")
    program.click("实体卡")
    assert "更新的版本" in program.window.message.text
    program.close()
    assert paths.user_database.read_bytes() == bytes(data)


def test_damaged_content_is_told_and_replaced(qapp, qtbot, paths, tmp_path, monkeypatch):
    from tests.ui.driver import Driver
    from yibao_desktop.bootstrap import open_services
    from yibao_desktop.ui.program.application import Desktop

    bundle = Path(shutil.copytree(paths.bundle, tmp_path / "bundle", symlinks=True))
    (bundle / "db" / "content.sqlite3").write_bytes(b"spoilt")
    driver = Driver(Desktop(qapp, open_services(Paths(bundle, paths.user))), qtbot)
    driver.start()
    assert "备用的一份" in driver.window.message.text
    driver.window.open_item("card-replacement-guide")
    driver.settle()
    assert "挂失" in driver.window.pages.reader.browser.toPlainText()
    driver.close()


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://x/y", "http:", "data:text/html,x"],
)
def test_a_link_that_is_neither_ours_nor_the_web_does_nothing(window, target, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.window.open_item("card-replacement-guide")
    window.settle()
    window.window.pages.reader.browser.anchorClicked.emit(QUrl(target))
    window.settle()
    assert opened == []
    assert window.window.findChildren(QDialog) == []


def test_a_web_address_is_shown_before_it_is_opened(window, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    address = QUrl("https://fuwu.nhsa.gov.cn/x?y=1")
    for answer, expected in (("不打开", []), ("用浏览器打开", [address])):
        window.window.pages.reader.browser.anchorClicked.emit(address)
        window.settle()
        dialog = dialog_of(window, OutsideDialog)
        assert address.toString() in window.texts(dialog).replace("\u200b", "")
        window.click("复制地址", dialog)
        assert QGuiApplication.clipboard().text() == address.toString()
        assert opened == []
        window.click(answer, dialog)
        assert opened == expected


def test_the_about_page_leads_to_the_licences(window):
    window.window.acts[Act.ABOUT].trigger()
    window.settle()
    about = dialog_of(window, AboutDialog)
    window.click("看用到的每一样的许可证", about)
    licences = dialog_of(window, LicenceDialog)
    text = licences.findChild(QPlainTextEdit).toPlainText()
    for part in ("SQLAlchemy", "LGPL-3.0", "OFL-1.1", "jieba"):
        assert part in text
    window.click("关闭", licences)
    window.click("关闭", about)


def test_what_is_restored_is_shown_although_its_dialog_is_closed_meanwhile(program, monkeypatch):
    services = program.desktop.context.services
    services.cases.start("e-card", "爷爷")
    restore, asked, gate = services.records.restore, [], threading.Event()

    def slow(name):
        asked.append(name)
        gate.wait()
        return restore(name)

    monkeypatch.setattr(services.records, "restore", slow)
    program.window.go(Location(Place.CASES))
    program.settle()
    dialog = open_records(program)
    button = program.button("恢复这一份", dialog)
    program.scroll_into_view(button)
    button.click()
    program.button("恢复", dialog_of(program, RestoreDialog)).click()
    program.qtbot.waitUntil(lambda: bool(asked))
    program.button("关闭", dialog).click()
    gate.set()
    program.settle()
    assert "爷爷" not in program.texts()
    assert "我的办理 (1)" in program.texts(program.window.side)


def test_a_file_that_is_being_read_in_cannot_be_sent_away(program, tmp_path, monkeypatch):
    services = program.desktop.context.services
    services.records.export(tmp_path / "kept.json", services.settings.current, overwrite=True)
    services.cases.delete(services.cases.open_cases()[0].case.id)
    take_in, asked, gate = services.records.take_in, [], threading.Event()

    def slow(*given):
        asked.append(given)
        gate.wait()
        return take_in(*given)

    monkeypatch.setattr(services.records, "take_in", slow)
    dialog = open_records(program)
    program.click("读入存好的文件…", dialog)
    choose_file(program, tmp_path / "kept.json")
    coming = dialog_of(program, ImportDialog)
    program.button("读入", coming).click()
    program.qtbot.waitUntil(lambda: bool(asked))
    coming.reject()
    assert coming.isVisible()
    assert not program.button("不读入", coming).isEnabled()
    gate.set()
    program.settle()
    assert "读入了" in dialog.message.text
    assert [v.case.nickname for v in services.cases.open_cases()] == ["妈妈"]
    program.click("关闭", dialog)
