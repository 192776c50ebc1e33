"""The list of all cases: found, put in order, and each with what can be done with it."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QLineEdit, QToolButton

from tests.flows.journey import go_to_my_cases
from yibao_desktop.domain.records.commands import Accept, Answer, Tick
from yibao_desktop.ui.dialogs.name_dialog import NameDialog
from yibao_desktop.ui.pages.cases_page import TOOLS_FROM
from yibao_desktop.ui.widgets.case.case_row import CaseRow

PEOPLE = ("妈妈", "爸爸", "奶奶", "王阿姨", "李叔", "我")
PHYSICAL = Answer({"card": ("physical",), "channel": ("window",)})


@pytest.fixture
def cases(window):
    """As many as one has to look for one among."""
    service = window.desktop.context.services.cases
    ids = {name: service.start("card-replacement", name).case.id for name in PEOPLE}
    service.apply(ids["妈妈"], PHYSICAL)
    go_to_my_cases(window)
    window.settle()
    return ids


def listed(window) -> list[str]:
    return [
        row.accessibleName().split(" · ")[0].strip("\u2068\u2069")
        for row in window.visible(CaseRow, window.page)
    ]


def choose(window, name: str, text: str) -> None:
    """Choose from the menu of a case."""
    (button,) = (b for b in window.visible(QToolButton, window.page) if name in b.accessibleName())
    next(a for a in button.menu().actions() if a.text() == text).trigger()
    window.settle()


def test_a_case_is_found_by_whom_it_is_for(window, cases):
    assert len(cases) >= TOOLS_FROM
    field = next(f for f in window.visible(QLineEdit, window.page))
    window.type("阿姨", field)
    window.settle()
    assert listed(window) == ["王阿姨"]
    field.clear()
    window.settle()
    assert len(listed(window)) == len(PEOPLE)
    window.click("排列：按称呼")
    assert listed(window) == sorted(PEOPLE)


def test_a_row_says_what_is_missing_and_since_when_it_is_under_way(window, cases):
    assert "材料还差 3 样" in window.texts()
    today = window.desktop.context.services.clock.today()
    assert f"{today.year}年{today.month}月{today.day}日开始" in window.texts()


def test_a_row_says_what_the_office_has(window, cases):
    service = window.desktop.context.services.cases
    steps = service.view(cases["妈妈"]).plan.steps
    (submit,) = (s.step.id for s in steps if s.step.kind == "submit")
    for command, told in ((Tick(submit, True), "已提交"), (Accept(True), "已受理")):
        changes = service.apply(cases["妈妈"], command)
        window.desktop.context.events.changed.emit(changes)
        window.settle()
        assert told in window.texts()


def test_a_case_is_renamed_put_away_and_deleted_from_the_list(window, cases):
    choose(window, "李叔", "改称呼")
    dialog = window.open_dialog(NameDialog)
    window.type("李伯", dialog.findChild(QLineEdit))
    window.click("存好", dialog)
    assert "李伯" in listed(window)
    choose(window, "李伯", "先收起来")
    assert "收起来的" in window.texts()
    choose(window, "李伯", "重新打开")
    assert "收起来的" not in window.texts()
    choose(window, "奶奶", "删除")
    assert "奶奶" not in listed(window)
    window.click("撤销")
    assert "奶奶" in listed(window)


def test_a_case_is_printed_from_the_list(window, cases):
    choose(window, "妈妈", "打印清单")
    window.qtbot.waitUntil(lambda: bool(window.visible(QPrintDialog)))
    window.open_dialog(QPrintDialog).reject()


def test_another_one_can_always_be_begun(window, cases):
    window.click("再办一件")
    assert window.page is window.window.pages.home
