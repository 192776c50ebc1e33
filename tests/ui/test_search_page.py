"""Search as one types."""

from __future__ import annotations

import datetime
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from yibao_desktop.domain.guide.items import Kind, Passage, page_id, part_id
from yibao_desktop.domain.guide.origin import Origin, OriginKind
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.search.results import Hit, Match, Results, Why
from yibao_desktop.search.snippet import Snippet
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.widgets.search.result_html import row_html
from yibao_desktop.ui.widgets.search.result_list import LAID_OUT_AT_ONCE, ResultList
from yibao_desktop.ui.widgets.search.result_model import (
    MOST_OF_A_PAGE,
    OVERDUE,
    ROW_ROLE,
    ResultModel,
)


def steps(services):
    """Ids of all steps of all procedures."""
    return [
        part_id(procedure.id, placed.step.id)
        for procedure in services.procedures.procedures()
        for placed in placed_steps(procedure.flow)
    ]


def results(window):
    model = window.window.pages.search._list.model()
    return [model.index(r, 0).data() for r in range(model.rowCount())]


def spoken(window):
    model = window.window.pages.search._list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(r, 0).data(role) for r in range(model.rowCount())]


def entries(tree, parent=None):
    """Every entry of the tree, parents before their children."""
    model = tree.model()
    for row in range(model.rowCount(parent) if parent else model.rowCount()):
        index = model.index(row, 0, parent) if parent else model.index(row, 0)
        yield index
        yield from entries(tree, index)


def shown_entries(window):
    """Title → whether it is to be seen in the tree."""
    tree = window.window.side.tree
    return {i.data(): not tree.isRowHidden(i.row(), i.parent()) for i in entries(tree)}


def expanded_entries(window):
    tree = window.window.side.tree
    return {i.data() for i in entries(tree) if tree.isExpanded(i)}


def test_results_come_while_one_types(window):
    window.search("卡")
    assert window.page is window.window.pages.search
    first = results(window)
    window.type("丢了")
    window.qtbot.waitUntil(lambda: window.window.pages.search._title.text() == "您问的：卡丢了")
    window.settle()
    assert results(window)[0] == "补办医保卡"
    assert results(window) != first


def test_text_being_composed_is_not_searched(window):
    box = window.window.bar.search
    box.setFocus()
    QApplication.sendEvent(box, QInputMethodEvent("ka diu", []))
    QTest.qWait(300)
    window.settle()
    assert window.page is window.window.pages.home
    assert box.text() == ""


def test_an_older_answer_never_replaces_a_newer_one(window):
    page = window.window.pages.search
    shown = []
    window.desktop.context.events.results_shown.connect(lambda: shown.append(page._title.text()))
    window.window.go(Location(Place.SEARCH, "家庭共济"))
    window.window.go(Location(Place.SEARCH, "卡丢了"))
    window.settle()
    assert shown == ["您问的：卡丢了"]


def test_enter_goes_to_the_results_and_opens_one(window):
    window.search("卡丢了")
    window.press(Qt.Key.Key_Return)
    assert window.window.focusWidget() is window.window.pages.search._list
    window.press(Qt.Key.Key_Return)
    assert window.page is window.window.pages.procedure


def test_an_answer_for_a_page_that_was_left_is_dropped(window):
    window.window.go(Location(Place.SEARCH, "卡丢了"))
    window.window.open_item("cards")
    window.settle()
    assert results(window) == []
    assert all(shown_entries(window).values())


def test_escape_empties_the_box_and_goes_home(window):
    window.search("卡丢了")
    assert window.window.bar.search.suggestions.isHidden()
    window.press(Qt.Key.Key_Escape)
    window.qtbot.waitUntil(lambda: window.page is window.window.pages.home)
    assert window.window.bar.search.text() == ""


def test_a_search_that_is_cleared_leads_back_to_the_page_one_was_on(window):
    window.window.open_item("card-replacement-guide")
    window.settle()
    scroll = window.page._browser.verticalScrollBar()
    scroll.setValue(scroll.maximum())
    where = scroll.value()
    assert where
    window.search("余额")
    window.search("卡丢了")
    window.press(Qt.Key.Key_Escape)
    window.qtbot.waitUntil(lambda: window.page is window.window.pages.reader)
    window.settle()
    assert window.window.navigator.where.trail.current == Location(
        Place.ITEM, "card-replacement-guide"
    )
    assert scroll.value() == where


def test_nothing_found_says_whom_to_ask(window):
    window.search("西安停车哪里便宜")
    assert results(window) == []
    assert "没有找到" in window.texts()
    assert "也可以问当地医保部门" in window.texts()
    assert "也许您要办的是\n" in window.texts()
    window.click("补办医保卡", window.page)
    assert window.page is window.window.pages.procedure
    window.click("后退")
    window.click("回首页，看看能办什么")
    assert window.page is window.window.pages.home


def test_a_near_result_is_called_so(window):
    window.search("医保卡能贷款吗")
    assert "没有正好的答案" in window.texts()
    assert results(window)
    assert all(text.startswith("相近结果，") for text in spoken(window))
    near = card(window, 0)
    window.search("卡丢了怎么办")
    assert "没有正好的答案" not in window.texts()
    assert not any(text.startswith("相近结果，") for text in spoken(window))
    assert card(window, 0) != near, "what is only near is drawn like an answer"


def card(window, row):
    """The colour a result is drawn on."""
    view = window.window.pages.search._list
    place = view.visualRect(view.model().index(row, 0)).bottomRight()
    return view.viewport().grab().toImage().pixelColor(place.x() - 20, place.y() - 8).name()


def test_the_answer_stands_first_in_full_with_its_source(window):
    window.search("岳阳住院起付线是多少")
    first = spoken(window)[0]
    assert first.startswith("精选回答，岳阳一档、二档医保住院报多少，")
    assert "三级医疗机构：起付线 1200 元；报多少 65%" in first
    assert "出处：《" in first
    assert "2025-" in first
    assert not any(text.startswith("精选回答") for text in spoken(window)[1:])
    window.click_row(window.window.pages.search._list, 0)
    assert window.page is window.window.pages.reader
    assert window.window.navigator.where.trail.current.value == "yueyang-inpatient"


def test_results_of_a_page_stand_together_and_do_not_hide_the_others(window):
    window.search("家庭共济怎么开通")
    model = window.window.pages.search._list.model()
    shown = [model.index(r, 0).data(ROW_ROLE) for r in range(model.rowCount())]
    pages = [page_id(row.hit.passage.item_id) for row in shown]
    assert [page for page, _ in groupby(pages)] == list(dict.fromkeys(pages))
    assert len(set(pages)) > 1
    assert max(pages.count(page) for page in pages) <= MOST_OF_A_PAGE
    assert [row.leads for row in shown] == [
        at == 0 or pages[at - 1] != page for at, page in enumerate(pages)
    ]
    told = [row for row in shown if row.more]
    assert told
    assert f"这一页还有 {told[0].more} 处" in spoken(window)[shown.index(told[0])]


def test_nothing_is_claimed_to_fit_best(window):
    for query in ("卡丢了怎么办", "医保卡能贷款吗", "西安停车哪里便宜"):
        window.search(query)
        assert "最合适" not in window.texts()


def test_a_hit_within_a_page_opens_there(window):
    window.search("制卡要多长时间")
    row = results(window).index("补办医保卡 · 等新卡做好")
    window.click_row(window.window.pages.search._list, row)
    card = window.window.pages.procedure._column.widget().findChildren(QWidget)
    focused = [w for w in card if w.property("role") == "focused"]
    assert len(focused) == 1
    page, card = window.window.pages.procedure, focused[0]
    window.qtbot.waitUntil(
        lambda: 0 <= card.mapTo(page, card.rect().topLeft()).y() < page.height() / 2
    )


def test_a_step_found_is_shown_and_marked(window):
    lost = []
    for item_id in steps(window.desktop.context.services)[::10]:
        window.window.open_item(item_id)
        window.settle()
        marked = [w for w in window.visible(QWidget) if w.property("role") == "focused"]
        if len(marked) != 1:
            lost.append(item_id)
    assert lost == []


def test_the_tree_shows_only_what_was_found_and_then_all_again_as_it_was(window):
    tree = window.window.side.tree
    tree.collapse(tree.model().index(1, 0))
    before = expanded_entries(window)
    window.search("卡丢了")
    shown = shown_entries(window)
    assert shown["补办医保卡"]
    assert shown["卡与凭证"]
    assert not all(shown.values())
    found = {title.partition(" · ")[0] for title in results(window)}
    pages = {i.data() for i in entries(tree) if not tree.model().hasChildren(i)}
    assert {title for title in pages if shown[title]} == pages & found
    assert "补办医保卡" not in before
    assert "下面只列出搜到的" in window.texts(window.window.side)
    window.desktop.context.services.settings.update(text_size=TextSize.LARGE)
    window.settle()
    assert shown_entries(window) == shown
    window.window.focus_search()
    window.window.go(HOME)
    window.settle()
    assert all(shown_entries(window).values())
    assert expanded_entries(window) == before
    assert "下面只列出搜到的" not in window.texts(window.window.side)


def test_with_nothing_found_the_whole_tree_is_there(window):
    window.search("卡丢了")
    window.search("西安停车哪里便宜")
    assert all(shown_entries(window).values())


def test_a_result_says_its_place_its_year_and_why_unless_that_can_be_seen(window):
    window.search("岳阳 普通门诊 报销")
    (said,) = [s for s in spoken(window) if "2025 年的说法" in s][:1]
    assert "岳阳" in said
    window.search("yibaoka")
    assert "按拼音找到" in spoken(window)[0]
    window.search("挂失")
    assert not any("原文" in s for s in spoken(window))


def test_words_found_in_an_answer_are_marked_until_it_is_left(window):
    window.search("江苏医保卡初始密码")
    row = results(window).index("江苏医保卡的初始密码是什么")
    window.click_row(window.window.pages.search._list, row)
    browser = window.window.pages.reader.browser
    selections = browser.extraSelections()
    assert "初始密码" in [s.cursor.selectedText() for s in selections]
    first = min(s.cursor.position() for s in selections)
    assert first > browser.toPlainText().index("不是官方文件")
    window.window.open_item("third-generation-card")
    window.settle()
    assert browser.extraSelections() == []
    window.click("后退")
    assert browser.extraSelections() == []


def test_a_marked_word_below_the_fold_is_scrolled_to(window):
    window.window.resize(1024, 480)
    browser = window.window.pages.reader.browser
    window.window.open_item("changde-inpatient")
    window.settle()
    colour = QTextCharFormat()
    browser.mark_words(["来源"], "text", colour)
    (mark,) = browser.extraSelections()
    assert browser.viewport().rect().contains(browser.cursorRect(mark.cursor))


def test_rows_below_the_fold_are_laid_out_later(window):
    window.search("医保")
    rows = window.window.pages.search.findChild(ResultList)
    last = rows.model().index(rows.model().rowCount() - 1, 0)
    assert last.row() + 1 > 2 * LAID_OUT_AT_ONCE
    rows.doItemsLayout()
    assert rows.visualRect(last).isEmpty()
    assert not rows.visualRect(rows.model().index(LAID_OUT_AT_ONCE - 2, 0)).isEmpty()
    window.qtbot.waitUntil(lambda: not rows.visualRect(last).isEmpty())
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentIndex() == last
    assert rows.viewport().rect().intersects(rows.visualRect(last))


def test_a_hit_of_a_pack_whose_last_day_has_passed_says_so_in_its_row(window):
    """To the eye in the colour of cautions, to the ear in words; on the day itself not yet."""
    last = datetime.date(2026, 12, 31)
    passage = Passage(
        1, "a--desk", Kind.ANSWER, "春水市在哪里补卡", "", "", (), (), "到二楼。", (), None,
        origin=Origin(OriginKind.PACK, "a", "春水市医保中心", last),
    )  # fmt: skip
    colors = window.desktop.context.theme.colors
    hit = Hit(passage, (), 1.0, Why.LITERAL, Snippet("到二楼。", ()))
    results = Results("补卡", 0.0, Match.DIRECT, (hit,))
    model = ResultModel()
    for today, over in ((last, False), (last + datetime.timedelta(days=1), True)):
        model.show_results(results, None, today)
        index = model.index(0, 0)
        row = index.data(ROW_ROLE)
        assert (OVERDUE in index.data(Qt.ItemDataRole.AccessibleTextRole)) is over
        assert (colors.caution_surface in row_html(row, colors)) is over


def test_in_a_low_window_what_else_to_do_is_a_click_away(window):
    near, ask = "没有正好的答案，下面是相近结果。", "请问当地医保部门"
    window.search("镇上的医保窗口电话是多少")
    assert ask in window.texts()
    assert not window.shows("详细", window.page)
    window.window.resize(700, 350)
    window.settle()
    assert near in window.texts()
    assert ask not in window.texts()
    window.click("详细", window.page)
    assert near in window.texts()
    assert ask in window.texts()
    assert not window.shows("详细", window.page)
    window.search("卡丢了怎么办")
    assert not window.shows("详细", window.page)
    window.search("镇上的医保窗口电话是多少")
    assert window.shows("详细", window.page)
    window.window.resize(700, 800)
    window.settle()
    assert ask in window.texts()
    assert not window.shows("详细", window.page)
