"""Documents of one's own in the window: added, told apart, searched, read, changed, removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from tests.data import documents as made
from tests.own_documents import write
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.common.navigation import HOME
from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog
from yibao_desktop.ui.dialogs.document_dialog import DocumentDialog
from yibao_desktop.ui.dialogs.original_dialog import OriginalDialog
from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.field_fault import FieldFault
from yibao_desktop.ui.widgets.search.result_list import ResultList
from yibao_desktop.ui.widgets.search.result_model import HIT_ROLE, ROW_ROLE

pytestmark = pytest.mark.slow

TEXT = "关于溪口镇窗口搬家的通知\n溪医保〔2026〕7号\n医保窗口搬到龙津路十二号二楼，周六上午也开门。\n2026年3月5日"
TITLE = "关于溪口镇窗口搬家的通知"


def let_go(window, *paths):
    """Drag files onto the window and let go, without waiting for what comes of it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = window.window.rect().center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(place), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window.window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window.window, event)
    return window.open_dialog(AddDocumentsDialog)


def drop(window, *paths):
    dialog = let_go(window, *paths)
    window.settle()
    return dialog


def add(window, *paths):
    dialog = drop(window, *paths)
    window.click("加进来", dialog)
    window.settle()


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def paper(tmp_path):
    return write(tmp_path / "资料", "通知.txt", TEXT)


def tree_rows(window):
    model = window.window.side.tree.model()
    top = [model.index(row, 0) for row in range(model.rowCount())]
    return {index.data(): index for index in top}


def test_a_file_dropped_is_looked_at_and_added(window, paper):
    dialog = drop(window, paper)
    text = said(dialog)
    assert "看了 1 个文件，能加的 1 个" in text
    assert "可以加。" in text
    assert "原文：2026年3月5日" in text
    field = next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName().startswith("名字"))
    assert field.text() == TITLE
    window.click("日期：2026-03-05", dialog)
    window.click("加进来（1 份）", dialog)
    assert window.page is window.window.pages.reader
    (document,) = window.desktop.context.services.own.documents()
    assert (document.title, str(document.dated)) == (TITLE, "2026-03-05")
    assert TITLE in window.window.message.text


def test_files_are_chosen_through_the_menu_and_its_key(window, paper):
    window.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = window.open_dialog(AddDocumentsDialog)
    window.click("选文件…", dialog)
    (chooser,) = [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]
    chooser.filesSelected.emit([str(paper)])
    chooser.close()
    window.settle()
    assert "能加的 1 个" in said(dialog)
    window.click("不加了", dialog)
    assert window.desktop.context.services.own.documents() == []


def test_a_folder_gets_one_preview_with_a_verdict_for_every_file(window, paper, tmp_path):
    folder = paper.parent
    write(folder, "扫描.pdf", made.scanned_pdf())
    write(folder, "老的.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    write(folder, "又一份.txt", TEXT)
    write(folder, "标准.xlsx", made.xlsx(made.FEE_ROWS))
    dialog = drop(window, folder)
    text = said(dialog)
    assert "看了 5 个文件，能加的 2 个" in text
    for reason in ("扫描件", "另存为 .docx", "一模一样"):
        assert reason in text
    window.click("加进来（2 份）", dialog)
    assert len(window.desktop.context.services.own.documents()) == 2


def test_own_pages_say_whose_they_are_everywhere(window, paper):
    notice = next(label for label in window.visible(QLabel) if label.text() == NOTICE)
    add(window, paper)
    reader = window.window.pages.reader
    shown = reader.browser.toPlainText()
    assert OWN.name in shown
    assert OWN.notice in shown
    assert "文件 通知.txt" in shown
    assert notice.text() == OWN.notice
    assert reader.browser.property("origin") == "own"
    window.click("复制", reader)
    copied = QGuiApplication.clipboard().text()
    assert copied.endswith(OWN.notice)
    assert OWN.name in copied
    make = reader.handout()
    handout = make()
    assert handout.text.splitlines()[-1].startswith(OWN.notice)
    root = tree_rows(window)["本地资料"]
    row = window.window.side.tree.model().index(0, 0, root)
    assert OWN.name in row.data(Qt.ItemDataRole.AccessibleTextRole)
    window.click("首页")
    assert notice.text() == NOTICE


STRIPE = 6
"""Width of the stripe beside an own page, in pixels."""


def colors_of(picture: QImage) -> set[int]:
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return set(memoryview(plain.constBits()).cast("I"))


def test_the_stripe_beside_an_own_page_is_its_own_with_the_focus_and_without(window, paper):
    add(window, paper)
    (document,) = window.desktop.context.services.own.documents()
    window.window.open_item(document.id)
    window.settle()
    browser = window.window.pages.reader.browser
    own = QColor(window.desktop.context.theme.colors.own_stripe)
    window.window.activateWindow()
    window.qtbot.waitUntil(window.window.isActiveWindow)
    for widget in (browser, window.window.bar.search):
        widget.setFocus()
        assert QApplication.focusWidget() is widget
        picture = browser.grab().toImage()
        assert picture.pixelColor(3, picture.height() // 2) == own
        beside = picture.copy(STRIPE, 0, SPACE, picture.height())
        assert len(colors_of(beside)) == 1  # nothing is written close to it


def test_results_stand_in_two_groups(window, paper):
    add(window, paper)
    window.search("溪口镇窗口搬到哪里了")
    rows = window.window.pages.search.findChild(ResultList).model()
    origins = [rows.index(n, 0).data(HIT_ROLE).passage.origin for n in range(rows.rowCount())]
    assert origins[0] == OWN
    assert OWN not in origins[1:]
    assert rows.index(0, 0).data(ROW_ROLE).group == OWN.name
    assert rows.index(1, 0).data(ROW_ROLE).group == "指南里的"
    assert OWN.name in rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "您自己加的资料里有 1 处" in window.texts()
    window.search("卡丢了怎么办")
    assert rows.index(0, 0).data(HIT_ROLE).passage.origin != OWN
    assert rows.index(0, 0).data(ROW_ROLE).group in ("", "指南里的")


def test_a_result_opens_its_section_and_the_rest_can_be_shown(window, tmp_path):
    folder = tmp_path / "多"
    for number in range(5):
        write(folder, f"{number}.txt", f"第{number}份须知\n溪口镇的事，说的是第{number}件。")
    dialog = drop(window, folder)
    window.click("加进来（5 份）", dialog)
    window.search("溪口镇的事")
    window.click("您自己加的资料里还有 2 处")
    results = window.window.pages.search.findChild(ResultList)
    assert results.model().rowCount() == 5
    window.click_row(results, 0)
    assert window.page is window.window.pages.reader
    assert "溪口镇的事" in window.window.pages.reader.browser.toPlainText()


def test_the_same_file_again_names_its_twin_and_opens_it(window, paper):
    add(window, paper)
    window.click("首页")
    dialog = drop(window, paper)
    assert f"已经有了，就是《{TITLE}》" in said(dialog)
    window.click("打开已经有的", dialog)
    assert window.page is window.window.pages.reader


def test_a_newer_one_takes_the_place_of_the_old_and_keeps_its_bookmark(window, paper):
    add(window, paper)
    own = window.desktop.context.services.own
    (before,) = own.documents()
    window.click("收藏", window.window.pages.reader)
    paper.write_text(TEXT.replace("龙津路", "青莲街"), encoding="utf-8")
    dialog = drop(window, paper)
    assert "已经有一份" in said(dialog)
    assert "其中 1 个跟已有的像是同一份" in said(dialog)
    assert not window.button("加进来", dialog).isEnabled()
    window.click("怎么办：更新这一份", dialog)
    window.click("加进来（1 份）", dialog)
    (now,) = own.documents()
    assert now.id == before.id
    assert "青莲街" in window.window.pages.reader.browser.toPlainText()
    assert [b.item_id for b in window.desktop.context.services.reading.bookmarks()] == [before.id]


def test_removing_can_be_undone(window, paper):
    add(window, paper)
    window.click("移除这份资料")
    assert "移除了" in window.window.message.text
    assert "本地资料" not in tree_rows(window)
    window.click("撤销")
    assert "龙津路" in window.window.pages.reader.browser.toPlainText()
    assert "本地资料" in tree_rows(window)


def test_a_document_is_named_and_sorted_anew(window, paper):
    add(window, paper)
    window.click("改名、归类…")
    dialog = window.open_dialog(DocumentDialog)
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    fields["名字"].selectAll()
    window.type("窗口新地址", fields["名字"])
    window.type("窗口", fields["归到哪一类（可以不写）"])
    window.type("2020-01-01", fields["是哪一天的"])
    window.click("存好", dialog)
    shown = window.window.pages.reader.browser.toPlainText()
    assert "窗口新地址" in shown
    assert "可能过期" in shown
    (document,) = window.desktop.context.services.own.documents()
    assert document.folder == "窗口"


def test_another_name_and_folder_of_a_document_are_taken_back(window, paper):
    add(window, paper)
    own = window.desktop.context.services.own
    (before,) = own.documents()
    window.click("改名、归类…")
    dialog = window.open_dialog(DocumentDialog)
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    fields["名字"].selectAll()
    window.type("窗口新地址", fields["名字"])
    window.type("窗口", fields["归到哪一类（可以不写）"])
    window.type("2020-01-01", fields["是哪一天的"])
    window.click("存好", dialog)
    assert own.folders() == ["窗口"]
    window.window.go(HOME)
    window.settle()
    window.window.acts[Act.UNDO].trigger()
    window.settle()
    assert own.documents() == [before]
    assert TITLE in window.window.pages.reader.browser.toPlainText()
    assert own.folders() == []


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [("是哪一天的", "20-1-1", "不是日期"), ("有效到哪一天", "0001-01-01", "不像是对的"),
     ("说的是哪里（可以不写）", "火星", "没有“火星”这个地区"), ("名字", "   ", "不能是空的")],
)  # fmt: skip
def test_what_is_wrong_with_a_field_is_said_below_it(window, paper, field, typed, told):
    add(window, paper)
    window.click("改名、归类…")
    dialog = window.open_dialog(DocumentDialog)
    fields = {f.accessibleName(): f for f in dialog.findChildren(QLineEdit)}
    fields[field].selectAll()
    window.type(typed, fields[field])
    window.click("存好", dialog)
    assert told in said(dialog)
    assert dialog.focusWidget() is fields[field]
    faults = [f for f in dialog.findChildren(FieldFault) if f.isVisible()]
    assert len(faults) == 1
    assert faults[0].y() > fields[field].y()
    window.click("取消", dialog)
    (document,) = window.desktop.context.services.own.documents()
    assert (document.title, document.region, document.dated) == (TITLE, None, None)


def test_a_document_is_for_another_place_once_it_is_said(window, paper):
    add(window, paper)
    own = window.desktop.context.services.own

    def name_place(shown: str, typed: str) -> None:
        window.click("改名、归类…")
        dialog = window.open_dialog(DocumentDialog)
        field = next(
            f for f in dialog.findChildren(QLineEdit) if f.accessibleName().startswith("说的是哪里")
        )
        assert field.text() == shown
        field.selectAll()
        window.type(typed, field)
        window.click("存好", dialog)

    name_place("", "南京市")
    assert own.documents()[0].region == "320100"
    assert "江苏省南京市" in window.window.pages.reader.browser.toPlainText()
    name_place("南京", "江苏")
    assert own.documents()[0].region == "320000"
    name_place("江苏", "\b")
    assert own.documents()[0].region is None


def test_the_original_is_opened_only_after_asking(window, paper, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "yibao_desktop.ui.dialogs.original_dialog.QDesktopServices.openUrl", opened.append
    )
    add(window, paper)
    window.click("打开原件…")
    dialog = window.open_dialog(OriginalDialog)
    assert "通知.txt" in said(dialog)
    assert opened == []
    window.click("用别的程序打开", dialog)
    assert [url.fileName() for url in opened] == ["通知.txt"]


def test_a_shared_computer_can_forbid_adding(window, paper):
    window.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    window.click("可以加本地资料")
    window.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert "不让加本地资料" in window.window.message.text
    assert not [
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, AddDocumentsDialog) and w.isVisible()
    ]


def test_what_befell_documents_is_told_beside_what_befell_records(open_window, paths, paper):
    first = open_window()
    add(first, paper)
    first.desktop.context.services.cases.start("e-card", "妈妈")
    first.close()
    paths.user_database.write_bytes(b"damaged" * 900)
    paths.own_database.write_bytes(b"damaged" * 900)
    second = open_window()
    told = second.window.message.text
    assert "您的记录" in told
    assert "您加的资料" in told
    second.click("备份与恢复", second.window.message)
    second.click("关闭", second.open_dialog(RecordsDialog))


def test_closing_the_preview_while_it_reads_stops_it(window, tmp_path):
    folder = tmp_path / "多"
    for number in range(20):
        write(folder, f"{number}.txt", f"第{number}份须知，不一样的。")
    dialog = let_go(window, folder)
    QTest.mouseClick(window.button("停下", dialog), Qt.MouseButton.LeftButton)
    window.settle()
    assert "停下了" in said(dialog)
    window.click("不加了", dialog)
