"""One question a screen: why it is asked, the answers, and 不清楚."""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QWidget,
)

from yibao_desktop.domain.procedure.conditions import Truth
from yibao_desktop.domain.procedure.interview import Interview, all_questions, date_of
from yibao_desktop.domain.procedure.model import UNSURE, Option, Question
from yibao_desktop.domain.procedure.places import local_first
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.takeaway.take_along import TakeAlong
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.callout import CalloutBox
from yibao_desktop.ui.widgets.base.checkable import make_checkable, show_checked
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.date_field import DateField
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.grid import InColumn
from yibao_desktop.ui.widgets.base.labels import LineLabel, RichLabel, text_label
from yibao_desktop.ui.widgets.base.tile import Tile

MOST_DIGITS = 9
PICTURE_IN_CHARACTERS = 3.5
"""Side of an option's picture, in characters of body text."""


class QuestionPage(ColumnPage):
    """Shows a question with the answer given before, if there is one.

    Where one answer is to be chosen for the first time, choosing it is all there is to do. Where an
    answer is changed, what that does to the plan is shown before it is applied.

    Signals:
        answered: question id and the tuple of options chosen.
        back_requested: to the question before, or to where one came from.
    """

    answered = Signal(str, object)
    back_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked = ("", "", False)
        self._handouts = HandoutActions(context, self)
        self._below = InColumn(self._buttons(), SPACE, SPACE)
        self._foot.addWidget(self._below)

    def _buttons(self) -> QWidget:
        """The way on stays in sight however long the answers are."""
        self._go_on = QPushButton()
        self._go_on.clicked.connect(self._on_go_on_clicked)
        self._back = QPushButton()
        self._back.clicked.connect(self.back_requested)
        self._told = LineLabel("点一个回答，就到下一题", "quiet")
        row = ButtonRow(self._go_on, self._back)
        row.add(self._told)
        return row

    def show_question(
        self, view: CaseView, question: Question, make: Make, changing: bool = False
    ) -> None:
        """Show a question of a case, to be answered for the first time or ``changing`` it.

        Args:
            view: the case.
            question: what is asked.
            make: makes the case, as far as it is known, a document to take along.
            changing: whether it has been answered before.
        """
        asked = (view.case.id, question.id, changing)
        another, self._asked = asked != self._asked, asked
        held = self.focusWidget()
        option = held.property("option") if isinstance(held, Tile) else None
        self._view = view
        self._question = question
        self._changing = changing
        self._begin()
        self._below.set_column(self._context.theme.metrics.column)
        head = FlowRow(first_stretches=True)  # a line of its own would push the answers down
        head.add(LineLabel(f"{view.heading}　{_number_text(view, question)}", "quiet"))
        take_along = TakeAlong(make, self._handouts, self._context) if not changing else None
        low = self._context.theme.metrics.is_low(self.window().height())
        if take_along is not None and not low:
            head.add(take_along)
        self._column.add(head)
        self._column.add(text_label(question.text, "h1"))
        if question.why:
            why = f"为什么问：{question.why.plain}"
            self._column.add(text_label(why, "quiet"))
        given = view.case.answers.get(question.id, ())
        self._group = QButtonGroup(self._column.content)
        self._date: DateField | None = None
        if question.kind == "date":
            self._add_date(given)
        else:
            region = self._context.services.settings.current.region
            interview = Interview(local_first(view.procedure, region), view.case.answers)
            self._add_options(interview, question, given)
        hint = question.how_to_find_out.plain
        self._add_tile(Option(UNSURE, "不清楚", hint), UNSURE in given)
        if take_along is not None and low:  # the question comes first
            self._column.add(take_along)
        self._effect: QWidget | None = None
        self._back.setText("取消" if changing else "上一步")
        self._go_on.setText("应用" if changing else "继续")
        self._at_once = question.kind == "one" and not given and not changing
        self._go_on.setHidden(self._at_once)
        self._told.setVisible(self._at_once)
        self._below.setHidden(low and self._at_once)  # the arrow in the bar leads back as well
        self._column.scroll_back(0)
        self._refresh()
        if another or option is not None:
            self._focus_answer(None if another else option)

    def _focus_answer(self, option: str | None) -> None:
        """Go to an answer, else to what was answered before, else to the first of the answers."""
        buttons = self._group.buttons()
        first: QWidget = self._date or buttons[0]
        chosen = next((button for button in buttons if button.isChecked()), first)
        held = next((button for button in buttons if button.property("option") == option), chosen)
        held.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the answer of that number; Enter on one chosen before goes on."""
        buttons, at = self._group.buttons(), event.key() - Qt.Key.Key_1
        focused = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.isAutoRepeat() and (enter or 0 <= at < MOST_DIGITS):
            return  # a key held for long would answer the next question, too
        if 0 <= at < min(len(buttons), MOST_DIGITS):
            buttons[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
            buttons[at].click()
        elif enter and focused in buttons and focused.isChecked() and self._go_on.isEnabled():
            self._go_on.click()
        else:
            super().keyPressEvent(event)

    def _add_date(self, given: tuple[str, ...]) -> None:
        """A field for a day, and a tile for today."""
        self._group.setExclusive(False)
        self._date = DateField(self._question.text)
        today, day = self._context.services.clock.today(), date_of(given)
        self._date.set_day(day)
        self._date.changed.connect(self._on_date_changed)
        self._column.add(self._date)
        option = Option(today.isoformat(), "就是今天", day_text(today))
        self._add_tile(option, day == today)

    def _add_options(
        self, interview: Interview, question: Question, given: tuple[str, ...]
    ) -> None:
        self._group.setExclusive(question.kind != "many")
        for option in interview.options(question):
            self._add_tile(option, option.id in given)

    def _add_tile(self, option: Option, chosen: bool) -> None:
        theme = self._context.theme
        side = round(theme.metrics.body * PICTURE_IN_CHARACTERS)
        picture = option.picture and self._context.icon(option.picture, theme.colors.accent)
        tile = Tile(option.label, option.hint, picture or None, side)
        make_checkable(tile, chosen)
        tile.setProperty("option", option.id)
        tile.clicked.connect(self._on_option_clicked)
        self._group.addButton(tile)
        self._column.add(tile)

    def _chosen(self) -> tuple[str, ...]:
        chosen = [b.property("option") for b in self._group.buttons() if b.isChecked()]
        if UNSURE in chosen:
            return (UNSURE,)
        if self._date is not None and self._date.day is not None and not chosen:
            return (self._date.day.isoformat(),)
        return tuple(chosen)

    def _refresh(self) -> None:
        """Let one go on where that means something, and tell what it would change."""
        chosen = self._chosen()
        answered = bool(chosen) or self._question.kind == "many"
        if not self._changing:
            self._go_on.setEnabled(answered)
            return
        told = answered and chosen != self._view.case.answers.get(self._question.id, ())
        self._go_on.setEnabled(told)
        if self._effect is not None:
            self._column.drop(self._effect)
            self._effect = None
        if told:
            self._effect = self._effect_box(chosen)
            self._column.add(self._effect)
            QTimer.singleShot(0, self._effect, partial(self._column.show_whole, self._effect))

    def _effect_box(self, chosen: tuple[str, ...]) -> CalloutBox:
        today = self._context.services.clock.today()
        told = self._view.effect_of({self._question.id: chosen}, today)
        theme = self._context.theme
        lines = [RichLabel(escape(line), line, theme) for line in told]
        box = CalloutBox("note", "改成这样以后", lines, self._context)
        box.setAccessibleName("改成这样以后：" + "。".join(told))
        announce(self, box.accessibleName())
        return box

    def _on_option_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Tile) and sender.isChecked():
            self._uncheck_beside(sender)
            if self._date is not None:  # the field says no other day than the tile
                unsure = sender.property("option") == UNSURE
                self._date.set_day(None if unsure else self._context.services.clock.today())
        self._refresh()
        if self._at_once:
            self._on_go_on_clicked()

    def _uncheck_beside(self, tile: Tile) -> None:
        """Take back what does not go together with the tile, where several may be chosen."""
        if self._group.exclusive():
            return
        alone = self._date is not None or tile.property("option") == UNSURE
        for button in self._group.buttons():
            if button is not tile and (alone or button.property("option") == UNSURE):
                show_checked(button, False)

    def _on_date_changed(self) -> None:
        for button in self._group.buttons():
            show_checked(button, False)
        self._refresh()

    def _on_go_on_clicked(self) -> None:
        self.answered.emit(self._question.id, self._chosen())


def _number_text(view: CaseView, question: Question) -> str:
    """Which question it is; and of how many, where no answer makes them more or fewer."""
    interview = Interview(view.procedure, view.case.answers)
    choices = view.plan.choice_ids
    asked = [q for q in all_questions(view.procedure) if q.id not in choices]
    truths = [interview.truth(q.ask_if) for q in asked]
    sure = [q.id for q, truth in zip(asked, truths, strict=True) if truth is Truth.YES]
    if question.id not in sure:
        return ""
    at = f"第 {sure.index(question.id) + 1} 题"
    return at if Truth.MAYBE in truths else f"{at}，共 {len(sure)} 题"
