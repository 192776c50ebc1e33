"""Words for a screen reader, with the Qt of today and with one that has no announcements."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.spoken import spoken
from yibao_desktop.ui.common.announce import announce


@pytest.mark.parametrize("old", [False, True])
def test_a_screen_reader_is_told(qtbot, monkeypatch, old):
    if old:
        monkeypatch.delattr(QtGui, "QAccessibleAnnouncementEvent", raising=False)
    told: list[str] = []
    monkeypatch.setattr(
        QtGui.QAccessible, "updateAccessibility", lambda event: told.extend(spoken(event))
    )
    page = QWidget()
    qtbot.addWidget(page)
    for text in ("有 2 条建议", "", "补办医保卡，办事"):
        announce(page, text)
    assert told == ["有 2 条建议", "补办医保卡，办事"]
    assert not [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert len(page.findChildren(QLabel)) <= 1
