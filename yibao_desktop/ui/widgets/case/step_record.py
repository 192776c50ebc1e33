"""What the user keeps about a step: the day it was done, and a note."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.model import Step
from yibao_desktop.domain.records.case import StepMark
from yibao_desktop.domain.records.commands import Note
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.autosave import AutoSave
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes

NOTE_LINES = 3


class StepRecord(QWidget):
    """Shown below a step of a case."""

    def __init__(
        self,
        step: Step,
        mark: StepMark,
        wishes: CaseWishes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._wishes = wishes
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        links = FlowRow()
        if mark.done_on is not None:
            done = text_label(f"{day_text(mark.done_on)} 办好", "quiet")
            done.setWordWrap(False)
            links.add(done)
            asked = partial(wishes.day_requested.emit, step.id)
            links.add(self._link("改日期", asked))
        if not mark.note:
            self._open = self._link("记一笔", self._on_open_clicked)
            links.add(self._open)
        rows.addWidget(links)
        self._note = self._editor(mark.note)
        if not mark.note:
            self._note.hide()
        rows.addWidget(self._note)

    @property
    def note(self) -> str:
        """The note as it is written now."""
        return self._note.toPlainText().strip()

    def _editor(self, text: str) -> QPlainTextEdit:
        editor = QPlainTextEdit(text)
        editor.setAccessibleName(f"记一笔：{self._step.title}")
        editor.setPlaceholderText("例如：3 号窗口，下周二去拿。写了自动存好，只存在这台电脑上")
        editor.setTabChangesFocus(True)
        spacing = editor.fontMetrics().lineSpacing()
        editor.setFixedHeight(NOTE_LINES * spacing + 3 * SPACE)
        AutoSave(editor).save_requested.connect(self._on_save_requested)
        return editor

    def _link(self, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        button.setAccessibleName(f"{text}：{self._step.title}")
        button.clicked.connect(slot)
        return button

    def _on_open_clicked(self) -> None:
        self._open.hide()
        self._note.show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save_requested(self, text: str) -> None:
        self._wishes.command(Note(self._step.id, text))
