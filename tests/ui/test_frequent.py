"""What people ask most: on the first page, on a page of its own, each with its answer."""

from __future__ import annotations

from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.pages.home_page import FREQUENT
from yibao_desktop.ui.widgets.base.labels import RichLabel


def follow(window, target):
    """Follow a link that stands in a line of the page shown."""
    link = f'href="yibao:{target}"'
    label = next(label for label in window.visible(RichLabel, window.page) if link in label.text())
    label.linkActivated.emit(f"yibao:{target}")
    window.settle()


def test_every_question_stands_with_its_answer_and_opens_the_page_of_it(window):
    window.click("大家常问", window.window.side)
    window.settle()
    frequent = window.desktop.context.services.guide.frequent()
    assert 20 <= len(frequent) <= 30
    shown = window.texts()
    for question, item in frequent:
        assert question in shown
        assert item.answer in shown
    window.click("新生儿什么时候办医保", window.page)
    assert window.page is window.window.pages.reader
    text = window.window.pages.reader.browser.toPlainText()
    assert "出生 90 天内办好参保" in text
    window.click("后退")
    assert window.page is window.window.pages.frequent


def test_the_first_page_shows_some_and_leads_to_all(window):
    frequent = window.desktop.context.services.guide.frequent()
    shown = window.texts()
    assert [question in shown for question, _ in frequent[: FREQUENT + 1]] == [True] * FREQUENT + [
        False
    ]
    window.click(f"全部 {len(frequent)} 个常问")
    window.settle()
    assert window.page is window.window.pages.frequent


def test_a_page_leads_to_what_its_articles_are(window):
    window.window.open_item("newborn")
    window.settle()
    window.click_link("sources")
    page = window.page
    assert page is window.window.pages.sources
    shown = window.texts()
    for document in window.desktop.context.services.guide.documents.values():
        assert f"《{document.title}》" in shown
        assert str(document.web_date) in shown
    follow(window, "newborn")
    assert window.page is window.window.pages.reader


def test_a_step_leads_to_what_its_articles_are(window):
    window.window.open_item("card-replacement/report-loss-phone")
    window.settle()
    follow(window, "sources")
    assert window.page is window.window.pages.sources


def test_the_menu_has_both(window):
    for act, page in ((Act.FREQUENT, "frequent"), (Act.SOURCES, "sources")):
        window.window.acts[act].trigger()
        window.settle()
        assert window.page is getattr(window.window.pages, page)
