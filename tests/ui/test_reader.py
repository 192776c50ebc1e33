"""The reader: what it shows, and what it never loads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage

from yibao_desktop.ui.widgets.page_browser import PageBrowser


class Recorder(PageBrowser):
    """Notes what a page asks for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def loadResource(self, kind, name):
        self.asked.append(name.toString() if isinstance(name, QUrl) else name)
        return super().loadResource(kind, name)


def is_red(image):
    return any(
        image.pixelColor(x, y).name() == "#ff0000"
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )


@pytest.mark.parametrize("address", ["{path}", "file://{path}", "http://192.0.2.1/x.png"])
def test_a_picture_a_page_names_is_not_loaded(qtbot, tmp_path, address):
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    picture.save(str(tmp_path / "red.png"))
    html = (
        f'<p>x <img src="{address.format(path=tmp_path / "red.png")}" width="60" height="60"></p>'
    )
    browser = Recorder()
    qtbot.addWidget(browser)
    browser.resize(300, 200)
    browser.show_page(html, "")
    with qtbot.waitExposed(browser):
        browser.show()
    qtbot.waitUntil(lambda: browser.grab() is not None and bool(browser.asked))
    assert not is_red(browser.grab().toImage())


def test_a_style_sheet_a_page_names_is_not_loaded(qtbot, tmp_path):
    (tmp_path / "red.css").write_text("body { background-color: #ff0000; } p { color: #ff0000; }")
    browser = Recorder()
    qtbot.addWidget(browser)
    browser.resize(300, 200)
    browser.show_page(
        f'<link rel="stylesheet" href="{(tmp_path / "red.css").as_uri()}"><p>x</p>', ""
    )
    browser.show()
    assert not is_red(browser.grab().toImage())


def test_links_are_only_told_and_only_those_within_the_guide(qtbot):
    browser = PageBrowser()
    qtbot.addWidget(browser)
    told = []
    browser.link_requested.connect(told.append)
    for address in ("file:///etc/passwd", "http://192.0.2.1/", "javascript:alert(1)", "mailto:a@b"):
        browser.anchorClicked.emit(QUrl(address))
    assert told == []
    assert browser.source().isEmpty()
    browser.anchorClicked.emit(QUrl("yibao:cards"))
    assert told == ["cards"]


def test_the_reader_shows_sources_doubts_and_what_they_are(window):
    window.window.open_item("jiangsu-password-by-area")
    window.settle()
    text = window.window.reader.browser.toPlainText()
    for expected in (
        "说法不一",
        "江苏医保卡初始密码一览表",
        "江苏医保卡初始密码多少",
        "说的是江苏省",
        "文章 000《电子医保卡怎么建档》",
        "2025-05-16",
        "没有写完",
    ):
        assert expected in text
    window.window.open_item("yueyang-outpatient")
    window.settle()
    assert "2025 年的说法" in window.window.reader.browser.toPlainText()


def test_the_outline_leads_to_the_sections(window):
    window.window.resize(1440, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    outline = window.window.reader._outline.parts
    titles = [outline.item(r).text() for r in range(outline.count())]
    assert titles[:2] == ["先挂失", "带材料去申请"]
    bar = window.window.reader.browser.verticalScrollBar()
    assert bar.value() == 0
    window.click_row(outline, titles.index("等制卡"))
    assert bar.value() > 0


def test_an_unknown_item_is_told_in_the_window(window):
    window.window.open_item("nothing")
    window.settle()
    assert "没有编号“nothing”" in window.window.message.text
    window.click("关闭提示")
    assert window.window.message.text == ""


def test_what_is_doubtful_is_named_first_and_told_in_full_below(window):
    window.window.resize(1180, 500)
    window.window.open_item("changde-inpatient")
    window.settle()
    browser = window.window.reader.browser
    text = browser.toPlainText()
    assert text.count("存疑的地方") == 2
    named, told = text.index("存疑的地方"), text.rindex("存疑的地方")
    assert named < text.index("一级医院") < told
    assert "都是 90%" not in text[:told]
    assert "都是 90%" in text[told:]
    browser.anchorClicked.emit(QUrl("#doubts"))
    assert browser.verticalScrollBar().value() > 0


def test_a_doubt_about_a_section_stands_at_the_section(window):
    window.window.open_item("individual-or-employer")
    window.settle()
    text = window.window.reader.browser.toPlainText()
    assert text.index("谁参加，谁出钱") < text.index("由个人全额交") < text.index("交多少，怎么交")
