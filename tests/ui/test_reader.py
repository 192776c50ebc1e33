"""The reader: what it shows, and what it never loads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import QPushButton

from tests.ui.test_theme import THEMES
from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.guide.text import Body, RichText, Table
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.looks.doubt_html import WORD_JOINER
from yibao_desktop.ui.looks.rich_text import body_html
from yibao_desktop.ui.looks.theme import load_colors
from yibao_desktop.ui.widgets.reading.outline import Outline
from yibao_desktop.ui.widgets.reading.page_browser import PageBrowser
from yibao_desktop.ui.widgets.reading.topic_tree_model import ID_ROLE


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
    text = window.window.pages.reader.browser.toPlainText()
    for expected in (
        "说法不一",
        "江苏医保卡初始密码一览表",
        "江苏医保卡初始密码多少",
        "说的是江苏省",
        "《电子医保卡怎么建档》 2025-05-16",
    ):
        assert expected in text
    window.window.open_item("hebei-base")
    window.settle()
    assert "没有写完" in window.window.pages.reader.browser.toPlainText()
    window.window.open_item("yueyang-outpatient")
    window.settle()
    assert "2025 年的说法" in window.window.pages.reader.browser.toPlainText()


def test_the_outline_leads_to_the_sections(window):
    window.window.resize(1440, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    outline = window.window.pages.reader._outline.parts
    titles = [entry.text() for entry in outline.buttons]
    assert titles[:2] == ["先挂失", "带材料去申请"]
    bar = window.window.pages.reader.browser.verticalScrollBar()
    assert bar.value() == 0
    window.click("等制卡", outline)
    assert bar.value() > 0


def test_an_unknown_item_is_told_in_the_window(window):
    window.window.open_item("nothing")
    window.settle()
    assert "没有编号“nothing”" in window.window.message.text
    window.click("关闭提示")
    assert window.window.message.text == ""


def follow(window, target):
    """Go to a link of the page with Tab, as those do who use no mouse, and follow it."""
    browser = window.window.pages.reader.browser
    browser.setFocus()
    for _ in browser.document().toHtml().split("<a href"):
        window.press(Qt.Key.Key_Tab)
        if browser.textCursor().charFormat().anchorHref() == target:
            window.press(Qt.Key.Key_Return)
            return
    raise AssertionError(target)


def unjoined(text):
    """Without what keeps two characters in one line."""
    return text.replace(WORD_JOINER, "")


def shown(browser):
    return unjoined(browser.toPlainText())


def test_a_doubt_is_a_line_and_the_rest_of_it_unfolds(window):
    window.window.open_item("changde-inpatient")
    window.settle()
    browser = window.window.pages.reader.browser
    folded = shown(browser)
    assert folded.count("存疑的地方") == 1
    assert folded.index("一档报 85%") < folded.index("一档报多少，请问") < folded.index("一级医院")
    assert "都是 90%，没有按医院等级分" not in folded
    follow(window, "fold:changde-inpatient-conflict")
    told = shown(browser)
    assert told.index("收起") < told.index("都是 90%，没有按医院等级分") < told.index("一级医院")
    assert told.count("详细") == folded.count("详细") - 1
    assert unjoined(browser.textCursor().selectedText()) == "收起"
    window.press(Qt.Key.Key_Return)
    assert shown(browser) == folded


def test_another_page_begins_with_its_doubts_folded(window):
    for item in ("changde-inpatient", "own-account", "changde-inpatient"):
        window.window.open_item(item)
        window.settle()
        browser = window.window.pages.reader.browser
        assert "收起" not in shown(browser)
        browser.anchorClicked.emit(QUrl("fold:changde-inpatient-conflict"))


def test_the_word_that_unfolds_a_doubt_stays_in_one_line(window):
    window.window.open_item("card-replacement-guide")
    browser = window.window.pages.reader.browser
    for width in range(700, 1000, 20):
        window.window.resize(width, 700)
        window.settle()
        cursor = browser.document().find(WORD_JOINER.join("详细"))
        assert not cursor.isNull()
        while not cursor.isNull():
            before = QTextCursor(cursor)
            before.setPosition(cursor.selectionStart() + 1)
            assert browser.cursorRect(before).top() == browser.cursorRect(cursor).top(), width
            cursor = browser.document().find(WORD_JOINER.join("详细"), cursor)
    browser.selectAll()
    browser.copy()
    assert WORD_JOINER not in QGuiApplication.clipboard().text()
    assert "详细" in QGuiApplication.clipboard().text()


def test_a_doubt_about_a_section_stands_at_the_section(window):
    window.window.open_item("individual-or-employer")
    window.settle()
    text = window.window.pages.reader.browser.toPlainText()
    doubt = text.index("是全由个人交还是财政也补")
    assert text.index("谁参加，谁出钱") < doubt < text.index("交多少，怎么交")


def test_one_quiet_line_says_what_the_page_rests_on(window):
    window.window.open_item("changde-inpatient")
    window.settle()
    line = window.window.pages.reader.browser.toPlainText().splitlines()[1]
    for said in (
        "说的是湖南省常德市",
        "2025 年的说法",
        "《医保卡开通家庭共济怎么开通》 2025-03-13",
        "不是官方文件",
    ):
        assert said in line


def doubt_colours(window, name):
    """Backgrounds of the boxes that begin with a name."""
    document = window.window.pages.reader.browser.document()
    cursor = document.find(name)
    assert not cursor.isNull(), name
    return cursor.currentTable().cellAt(cursor).format().background().color().name().upper()


def test_every_doubt_has_one_look_and_is_told_in_a_line_above_the_answer(window):
    colors = window.desktop.context.theme.colors
    settings = window.desktop.context.services.settings
    browser = window.window.pages.reader.browser
    for item, region, name in (
        ("rural-card-bank", None, "只是一地的做法"),
        ("zhejiang-flexible", "330000", "可能已经过期"),
        ("family-doctor-yearly", None, "这个说法存疑"),
        ("yueyang-outpatient", None, "标题和内容不一致"),
        ("changde-inpatient", None, "存疑的地方"),
    ):
        settings.update(region=region)
        window.window.open_item(item)
        window.settle()
        assert doubt_colours(window, name) == colors.doubt_surface, (item, region, name)
        text = browser.toPlainText()
        view = window.desktop.context.services.guide.page(item)
        badge = f"有 {len(view.doubts)} 处存疑，写在下面"
        assert text.index(badge) < text.index(view.page.answer.plain[:8]) < text.index(name)
    window.window.resize(700, 480)
    window.window.open_item("individual-or-employer")
    window.settle()
    browser.anchorClicked.emit(QUrl("#doubts"))
    box = browser.cursorRect(browser.document().find("存疑的地方"))
    assert browser.viewport().rect().contains(box)


def test_a_page_without_doubts_has_no_line_about_them(window):
    window.window.open_item("term-e-credential")
    window.settle()
    assert "存疑" not in window.window.pages.reader.browser.toPlainText()


def test_what_is_copied_says_where_it_comes_from(window):
    window.window.open_item("card-replacement-guide")
    window.settle()
    browser = window.window.pages.reader.browser
    browser.setTextCursor(browser.document().find("先挂失"))
    browser.setFocus()
    window.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "先挂失"
    assert "医保卡丢了、坏了怎么补" in lines[2]
    assert lines[3] == "来源：《医保卡补办流程详细步骤》 2025-04-23"
    assert lines[4] == NOTICE
    assert NOTICE in QGuiApplication.clipboard().mimeData().html()


def test_without_a_selection_the_whole_page_is_copied_and_stays_where_it_is(window):
    window.window.resize(1180, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    bar = window.window.pages.reader.browser.verticalScrollBar()
    bar.setValue(100)
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    window.press(Qt.Key.Key_C, ctrl_shift)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("医保卡丢了、坏了怎么补")
    assert "带材料去申请" in copied
    assert copied.endswith(NOTICE)
    assert bar.value() == 100
    assert not window.window.pages.reader.browser.textCursor().hasSelection()
    assert "整页复制好了" in window.window.message.text
    window.window.open_item("cards")
    window.settle()
    assert window.window.message.text == ""


def test_where_there_is_no_room_beside_the_page_its_contents_are_a_menu(window):
    window.window.resize(900, 600)
    window.window.open_item("card-replacement-guide")
    window.settle()
    assert not window.window.pages.reader._outline.isVisible()
    menu = window.button("目录").menu()
    menu.aboutToShow.emit()
    entries = {action.text(): action for action in menu.actions()}
    entries["等制卡"].trigger()
    assert window.window.pages.reader.browser.verticalScrollBar().value() > 0
    entries["补办医保卡"].trigger()
    window.settle()
    assert window.page is window.window.pages.procedure


def test_links_in_the_text_stand_beside_it_as_buttons(window):
    window.window.resize(1440, 800)
    window.window.open_item("card-replacement-guide")
    window.settle()
    links = window.window.pages.reader._outline.links
    assert [entry.text() for entry in links.buttons] == ["挂失", "社保卡", "补办医保卡"]
    window.click("补办医保卡", links)
    assert window.page is window.window.pages.procedure


def test_the_outline_is_one_stop_of_the_tab_key_and_up_and_down_lead_along_it(window):
    window.window.resize(1440, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    outline = window.window.pages.reader._outline
    first, second, *_ = outline.parts.buttons
    first.setFocus()
    window.press(Qt.Key.Key_Down)
    assert second.hasFocus()
    window.press(Qt.Key.Key_Tab)
    assert outline.links.buttons[0].hasFocus()
    window.press(Qt.Key.Key_Backtab)
    assert second.hasFocus()
    window.press(Qt.Key.Key_Up)
    window.press(Qt.Key.Key_Up)
    assert first.hasFocus()
    bar = window.window.pages.reader.browser.verticalScrollBar()
    for _ in range(3):
        window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    assert bar.value() > 0


def test_the_foot_scrolls_with_the_text_and_leads_on(window):
    window.window.resize(1180, 600)
    window.window.open_item("card-replacement-guide")
    window.settle()
    reader = window.window.pages.reader
    after = window.button("申请电子医保卡。下一篇", reader)
    assert after.visibleRegion().isEmpty()
    reader.browser.setFocus()
    window.press(Qt.Key.Key_End)
    assert after.visibleRegion().boundingRect().height() == after.height()
    bottom = after.mapTo(reader.browser.viewport(), after.rect().bottomLeft()).y()
    assert bottom < reader.browser.viewport().height()
    window.click("申请电子医保卡。下一篇")
    assert window.page is window.window.pages.procedure


def test_the_foot_leaves_the_text_free_at_every_width_and_size(window):
    window.window.open_item("changde-inpatient")
    window.settle()
    browser = window.window.pages.reader.browser
    for width, size in ((1400, TextSize.STANDARD), (700, TextSize.ELDER), (1000, TextSize.LARGE)):
        window.desktop.context.services.settings.update(text_size=size)
        window.window.resize(width, 600)
        window.settle()
        browser.verticalScrollBar().setValue(browser.verticalScrollBar().maximum())
        last = browser.document().lastBlock()
        frame = browser.document().documentLayout().blockBoundingRect(last)
        end = frame.bottom() - browser.verticalScrollBar().value()
        assert end <= browser._foot.y() + 1
        assert browser._foot.geometry().bottom() <= browser.viewport().height()
        assert browser.horizontalScrollBar().maximum() == 0


def test_a_button_of_the_foot_is_shown_when_the_keyboard_reaches_it(window):
    window.window.resize(1180, 500)
    window.window.open_item("own-account")
    window.settle()
    after = window.button("江苏医保卡的初始密码是什么。下一篇", window.window.pages.reader)
    browser = window.window.pages.reader.browser
    browser.setFocus()
    links = len(browser.links())
    reached = []
    for _ in range(links + 6):
        window.press(Qt.Key.Key_Tab)
        reached.append(window.window.focusWidget())
    assert after in reached
    after.setFocus()
    assert not after.visibleRegion().isEmpty()


def test_the_button_below_a_page_opens_its_own_procedure_and_no_other(window):
    services = window.desktop.context.services
    with_button = [
        (item.id, related[0].id)
        for item in services.guide.entries()
        if item.kind is Kind.ARTICLE
        and (
            related := [
                c for c in services.guide.page(item.id).children if c.kind is Kind.PROCEDURE
            ]
        )
    ][:3]
    assert len(with_button) == 3
    for item_id, _ in with_button:
        window.window.open_item(item_id)
        window.settle()
    opened = []
    window.desktop.context.events.open_requested.connect(opened.append)
    (button,) = (b for b in window.visible(QPushButton) if b.text().startswith("一步步办"))
    window.click(button.text())
    assert [location.value for location in opened] == [with_button[-1][1]]


def test_the_outline_marks_the_part_that_is_read(window):
    window.window.resize(1500, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    reader = window.window.pages.reader
    bar = reader.browser.verticalScrollBar()
    outline = reader.findChild(Outline)
    buttons = outline.parts.buttons

    def marked() -> list[str]:
        return [b.text() for b in buttons if b.accessibleDescription()]

    seen = []
    for value in range(0, bar.maximum() + 1, 40):
        bar.setValue(value)
        seen += marked()
        assert len(marked()) <= 1
    bar.setValue(bar.maximum())
    titles = [b.text() for b in buttons]
    assert list(dict.fromkeys([*seen, *marked()])) == titles  # each in its turn
    window.click(titles[1], outline)
    assert marked() == [titles[1]]
    bar.setValue(0)
    assert titles[-1] not in marked()


@pytest.mark.parametrize("item", ["card-replacement-guide", "card-replacement"])
def test_what_was_noted_about_a_page_stands_on_it(window, item):
    reading = window.desktop.context.services.reading
    reading.add_bookmark(item, "医保卡")
    kept = reading.bookmark(item)
    reading.put_bookmark(replace(kept, note="周二去 <3 号> 窗口"))
    window.window.open_item(item)
    window.settle()
    assert "您的备注" in said(window)
    assert "周二去 <3 号> 窗口" in said(window)
    changes = reading.put_bookmark(replace(kept, note="改到周三"))
    window.desktop.context.events.changed.emit(changes)
    window.settle()
    assert "改到周三" in said(window)
    assert "周二去" not in said(window)
    window.window.open_item("own-account")
    window.settle()
    assert "改到周三" not in said(window)


def said(window) -> str:
    """What the page in front says, whatever it is made of."""
    reader = window.window.pages.reader
    return reader.browser.toPlainText() if window.page is reader else window.texts()


def test_a_page_opened_by_an_id_it_had_before_is_marked_in_the_tree(window):
    window.window.open_item("jiangsu-password-common")
    window.settle()
    shown = window.desktop.context.services.guide.page("jiangsu-password-common").item
    assert shown.id != "jiangsu-password-common"
    assert window.window.side.tree.currentIndex().data(ID_ROLE) == shown.id


def test_a_table_is_at_no_width_wider_than_its_page(qtbot):
    browser = PageBrowser()
    qtbot.addWidget(browser)
    browser.show()
    head, *rows = (
        tuple(RichText.of(word * (n + 1)) for n in range(4)) for word in ("人群", "标准", "时间")
    )
    html = body_html(Body((Table(head, tuple(rows)),)), load_colors(THEMES, Theme.LIGHT))
    browser.show_page(html, "")
    for width in range(500, 700):
        browser.resize(width, 300)
        assert browser.horizontalScrollBar().maximum() == 0, width
