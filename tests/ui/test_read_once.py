"""What a tick costs: one write, one count, and only what is another on the page is made anew."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.services.case_service import CaseService
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.pages.cases_page import ROWS
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.case.case_row import CaseRow
from yibao_desktop.ui.widgets.case.material_list import MaterialList
from yibao_desktop.ui.widgets.case.step_card import StepCard

WINDOW = {"card": ("physical",), "channel": ("window",)}
STEP = "第2步，到社保局或医保中心申请补办"


@pytest.fixture
def program(open_window):
    program = open_window()
    cases = program.desktop.context.services.cases
    for name in ("妈妈", "爸爸"):
        case = cases.start("card-replacement", name).case.id
        cases.apply(case, Answer(WINDOW))
    program.window.open_case(case)
    program.settle()
    return program


def cards(program) -> dict[str, StepCard]:
    return dict(program.window.pages.case.plan._steps.cards)


def test_a_tick_is_written_counted_and_read_no_second_time(program, monkeypatch):
    tasks, run = [], program.desktop.tasks.run

    def noted(call, *rest, **more):
        tasks.append(call)
        run(call, *rest, **more)

    def unread(*_):
        raise AssertionError("the case was read again")

    monkeypatch.setattr(program.desktop.tasks, "run", noted)
    monkeypatch.setattr(CaseService, "view", unread)
    program.tick(STEP)
    assert program.ticks()[STEP].isChecked()
    assert len(tasks) == 2


def test_a_tick_makes_only_the_card_of_its_step_anew(program):
    before = cards(program)
    (papers,) = program.visible(MaterialList)
    program.tick(STEP)
    after = cards(program)
    assert {step for step in after if after[step] is not before[step]} == {"apply-at-window"}
    assert program.visible(MaterialList) == [papers]
    assert program.window.focusWidget() is program.ticks()[STEP]


def test_what_is_being_written_stays_under_the_hands_while_another_step_is_ticked(program):
    program.click("记一笔：交工本费")
    program.type("带零钱")
    (note,) = program.visible(QPlainTextEdit)
    program.settle()
    program.tick(STEP)
    assert program.visible(QPlainTextEdit) == [note]
    assert note.toPlainText() == "带零钱"


def test_tab_and_screen_readers_still_go_from_top_to_bottom_after_a_tick(program):
    def stops() -> list[str]:
        found, widget = [], program.window.pages.case.plan._column.nextInFocusChain()
        while widget is not program.window.pages.case.plan._column:
            if widget.isVisible() and isinstance(widget, TickBox):
                found.append(widget.accessibleName())
            widget = widget.nextInFocusChain()
        return found

    before = stops()
    assert len(before) > 6
    for name in (STEP, "打电话挂失", "第4步"):
        program.tick(name)
        now = program.ticks()
        assert list(now) == sorted(
            now, key=lambda n: now[n].mapToGlobal(now[n].rect().center()).y()
        )
        assert stops() == list(now)


def test_another_size_of_text_makes_everything_anew(program):
    before = cards(program)
    program.desktop.context.services.settings.update(text_size=TextSize.LARGER)
    program.settle()
    after = cards(program)
    assert all(after[step] is not before[step] for step in before)


def test_another_case_makes_everything_anew(program):
    before = cards(program)
    services = program.desktop.context.services
    (mother,) = (v.case.id for v in services.cases.open_cases() if v.case.nickname == "妈妈")
    program.window.open_case(mother)
    program.settle()
    assert all(card is not before[step] for step, card in cards(program).items())


def test_on_the_board_only_the_row_of_the_paper_ticked_is_made_anew(program):
    program.window.go(Location(Place.CASES))
    program.settle()
    boxes = {box.accessibleName(): box for box in program.visible(TickBox)}
    rows = {row.accessibleName() for row in program.visible(CaseRow)}
    name = "有了：本人近期免冠照片（妈妈 · 补办医保卡）"
    program.scroll_into_view(boxes[name])
    at = boxes[name].mapToGlobal(boxes[name].rect().center())
    program.tick(name)
    after = {box.accessibleName(): box for box in program.visible(TickBox)}
    assert {n for n in after if after[n] is not boxes[n]} == {name}
    assert after[name].isChecked()
    assert after[name].mapToGlobal(after[name].rect().center()) == at
    assert {row.accessibleName() for row in program.visible(CaseRow)} == rows


def test_of_many_cases_some_are_listed_and_the_rest_is_asked_for(program):
    cases = program.desktop.context.services.cases
    for number in range(ROWS):
        case = cases.start("card-replacement", f"{number} 号").case.id
        cases.apply(case, Answer(WINDOW))
    program.window.go(Location(Place.CASES))
    program.settle()
    paper = "有了：本人近期免冠照片"
    assert len(program.visible(CaseRow)) == ROWS
    assert len([name for name in program.ticks() if name.startswith(paper)]) == ROWS
    program.click("还有 2 件，再列出一些")
    assert len(program.visible(CaseRow)) == ROWS + 2
    more = [b for b in program.visible(QPushButton) if b.text() == "还有 2 件事要，再列出一些"]
    assert len(more) == 4
    program.scroll_into_view(more[0])
    more[0].click()
    program.settle()
    assert len([b for b in program.visible(QPushButton) if "再列出" in b.text()]) == 3
