"""Content packs in the window: looked at, compared, installed, gone back from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton

from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.records.commands import Answer, Note
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import make_pack
from yibao_desktop.packs.order import Clashing
from yibao_desktop.packs.trust import Verdict
from yibao_desktop.services.pack_looks import PackLook
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.dialogs.pack_dialog import PackDialog
from yibao_desktop.ui.dialogs.packs_dialog import PacksDialog

SAMPLE = Path(__file__).parents[2] / "build_spec" / "samples" / "chunshui"
KEY = SecretKey(b"12345678", bytes(range(32)))
BUILT_WITHIN_MS = 300_000
"""A process of its own reads and builds the whole guide, on a machine that does other things."""


def shown(window, kind):
    found = [d for d in window.window.findChildren(kind) if d.isVisible()]
    return found[0] if found else None


def open_packs(window) -> PacksDialog:
    window.window.acts[Act.PACKS].trigger()
    window.settle()
    return shown(window, PacksDialog)


def click(dialog, name: str) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == name and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(window, dialog: PacksDialog, file: Path) -> None:
    click(dialog, "装一个内容包…")
    chooser = shown(window, QFileDialog)
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    chooser.accept()


def texts(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    file = tmp_path / "chunshui.yibaopack"
    file.write_bytes(make_pack(SAMPLE, KEY))
    return file


def wait_for(window, condition) -> None:
    window.qtbot.waitUntil(condition, timeout=BUILT_WITHIN_MS)


def test_an_altered_file_is_refused_in_plain_words(window, sample: Path) -> None:
    sample.write_bytes(sample.read_bytes()[:-1] + b"x")
    dialog = open_packs(window)
    choose(window, dialog, sample)
    window.settle()
    assert "签名不对" in texts(dialog)
    assert shown(window, PackDialog) is None
    dialog.close()


@pytest.mark.slow
def test_a_pack_is_compared_installed_and_gone_back_from(window, sample: Path) -> None:
    services = window.desktop.context.services
    case = services.cases.start("card-replacement", "妈妈").case
    services.cases.apply(case.id, Answer({"card": ("physical",), "channel": ("window",)}))
    services.cases.apply(case.id, Note("report-loss-phone", "打过了"))
    before = services.cases.view(case.id).case
    window.window.open_item("card-replacement")
    window.settle()
    assert "补卡申请表" not in texts(window.page)
    dialog = open_packs(window)
    choose(window, dialog, sample)
    wait_for(window, lambda: shown(window, PackDialog) is not None)
    look = shown(window, PackDialog)
    told = texts(look)
    for said in ("自称的发布者", "春水市", "制卡时间 15 个工作日", "补卡申请表", "妈妈"):
        assert said in told
    install = next(b for b in look.findChildren(QPushButton) if b.text() == "装上")
    assert not install.isEnabled()
    look.findChild(QCheckBox).click()
    assert KEY.public.fingerprint in told
    click(look, "装上")
    wait_for(window, lambda: "装好了" in texts(dialog))
    window.settle()
    assert [p.manifest.id for p in services.packs.installed()] == ["chunshui"]
    assert services.cases.view(case.id).case == before
    # what was open shows the new content, without the program being closed before
    assert "补卡申请表" in texts(window.page)
    window.window.open_case(case.id)
    window.settle()
    told = texts(window.page)
    assert "有的地方照〔春水市医疗保障服务中心（样本，没有这个地方）〕内容包，和指南不一样" in told
    assert "制卡时间" in told
    window.window.open_item("chunshui--card-desk")
    window.settle()
    read = window.window.pages.reader.browser.toPlainText()
    assert "来源：《春水市社会保障卡补换须知》" in read
    assert "网络文章" not in read  # which only the guide's own sources are
    assert "春水市在哪里补医保卡" in {item.title for item in services.guide.entries()}
    click(dialog, "退回上一版")
    wait_for(window, lambda: "退回了上一版" in texts(dialog))
    window.settle()
    assert services.packs.installed() == []
    assert window.page is window.window.pages.home  # the page that was open is there no more
    assert not services.guide.has("chunshui--card-desk")
    window.window.open_item("card-replacement")
    window.settle()
    assert "补卡申请表" not in texts(window.page)
    assert services.cases.view(case.id).case == before
    dialog.close()


def test_whoever_has_two_packs_to_choose_from_reads_their_titles(window) -> None:
    """And which part of the page they differ in; no id of anything."""
    manifest = Manifest("two", 1, "城东补卡", "城东服务站", ("229900",), date(2026, 11, 30))
    clash = Clashing(
        "card-replacement/fact/card-making-time",
        "补办医保卡",
        "数字“制卡时间”",
        ("one", "two"),
        ("春水补卡（〔春水市医保中心〕）", "城东补卡（〔城东服务站〕）"),
    )
    look = PackLook(
        manifest, "12345", Verdict.SAME, ("春水市",), (), (), (), (), (), (), (clash,), (), b""
    )
    dialog = PackDialog(look, [], {}, window.desktop.context, window.window)
    wanted: list[dict[str, str]] = []
    dialog.wanted.connect(wanted.append)
    dialog.open()
    asked = [label.text() for label in dialog.findChildren(QLabel)]
    assert "“补办医保卡”的数字“制卡时间”，有两个内容包都改了，用哪一份？" in asked
    buttons = {b.text(): b for b in dialog.findChildren(QPushButton)}
    assert not buttons["装上"].isEnabled()
    QTest.mouseClick(buttons["城东补卡（〔城东服务站〕）"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(buttons["装上"], Qt.MouseButton.LeftButton)
    assert wanted == [{clash.part: "two"}]
