"""What several journeys of making a content pack have in common."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from yibao_desktop.content.loader import Seeds, load_text
from yibao_desktop.packs.pack_file import read_pack
from yibao_desktop.ui.dialogs.export_dialog import ExportDialog

NOTICE = "补办社会保障卡，收取工本费20元。申请人填写补卡申请表，15个工作日内办结。"


def field(window, name, within=None):
    """The field of this name, in the window or a dialog."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox)
    found = [w for w in window.visible(QWidget, within) if isinstance(w, kinds)]
    named = [w for w in found if w.accessibleName() == name]
    assert named, f"no field “{name}” among {[w.accessibleName() for w in found]}"
    return named[0]


def fill(window, name, text, within=None):
    """Click into a field, and type over what stands there."""
    editor = field(window, name, within)
    window.scroll_into_view(editor)
    target = editor.viewport() if isinstance(editor, QPlainTextEdit) else editor
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    editor.selectAll()
    window.type(text, editor)


def choose(window, name, option):
    """Choose from a list with the mouse."""
    box = field(window, name)
    window.scroll_into_view(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    view = box.view()
    row = box.findText(option)
    assert row >= 0, [box.itemText(i) for i in range(box.count())]
    where = view.visualRect(view.model().index(row, 0)).center()
    for away in (-40, 40, 0):  # or the click is taken for the end of the one that opened the list
        QTest.mouseMove(view.viewport(), where + QPoint(away, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    window.settle()
    assert box.currentText() == option


def open_menu_entry(window, text):
    """Choose from the menu of the window."""
    action = next(a for a in window.window.actions() if a.text() == text)
    assert action.isVisible(), f"“{text}” is not in the menu"
    action.trigger()
    window.settle()


def checked_draft(window):
    """Wait until what was typed has been kept and checked."""
    page = window.page
    window.qtbot.waitUntil(lambda: page.is_settled)
    window.settle()


def faults(window):
    return [w.text() for w in window.visible(QLabel, window.page) if w.property("role") == "fault"]


def begin(window):
    window.desktop.context.services.settings.update(authoring=True)
    open_menu_entry(window, "编一份")
    window.click("从这一页改起：补办医保卡")


def fill_in_what_it_rests_on(window):
    fill(window, "原文叫什么", "春水市补卡须知")
    fill(window, "把有关的句子贴在这里", NOTICE)
    fill(window, "给哪个地方用", "春水市")
    fill(window, "区划代码，六位数字", "229900")
    fill(window, "谁编的", "春水市医疗保障服务中心")


def make_the_changes(window):
    window.click("改：交工本费")
    fill(window, "交工本费：费用", "工本费 20 元")
    window.click("加一样材料")
    checked_draft(window)
    assert faults(window) == ["材料的名字不能空着", "选一下办哪一步时要带"]
    fill(window, "新加的材料：叫什么", "补卡申请表")
    window.tick("新加的材料：办哪一步时带：到社保局或医保中心申请补办")
    window.click("改：制卡时间")
    fill(window, "制卡时间：制卡时间", "15 个工作日")
    window.click("改：领新卡，当场核对")
    fill(window, "领新卡，当场核对：再加几句（一行一句）", "到春水市政务中心二楼领卡。")
    checked_draft(window)


def export(window, folder: Path) -> Path:
    window.click("导出…")
    dialog = window.open_dialog(ExportDialog)
    fill(window, "这次改了什么", "补卡的工本费、要带的申请表和领卡的地方。", dialog)
    fill(window, "还有谁读过一遍", "李梅", dialog)
    fill(window, "密钥的密码", "chun-shui-shi", dialog)
    fill(window, "密码再输一遍", "chun-shui-shi", dialog)
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    window.qtbot.waitUntil(lambda: any_chooser() is not None)
    chooser = any_chooser()
    path = folder / "春水市.yibaopack"
    chooser.findChild(QLineEdit).setText(str(path))
    window.answer(chooser, QDialogButtonBox.StandardButton.Save)
    window.qtbot.waitUntil(path.exists)
    window.settle()
    return path


def any_chooser():
    shown = (w for w in QApplication.topLevelWidgets() if w.isVisible())
    return next((w for w in shown if isinstance(w, QFileDialog)), None)


def begin_page(window, kind, start):
    """From the menu to the form of a page of one's own."""
    window.desktop.context.services.settings.update(authoring=True)
    open_menu_entry(window, "编一份")
    window.click(f"编什么：{kind}")
    window.click(f"从这一页改起：{start}")
    checked_draft(window)


def read_in_a_pack(path):
    """The one page a pack has, and the questions it answers."""
    seeds = Seeds()
    for name, text in read_pack(path.read_bytes()).files.items():
        if name != "pack.yaml":
            assert load_text(text, name, seeds) == []
    (page,) = seeds.pages()
    return page.value, seeds.asked()


def button_names(window):
    return [b.accessibleName() for b in window.visible(QAbstractButton, window.page)]


class Mouse:
    """Makes a page by clicking; only letters are typed."""

    def __init__(self, window):
        self.window = window

    def click(self, name):
        """Click a button."""
        self.window.click(name)

    def fill(self, name, text):
        """Type over what stands in a field."""
        fill(self.window, name, text)

    def choose(self, name, option):
        """Choose from a list."""
        choose(self.window, name, option)

    def tick(self, name):
        """Tick a box."""
        self.window.tick(name)


class Keys:
    """Makes the same page without ever touching the mouse."""

    def __init__(self, window):
        self.window = window

    def click(self, name):
        """Come to a button with Tab and press it."""
        press_until(self.window, name, Qt.Key.Key_Tab)
        self.window.press(Qt.Key.Key_Space)

    def fill(self, name, text):
        """Come to a field with Tab and type over what stands there."""
        press_until(self.window, name, Qt.Key.Key_Tab)
        self.window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.window.type(text)

    def choose(self, name, option):
        """Come to a list with Tab and go down in it."""
        choose_by_keys(self.window, name, option)

    def tick(self, name):
        """Come to a box with Tab and tick it."""
        self.click(name)


def make_a_procedure(window, hand):
    """Two steps, a question that decides about them, a paper, two ends."""
    hand.fill("办什么事", "在春水市补卡")
    hand.fill("一句话先答", "填表，再到窗口交。")
    hand.fill("办成以后手里有什么", "一张新的卡")
    while cards := [n for n in button_names(window) if n.startswith("改：")]:
        hand.click(cards[0])
        hand.click(f"不要这一张：{cards[0].removeprefix('改：')}")
    hand.click("加一个问题")
    hand.fill("第 1 个问题：问什么", "您的卡是哪一种？")
    hand.fill("第 1 个问题：选项 1", "实体卡")
    hand.fill("第 1 个问题：选项 2", "电子卡")
    physical = "只有回答〔您的卡是哪一种？〕是〔实体卡〕才"
    for number, (title, done) in enumerate((("填申请表", "填好。"), ("交申请", "交给窗口。")), 1):
        hand.click("加一步")
        hand.fill(f"第 {number} 步：这一步叫什么", title)
        hand.fill(f"第 {number} 步：做什么", done)
        checked_draft(window)
        hand.choose(f"第 {number} 步：什么时候办", f"{physical}办")
    hand.fill("第 2 步：费用", "工本费 20 元")
    hand.click("加一样材料")
    hand.fill("第 1 样材料：叫什么", "补卡申请表")
    hand.tick("第 1 样材料：办哪一步时带：交申请")
    hand.choose("第 1 样材料：什么时候要", f"{physical}要")
    hand.click("加一种结果")
    hand.fill("第 1 种结果：叫什么", "领到了")
    hand.fill("第 1 种结果：这时候怎么办", "新卡到手了。")
    hand.choose("第 1 种结果：什么时候是这样", f"{physical}是")
    checked_draft(window)


def _text_on(widget):
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def press_until(window, name, key):
    """Go on with a key until what has the focus has this name."""
    for _ in range(200):
        window.press(key)
        focused = QApplication.focusWidget()
        if focused is not None and name in (focused.accessibleName(), _text_on(focused)):
            return
    raise AssertionError(f"the keyboard does not come to “{name}”")


def choose_by_keys(window, name, option):
    """Come to a list with Tab and go down in it to what is wanted."""
    press_until(window, name, Qt.Key.Key_Tab)
    box = QApplication.focusWidget()
    for _ in range(box.count()):
        if box.currentText() == option:
            return
        window.press(Qt.Key.Key_Down)
    raise AssertionError(f"“{option}” is not among {[box.itemText(i) for i in range(box.count())]}")
