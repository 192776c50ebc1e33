"""Cases with something in them that nobody expects."""

from __future__ import annotations

import datetime
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from yibao_desktop.domain.records.case import StepMark
from yibao_desktop.domain.records.commands import Answer


def test_a_case_that_cannot_be_reckoned_with_is_shown_by_itself_and_can_be_deleted(
    open_window, services
):
    cases = services.cases
    cases.start("e-card", "妈妈")
    bad = cases.start("card-replacement", "奶奶").case.id
    cases.apply(bad, Answer({"card": ("physical",), "channel": ("window",)}))
    with cases._user.writing() as unit:
        mark = StepMark(datetime.date.max)
        unit.cases.update(replace(unit.cases.get(bad), steps={"apply-at-window": mark}))
        unit.commit()
    program = open_window()
    assert "妈妈 · 申请电子医保卡" in program.texts()
    program.click("我的办理", program.window.side)
    assert "妈妈 · 申请电子医保卡" in program.texts()
    assert "奶奶 · 补办医保卡：存着的内容有一处读不懂" in program.texts()
    program.click("删除：奶奶 · 补办医保卡")
    assert "存坏了的" not in program.texts()
    assert "妈妈 · 申请电子医保卡" in program.texts()


def test_a_name_written_from_the_right_leaves_the_row_as_it_is(open_window, services):
    services.cases.start("e-card", "محمد")
    program = open_window()
    program.click("我的办理", program.window.side)
    heading = "\u200e\u2068محمد\u2069 · 申请电子医保卡"
    assert heading in program.texts()
    # What Qt lays a row out by: the name alone runs from the right.
    assert direction_of(heading) is Qt.LayoutDirection.LeftToRight
    assert direction_of("محمد · 申请电子医保卡") is Qt.LayoutDirection.RightToLeft


def direction_of(text):
    document = QTextDocument()
    document.setPlainText(text)
    return document.firstBlock().textDirection()
