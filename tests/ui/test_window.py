"""The window as a whole: keys, tree, questions, messages, dialogs."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.factories import procedure, question
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.services.case_views import view_of
from yibao_desktop.settings import SettingsStore, TextSize
from yibao_desktop.ui.dialogs.about_dialog import AboutDialog
from yibao_desktop.ui.dialogs.crash_dialog import CrashDialog
from yibao_desktop.ui.dialogs.help_dialog import HelpDialog
from yibao_desktop.ui.widgets.case.step_card import StepCard


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
    assert window.page is window.window.pages.procedure
    window.window.open_item("newborn")
    window.settle()
    assert tree.currentIndex().data() == "新生儿什么时候办医保"
    tree.setFocus()
    window.press(Qt.Key.Key_Return)
    assert "90 天" in window.window.pages.reader.browser.toPlainText()


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
    shown.open()
    window.settle()
    assert shown.height() <= 700
    window.click("关闭", shown)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window.window]


def test_about_says_where_the_data_lies(window, paths):
    shown = AboutDialog(window.desktop.context, window.window)
    shown.open()
    window.settle()
    text = window.texts(shown)
    window.click("复制这些位置", shown)
    assert str(paths.user_database) in QGuiApplication.clipboard().text()
    assert str(paths.user_database) in text.replace("\u200b", "")
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


def test_every_kind_of_question_can_be_answered(window):
    case = window.desktop.context.services.cases.start("card-replacement", "我").case
    view = window.window.pages.case.questions
    window.window.pages.setCurrentWidget(window.window.pages.case)
    window.window.pages.case._stack.setCurrentWidget(view)
    answers = []
    view.answered.disconnect()
    view.answered.connect(lambda q, chosen: answers.append((q, chosen)))

    def show(shown, given=()):
        sample = procedure(questions=(shown,))
        known = replace(case, answers={shown.id: given} if given else {})
        shown_case = view_of(known, sample, datetime.date(2025, 4, 23))
        make = window.window.pages.case.plan.handout_of(shown_case)
        view.show_question(shown_case, shown, make)
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


def test_places_have_keys_of_their_own(window):
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    pages = window.window.pages
    for key, modifiers, page in (
        (Qt.Key.Key_M, control, pages.cases),
        (Qt.Key.Key_B, control, pages.library),
        (Qt.Key.Key_Home, alt, pages.home),
    ):
        window.press(key, modifiers)
        assert window.page is page
    window.press(Qt.Key.Key_Left, alt)
    assert window.page is pages.library
    window.press(Qt.Key.Key_Right, alt)
    assert window.page is pages.home
    window.press(Qt.Key.Key_F1)
    (shown,) = window.visible(HelpDialog)
    shown.close()


def test_the_menu_holds_everything(window):
    menu = window.button("菜单").menu()
    texts = [a.text() for a in menu.actions()]
    for expected in (
        "首页",
        "我的办理",
        "收藏与历史",
        "字的大小",
        "颜色",
        "帮助",
        "关于医保指南",
        "退出",
    ):
        assert expected in texts


def test_qt_speaks_chinese(window):
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy").startswith("复制")


def test_before_anything_is_asked_a_step_only_some_have_is_marked(window):
    window.window.open_item("insurance-transfer")
    window.settle()
    marked = {
        step: any(
            label.text().endswith(("看情况", "才做")) for label in window.visible(QLabel, card)
        )
        for card in window.window.pages.procedure.findChildren(StepCard)
        for step in [card.planned.step.id]
    }
    assert marked["ask-employer"]
    assert marked["waiting-period"]
    assert not marked["apply-for-transfer"]
