"""Bookmarks with folders and notes, and what was read, day by day."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from tests.ui.test_layout import check_nothing_is_cut
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.domain.records.reading import Bookmark, Visit
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.dialogs.bookmark_dialog import BookmarkDialog, FolderDialog

LIBRARY = Location(Place.LIBRARY)


@pytest.fixture
def reading(window):
    return window.desktop.context.services.reading


def open_library(window):
    window.window.go(LIBRARY)
    window.settle()


def headings(window, role):
    return [w.text() for w in window.visible(QLabel, window.page) if w.property("role") == role]


def dialog(window, kind):
    (found,) = window.visible(kind)
    return found


def write(window, box, text):
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    window.type(text, box)


def test_a_bookmark_gets_a_note_and_a_folder_right_after_it_was_made(window, reading):
    window.window.open_item("own-account")
    window.settle()
    window.click("收藏")
    window.click("写备注、放进文件夹")
    form = dialog(window, BookmarkDialog)
    write(window, form.findChild(QPlainTextEdit), "周二问 12393")
    write(window, form.findChild(QLineEdit), "妈妈的事")
    window.click("存好", form)
    kept = reading.bookmark("own-account")
    assert (kept.note, kept.folder) == ("周二问 12393", "妈妈的事")
    open_library(window)
    assert headings(window, "h3")[0] == "妈妈的事"
    assert "周二问 12393" in window.texts()


def test_a_bookmark_is_moved_and_a_folder_renamed(window, reading):
    for item, folder in (("own-account", "妈妈的事"), ("e-card", "")):
        reading.add_bookmark(item, item)
        reading.put_bookmark(replace(reading.bookmark(item), folder=folder))
    open_library(window)
    window.click("改备注和文件夹：e-card")
    form = dialog(window, BookmarkDialog)
    window.click("文件夹：妈妈的事", form)
    window.click("存好", form)
    assert reading.bookmark("e-card").folder == "妈妈的事"
    window.click("给文件夹“妈妈的事”改名")
    form = dialog(window, FolderDialog)
    write(window, form.findChild(QLineEdit), "妈")
    QTest.keyClick(form.findChild(QLineEdit), Qt.Key.Key_Return)
    window.settle()
    assert {b.folder for b in reading.bookmarks()} == {"妈"}
    assert headings(window, "h3")[0] == "妈"


def test_leaving_the_dialog_changes_nothing(window, reading):
    reading.add_bookmark("e-card", "e-card")
    before = reading.bookmarks()
    open_library(window)
    window.click("改备注和文件夹：e-card")
    form = dialog(window, BookmarkDialog)
    write(window, form.findChild(QPlainTextEdit), "x")
    window.click("取消", form)
    assert reading.bookmarks() == before


def test_a_bookmark_that_was_dropped_comes_back_whole(window, reading):
    reading.put_bookmark(
        Bookmark("e-card", "电子卡", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC), "备", "夹")
    )
    before = reading.bookmarks()
    open_library(window)
    window.click("取消收藏：电子卡")
    assert reading.bookmarks() == []
    assert "还没有收藏" in window.texts()
    window.click("撤销")
    assert reading.bookmarks() == before
    assert "电子卡" in window.texts()


@pytest.fixture
def read_before(window, clock):
    """Pages read today, yesterday and last year, told by the clock of this place."""
    user = window.desktop.context.services.reading._user
    today = clock.local_now().replace(hour=0, minute=1)
    with user.writing() as unit:
        for days, title in ((400, "去年的"), (1, "昨天的"), (0, "今天的")):
            unit.history.add(Visit(f"item-{days}", title, today - datetime.timedelta(days=days)))
        unit.commit()
    open_library(window)
    return today


def test_what_was_read_stands_under_its_day(window, read_before):
    assert headings(window, "h3") == ["今天", "昨天", "更早"]
    text = window.texts()
    assert text.index("今天的") < text.index("昨天的") < text.index("去年的")
    last_year = read_before - datetime.timedelta(days=400)
    assert f"{last_year.year}年{last_year.month}月{last_year.day}日 00:01" in text


def test_one_entry_is_deleted_and_the_others_stay(window, reading, read_before):
    window.click("删掉这一条：昨天的")
    assert [v.title for v in reading.recent()] == ["今天的", "去年的"]
    assert "昨天" not in headings(window, "h3")


def test_words_find_bookmarks_and_what_was_read_and_typing_goes_on(window, reading, read_before):
    reading.add_bookmark("e-card", "申请电子医保卡")
    open_library(window)
    box = window.page.box
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    window.type("去年")
    window.qtbot.waitUntil(lambda: "今天的" not in window.texts())
    assert "去年的" in window.texts()
    assert "收藏里没有“去年”" in window.texts()
    assert box.hasFocus()
    box.clear()
    window.type("电子")
    window.qtbot.waitUntil(lambda: "申请电子医保卡" in window.texts())
    assert "看过的里没有“电子”" in window.texts()


def test_a_long_history_is_shown_bit_by_bit(window, reading):
    for number in range(45):
        reading.note_visit(f"item-{number}", f"第 {number} 页。")
    open_library(window)
    assert "第 5 页。" in window.texts()
    assert "第 4 页。" not in window.texts()
    window.click("再往前看")
    assert "第 0 页。" in window.texts()


def test_without_a_trace_reading_leaves_none_and_a_sign_says_so(window, reading):
    window.press(
        Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert "看过的、搜过的不再记" in window.window.message.text
    sign = window.button("不留痕开着，点一下关掉")
    window.window.open_item("own-account")
    window.settle()
    window.search("卡丢了")
    window.press(Qt.Key.Key_Return)
    assert (reading.recent(), reading.queries()) == ([], [])
    open_library(window)
    assert "“不留痕”开着" in window.texts()
    assert sign.isVisible()
    window.click("不留痕开着，点一下关掉")
    assert not sign.isVisible()
    window.window.open_item("own-account")
    window.settle()
    assert [v.item_id for v in reading.recent()] == ["own-account"]


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_a_full_library_fits_a_small_window(window, reading, read_before, size):
    for item in ("e-card", "own-account"):
        reading.add_bookmark(
            item, "一个很长很长的题目，长得一行放不下，要折到第二行上去才行，真的很长"
        )
        note = "备注也很长，" * 12
        reading.put_bookmark(replace(reading.bookmark(item), note=note, folder="文件夹" * 10))
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    open_library(window)
    check_nothing_is_cut(window)


def test_there_is_a_field_to_search_only_where_there_is_something_to_find(window, reading):
    open_library(window)
    assert not window.page.box.isVisible()
    reading.note_visit("e-card", "申请电子医保卡")
    open_library(window)
    assert window.page.box.isVisible()
    window.page.box.setText("没有的词")
    window.qtbot.waitUntil(lambda: "看过的里没有“没有的词”" in window.texts())
    assert window.page.box.isVisible()


def test_without_a_case_one_can_be_begun_at_once(window):
    window.window.go(Location(Place.CASES))
    window.settle()
    window.click("补办医保卡", window.page)
    assert window.page is window.window.pages.procedure


def test_the_papers_of_one_case_are_one_line_each(window):
    cases = window.desktop.context.services.cases
    answers = {"card": ("physical",), "channel": ("window",)}
    first = cases.start("card-replacement", "妈妈")
    cases.apply(first.case.id, Answer(answers))
    window.window.go(Location(Place.CASES))
    window.settle()
    once = window.texts().count("妈妈 · 补办医保卡")
    assert once == 1
    assert "要带的材料，有了就打勾" in window.texts()
    second = cases.start("card-replacement", "爸爸")
    cases.apply(second.case.id, Answer(answers))
    window.window.go(Location(Place.CASES))
    window.settle()
    assert window.texts().count("妈妈 · 补办医保卡") > 1
    assert "这些事一共要带的材料" in window.texts()
