"""What one would point at can be clicked: the words beside a box are part of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.flows.journey import begin, go_to_my_cases


def click_on(window, text: str) -> None:
    """Click on the middle of the words of a label."""
    label = next(w for w in window.visible(QLabel, window.page) if w.text().endswith(text))
    window.scroll_into_view(label)
    place = QPoint(min(label.width() // 2, 40), label.height() // 2)
    QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=place)
    window.settle()


def test_the_name_of_a_paper_and_the_title_of_a_step_tick_them(window):
    begin(window, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    assert not window.ticks()["有了：本人有效身份证件"].isChecked()
    click_on(window, "本人有效身份证件")
    assert window.ticks()["有了：本人有效身份证件"].isChecked()
    click_on(window, "打电话挂失")
    ticks = window.ticks()
    (step,) = [name for name in ticks if name.endswith("打电话挂失")]
    assert ticks[step].isChecked()
    click_on(window, "打电话挂失")
    assert not window.ticks()[step].isChecked()
    go_to_my_cases(window)
    click_on(window, "本人有效身份证件")
    assert not any(box.isChecked() for box in window.ticks().values())


def test_marking_words_ticks_nothing(window):
    begin(window, "补办医保卡", "妈妈", "实体卡", "到窗口办")
    label = next(w for w in window.visible(QLabel, window.page) if w.text() == "本人有效身份证件")
    window.scroll_into_view(label)
    start, end = QPoint(4, label.height() // 2), QPoint(60, label.height() // 2)
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(label, end)
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=end)
    window.settle()
    assert label.hasSelectedText()
    assert not window.ticks()["有了：本人有效身份证件"].isChecked()
