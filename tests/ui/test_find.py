"""Finding words on the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QLabel

from yibao_desktop.settings import Theme

BACKGROUND = QTextFormat.Property.BackgroundBrush
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def article(window):
    window.window.resize(1180, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    return window


def find(window, words):
    window.press(Qt.Key.Key_F, CONTROL)
    window.type(words)
    window.settle()


def marked(window):
    """Texts and colours of the marks in the text."""
    browser = window.window.pages.reader.browser
    return [
        (s.cursor.selectedText(), s.format.background().color()) for s in browser.extraSelections()
    ]


def test_every_place_is_marked_counted_and_stepped_through(article):
    find(article, "挂失")
    bar, browser = article.window.find_bar, article.window.pages.reader.browser
    places = browser.toPlainText().count("挂失")
    colors = article.desktop.context.theme.colors
    assert bar.count_text == f"1/{places}"
    assert [text for text, _ in marked(article)] == ["挂失"] * places
    shown = [n for n, (_, color) in enumerate(marked(article)) if color == QColor(colors.accent)]
    assert shown == [0]
    article.press(Qt.Key.Key_F3)
    assert bar.count_text == f"2/{places}"
    article.press(Qt.Key.Key_F3, SHIFT)
    article.press(Qt.Key.Key_F3, SHIFT)
    assert bar.count_text == f"{places}/{places}"
    assert browser.verticalScrollBar().value() > 0
    article.press(Qt.Key.Key_Return)
    assert bar.count_text == f"1/{places}"
    article.click("上一处", bar)
    assert bar.count_text == f"{places}/{places}"
    article.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert marked(article) == []


def test_what_is_found_is_shown_where_the_reader_can_see_it(article):
    find(article, "激活")
    browser = article.window.pages.reader.browser
    for _ in range(int(article.window.find_bar.count_text.partition("/")[2])):
        shown = next(
            s
            for s in browser.extraSelections()
            if s.format.background().color() == QColor(article.desktop.context.theme.colors.accent)
        )
        where = browser.cursorRect(shown.cursor)
        assert where.top() >= 0
        assert where.bottom() <= browser.viewport().height()
        article.press(Qt.Key.Key_F3)


def test_words_that_are_not_there_are_told_and_case_does_not_matter(window):
    window.window.open_item("online-enrolment-guide")
    window.settle()
    find(window, "app")
    assert window.window.find_bar.count_text.startswith("1/")
    assert marked(window)[0][0] == "APP"
    find(window, "西安停车")
    assert window.window.find_bar.count_text == "没有找到"
    assert marked(window) == []


def test_marks_follow_the_theme(article):
    article.desktop.context.services.settings.update(theme=Theme.DARK)
    article.settle()
    find(article, "挂失")
    colors = article.desktop.context.theme.colors
    assert {color.name().upper() for _, color in marked(article)} == {colors.mark, colors.accent}


def test_selected_words_are_looked_for(article):
    browser = article.window.pages.reader.browser
    cursor = browser.document().find("报失证明")
    browser.setTextCursor(cursor)
    article.press(Qt.Key.Key_F, CONTROL)
    assert article.window.find_bar.words == "报失证明"
    assert article.window.find_bar.count_text.startswith("1/")


def label_marks(window, color: str) -> list[QLabel]:
    """The label of each place that is marked in a colour."""
    found = []
    for label in window.visible(QLabel, window.page):
        document = QTextDocument()
        if label.textFormat() is Qt.TextFormat.RichText:
            document.setHtml(label.text())
        block = document.begin()
        while block.isValid():
            runs = block.begin()
            while not runs.atEnd():
                form = runs.fragment().charFormat()
                if form.background().color() == QColor(color) and form.hasProperty(BACKGROUND):
                    found.append(label)
                runs += 1
            block = block.next()
    return found


def test_words_are_found_on_pages_made_of_widgets_too(window):
    window.window.open_item("card-replacement")
    window.settle()
    written = window.texts()
    find(window, "激活")
    bar = window.window.find_bar
    found = int(bar.count_text.partition("/")[2])
    colors = window.desktop.context.theme.colors
    assert found > 3
    assert len(label_marks(window, colors.mark)) == found - 1
    assert len(label_marks(window, colors.accent)) == 1
    for _ in range(found - 1):
        window.press(Qt.Key.Key_F3)
        assert len(label_marks(window, colors.accent)) == 1
    assert bar.count_text == f"{found}/{found}"
    (last,) = label_marks(window, colors.accent)
    assert not last.visibleRegion().isEmpty()
    window.click("不找了", bar)
    assert window.texts() == written
    assert label_marks(window, colors.mark) == label_marks(window, colors.accent) == []


def test_another_page_ends_the_search(article):
    find(article, "挂失")
    article.window.open_item("cards")
    article.settle()
    assert article.window.find_bar.isHidden()


def test_words_typed_before_the_page_is_there_are_found_on_it(article):
    article.window.open_item("card-replacement")
    find(article, "挂失")
    assert int(article.window.find_bar.count_text.partition("/")[2]) > 3
