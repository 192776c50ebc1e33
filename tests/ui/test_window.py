"""Parts of the window: search as one types, reader, tree, sizes, messages."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.factories import procedure, question
from yibao_desktop.domain.plan import Progress, make_plan
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.services.case_service import CaseView
from yibao_desktop.settings import SettingsStore, TextSize
from yibao_desktop.ui.application import report_crashes
from yibao_desktop.ui.dialogs.about_dialog import AboutDialog
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.dialogs.help_dialog import HelpDialog
from yibao_desktop.ui.fonts import BUNDLED_FAMILY, missing_characters
from yibao_desktop.ui.navigation import HOME, Location, Place, Trail
from yibao_desktop.ui.widgets.page_browser import PageBrowser

STANDARD_PLACES = [
    Location(Place.HOME),
    Location(Place.CASES),
    Location(Place.LIBRARY),
    Location(Place.SEARCH, "卡丢了"),
    Location(Place.ITEM, "cards"),
    Location(Place.ITEM, "card-replacement"),
    Location(Place.ITEM, "card-replacement-guide"),
    Location(Place.ITEM, "jiangsu-password-by-area"),
    Location(Place.ITEM, "term-e-credential"),
]


def place_id(place):
    return f"{place.place} {place.value}"


# -- search -----------------------------------------------------------------------------------


def results(window):
    model = window.window.search._list.model()
    return [model.index(r, 0).data() for r in range(model.rowCount())]


def test_results_come_while_one_types(window):
    window.search("卡")
    assert window.page is window.window.search
    first = results(window)
    window.type("丢了")
    window.qtbot.waitUntil(lambda: window.window.search._title.text() == "“卡丢了”")
    window.settle()
    assert results(window)[0] == "补办医保卡"
    assert results(window) != first


def test_text_being_composed_is_not_searched(window):
    box = window.window.bar.search
    box.setFocus()
    QApplication.sendEvent(box, QInputMethodEvent("ka diu", []))
    QTest.qWait(300)
    window.settle()
    assert window.page is window.window.home
    assert box.text() == ""


def test_an_older_answer_never_replaces_a_newer_one(window):
    page = window.window.search
    shown = []
    page.results_shown.connect(lambda: shown.append(page._title.text()))
    window.window.go(Location(Place.SEARCH, "家庭共济"))
    window.window.go(Location(Place.SEARCH, "卡丢了"))
    window.settle()
    assert shown == ["“卡丢了”"]


def test_enter_goes_to_the_results_and_opens_one(window):
    window.search("卡丢了")
    window.press(Qt.Key.Key_Return)
    assert window.window.focusWidget() is window.window.search._list
    window.press(Qt.Key.Key_Return)
    assert window.page is window.window.procedure


def test_escape_empties_the_box_and_goes_home(window):
    window.search("卡丢了")
    window.press(Qt.Key.Key_Escape)
    window.qtbot.waitUntil(lambda: window.page is window.window.home)
    assert window.window.bar.search.text() == ""


def test_nothing_found_says_whom_to_ask(window):
    window.search("西安停车哪里便宜")
    assert results(window) == []
    assert "没有找到" in window.texts()
    assert "12333" in window.texts()
    window.click("回首页，看看能办什么")
    assert window.page is window.window.home


def test_a_near_result_is_called_so(window):
    window.search("医保卡能贷款吗")
    assert "没有正好的答案" in window.texts()
    assert results(window)


def test_a_hit_within_a_page_opens_there(window):
    window.search("制卡要多长时间")
    row = results(window).index("补办医保卡 · 等新卡做好")
    window.click_row(window.window.search._list, row)
    card = window.window.procedure._column.widget().findChildren(QWidget)
    focused = [w for w in card if w.property("role") == "focused"]
    assert len(focused) == 1
    QTest.qWait(50)
    top = focused[0].mapTo(window.window.procedure, focused[0].rect().topLeft()).y()
    assert 0 <= top < window.window.procedure.height() / 2


# -- reader -----------------------------------------------------------------------------------


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
        "2025 年的说法",
        "文章 000《电子医保卡怎么建档》",
        "2025-05-16",
        "没有写完",
    ):
        assert expected in text


def test_the_outline_leads_to_the_sections(window):
    window.window.resize(1440, 500)
    window.window.open_item("card-replacement-guide")
    window.settle()
    outline = window.window.reader._outline
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


# -- everywhere -------------------------------------------------------------------------------


@pytest.mark.parametrize("place", STANDARD_PLACES, ids=place_id)
def test_every_page_says_what_it_rests_on(window, place):
    window.window.go(place)
    window.settle()
    notice = [w for w in window.visible(QLabel) if w.text() == NOTICE]
    assert len(notice) == 1


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
@pytest.mark.parametrize("place", STANDARD_PLACES, ids=place_id)
def test_nothing_scrolls_sideways_or_is_cut(window, place, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    window.window.go(place)
    window.settle()
    nothing_is_cut(window)


def nothing_is_cut(window):
    """No text is cut, and nothing scrolls sideways."""
    QTest.qWait(20)
    assert window.window.width() == 1024
    for area in window.page.findChildren(QWidget):
        bar = getattr(area, "horizontalScrollBar", None)
        if bar is not None and area.isVisible():
            assert bar().maximum() == 0, area
    for label in window.visible(QLabel, window.page):
        needed = (
            label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        )
        assert label.height() >= needed - 1, f"cut: {label.text()[:30]}"
    for button in window.visible(QPushButton, window.page):
        if not button.findChildren(QLabel):
            assert button.width() >= button.minimumSizeHint().width() - 1, button.text()


@pytest.mark.parametrize("place", STANDARD_PLACES, ids=place_id)
def test_whatever_takes_the_focus_has_a_name(window, place):
    window.window.go(place)
    window.settle()
    for widget in window.visible(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            accessible = QAccessible.queryAccessibleInterface(widget)
            name = accessible.text(QAccessible.Text.Name)
            assert name.strip(), f"{widget} on {place}"


def test_a_narrow_window_leaves_the_room_to_the_page(window):
    assert window.window.side.isVisible()
    window.window.resize(700, 600)
    window.settle()
    assert not window.window.side.isVisible()
    window.click("显示或收起主题树")
    assert window.window.side.isVisible()
    window.window.resize(1200, 800)
    window.settle()
    assert window.window.side.isVisible()


def test_text_grows_and_shrinks_by_keyboard(window):
    settings: SettingsStore = window.desktop.context.services.settings
    control = Qt.KeyboardModifier.ControlModifier
    window.press(Qt.Key.Key_Plus, control)
    assert settings.current.text_size is TextSize.LARGE
    for _ in range(5):
        window.press(Qt.Key.Key_Equal, control)
    assert settings.current.text_size is TextSize.ELDER
    window.press(Qt.Key.Key_Minus, control)
    assert settings.current.text_size is TextSize.LARGER
    window.press(Qt.Key.Key_0, control)
    assert settings.current.text_size is TextSize.STANDARD


def test_the_tree_opens_pages_and_follows_them(window):
    tree = window.window.side.tree
    model = tree.model()
    cards = model.index(0, 0)
    assert cards.data() == "卡与凭证"
    loss = model.index(0, 0, cards)
    tree.expand(loss)
    QTest.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        pos=tree.visualRect(model.index(0, 0, loss)).center(),
    )
    window.settle()
    assert window.page is window.window.procedure
    window.window.open_item("newborn")
    window.settle()
    assert tree.currentIndex().data() == "新生儿什么时候办医保"
    tree.setFocus()
    window.press(Qt.Key.Key_Return)
    assert "90 天" in window.window.reader.browser.toPlainText()


def test_copying_a_number(window):
    window.window.open_item("card-replacement/report-loss-phone")
    window.settle()
    window.click("复制“12333”")
    assert QGuiApplication.clipboard().text() == "12333"
    assert "已复制" in window.window.message.text


def test_a_damaged_settings_file_is_told(open_window, paths):
    paths.user.mkdir(parents=True)
    paths.settings.write_text("{")
    window = open_window()
    assert "settings.json.damaged" in window.window.message.text


@pytest.mark.parametrize("dialog", [HelpDialog, AboutDialog])
def test_dialogs_fit_the_window_and_close(window, dialog):
    shown = dialog(window.desktop.context, window.window)
    window.qtbot.addWidget(shown)
    shown.open()
    assert shown.height() <= 700
    window.click("关闭", shown)
    assert not shown.isVisible()


def test_about_says_where_the_data_lies(window, paths):
    shown = AboutDialog(window.desktop.context, window.window)
    window.qtbot.addWidget(shown)
    shown.open()
    text = window.texts(shown)
    assert str(paths.user) in text
    assert NOTICE in text
    assert "LGPL" in text
    shown.close()


def test_a_crash_is_told_in_plain_words(qtbot, tmp_path):
    dialog = CrashDialog("RuntimeError: boom", tmp_path / "yibao.log")
    qtbot.addWidget(dialog)
    dialog.open()
    assert "这不是您的问题" in "".join(w.text() for w in dialog.findChildren(QLabel))
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "复制详细情况").click()
    assert QGuiApplication.clipboard().text() == "RuntimeError: boom"
    dialog.close()


# -- mechanisms -------------------------------------------------------------------------------


def test_background_work_answers_in_this_thread(window):
    tasks, seen = window.desktop.tasks, []
    tasks.run(threading.get_ident, lambda ident: seen.append((ident, threading.get_ident())), tasks)
    window.settle()
    ((worked, answered),) = seen
    assert worked != answered == threading.get_ident()


def test_failures_are_told_and_bugs_reported(window):
    tasks, told = window.desktop.tasks, []
    tasks.failed.disconnect()
    tasks.crashed.disconnect()
    tasks.failed.connect(told.append)
    tasks.crashed.connect(told.append)

    def fail(error):
        raise error

    for error in (UserError("不行。"), DataError("坏了。"), RuntimeError("bug")):
        tasks.run(lambda e=error: fail(e), lambda _: told.append("answered"), tasks)
    window.settle()
    assert [type(t) for t in told] == [UserError, DataError, RuntimeError]


def test_an_answer_for_somebody_gone_is_dropped(window):
    owner, seen = QObject(), []
    gate = threading.Event()
    window.desktop.tasks.run(gate.wait, seen.append, owner)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner, 0)
    QApplication.processEvents()
    del owner
    gate.set()
    window.settle()
    assert seen == []


def test_the_way_back():
    trail = Trail()
    assert trail.current is None
    a, b, c = (Location(Place.ITEM, i) for i in "abc")
    for place in (HOME, a, a, b):
        trail.visit(place)
    assert (trail.current, trail.can_go_back, trail.can_go_forward) == (b, True, False)
    assert trail.back() == a
    assert trail.forward() == b
    trail.back()
    trail.visit(c)
    assert not trail.can_go_forward
    trail.replace(b)
    assert trail.current == b
    assert [trail.back(), trail.back()] == [a, HOME]
    assert not trail.can_go_back
    empty = Trail()
    empty.replace(a)
    assert empty.current == a


def test_signals_keep_true_alive():
    """PySide6 6.12.0 drops a reference to True at every emit, and the program ends of it."""

    class Sender(QObject):
        sent = Signal(str)

    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(200):
        sender.sent.emit("x")
    assert sys.getrefcount(True) > before - 100


def test_the_bundled_font_has_every_character_of_the_guide(window):
    services = window.desktop.context.services
    font = window.window.font()
    font.setFamilies([BUNDLED_FAMILY])
    texts = "".join(e.title + e.text for e in services.guide.entries())
    sources = "".join(u.source.key for u in services.guide.source_uses() if u.used_by)
    assert missing_characters(font, texts + sources + "醫療保險卡丟了☐①→✓") == []
    assert missing_characters(font, "\U00013000") == ["\U00013000"]


def test_an_error_in_the_program_is_logged_and_told_while_it_goes_on(window, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    report_crashes(window.desktop)
    try:
        raise RuntimeError("boom")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (dialog,) = window.visible(CrashDialog)
    assert "RuntimeError: boom" in caplog.text
    window.click("关闭", dialog)
    window.window.open_item("cards")
    window.settle()
    assert window.page is window.window.topic


def test_an_error_in_background_work_is_told_too(window, caplog):
    def broken():
        raise RuntimeError("boom")

    window.desktop.tasks.run(broken, print, window.window)
    window.settle()
    (dialog,) = window.visible(CrashDialog)
    assert "RuntimeError: boom" in caplog.text
    window.click("关闭", dialog)
    assert [str(c) for c in window.crashes] == ["boom"]
    window.crashes.clear()


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_a_case_fits_a_small_window(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    cases = window.desktop.context.services.cases
    view = cases.start("e-card", "很长很长的一个称呼呀")
    window.window.open_case(view.case.id)
    window.settle()
    nothing_is_cut(window)
    cases.answer(view.case.id, {"insured": ("insured-yes",), "channel": ("wechat",)})
    cases.tick(view.case.id, "check-account", True)
    window.window.open_case(view.case.id)
    window.settle()
    nothing_is_cut(window)


def test_every_kind_of_question_can_be_answered(window):
    case = window.desktop.context.services.cases.start("card-replacement", "我").case
    view = window.window.case.questions
    window.window.pages.setCurrentWidget(window.window.case)
    window.window.case._stack.setCurrentWidget(view)
    answers = []
    view.answered.disconnect()
    view.answered.connect(lambda q, chosen: answers.append((q, chosen)))

    def show(shown, given=()):
        sample = procedure(questions=(shown,))
        plan = make_plan(sample, {})
        known = replace(case, answers={shown.id: given} if given else {})
        view.show_question(CaseView(known, plan, Progress(0, 0, 0), None), shown)
        window.settle()

    show(question("papers", "a", "b", kind="many"))
    window.click("选 a", view)
    window.click("选 b", view)
    window.click("继续", view)
    window.click("不清楚", view)
    window.click("继续", view)
    show(question("born", kind="date"), ("2025-04-23",))
    window.click("继续", view)
    assert answers == [
        ("papers", ("a", "b")),
        ("papers", ("unsure",)),
        ("born", ("2025-04-23",)),
    ]
