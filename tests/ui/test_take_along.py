"""Taking a document along by real clicks: dialogs, files, the clipboard."""

from __future__ import annotations

import datetime
from functools import partial

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from tests.ui.pdf import read_pdf, squeeze
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.services.handout_service import page_document
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions
from yibao_desktop.ui.takeaway.take_along import TakeAlong

pytestmark = pytest.mark.slow

TODAY = datetime.date(2026, 11, 22)
NAME = "补办医保卡-2026-11-22"
REMINDER = Reminder("case-1-birth", "给孩子参保", "出生 90 天内", datetime.date(2027, 1, 5))


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "家"
    (folder / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def host(window, qtbot, home):
    """A place for the buttons, beside the real window whose message bar answers."""
    dialog = QDialog(window.window)
    qtbot.addWidget(dialog)
    rows = QVBoxLayout(dialog)
    context = window.desktop.context
    view = context.services.guide.page("card-replacement")
    actions = HandoutActions(context, dialog)
    rows.addWidget(TakeAlong(partial(page_document, view, TODAY), actions, context, (REMINDER,)))
    rows.addWidget(TakeAlong(partial(page_document, view, TODAY), actions, context))
    dialog.show()
    yield dialog
    dialog.close()


def test_a_pdf_is_saved_under_a_good_name_in_the_documents_folder(window, host, home):
    window.click("存成 PDF", host)
    dialog = window.open_dialog(QFileDialog)
    assert dialog.findChild(QLineEdit).text() == f"{NAME}.pdf"
    labels = [label.text() for label in window.visible(QLabel, dialog)]
    assert {"文件夹：", "文件名：", "种类："} <= set(labels)
    assert not [label for label in labels if label.isascii() and label]
    window.answer(dialog, QDialogButtonBox.StandardButton.Save)
    path = home / "Documents" / f"{NAME}.pdf"
    assert "存好了" in window.window.message.text
    assert str(path) in window.window.message.text.replace("\u200b", "")
    paper = read_pdf(path.read_bytes())
    assert squeeze("到社保局或医保中心申请补办") in paper.body
    assert min(paper.sizes) >= 8.4


def test_the_pdf_is_larger_for_the_elder(window, host, home):
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    window.click("存成 PDF", host)
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    assert min(read_pdf((home / "Documents" / f"{NAME}.pdf").read_bytes()).sizes) >= 11.9


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(window, host, home):
    window.click("存成 PDF", host)
    (home / "Documents").rmdir()
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    assert f"“{NAME}.pdf”存不进去" in window.window.message.text
    assert "请换一个文件夹" in window.window.message.text


def test_a_dialog_closed_again_leaves_nothing(window, host, home):
    window.click("存成 PDF", host)
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Cancel)
    assert list((home / "Documents").iterdir()) == []
    assert window.window.message.text == ""


def test_the_checklist_is_printed(window, host, home, tmp_path):
    """The print dialog's own PDF printer stands for one of iron."""
    window.click("打印", host)
    dialog = window.open_dialog(QPrintDialog)
    assert dialog.windowTitle() == "打印"
    printers = dialog.findChild(QComboBox, "printers")
    printers.setCurrentIndex(printers.findText("PDF", Qt.MatchFlag.MatchContains))
    place = dialog.findChild(QLineEdit, "filename")
    place.setText(str(tmp_path / "printed.pdf"))
    window.answer(dialog, QDialogButtonBox.StandardButton.Ok)
    assert "交给打印机" in window.window.message.text
    paper = read_pdf((tmp_path / "printed.pdf").read_bytes())
    assert squeeze("到社保局或医保中心申请补办") in paper.body
    assert all(foot.startswith(squeeze(NOTICE)) for foot in paper.feet)


def test_the_text_goes_to_the_clipboard(window, host):
    window.click("复制成文字", host)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "补办医保卡"
    assert "【要带的材料】" in lines
    assert any(line.startswith("□ 2. 到社保局") for line in lines)
    assert NOTICE in lines[-1]
    assert not any(sign in "\n".join(lines) for sign in ("<", "**", "&nbsp;"))
    assert "复制" in window.window.message.text


def test_days_are_saved_for_the_calendar(window, host, home):
    window.click("存到日历", host)
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    calendar = Calendar.from_ical((home / "Documents" / f"{NAME}.ics").read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == REMINDER.date


def test_the_folder_of_what_was_saved_is_one_click_away(window, host, home, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    window.click("存成 PDF", host)
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    host.close()
    window.click("打开文件夹", window.window.message)
    assert [url.toLocalFile() for url in opened] == [str(home / "Documents")]


def test_two_quick_clicks_open_one_dialog(window, host):
    button = window.button("存成 PDF", host)
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.settle()
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Cancel)


def test_without_days_there_is_no_button_for_them(window, host):
    first, second = host.findChildren(TakeAlong)
    assert window.button("存到日历", first)
    with pytest.raises(AssertionError, match="no button"):
        window.button("存到日历", second)


@pytest.fixture
def article(window, home):
    window.window.open_item("own-account")
    window.settle()
    return window


def test_an_article_is_saved_as_pdf_from_the_menu(article, home):
    article.window.acts[Act.SAVE_PDF].trigger()
    article.settle()
    article.answer(article.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    (file,) = (home / "Documents").glob("怎么查自己的医保账户-*.pdf")
    paper = read_pdf(file.read_bytes())
    assert squeeze("查自己的医保账户") in paper.body
    assert all(squeeze(NOTICE) in foot for foot in paper.feet)


def test_an_article_is_printed_from_the_keyboard(article):
    article.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    article.open_dialog(QPrintDialog).reject()


PRINTED = ("own-account", "card-replacement", "cases", "plan")


@pytest.mark.parametrize("place", PRINTED)
@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_printing_is_offered_at_the_top_of_what_can_be_printed(window, home, place, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    go_to(window, place)
    button = window.button("打印", window.window.pages.currentWidget())
    assert not button.visibleRegion().isEmpty()
    window.click("打印", window.window.pages.currentWidget())
    window.open_dialog(QPrintDialog).reject()


def go_to(window, place) -> str:
    """Open a page, the list of cases or the plan of one; the id of the case there is."""
    cases = window.desktop.context.services.cases
    case = cases.start("card-replacement", "妈妈").case.id
    cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    locations = {"cases": Location(Place.CASES), "plan": Location(Place.CASE, case)}
    window.window.go(locations.get(place) or Location(Place.ITEM, place))
    window.settle()
    return case


@pytest.mark.parametrize("place", PRINTED)
def test_the_keyboard_prints_wherever_the_menu_does(window, home, place):
    go_to(window, place)
    assert window.window.acts[Act.PRINT].isEnabled()
    window.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    window.open_dialog(QPrintDialog).reject()


def test_a_question_can_be_taken_along(window, home):
    cases = window.desktop.context.services.cases
    case = cases.start("card-replacement", "妈妈").case.id
    window.window.go(Location(Place.CASE, case))
    window.settle()
    window.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    window.open_dialog(QPrintDialog).reject()
    window.window.acts[Act.SAVE_PDF].trigger()
    window.settle()
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    (file,) = (home / "Documents").glob("妈妈-补办医保卡-*.pdf")
    paper = read_pdf(file.read_bytes())
    assert "您说的是哪一张？" in paper.body
    assert "□实体卡" in paper.body


def test_the_papers_of_all_cases_are_one_sheet(window, home):
    cases = window.desktop.context.services.cases
    go_to(window, "home")
    other = cases.start("e-card-filing", "孩子").case.id
    cases.apply(other, Answer({"for-whom": ("child",), "channel": ("center",)}))
    window.window.go(Location(Place.CASES))
    window.settle()
    window.click("存成 PDF", window.window.pages.currentWidget())
    window.answer(window.open_dialog(QFileDialog), QDialogButtonBox.StandardButton.Save)
    (file,) = (home / "Documents").glob("要带的材料-*.pdf")
    paper = read_pdf(file.read_bytes())
    assert len(paper.feet) == 1
    assert "□出生证明" in paper.body
    assert "□报失证明" in paper.body
    assert squeeze("孩子 · 给电子医保卡建档") in paper.body
    assert squeeze("下一步：") in paper.body


def test_where_nothing_can_be_printed_printing_is_not_offered(article):
    acts = article.window.acts
    assert acts[Act.PRINT].isEnabled()
    article.click("首页", article.window.side)
    assert not acts[Act.PRINT].isEnabled()
    assert not acts[Act.SAVE_PDF].isEnabled()
