"""One grid: on every screen heading, text and buttons begin at one edge, and one thing scrolls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QFrame, QLabel, QPushButton, QWidget

from tests.screens.walk import Walk
from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.grid import InColumn
from yibao_desktop.ui.widgets.reading.page_browser import PageBrowser
from yibao_desktop.ui.widgets.search.result_list import ResultList

pytestmark = pytest.mark.slow

RING = 2
"""Pixels a frame for the focus may take at the left of what it surrounds."""

BESIDE = ("draft",)
"""Screens with a form and the page it makes beside each other: two columns, each with its bar."""

READABLE_SHARE = 0.7
LIST_SHARE = 0.6
"""Of the window's height that is for reading at least."""


def is_list(area: QAbstractScrollArea) -> bool:
    return isinstance(area, Column | ResultList)


def left_of(widget: QWidget, top: QWidget) -> int:
    return widget.mapTo(top, QPoint(0, 0)).x()


def inside_frame(widget: QWidget, top: QWidget) -> bool:
    """Whether it stands in a card or a tile, whose edge counts instead of its own."""
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        framed = isinstance(parent, QFrame) and parent.property("role") in FRAMES
        if framed or isinstance(parent, QPushButton):
            return True
        parent = parent.parentWidget()
    return False


FRAMES = ("card", "done", "next", "focused", "note", "caution", "doubt", "popup", "notice")


def _add_read(top: QWidget, found: dict[int, list[str]]) -> None:
    """Where the text of the reader begins, and what is to be pressed first above it."""
    for browser in top.findChildren(PageBrowser):
        if browser.isVisible():
            cursor = browser.textCursor()
            cursor.setPosition(0)
            left = left_of(browser.viewport(), top) + browser.cursorRect(cursor).left()
            found.setdefault(left, []).append(browser.toPlainText()[:12])
            for button in browser.findChildren(QPushButton):
                if button.property("role") == "primary" and button.isVisible():
                    found.setdefault(left_of(button, top), []).append(button.text())


def edges(top: QWidget) -> dict[int, list[str]]:
    """Left edges of what begins a line in the column of a screen, each with what begins there."""
    found: dict[int, list[str]] = {}
    for column in top.findChildren(Column):
        if not column.isVisible():
            continue
        for child in column.content.findChildren(QWidget):
            parent = child.parentWidget()
            if not isinstance(child, QLabel | QPushButton | FlowRow | QFrame):
                continue
            if parent is not column.content or not child.isVisible() or inside_frame(child, top):
                continue
            says = getattr(child, "text", lambda: "")() or type(child).__name__
            found.setdefault(left_of(child, top), []).append(says)
    _add_read(top, found)
    for holder in top.findChildren(InColumn):
        for child in holder.findChildren(QLabel):
            framed = child.parentWidget().property("role") in FRAMES
            if child.isVisible() and child.property("role") == "h1" and not framed:
                found.setdefault(left_of(child, top), []).append(child.text())
    for row in top.findChildren(ButtonRow):
        if row.isVisible():
            found.setdefault(left_of(row, top), []).append("buttons")
    return found


@pytest.fixture(params=[TextSize.STANDARD, TextSize.ELDER])
def walk(request, flashes, window, tmp_path):
    window.desktop.context.services.settings.update(text_size=request.param)
    window.window.resize(1024, 700)
    return Walk(window.desktop, tmp_path)


def looking_meant(row: QWidget, window) -> list[QPushButton]:
    """The buttons of a row that look as what is meant does."""
    accent = window.desktop.context.theme.colors.accent.lower()
    buttons = row.findChildren(QPushButton)
    ground = [b.grab().toImage().pixelColor(8, b.height() // 2).name() for b in buttons]
    return [b for b, color in zip(buttons, ground, strict=True) if color == accent]


def test_every_page_has_one_edge_one_thing_that_scrolls_and_doubts_that_look_like_doubts(
    walk, window
):
    seen = {}
    for name, top in walk.tops():
        walk.settle()
        if name in BESIDE:
            continue
        seen[name] = edge_of(name, top)
        check_what_is_meant_comes_first(name, top, window)
        check_one_thing_scrolls(name, window.page if top is window.window else top)
        check_doubts_look_like_doubts(name, top)
    pages = {name: x for name, x in seen.items() if not name.startswith(("dialog", "trouble"))}
    assert max(pages.values()) - min(pages.values()) <= RING, pages
    assert len(pages) >= 20


def edge_of(name, top):
    """Where heading, text and buttons begin: all of them at the same place."""
    found = edges(top)
    assert found, name
    assert max(found) - min(found) <= RING, (name, found)
    return min(found)


def check_what_is_meant_comes_first(name, top, window):
    for row in top.findChildren(ButtonRow):
        primary = [b for b in row.findChildren(QPushButton) if b.property("role") == "primary"]
        assert len(primary) == 1, name
        assert left_of(primary[0], top) - left_of(row, top) <= RING, name
        assert primary[0].y() == min(b.y() for b in row.findChildren(QPushButton)), name
        assert looking_meant(row, window) in (primary, []), name  # one that waits is pale


def check_one_thing_scrolls(name, page):
    areas = [page, *page.findChildren(QAbstractScrollArea)]
    scrolled = [
        area
        for area in areas
        if isinstance(area, QAbstractScrollArea) and area.isVisible()
        if area.verticalScrollBar().maximum() > 0
    ]
    assert len(scrolled) <= 1, (name, scrolled)


def check_doubts_look_like_doubts(name, top):
    for label in top.findChildren(QLabel):
        if label.text() == DOUBTS_TITLE and label.isVisible():
            assert label.parentWidget().property("role") == "doubt", name


@pytest.mark.parametrize(
    ("size", "text"),
    [(window, text) for window in ((512, 350), (700, 600)) for text in TextSize],
)
def test_most_of_the_height_is_for_reading(window, size, text):
    window.desktop.context.services.settings.update(text_size=text)
    window.window.resize(*size)
    window.window.go(Location(Place.ITEM, "card-replacement-guide"))
    window.settle()
    view = window.window.pages.reader.browser.viewport()
    assert view.height() >= READABLE_SHARE * size[1]


@pytest.mark.parametrize(
    ("size", "text"),
    [((512, 350), TextSize.ELDER), ((700, 600), TextSize.STANDARD), ((700, 600), TextSize.ELDER)],
)
def test_in_a_low_window_lists_have_most_of_the_height_and_scroll_alone(window, size, text):
    """What other pages would like in height, a page must not be scrolled for."""
    services = window.desktop.context.services
    services.settings.update(text_size=text)
    services.reading.add_bookmark("cards", "医保卡")
    case = services.cases.start("card-replacement", "妈妈").case.id
    window.window.resize(*size)
    for name, location in (
        ("library", Location(Place.LIBRARY)),
        ("results", Location(Place.SEARCH, "卡丢了怎么办")),
        ("question", Location(Place.CASE, case)),
    ):
        window.window.go(location)
        window.settle()
        whole = window.window.pages
        around = whole.parentWidget().parentWidget()
        assert isinstance(around, QAbstractScrollArea)
        assert around.verticalScrollBar().maximum() == 0, name
        (view,) = (a for a in window.visible(QAbstractScrollArea, window.page) if is_list(a))
        assert view.viewport().height() >= LIST_SHARE * whole.height(), name
    low = window.desktop.context.theme.metrics.is_low(size[1])
    assert bool(window.visible(ButtonRow, window.page)) is not low  # the answers need the room


def test_what_does_not_fit_beside_the_first_stands_below_it_together(qtbot):
    row = FlowRow(first_stretches=True)
    qtbot.addWidget(row)
    first, *others = (QPushButton(text) for text in ("卡与凭证", "打印", "存成 PDF", "收藏"))
    for button in (first, *others):
        row.add(button)
    row.resize(row.sizeHint().width() - 10, 200)
    row.show()
    assert {button.y() for button in others} != {first.y()}
    assert len({button.y() for button in others}) == 1
    row.resize(row.sizeHint())
    assert len({button.y() for button in (first, *others)}) == 1


def test_the_column_stays_where_it_is_when_an_outline_or_a_scroll_bar_comes(window):
    places = ("jiangsu-password-by-area", "card-replacement-guide", "e-card")
    for width in range(700, 1920, 122):
        window.window.resize(width, 700)
        lefts = {}
        for place in (HOME, *(Location(Place.ITEM, p) for p in places)):
            window.window.go(place)
            window.settle()
            lefts[place.value] = min(edges(window.page))
        assert max(lefts.values()) - min(lefts.values()) <= RING, (width, lefts)


def test_what_was_meant_before_does_not_look_so_any_more(qtbot, window):
    first, then = QPushButton("关闭"), QPushButton("加进来")
    holder = QDialog(window.window)
    qtbot.addWidget(holder)
    row = ButtonRow(first, parent=holder)
    holder.open()
    row.lead_with(then)
    row.resize(row.sizeHint())
    window.settle()
    assert then.x() < first.x()
    ground = [b.grab().toImage().pixelColor(8, b.height() // 2).name() for b in (then, first)]
    colors = window.desktop.context.theme.colors
    assert ground == [colors.accent.lower(), colors.surface.lower()]
