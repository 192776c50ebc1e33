"""Finding one case among many: words to look for, and in which order they stand."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow

LAST_DAY = datetime.date.max


class CaseOrder(StrEnum):
    """What cases are put in order by."""

    CHANGED = "最近动过的在前"
    DUE = "期限近的在前"
    PERSON = "按称呼"
    PROCEDURE = "按办的事"


@dataclass(frozen=True, slots=True)
class CaseWanted:
    """Which cases are listed, and how.

    Attributes:
        words: parts of a name or of what is done, with spaces between; all must be there.
    """

    words: str = ""
    order: CaseOrder = CaseOrder.CHANGED

    def of(self, views: Sequence[CaseView]) -> list[CaseView]:
        """Those of the cases that are wanted, in order."""
        parts = self.words.split()
        found = [view for view in views if all(part in view.heading for part in parts)]
        match self.order:
            case CaseOrder.DUE:
                found.sort(key=lambda view: view.due[0].last if view.due else LAST_DAY)
            case CaseOrder.PERSON:
                found.sort(key=lambda view: view.case.nickname)
            case CaseOrder.PROCEDURE:
                found.sort(key=lambda view: view.procedure.title)
        return found


class CaseTools(QWidget):
    """Where one says which cases are wanted.

    Signals:
        changed: the ``CaseWanted``.
    """

    changed = Signal(object)

    def __init__(
        self, wanted: CaseWanted, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wanted = wanted
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        self._words = QLineEdit(wanted.words)
        self._words.setClearButtonEnabled(True)
        self._words.setAccessibleName("在我的办理里找")
        self._words.setPlaceholderText("找一件：写称呼或者办的事，例如“妈妈”")
        self._words.textChanged.connect(self._on_words_changed)
        names = {order: order.value for order in CaseOrder}
        self._order = ChoiceRow[CaseOrder]("排列", names, self._on_order_chosen, context)
        self._order.show_chosen(wanted.order)
        rows.addWidget(self._words)
        rows.addWidget(self._order)

    def _on_words_changed(self, words: str) -> None:
        self._tell(CaseWanted(words, self._wanted.order))

    def _on_order_chosen(self, order: CaseOrder) -> None:
        self._order.show_chosen(order)
        self._tell(CaseWanted(self._wanted.words, order))

    def _tell(self, wanted: CaseWanted) -> None:
        self._wanted = wanted
        self.changed.emit(wanted)
