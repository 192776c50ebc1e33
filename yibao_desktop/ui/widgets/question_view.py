"""One question a screen: why it is asked, the answers, and 不清楚."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from yibao_desktop.domain.interview import Interview
from yibao_desktop.domain.procedure import UNSURE, Question
from yibao_desktop.services.case_service import CaseView
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.column_page import ColumnPage
from yibao_desktop.ui.widgets.date_field import DateField
from yibao_desktop.ui.widgets.labels import text_label
from yibao_desktop.ui.widgets.tile import Tile


class QuestionView(ColumnPage):
    """Shows a question with the answer given before, if there is one.

    Signals:
        answered: question id and the tuple of options chosen.
        back_requested: to the question before, or to where one came from.
    """

    answered = Signal(str, object)
    back_requested = Signal()

    def show_question(self, view: CaseView, question: Question) -> None:
        """Show a question of a case."""
        self._question = question
        self._begin()
        heading = f"{view.case.nickname} · {view.procedure.title}"
        self._column.add(text_label(heading, "quiet"))
        self._column.add(text_label(question.text, "h1"))
        if question.why:
            why = self.tr("为什么问：{0}").format(question.why.plain)
            self._column.add(text_label(why, "quiet"))
        given = view.case.answers.get(question.id, ())
        if question.kind == "date":
            self._add_date(given)
        else:
            self._add_options(Interview(view.procedure, view.case.answers), question, given)
        self._column.add(self._buttons())

    def _add_date(self, given: tuple[str, ...]) -> None:
        self._group = QButtonGroup(self._column.widget())
        self._group.setExclusive(False)
        self._date = DateField(self._question.text)
        if given and given != (UNSURE,):
            self._date.setDate(QDate.fromString(given[0], Qt.DateFormat.ISODate))
        self._column.add(self._date)
        self._add_unsure(given)

    def _add_options(
        self, interview: Interview, question: Question, given: tuple[str, ...]
    ) -> None:
        self._group = QButtonGroup(self._column.widget())
        self._group.setExclusive(question.kind != "many")
        for option in interview.options(question):
            self._add_tile(option.id, option.label, option.hint, option.id in given)
        self._add_unsure(given)

    def _add_unsure(self, given: tuple[str, ...]) -> None:
        hint = self._question.how_to_find_out.plain
        self._add_tile(UNSURE, self.tr("不清楚"), hint, UNSURE in given)

    def _add_tile(self, option: str, label: str, hint: str, chosen: bool) -> None:
        tile = Tile(label, hint)
        tile.setCheckable(True)
        tile.setChecked(chosen)
        tile.setProperty("option", option)
        tile.clicked.connect(self._on_option_clicked)
        self._group.addButton(tile)
        self._column.add(tile)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, SPACE, 0, 0)
        back = QPushButton(self.tr("上一步"))
        back.clicked.connect(self.back_requested)
        self._go_on = QPushButton(self.tr("继续"))
        self._go_on.setProperty("role", "primary")
        self._go_on.clicked.connect(self._on_go_on_clicked)
        self._go_on.setEnabled(self._question.kind in ("many", "date") or bool(self._chosen()))
        row.addWidget(self._go_on)
        row.addWidget(back)
        row.addStretch(1)
        return holder

    def _chosen(self) -> tuple[str, ...]:
        chosen = [b.property("option") for b in self._group.buttons() if b.isChecked()]
        if UNSURE in chosen:
            return (UNSURE,)
        if self._question.kind == "date":
            return (self._date.date().toString(Qt.DateFormat.ISODate),)
        return tuple(chosen)

    def _on_option_clicked(self) -> None:
        self._go_on.setEnabled(True)

    def _on_go_on_clicked(self) -> None:
        self.answered.emit(self._question.id, self._chosen())
