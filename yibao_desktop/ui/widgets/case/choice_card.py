"""Several ways to do one step, of which one is to be chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from yibao_desktop.domain.procedure.model import Group
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.case.step_card import StepCard


class ChoiceCard(QFrame):
    """The alternatives of a choice that has not been made yet.

    Attributes:
        cards: one for each alternative.
    """

    def __init__(self, group: Group, cards: list[StepCard], is_next: bool) -> None:
        super().__init__()
        self.cards = cards
        self.setProperty("role", "next" if is_next else "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        head = f"{cards[0].planned.number}　{group.title}（任选一种）"
        rows.addWidget(text_label(head, "h3"))
        if group.why:
            rows.addWidget(text_label(group.why.plain, "quiet"))
        for card in cards:
            rows.addWidget(card)
