"""Where a procedure is begun: a click says for whom, and that is the start."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.records.commands import checked_nickname
from yibao_desktop.domain.records.kept_text import NICKNAME
from yibao_desktop.errors import UserError
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.again_dialog import AgainDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.field_fault import FieldFault
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.case.case_row import CaseRow, CaseSummary

RELATIVES = ("我自己", "妈妈", "爸爸", "孩子")


class StartBox(QFrame):
    """For whom it is, by a click or in writing; and what is under way of it already."""

    def __init__(
        self, procedure: Procedure, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._procedure = procedure.id
        self._context = context
        self.setProperty("role", "next")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        rows.addWidget(text_label("一步步带着办，随时打勾，关掉再开也还在", "h3"))
        rows.addWidget(text_label("这次给谁办？点一下就开始", "quiet"))
        rows.addWidget(self._people())
        rows.addLayout(self._entry())
        self._fault = FieldFault(self._nickname)
        rows.addWidget(self._fault)
        rows.addLayout(self._look_row())
        self._open_cases = QVBoxLayout()
        rows.addLayout(self._open_cases)
        if not self._at_counter:
            context.tasks.run(context.services.cases.open_cases, self._on_cases_read, self)

    @property
    def _at_counter(self) -> bool:
        return self._context.services.settings.current.counter

    def begin_at_counter(self) -> None:
        """Let a clerk write the name at once; called when it stands on its page."""
        if self._at_counter:
            self._nickname.setFocus(Qt.FocusReason.OtherFocusReason)

    def _people(self) -> FlowRow:
        people = FlowRow()
        for name in RELATIVES:
            button = QPushButton(name)
            button.clicked.connect(partial(self._on_relative_clicked, name))
            people.add(button)
        return people

    def _entry(self) -> QHBoxLayout:
        entry = QHBoxLayout()
        entry.setSpacing(SPACE)
        self._nickname = QLineEdit()
        self._nickname.setPlaceholderText("别的人：写一个称呼，例如“外婆”")
        self._nickname.setAccessibleName("给谁办")
        self._nickname.setMaxLength(NICKNAME.most)
        self._nickname.returnPressed.connect(self._on_start_clicked)
        start = QPushButton("开始办理")
        start.setProperty("role", "primary")
        start.clicked.connect(self._on_start_clicked)
        entry.addWidget(self._nickname, 1)
        entry.addWidget(start)
        return entry

    def _look_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        look = Tile("不写名字，先看看要带什么、怎么办")
        look.clicked.connect(self._on_look_clicked)
        row.addWidget(look)
        row.addStretch(1)
        return row

    def _on_cases_read(self, cases: list[CaseView]) -> None:
        for case in (c for c in cases if c.procedure.id == self._procedure):
            row = CaseRow(CaseSummary.of(case), self._context)
            row.open_requested.connect(self._context.events.open_case)
            self._open_cases.addWidget(row)

    def _on_relative_clicked(self, name: str) -> None:
        """One click begins; what it is called can be made another later."""
        self._nickname.setText(name)
        self._on_start_clicked()

    def _on_start_clicked(self) -> None:
        name = self._nickname.text()
        try:
            checked_nickname(name)
        except UserError as error:
            self._fault.tell(error)
            return
        if self._at_counter:  # whom others of that name are for is not shown
            self._begin_case(name)
            return
        call = partial(self._context.services.cases.under_way, self._procedure, name)
        self._context.tasks.run(call, partial(self._on_looked_up, name), self)

    def _on_looked_up(self, name: str, same: CaseView | None) -> None:
        """Begin, once it is clear that it is not the one already under way that is meant."""
        if same is None:
            self._begin_case(name)
            return
        dialog = AgainDialog(same, self._context, self.window())
        dialog.open_requested.connect(partial(self._context.events.open_case, same.case.id))
        dialog.another_requested.connect(partial(self._begin_case, name))
        dialog.open()

    def _begin_case(self, name: str) -> None:
        call = partial(self._context.services.cases.begin, self._procedure, name)
        self._context.tasks.run(call, self._on_started, self)

    def _on_look_clicked(self) -> None:
        call = partial(self._context.services.cases.look_through, self._procedure, {})
        self._context.tasks.run(call, self._on_started, self)

    def _on_started(self, view: CaseView) -> None:
        self._context.events.changed.emit(Changes(cases=frozenset({view.case.id})))
        self._context.events.open_case(view.case.id)
