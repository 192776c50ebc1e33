"""A clerk puts her bureau's papers into the guide, once with the mouse, once with the keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.data import documents as made
from tests.flows.journey import tab_to
from tests.own_documents import write
from tests.ui.pdf import read_pdf, squeeze
from tests.ui.test_own_documents import drop, said
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions
from yibao_desktop.ui.takeaway.paper_style import PaperStyle
from yibao_desktop.ui.takeaway.printing import pdf_bytes
from yibao_desktop.ui.widgets.search.result_list import ResultList

MOVED = "关于溪口镇窗口搬家的通知\n医保窗口搬到龙津路十二号二楼，周六上午也开门。\n2026年3月5日"


def mixed_folder(folder: Path) -> Path:
    """Thirty files as they lie in a clerk's folder."""
    write(folder, "窗口搬家.txt", MOVED)
    write(folder, "缴费通知.docx", made.notice_docx())
    write(folder, "网页存的.html", made.ENCODED["gbk that says utf-8"])
    write(folder, "发文/标准.xlsx", made.xlsx(made.FEE_ROWS))
    write(
        folder, "发文/公文.ofd", made.ofd(["关于门诊统筹的公告", "一、范围", "门诊费用按比例报。"])
    )
    write(folder, "发文/表.pdf", (made.READY_MADE / "table.pdf").read_bytes())
    write(folder, "发文/扫描.pdf", made.scanned_pdf())
    write(folder, "发文/加密.pdf", (made.READY_MADE / "enc_user.pdf").read_bytes())
    write(folder, "发文/乱码.pdf", (made.READY_MADE / "no_tounicode.pdf").read_bytes())
    write(folder, "老的.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    write(folder, "老的.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(601))
    write(folder, "照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(100))
    write(folder, "窗口搬家（又一份）.txt", MOVED)
    write(folder, "角.xlsx", (made.READY_MADE / "corner.xlsx").read_bytes())
    write(folder, "空的.txt", b"")
    for number in range(15):
        write(
            folder, f"问答/{number:02}.txt", f"第{number}问须知\n第{number}问：溪口镇的老人怎么办。"
        )
    return folder


def test_with_the_mouse(open_window, tmp_path, paths):
    program = open_window()
    folder = mixed_folder(tmp_path / "发来的")

    # She drops the folder, and reads what will become of each file.
    dialog = drop(program, folder)
    text = said(dialog)
    assert "看了 30 个文件，能加的 21 个" in text
    for verdict in ("扫描件", "设了密码", "认不出来", ".doc", ".wps", "图片", "一模一样",
                    "读不下去", "什么字也没有"):  # fmt: skip
        assert verdict in text, verdict
    sorted_in = next(
        f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "归到哪一类"
    )
    program.type("单位", sorted_in)
    program.click("加进来（21 份）", dialog)
    assert "加好了 21 份" in program.window.message.text

    # What she asks for stands before the guide's, and says whose it is.
    program.search("溪口镇窗口搬到哪里了")
    results = program.window.pages.search.findChild(ResultList)
    program.click_row(results, 0)
    reader = program.window.pages.reader
    assert "龙津路十二号" in reader.browser.toPlainText()

    # On paper, too, on every sheet.
    style = PaperStyle.of(paths.resources, TextSize.STANDARD)
    paper = read_pdf(pdf_bytes(reader.handout()(), style), OWN.notice)
    assert squeeze(OWN.name) in paper.body
    assert all(foot.startswith(squeeze(OWN.notice)) for foot in paper.feet)

    # A newer one takes its place; removed by mistake, it comes back.
    write(folder, "窗口搬家.txt", MOVED.replace("龙津路十二号", "青莲街三号"))
    dialog = drop(program, folder / "窗口搬家.txt")
    program.click("怎么办：更新这一份", dialog)
    program.click("加进来（1 份）", dialog)
    assert "青莲街三号" in reader.browser.toPlainText()
    program.click("移除这份资料")
    program.click("撤销")
    assert "青莲街三号" in reader.browser.toPlainText()
    program.close()

    # The next day all of it is there, with its mark.
    again = open_window()
    again.search("青莲街三号")
    results = again.window.pages.search.findChild(ResultList)
    again.click_row(results, 0)
    assert OWN.notice in again.texts(again.window)


def press_in(program, dialog, key):
    """Press a key where the focus of a dialog is."""
    QTest.keyClick(dialog.focusWidget() or dialog, key)
    program.settle()


def tab_in(program, dialog, text):
    """Press Tab within a dialog until the focus is on the button that says so."""
    for _ in range(200):
        focused = dialog.focusWidget()
        if focused and text in (focused.accessibleName() or getattr(focused, "text", str)()):
            return
        press_in(program, dialog, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to {text}")


def press_command(program, key):
    """Press Ctrl and a key in the window; without a desktop it is not active after a dialog."""
    program.window.activateWindow()
    program.press(key, Qt.KeyboardModifier.ControlModifier)


def look_at(program, button, path):
    """Ask for the dialog by its key, go to a button of it, and type where the papers lie."""
    press_command(program, Qt.Key.Key_O)
    dialog = program.open_dialog(AddDocumentsDialog)
    tab_in(program, dialog, button)
    press_in(program, dialog, Qt.Key.Key_Space)
    (chooser,) = [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]
    chooser.findChild(QLineEdit).setText(str(path))
    QTest.keyClick(chooser.findChild(QLineEdit), Qt.Key.Key_Return)
    program.settle()
    return dialog


def test_with_the_keyboard(open_window, tmp_path, monkeypatch):
    printed = []
    monkeypatch.setattr(HandoutActions, "print", lambda _, make: printed.append(make()))
    program = open_window()
    folder = mixed_folder(tmp_path / "发来的")

    # The folder is chosen, and all its files are told of before she adds what can be.
    dialog = look_at(program, "选一个文件夹…", folder)
    assert "看了 30 个文件，能加的 21 个" in said(dialog)
    assert dialog.focusWidget().text() == "加进来（21 份）"
    press_in(program, dialog, Qt.Key.Key_Space)
    assert "加好了 21 份" in program.window.message.text

    # She searches, opens the first result, and prints it.
    press_command(program, Qt.Key.Key_K)
    program.type("溪口镇窗口搬到哪里了")
    program.press(Qt.Key.Key_Return)
    program.qtbot.waitUntil(lambda: isinstance(program.window.focusWidget(), ResultList))
    program.press(Qt.Key.Key_Return)
    reader = program.window.pages.reader.browser
    assert "龙津路十二号" in reader.toPlainText()
    press_command(program, Qt.Key.Key_P)
    assert OWN.notice in printed[0].text

    # The newer paper takes the place of this one.
    newer = write(folder, "窗口搬家.txt", MOVED.replace("龙津路十二号", "青莲街三号"))
    dialog = look_at(program, "选文件…", newer)
    tab_in(program, dialog, "更新这一份")
    press_in(program, dialog, Qt.Key.Key_Space)
    tab_in(program, dialog, "加进来（1 份）")
    press_in(program, dialog, Qt.Key.Key_Space)
    assert "青莲街三号" in reader.toPlainText()

    # It is removed, and that was a mistake.
    tab_to(program, lambda w: getattr(w, "text", str)() == "移除这份资料")
    program.press(Qt.Key.Key_Space)
    assert "移除了" in program.window.message.text
    tab_to(program, lambda w: getattr(w, "text", str)() == "撤销")
    program.press(Qt.Key.Key_Space)
    assert "青莲街三号" in reader.toPlainText()
