"""The answers of a case below each other, each with a way to change it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.interview import Interview
from yibao_desktop.domain.procedure.model import Question
from yibao_desktop.domain.wording.plain_text import answer_text
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label


class AnswersCard(QFrame):
    """Questions answered before anything is done.

    Signals:
        question_requested: id of the question to be answered again.
    """

    question_requested = Signal(str)

    def __init__(self, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(2 * SPACE)
        interview = Interview(view.procedure, view.case.answers)
        for question in view.answered:
            rows.addLayout(self._row(interview, question))

    def _row(self, interview: Interview, question: Question) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text_label(question.text, "quiet"))
        words.addWidget(text_label(answer_text(interview, question), "strong"))
        row.addLayout(words, 1)
        change = QPushButton("修改")
        change.setAccessibleName(f"修改：{question.text}")
        change.clicked.connect(partial(self.question_requested.emit, question.id))
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
