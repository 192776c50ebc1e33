"""The answers once more, before the plan is shown for the first time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.case.answers_card import AnswersCard


class ReviewPage(ColumnPage):
    """Shows what was answered, to be looked over.

    Signals:
        question_requested: id of the question to be answered again.
        go_on_requested: the answers are right.
    """

    question_requested = Signal(str)
    go_on_requested = Signal()

    def show_answers(self, view: CaseView) -> None:
        """Show the answers of a case."""
        self._begin()
        self._column.add(text_label(view.heading, "quiet"))
        self._column.add(text_label("请看一遍您的回答", "h1"))
        text = "哪一条不对，点“修改”。以后也随时能改，改了别的回答和打的勾都还在。"
        self._column.add(text_label(text, "quiet"))
        answers = AnswersCard(view)
        answers.question_requested.connect(self.question_requested)
        self._column.add(answers)
        go_on = QPushButton("没有错，看要做什么")
        go_on.setProperty("role", "primary")
        go_on.clicked.connect(self.go_on_requested)
        self._column.add_button(go_on)
        self._column.scroll_back(0)
        go_on.setFocus(Qt.FocusReason.OtherFocusReason)
