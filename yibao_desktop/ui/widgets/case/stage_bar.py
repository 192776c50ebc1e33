"""How far a case has come with the office, and what the office gave."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.records.commands import Accept, SetReceipt
from yibao_desktop.domain.records.kept_text import RECEIPT
from yibao_desktop.domain.records.stages import Stage, stages
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.autosave import AutoSave
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes


class StageBar(QFrame):
    """The stages in a row; once something was handed in, whether it was taken on and its number."""

    def __init__(self, view: CaseView, wishes: CaseWishes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._wishes = wishes
        self._number: QLineEdit | None = None
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        rows.setSpacing(SPACE)
        rows.addWidget(self._stages())
        if view.plan.has_submission and not view.awaits_submission:
            rows.addLayout(self._acceptance())
            rows.addLayout(self._receipt())

    @property
    def receipt(self) -> str:
        """The receipt number as it is written now; empty where none can be."""
        return self._number.text().strip() if self._number is not None else ""

    def _stages(self) -> FlowRow:
        row = FlowRow()
        ways = stages(self._view.plan)
        at = ways.index(self._view.stage)
        for position, stage in enumerate(ways):
            if position:
                row.add(text_label("→", "quiet"))
            mark = "✓ " if position < at else "● " if position == at else "○ "
            label = text_label(mark + stage.value, "accent" if position == at else "quiet")
            label.setWordWrap(False)
            said = "现在是：{0}" if position == at else "{0}"
            label.setAccessibleName(said.format(stage.value))
            row.add(label)
        return row

    def _acceptance(self) -> QHBoxLayout:
        row = QHBoxLayout()
        accepted_on = self._view.case.accepted_on
        if accepted_on is None:
            button = QPushButton("对方说受理了")
            button.clicked.connect(partial(self._on_acceptance_clicked, True))
            row.addWidget(button)
            row.addWidget(text_label("交上去不等于受理；收到受理的消息再点。", "quiet"), 1)
            return row
        row.addWidget(text_label(f"{day_text(accepted_on)} 记下：已受理"), 1)
        if self._view.stage is Stage.ACCEPTED:
            undo = QPushButton("记错了")
            undo.setProperty("role", "link")
            undo.clicked.connect(partial(self._on_acceptance_clicked, False))
            row.addWidget(undo)
        return row

    def _receipt(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        name = "受理编号"
        row.addWidget(text_label(name))
        self._number = field = QLineEdit(self._view.case.receipt_number)
        field.setMaxLength(RECEIPT.most)
        field.setAccessibleName(name)
        field.setPlaceholderText("有的话记在这里，只存在这台电脑上")
        AutoSave(field).save_requested.connect(self._on_save_requested)
        row.addWidget(field, 1)
        return row

    def _on_acceptance_clicked(self, accepted: bool) -> None:
        self._wishes.command(Accept(accepted))

    def _on_save_requested(self, number: str) -> None:
        self._wishes.command(SetReceipt(number))
