"""What is doubtful is told alike in the reader, in procedures and in plans."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QTextDocument, QTextFormat

from tests.flows.journey import begin
from yibao_desktop.domain.guide.doubts import doubts_badge
from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.domain.procedure.doubted import told_doubts
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.looks.doubt_html import FOLD_SCHEME
from yibao_desktop.ui.widgets.base.callout import CalloutBox, DoubtRow
from yibao_desktop.ui.widgets.base.doubts_badge import DoubtsBadge
from yibao_desktop.ui.widgets.base.labels import RichLabel

SIZES = (TextSize.STANDARD, TextSize.ELDER)


@pytest.fixture(params=SIZES)
def sized(request, window):
    window.desktop.context.services.settings.update(text_size=request.param)
    window.window.resize(1024, 700)
    window.settle()
    return window


def badge_of(window):
    (badge,) = window.visible(DoubtsBadge, window.page)
    return badge


def doubt_boxes(window):
    boxes = window.visible(CalloutBox, window.page)
    return [box for box in boxes if box.property("role") == "doubt"]


def leads_to_a_doubt(window):
    """Whether a click on the badge brings a box with doubts to the top of the page."""
    badge = badge_of(window)
    column = window.page._column if hasattr(window.page, "_column") else window.page.plan._column
    at = badge.mapTo(column.content, QPoint(0, 0)).y()
    window.click(badge.text(), window.page)
    tops = [box.mapTo(column.viewport(), QPoint(0, 0)).y() for box in doubt_boxes(window)]
    lower = column.verticalScrollBar().value() > at
    return lower and any(0 <= top < column.viewport().height() for top in tops)


def test_what_says_how_much_is_doubtful_looks_alike_in_a_page_and_before_a_procedure(sized):
    metrics = sized.desktop.context.theme.metrics
    sized.window.open_item("jiangsu-password-by-area")
    sized.settle()
    browser = sized.window.pages.reader.browser
    found = browser.document().find(doubts_badge(1))
    written = found.charFormat()
    sized.window.open_item("card-replacement")
    sized.settle()
    badge = badge_of(sized)
    color = badge.palette().color(badge.foregroundRole())
    assert written.foreground().color() == color
    assert written.fontUnderline()
    assert badge.font().underline()
    sizes = {written.intProperty(QTextFormat.Property.FontPixelSize), badge.font().pixelSize()}
    assert sizes == {metrics.small}


@pytest.mark.parametrize("item", ["family-pooling", "card-replacement", "away-filing"])
def test_a_procedure_says_at_its_top_how_much_is_doubtful(sized, item):
    sized.window.open_item(item)
    sized.settle()
    told = {row.accessibleName() for row in sized.page.findChildren(DoubtRow)}
    assert told  # the page has doubts
    assert leads_to_a_doubt(sized)


def test_a_plan_says_at_its_top_how_much_is_doubtful(sized):
    begin(sized, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    services = sized.desktop.context.services
    view = services.cases.view(sized.page._case_id)
    doubts = services.guide.page(view.procedure.id).doubts
    open_ = told_doubts(view.plan, doubts)
    assert badge_of(sized).text() == doubts_badge(len(open_))
    assert leads_to_a_doubt(sized)


def test_a_plan_without_doubts_has_no_line_about_them(window):
    services = window.desktop.context.services
    for procedure in services.procedures.procedures():
        if services.guide.page(procedure.id).doubts:
            continue
        window.window.open_item(procedure.id)
        window.settle()
        assert window.visible(DoubtsBadge, window.page) == []


def lines_hang(document: QTextDocument, begins: str) -> bool:
    """Whether the further lines of a point stand below the words of its first."""
    block = document.begin()
    while block.isValid():
        lines = block.layout()
        if block.text().startswith(begins) and lines.lineCount() > 1:
            first, second = (lines.lineAt(n).naturalTextRect().left() for n in range(2))
            return second > first
        block = block.next()
    raise AssertionError(f"nothing of several lines begins with {begins}")


def test_who_says_what_hangs_alike_in_the_reader_and_in_boxes(window):
    window.window.resize(700, 700)
    browser = window.window.pages.reader.browser
    guide = window.desktop.context.services.guide
    item, doubt = next(
        (entry.id, doubt)
        for entry in guide.entries()
        if entry.kind is Kind.ARTICLE
        for doubt in guide.page(entry.id).doubts
        if len(doubt.claims) > 1
    )
    window.window.open_item(item)
    window.settle()
    browser.anchorClicked.emit(QUrl(f"{FOLD_SCHEME}{doubt.id}"))
    assert lines_hang(browser.document(), "· ")
    label = RichLabel.of(doubt.claims[0].text, window.desktop.context.theme, "· ")
    drawn = QTextDocument()
    drawn.setDefaultFont(label.font())
    drawn.setHtml(label.text())
    drawn.setTextWidth(200)
    assert drawn.size().height() > 0  # it is laid out now
    assert lines_hang(drawn, "· ")
