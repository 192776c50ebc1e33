"""Terms: listed, linked where a page first uses them, explained under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QUrl

from yibao_desktop.ui.common.actions import Act


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
    window.click_link("term-deductible")
    assert "yibao:term-deductible" not in browser.toHtml()
