"""Three procedures from the home page to the end, by mouse alone and by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from tests.flows.journey import answer, arrow_to, tab_to
from yibao_desktop.domain.records.case import DRAFT
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.base.tile import Tile

PROCEDURES = ["补办医保卡", "开通家庭共济", "申请电子医保卡"]
REVIEWED = "没有错，看要做什么"
FINISHED = "全部办好了"


def case_of(program):
    """The one case there is, or the draft it begins as."""
    cases = program.desktop.context.services.cases
    return next(iter(cases.open_cases()), None) or cases.view(DRAFT)


@pytest.mark.parametrize("title", PROCEDURES)
def test_by_mouse_alone(open_window, title):
    program = open_window()
    program.click(title)
    program.click("妈妈")
    while (view := case_of(program)).plan.to_ask:
        asked = view.plan.to_ask[0]
        assert asked.text in program.texts()
        answer(program, asked.options[0].label)
    program.click(REVIEWED)
    while (view := case_of(program)).next is not None:
        assert f"去第 {view.next.number} 步" in program.texts()
        program.click(f"去第 {view.next.number} 步")
        program.tick(view.next.step.title)
    program.click(FINISHED)
    services = program.desktop.context.services
    assert [v.procedure.title for v in services.cases.board().finished] == [title]


@pytest.mark.parametrize("title", PROCEDURES)
def test_by_keyboard_alone(open_window, title):
    program = open_window()
    tab_to(program, lambda w: isinstance(w, Tile) and w.accessibleName().startswith(title))
    program.press(Qt.Key.Key_Space)
    tab_to(program, lambda w: isinstance(w, QLineEdit) and w.accessibleName() == "给谁办")
    program.type("妈妈")
    program.press(Qt.Key.Key_Return)
    while (view := case_of(program)).plan.to_ask:
        tab_to(program, lambda w: isinstance(w, Tile))
        arrow_to(program, view.plan.to_ask[0].options[0].label)
        waits = program.shows("继续")
        program.press(Qt.Key.Key_Space)
        if waits:
            press_button(program, "继续")
    press_button(program, REVIEWED)
    while (view := case_of(program)).next is not None:
        press_button(program, f"去第 {view.next.number} 步")
        focused = program.window.focusWidget()
        assert isinstance(focused, TickBox)
        assert view.next.step.title in focused.accessibleName()
        program.press(Qt.Key.Key_Space)
    press_button(program, FINISHED)
    services = program.desktop.context.services
    assert [v.procedure.title for v in services.cases.board().finished] == [title]


def press_button(program, text):
    """Tab to a button on the page and press it."""

    def is_wanted(widget):
        return (
            isinstance(widget, QAbstractButton)
            and program.page.isAncestorOf(widget)
            and widget.text().startswith(text)
        )

    tab_to(program, is_wanted, most=200)
    program.press(Qt.Key.Key_Space)
