"""Another place chosen while packs are installed: the content follows, the narrower place wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from tests.ui.test_packs import KEY, wait_for
from yibao_desktop.packs.making import make_pack
from yibao_desktop.ui.common.actions import Act

PACK = """\
id: hunan
serial: 1
title: 湖南的制卡时间
publisher: 样本，没有这个单位
regions: ["430000", "430600"]
made_on: 2026-11-30
"""
SOURCES = """\
documents: [{id: hunan--n, title: 样本的通知, web_date: 2026-11-01}]
sources:
- {key: hunan--n#制卡, date: 2026-11-01, figures: ["15", "20"]}
"""
OVERLAY = """\
page: card-replacement
region: "%s"
changes:
- fact: card-making-time
  was:
    {label: 制卡时间, kind: duration, low: "7", high: "10", unit: 个工作日, approx: true,
     sources: ["004#4. 等待制卡"]}
  to: {label: 制卡时间, kind: duration, value: "%s", unit: 个工作日, sources: [hunan--n#制卡]}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """One number for a province, another for one of its cities."""
    folder = tmp_path / "hunan"
    (folder / "overlays").mkdir(parents=True)
    for name, text in (
        ("pack.yaml", PACK),
        ("sources.yaml", SOURCES),
        ("overlays/province.yaml", OVERLAY % ("430000", "20")),
        ("overlays/city.yaml", OVERLAY % ("430600", "15")),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    file = tmp_path / "hunan.yibaopack"
    file.write_bytes(make_pack(folder, KEY))
    return file


def pick(window, place: str) -> None:
    """Choose a place as one does, and wait for nothing: the content is built behind it."""
    window.window.acts[Act.REGION].trigger()
    window.settle()
    (dialog,) = window.window.findChildren(QDialog)
    for name in (place, "关闭"):
        QTest.mouseClick(window.button(name, dialog), Qt.MouseButton.LeftButton)


def _says(window, there: str, gone: str) -> bool:
    told = window.texts()
    return there in told and gone not in told


@pytest.mark.slow
def test_another_place_has_the_packs_built_in_anew_and_the_narrower_wins(window, pack) -> None:
    services = window.desktop.context.services
    services.settings.update(region="430000")
    services.packs.install(services.packs.look(pack))
    window.desktop.context.events.content_built.emit()
    window.settle()
    window.window.open_item("card-replacement")
    window.settle()
    assert "20 个工作日" in window.texts()
    for place, there, gone in (
        ("湖南省岳阳市", "15 个工作日", "20 个工作日"),
        ("浙江省", "7–10 个工作日", "15 个工作日"),
    ):
        pick(window, place)
        wait_for(window, lambda there=there, gone=gone: _says(window, there, gone))
