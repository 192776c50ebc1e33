"""Terms: listed, linked where a page first uses them, explained under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QUrl

from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.shell.term_cards import TermCard


def test_the_glossary_lists_every_term_and_opens_one(window):
    window.window.acts[Act.TERMS].trigger()
    window.settle()
    terms = window.desktop.context.services.guide.terms()
    assert len(terms) >= 15
    assert all(term.title in window.texts() for term in terms)
    window.click("起付线")
    assert window.page is window.window.pages.reader
    assert "门槛" in window.window.pages.reader.browser.toPlainText()


def test_a_term_is_linked_once_and_explained_under_the_mouse(window):
    window.window.open_item("stopped-pooled-fund")
    window.settle()
    browser = window.window.pages.reader.browser
    window.window.open_item("deductible-meaning")
    window.settle()
    assert browser.toHtml().count("yibao:term-deductible") == 1
    browser.highlighted.emit(QUrl("yibao:term-deductible"))
    assert browser.viewport().toolTip().startswith("医保开始报销的门槛")
    browser.highlighted.emit(QUrl())
    assert browser.viewport().toolTip() == ""


def test_a_term_is_explained_where_it_stands(window):
    """By a click and by the keyboard; the page stays, and one click more opens the term's own."""
    window.window.open_item("deductible-meaning")
    window.settle()
    browser = window.window.pages.reader.browser
    page = browser.toPlainText()
    window.click_link("term-deductible")
    (card,) = cards(window)
    assert card.accessibleName() == "起付线"
    assert "医保开始报销的门槛" in window.texts(card)
    assert browser.toPlainText() == page
    link = browser.viewport().mapToGlobal(browser.cursorRect().bottomLeft())
    gap = card.mapToGlobal(QPoint(0, 0)) - link
    assert gap.manhattanLength() <= browser.fontMetrics().height()
    window.click_link("term-deductible")
    assert len(cards(window)) == 1
    (card,) = cards(window)
    window.press(Qt.Key.Key_Escape)
    window.settle()
    assert cards(window) == []
    assert browser.hasFocus()
    window.press(Qt.Key.Key_Return)
    (card,) = cards(window)
    window.click("看这一页", card)
    assert window.page is window.window.pages.reader
    assert "yibao:term-deductible" not in browser.toHtml()
    assert browser.accessibleName() == "起付线"


def test_another_page_closes_the_card(window):
    window.window.open_item("card-replacement-guide")
    window.window.open_item("deductible-meaning")
    window.settle()
    window.click_link("term-deductible")
    assert len(cards(window)) == 1
    window.window.acts[Act.BACK].trigger()
    window.settle()
    assert cards(window) == []


def cards(window) -> list[TermCard]:
    return [card for card in window.window.findChildren(TermCard) if card.isVisible()]


def test_a_link_to_a_page_opens_it(window):
    window.window.open_item("card-replacement-guide")
    window.settle()
    links = [target for _, target in window.window.pages.reader.browser.links()]
    assert "card-replacement" in links
    window.click_link("card-replacement")
    assert window.page is window.window.pages.procedure
