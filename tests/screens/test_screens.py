"""Every screen, in ways in which every two of size, scale, theme and text size meet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tests.screens.combinations import EVERY, pairs_of, pairwise
from tests.screens.faults import faults, small_targets
from tests.screens.rings import ring_faults
from tests.screens.run import PICTURES, walk
from yibao_desktop.ui.widgets.base.labels import text_label

CHOSEN = pairwise()
SCREENS = 25
"""So many at least; each of them must have been seen."""


def test_every_two_values_meet_in_few_ways():
    everything = set().union(*(pairs_of(looks) for looks in EVERY))
    assert set().union(*(pairs_of(looks) for looks in CHOSEN)) == everything
    assert len(CHOSEN) <= 14 < len(EVERY) == 72


@pytest.mark.slow
@pytest.mark.parametrize("looks", CHOSEN, ids=lambda looks: looks.name)
def test_nothing_is_wrong_on_any_screen(looks, bundle):
    seen = walk(looks, bundle)
    assert len(seen) >= SCREENS
    assert {screen: found for screen, found in seen.items() if found} == {}
    assert (PICTURES / looks.name / "home.png").stat().st_size > 1000


@pytest.fixture
def holder(qtbot, qapp):
    """A window that looks as the test says, whatever a program before it gave all windows."""
    looks = qapp.styleSheet()
    qapp.setStyleSheet("")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.setStyleSheet("QWidget { background: #FFFFFF; color: #1B2422; }")
    yield widget
    widget.close()
    qapp.setStyleSheet(looks)


def wrong_with(widget: QWidget) -> list[str]:
    widget.show()
    image: QImage = widget.grab().toImage()
    return faults(widget, image)


def test_a_good_screen_has_no_faults(holder):
    rows = QVBoxLayout(holder)
    rows.addWidget(text_label("一句能读的话"))
    rows.addWidget(QPushButton("继续"))
    assert wrong_with(holder) == []


def test_cut_text_is_found(holder):
    label = text_label("很长的一句话，三百个像素里放不下，要好几行才写得完，后面还有很多很多。")
    label.setParent(holder)
    label.setGeometry(0, 0, 200, 20)
    button = QPushButton("一个很长的按钮名字", holder)
    button.setGeometry(0, 100, 40, 30)
    found = wrong_with(holder)
    assert any(fault.startswith("cut: TextLabel") for fault in found)
    assert any(fault.startswith("cut: QPushButton") for fault in found)


def test_what_sticks_out_is_found(holder):
    QLabel("在外面", holder).setGeometry(280, 50, 100, 30)
    assert any(fault.startswith("sticks out") for fault in wrong_with(holder))


def test_what_lies_on_something_else_is_found(holder):
    QLabel("上面", holder).setGeometry(10, 10, 100, 30)
    QLabel("下面", holder).setGeometry(50, 20, 100, 30)
    assert any(fault.startswith("on top") for fault in wrong_with(holder))


def test_a_small_target_is_found(holder):
    QPushButton("继续", holder).setGeometry(0, 0, 100, 44)
    QPushButton("改", holder).setGeometry(0, 60, 100, 42)
    holder.show()
    assert len(list(small_targets(holder))) == 1


def scrolling(holder: QWidget, *place: int) -> QScrollArea:
    area = QScrollArea(holder)
    area.setGeometry(*place)
    inner = QWidget()
    inner.resize(40, 400)
    area.setWidget(inner)
    return area


def test_what_scrolls_in_what_scrolls_is_found(holder):
    outer = scrolling(holder, 0, 0, 200, 150)
    scrolling(outer.widget(), 0, 0, 40, 100)
    assert any(fault.startswith("scrolls twice") for fault in wrong_with(holder))


@pytest.mark.parametrize(("left", "twice"), [(0, True), (150, False)])
def test_two_that_scroll_may_stand_beside_each_other_only(holder, left, twice):
    scrolling(holder, 0, 0, 140, 90)
    scrolling(holder, left, 100, 140, 90)
    assert any(fault.startswith("scrolls twice") for fault in wrong_with(holder)) is twice


@pytest.mark.parametrize(("color", "readable"), [("#767676", True), ("#9A9A9A", False)])
def test_text_one_cannot_read_is_found(holder, color, readable):
    label = QLabel("看得清吗", holder)
    label.setStyleSheet(f"color: {color}; font-size: 40px")  # strokes of full colour in any font
    label.setGeometry(10, 10, 200, 60)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    assert QColor(color).isValid()
    assert (wrong_with(holder) == []) is readable


PLAIN = "QPushButton { border: 2px solid transparent; background: white; outline: none; }"


def rings_of(widget: QWidget) -> list[str]:
    widget.show()
    widget.activateWindow()
    return list(ring_faults(widget))


def test_a_whole_ring_is_no_fault(holder):
    rows = QVBoxLayout(holder)
    holder.setStyleSheet(f"{PLAIN} QPushButton:focus {{ border: 2px solid #0B6E4F; }}")
    for text in ("继续", "上一步"):
        rows.addWidget(QPushButton(text))
    assert rings_of(holder) == []


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("", "no focus ring"),
        ("border-bottom: 2px solid #0B6E4F; border-left: 2px solid #0B6E4F;", "not closed"),
        ("border: 2px solid #0B6E4F; padding-left: 30px;", "double, or moves the text"),
    ],
)
def test_a_ring_that_is_missing_open_or_double_is_found(holder, style, fault):
    button = QPushButton("继续", holder)
    holder.setStyleSheet(f"{PLAIN} QPushButton:focus {{ {style} }}")
    button.setGeometry(20, 20, 160, 60)
    QPushButton("上一步", holder).setGeometry(20, 100, 160, 60)
    found = rings_of(holder)
    assert len(found) == 2
    assert all(fault in line for line in found)


def test_what_has_the_focus_outside_of_the_view_is_found(holder):
    area = QScrollArea(holder)
    area.setGeometry(0, 0, 200, 100)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.resize(150, 400)
    area.setWidget(inner)
    button = QPushButton("继续", inner)
    button.setGeometry(10, 300, 100, 40)
    holder.show()
    holder.activateWindow()
    button.setFocus()
    area.verticalScrollBar().setValue(0)
    area.verticalScrollBar().setRange(0, 0)  # Tab cannot bring it into view
    assert "is not seen whole" in "".join(rings_of(holder))
