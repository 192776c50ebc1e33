"""长辈版 is more than larger: words, room to hit, one thing at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget

from tests.flows.journey import begin, start
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.model import Deadline
from yibao_desktop.domain.procedure.timing import DueDate
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.common.navigation import HOME, Location, Place
from yibao_desktop.ui.looks.look_names import TEXT_SIZE_NAMES
from yibao_desktop.ui.looks.theme import BODY_PX, LEAST_TARGET_PX
from yibao_desktop.ui.pages.start_box import RELATIVES
from yibao_desktop.ui.widgets.base.labels import RichLabel
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.case.plan_boxes import due_box
from yibao_desktop.ui.widgets.case.step_list import StepList

pytestmark = pytest.mark.slow

HELD: list[QWidget] = []
"""Qt's own parts: PySide takes them along when it throws the Python side of them away."""

FRAME = 6
"""What the frame of a field may take from what is clicked in it."""


@pytest.fixture
def elder(window):
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    window.window.resize(1024, 700)
    window.settle()
    return window


def bar_buttons(window):
    """By their words; without those within the search box, which are Qt's own."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = window.window.bar.findChildren(QToolButton, options=direct)
    return {b.text(): b for b in found if b.isVisible()}


def test_every_button_of_the_bar_has_its_word_under_its_icon(elder):
    buttons = bar_buttons(elder)
    assert set(buttons) == {"主题", "后退", "前进", "首页", "字号", "菜单"}
    for button in buttons.values():
        assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        assert min(button.width(), button.height()) >= LEAST_TARGET_PX
        needed = button.fontMetrics().height() + button.iconSize().height()
        assert button.height() >= needed
    elder.desktop.context.services.settings.update(text_size=TextSize.STANDARD)
    elder.settle()
    styles = {b.toolButtonStyle() for b in bar_buttons(elder).values()}
    assert Qt.ToolButtonStyle.ToolButtonTextUnderIcon not in styles


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_what_empties_the_search_box_is_hit_without_aiming(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    box = window.window.bar.search
    box.setFocus()
    window.settle()
    box.setText("卡丢了")
    window.settle()
    clear = box.childAt(box.width() - LEAST_TARGET_PX // 2 - FRAME, box.height() // 2)
    HELD.append(clear)
    assert isinstance(clear, QToolButton)
    seen = clear.visibleRegion().boundingRect()
    assert seen.width() >= LEAST_TARGET_PX
    assert seen.height() >= LEAST_TARGET_PX - 2 * FRAME
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton, pos=seen.topLeft() + QPoint(2, 2))
    assert box.text() == ""


def test_an_arrow_of_the_tree_is_a_target_of_its_own(elder):
    elder.click("主题")
    tree = elder.window.side.tree
    index = tree.model().index(0, 0)
    row = tree.visualRect(index)
    arrow = QRect(row.left() - tree.indentation(), row.top(), tree.indentation(), row.height())
    assert min(arrow.width(), arrow.height()) >= LEAST_TARGET_PX
    shown = elder.window.navigator.where.shown
    assert tree.isExpanded(index)
    for at in (arrow.topLeft() + QPoint(3, 3), arrow.bottomRight() - QPoint(3, 3)):
        was = tree.isExpanded(index)
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
        elder.settle()
        assert tree.isExpanded(index) is not was
    assert elder.window.navigator.where.shown == shown  # only the arrow was used


@pytest.mark.parametrize("place", [Place.SETTINGS, Place.WELCOME])
def test_the_buttons_for_text_sizes_are_samples_of_them(window, place):
    window.window.go(Location(place))
    window.settle()
    heights = []
    for size, name in TEXT_SIZE_NAMES.items():
        button = next(b for b in window.visible(QPushButton, window.page) if b.text() == name)
        assert button.font().pixelSize() == BODY_PX[size]
        heights.append(button.fontMetrics().boundingRect(name[0]).height())
    assert heights == sorted(set(heights))


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
@pytest.mark.parametrize("cases", [0, 1])
def test_home_shows_frequent_questions_without_scrolling(window, size, cases):
    """What is under way comes first, and still one sees that there is more."""
    window.desktop.context.services.settings.update(text_size=size)
    for _ in range(cases):
        window.desktop.context.services.cases.start("card-replacement", "妈妈")
    window.window.resize(1024, 700)
    window.window.go(HOME)
    window.settle()
    seen = [w for w in window.visible(QLabel, window.page) if not w.visibleRegion().isEmpty()]
    (heading,) = (label for label in seen if label.text() == "大家常问")
    assert heading.visibleRegion().boundingRect().height() == heading.height()


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_the_first_two_answers_are_seen_whole(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    window.settle()
    start(window, "补办医保卡", "妈妈")
    answers = window.visible(Tile, window.page)[:2]
    assert len(answers) == 2
    for answer in answers:
        assert answer.visibleRegion().boundingRect().size() == answer.size(), (
            answer.accessibleName()
        )


def test_in_a_low_window_the_question_comes_before_printing(window):
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    window.window.resize(512, 350)
    window.settle()
    case = window.desktop.context.services.cases.start("card-replacement", "妈妈").case.id
    window.window.open_case(case)
    window.settle()
    (question,) = (w for w in window.visible(QLabel, window.page) if w.text() == "您说的是哪一张？")
    assert question.visibleRegion().boundingRect().height() == question.height()
    window.click("打印", window.page)  # it is there still
    window.open_dialog(QPrintDialog).reject()


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
@pytest.mark.parametrize("procedure", ["card-replacement", "e-card", "family-pooling"])
def test_for_whom_it_is_can_be_clicked_without_scrolling(window, size, procedure):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    window.window.open_item(procedure)
    window.settle()
    for name in RELATIVES:
        button = window.button(name, window.page)
        assert button.visibleRegion().boundingRect().size() == button.size(), name


def shown_steps(window):
    """Numbers of the steps that have their card, and of those that are a line."""
    steps = window.window.pages.case.plan.findChild(StepList)
    cards = {card.planned.number for card in steps.cards.values() if card.isVisible()}
    lines = [b.accessibleName() for b in window.visible(Tile, steps)]
    return cards, [int(name[1]) for name in lines]


def test_the_steps_of_a_plan_come_one_at_a_time(elder):
    begin(elder, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    assert shown_steps(elder) == ({1}, [2, 3, 4, 5, 6])
    assert not any("上一步" in b.text() for b in elder.visible(QPushButton, elder.page))
    elder.click("下一步")
    assert shown_steps(elder) == ({2}, [1, 3, 4, 5, 6])
    card = next(iter(elder.window.pages.case.plan.findChild(StepList).cards.values()))
    assert not card.visibleRegion().isEmpty()  # it has been brought into view
    assert card.mapTo(elder.page, QPoint(0, 0)).y() < elder.page.height() // 4
    assert elder.window.focusWidget().accessibleName().startswith("第2步")
    elder.click("上一步")
    assert shown_steps(elder)[0] == {1}
    elder.click("第6步")
    assert shown_steps(elder) == ({6}, [1, 2, 3, 4, 5])
    assert not any("下一步" in b.text() for b in elder.visible(QPushButton, elder.page))
    elder.click("去第 1 步")
    assert shown_steps(elder)[0] == {1}
    elder.desktop.context.services.settings.update(text_size=TextSize.LARGER)
    elder.settle()
    assert shown_steps(elder) == ({1, 2, 3, 4, 5, 6}, [])


def test_who_ticks_a_step_stays_at_it_and_what_is_written_goes_on_to_disk(elder):
    begin(elder, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    elder.click("第2步")
    elder.click("记一笔")
    elder.type("3 号窗口", elder.visible(QPlainTextEdit, elder.page)[0])
    elder.click("下一步")
    (view,) = elder.desktop.context.services.cases.open_cases()
    assert view.case.steps["apply-at-window"].note == "3 号窗口"
    elder.tick("第3步")
    assert shown_steps(elder)[0] == {3}
    elder.click("下一步")
    assert shown_steps(elder)[0] == {4}
    assert elder.button("第3步").accessibleName().endswith("办好了")


def test_a_telephone_number_is_as_large_as_a_heading(elder):
    begin(elder, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    (number,) = [w for w in elder.visible(QLabel, elder.page) if w.text() == "12333"]
    assert number.font().pixelSize() >= 1.5 * BODY_PX[TextSize.ELDER]


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_the_last_day_is_one_large_date(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    context = window.desktop.context
    limit = Deadline("d", "交材料", "left-on", "gap", True, RichText.of("就断了"), ())
    today = context.services.clock.today()
    box = due_box(DueDate(limit, today, today, 0, 0, True), context)
    labels = [w.accessibleName() for w in box.findChildren(RichLabel)]
    assert (labels[0] == f"最晚 {day_text(today)}") is (size is TextSize.ELDER)
    assert f"最晚{day_text(today)}" in labels[-1]


def test_further_lines_of_a_point_stand_below_its_words(window):
    theme = window.desktop.context.theme
    point = RichLabel.of(RichText.of("一二三四五六七八九十" * 3), theme, "· ")
    drawn = QTextDocument()
    drawn.setDefaultFont(point.font())
    drawn.setHtml(point.text())
    drawn.setTextWidth(240)
    assert drawn.size().height() > 0  # it is laid out now
    block = drawn.firstBlock()
    lines = block.layout()
    assert lines.lineCount() >= 3
    first, second, third = (lines.lineAt(n).naturalTextRect().left() for n in range(3))
    mark = QFontMetrics(point.font()).horizontalAdvance("· ")
    assert second == third == pytest.approx(first + mark, abs=1)
