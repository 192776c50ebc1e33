"""Records and documents of one's own are taken to another computer in one file."""

from __future__ import annotations

import datetime
import json
import zipfile

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.own_documents import write
from tests.ui.driver import Driver
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Note
from yibao_desktop.paths import Paths
from yibao_desktop.services.own_service import Choice
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog
from yibao_desktop.ui.dialogs.import_dialog import ImportDialog
from yibao_desktop.ui.dialogs.records_dialog import RecordsDialog
from yibao_desktop.ui.program.application import Desktop

PAPERS = {
    "搬家.txt": "关于溪口镇窗口搬家的通知\n窗口搬到龙津路十二号。",
    "体检.txt": "体检须知\n早上不要吃饭。",
}
DAY = datetime.date(2026, 3, 5)


@pytest.fixture
def program(window, tmp_path):
    """The program with one case and two documents."""
    services = window.desktop.context.services
    services.cases.start("card-replacement", "妈妈")
    looks = services.own.look([write(tmp_path / "来的", *paper) for paper in PAPERS.items()])
    services.own.add([Choice(look, look.title, "窗口", "320000", DAY) for look in looks])
    return window


@pytest.fixture
def elsewhere(qapp, qtbot, paths, tmp_path):
    """Another computer of hers, on which nothing is yet."""
    other = Paths(paths.bundle, tmp_path / "另一台")
    driver = Driver(Desktop(qapp, open_services(other)), qtbot)
    driver.start()
    yield driver
    driver.close()


def open_records(program: Driver) -> RecordsDialog:
    program.window.acts[Act.RECORDS].trigger()
    program.settle()
    return program.open_dialog(RecordsDialog)


def choose(program: Driver, dialog: RecordsDialog, path) -> str:
    """Name a file where one is asked for; the ending that was offered."""
    (chooser,) = [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]
    suffix = chooser.defaultSuffix()
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    chooser.accept()
    program.settle()
    return suffix


def export(program: Driver, file) -> str:
    dialog = open_records(program)
    program.click("把记录存成一个文件…", dialog)
    choose(program, dialog, file)
    said = dialog.message.text
    program.click("关闭", dialog)
    return said


def test_all_of_it_goes_to_another_computer_and_is_looked_at_first(program, elsewhere, tmp_path):
    before = program.desktop.context.services
    program.window.activateWindow()
    said = export(program, tmp_path / "带走.zip")
    assert "办理 1 件、本地资料 2 份" in said

    dialog = open_records(elsewhere)
    assert "连同本地资料" not in elsewhere.texts(dialog)  # there are none yet
    elsewhere.click("读入存好的文件…", dialog)
    choose(elsewhere, dialog, tmp_path / "带走.zip")
    preview = elsewhere.open_dialog(ImportDialog)
    assert "妈妈 · 补办医保卡" in elsewhere.texts(preview)
    assert elsewhere.button("连同本地资料（2 份）一起读入", preview).isChecked()
    elsewhere.click("读入", preview)
    services = elsewhere.desktop.context.services
    assert [v.case.nickname for v in services.cases.open_cases()] == ["妈妈"]
    assert services.own.documents() == []

    looked = elsewhere.open_dialog(AddDocumentsDialog)
    text = elsewhere.texts(looked)
    assert "看了 2 个文件，能加的 2 个" in text
    assert text.count("归在：窗口　日期：2026-03-05") == 2
    elsewhere.click("加进来（2 份）", looked)
    assert "本地资料加了 2 份" in dialog.message.text
    theirs = {d.id: (d.title, d.folder, d.region, d.dated) for d in services.own.documents()}
    assert theirs == {d.id: (d.title, d.folder, d.region, d.dated) for d in before.own.documents()}
    elsewhere.click("关闭", dialog)


def test_without_the_documents_it_is_the_file_of_the_records_alone(program, tmp_path):
    dialog = open_records(program)
    box = "连同本地资料（2 份，1 KB）一起"
    assert box in program.texts(dialog)
    program.click(box, dialog)
    program.click("把记录存成一个文件…", dialog)
    assert choose(program, dialog, tmp_path / "带走.json") == "json"
    assert "本地资料" not in dialog.message.text
    assert json.loads((tmp_path / "带走.json").read_text("utf-8"))["cases"]
    program.click("关闭", dialog)


def test_what_is_read_in_twice_is_named_and_the_documents_can_stay_out(program, tmp_path):
    file = tmp_path / "带走.zip"
    export(program, file)
    dialog = open_records(program)
    program.click("读入存好的文件…", dialog)
    choose(program, dialog, file)
    preview = program.open_dialog(ImportDialog)
    assert "已经有、一模一样的办理：1 件" in program.texts(preview)
    program.click("连同本地资料（2 份）一起读入", preview)
    assert not program.button("读入", preview).isEnabled()
    program.click("连同本地资料（2 份）一起读入", preview)
    program.click("读入", preview)
    looked = program.open_dialog(AddDocumentsDialog)
    assert "能加的 0 个" in program.texts(looked)
    assert program.texts(looked).count("已经有了") == 2
    program.click("不加了", looked)
    assert len(program.desktop.context.services.own.documents()) == 2
    program.click("关闭", dialog)


def test_an_original_that_is_gone_is_named_and_the_rest_goes_along(program, tmp_path):
    services = program.desktop.context.services
    case = services.cases.open_cases()[0].case.id
    services.cases.apply(case, Note("report-loss-phone", "下周去"))
    (lost, _) = services.own.documents()
    services.own._originals.path(lost).unlink()
    said = export(program, tmp_path / "带走.zip")
    assert "本地资料 1 份" in said
    assert f"《{lost.title}》的原件坏了或者不在了" in said
    with zipfile.ZipFile(tmp_path / "带走.zip") as archive:
        assert "下周去" in archive.read("records.json").decode()
