"""The settings page, and the screen of the first start."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton

from tests.ui.test_layout import check_nothing_is_cut
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.dialogs.about_dialog import AboutDialog
from yibao_desktop.ui.dialogs.licence_dialog import LicenceDialog


@pytest.fixture
def page(window):
    window.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.page is window.window.pages.settings
    return window


def settings_of(window):
    return window.desktop.context.services.settings.current


def chosen(window):
    buttons = window.visible(QPushButton, window.page)
    return [b.accessibleName() for b in buttons if b.isCheckable() and b.isChecked()]


def test_what_is_chosen_holds_at_once_and_the_focus_stays_there(page):
    assert chosen(page) == ["字的大小：标准", "颜色：跟随系统"]
    page.button("字的大小：长辈版").setFocus()
    page.press(Qt.Key.Key_Space)
    assert settings_of(page).text_size is TextSize.ELDER
    assert page.button("字的大小：长辈版").hasFocus()
    page.click("颜色：深色")
    assert settings_of(page).theme is Theme.DARK
    assert chosen(page) == ["字的大小：长辈版", "颜色：深色"]


def test_switches_show_what_holds(page):
    page.tick("不留痕")
    assert settings_of(page).no_trace
    assert page.ticks()["不留痕"].isChecked()
    page.tick("打开时回到上次的地方")
    assert not settings_of(page).reopen
    assert not page.ticks()["打开时回到上次的地方"].isChecked()


def test_a_setting_that_cannot_be_kept_is_told_and_not_shown(page, paths):
    in_the_way = paths.settings.with_name(f".settings.json.{os.getpid()}.new")
    in_the_way.mkdir()
    page.tick("不留痕")
    assert "设置存不下来" in page.window.message.text
    assert not page.ticks()["不留痕"].isChecked()
    in_the_way.rmdir()


def test_the_place_is_chosen_and_told(page):
    page.click("换一个地区…")
    (dialog,) = page.window.findChildren(QDialog)
    page.click("浙江省", dialog)
    page.click("关闭", dialog)
    assert "现在是：浙江省" in page.texts()


def test_history_is_cleared_and_the_folder_opened(page, paths, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    reading = page.desktop.context.services.reading
    reading.note_visit("e-card", "申请电子医保卡")
    reading.note_query("卡丢了")
    page.click("清除看过的和搜过的")
    assert (reading.recent(), reading.queries()) == ([], [])
    page.click("打开文件夹")
    assert [url.toLocalFile() for url in opened] == [str(paths.user)]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    page.click("打开文件夹")
    assert str(paths.user) in page.window.message.text.replace("\u200b", "")


def test_the_first_start_asks_once(open_window):
    first = open_window(first=True)
    assert first.page is first.window.pages.welcome
    assert "字要多大？" in first.texts()
    first.click("字要多大？：长辈版")
    assert settings_of(first).text_size is TextSize.ELDER
    assert first.page is first.window.pages.welcome
    first.click("选地区…")
    (dialog,) = first.window.findChildren(QDialog)
    first.click("浙江省", dialog)
    first.click("关闭", dialog)
    assert "现在是：浙江省" in first.texts()
    first.click("开始用")
    assert first.page is first.window.pages.home
    assert not first.button("后退").isEnabled()
    first.close()
    assert settings_of(first).welcomed


def test_the_first_screen_can_be_passed_over_by_asking(open_window):
    first = open_window(first=True)
    first.search("卡丢了")
    assert first.page is first.window.pages.search
    first.click("首页", first.window.side)
    assert first.page is first.window.pages.home
    assert settings_of(first).welcomed


@pytest.mark.parametrize("size", list(TextSize))
def test_the_first_screen_is_one_screen(open_window, size):
    first = open_window(first=True)
    first.desktop.context.services.settings.update(text_size=size)
    first.window.resize(1024, 700)
    first.settle()
    check_nothing_is_cut(first)
    start = first.button("开始用")
    assert start.visibleRegion().boundingRect().height() == start.height()


def test_about_shows_the_licences_where_they_are_shipped(window, tmp_path, monkeypatch):
    def open_about():
        shown = AboutDialog(window.desktop.context, window.window)
        shown.open()
        window.settle()
        return shown

    shown = open_about()
    offered = window.desktop.context.services.paths.licences.is_file()
    assert ("看用到的每一样的许可证" in window.texts(shown)) is offered
    shown.close()
    text = tmp_path / "licences.txt"
    text.write_text("SQLAlchemy\nMIT", encoding="utf-8")
    monkeypatch.setattr(type(window.desktop.context.services.paths), "licences", text)
    shown = open_about()
    window.click("看用到的每一样的许可证", shown)
    (licences,) = shown.findChildren(LicenceDialog)
    assert "SQLAlchemy" in licences.findChild(QPlainTextEdit).toPlainText()
    licences.close()
    shown.close()
