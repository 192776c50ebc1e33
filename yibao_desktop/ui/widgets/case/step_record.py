"""What the user keeps about a step: the day it was done, and a note."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.model import Step
from yibao_desktop.domain.records.case import StepMark
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.day_dialog import DayDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.autosave import AutoSave
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label

NOTE_LINES = 3


class StepRecord(QWidget):
    """Shown below a step of a case.

    Signals:
        note_requested: step id and the note as it is now.
        day_requested: step id and the day it was done.
    """

    note_requested = Signal(str, str)
    day_requested = Signal(str, object)

    def __init__(
        self, step: Step, mark: StepMark, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._context = context
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        links = FlowRow()
        self._done = mark.done_on
        if self._done is not None:
            done = text_label(f"{day_text(self._done)} 办好", "quiet")
            done.setWordWrap(False)
            links.add(done)
            links.add(self._link("改日期", self._on_day_clicked))
        if not mark.note:
            self._open = self._link("记一笔", self._on_open_clicked)
            links.add(self._open)
        rows.addWidget(links)
        self._note = self._editor(mark.note)
        if not mark.note:
            self._note.hide()
        rows.addWidget(self._note)

    def _editor(self, text: str) -> QPlainTextEdit:
        editor = QPlainTextEdit(text)
        editor.setAccessibleName(f"记一笔：{self._step.title}")
        editor.setPlaceholderText("例如：3 号窗口，下周二去拿。写了自动存好，只存在这台电脑上")
        editor.setTabChangesFocus(True)
        spacing = editor.fontMetrics().lineSpacing()
        editor.setFixedHeight(NOTE_LINES * spacing + 3 * SPACE)
        AutoSave(editor).save_requested.connect(partial(self.note_requested.emit, self._step.id))
        return editor

    def _link(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        button.setAccessibleName(f"{text}：{self._step.title}")
        button.clicked.connect(slot)
        return button

    def _on_open_clicked(self) -> None:
        self._open.hide()
        self._note.show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_day_clicked(self) -> None:
        dialog = DayDialog(
            f"“{self._step.title}”是哪一天办好的？",
            self._done or self._context.services.clock.today(),
            self._context,
            self.window(),
        )
        dialog.chosen.connect(partial(self.day_requested.emit, self._step.id))
        dialog.open()
