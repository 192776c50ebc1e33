"""The parts of one kind below their heading, and the button that adds one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.domain.packs.form_fields import FormGroup
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.authoring.part_card import PartCard
from yibao_desktop.ui.widgets.base.labels import text_label


class PartGroup(QWidget):
    """Keeps a card for each part, whatever comes, goes or moves beside it.

    Signals:
        edited: the ``Edit`` of a part as it is now.
        restored: target of the part that is to be as it was before, or to go.
        moved: target of a part, and by how many places.
        addition_asked: one more part is wanted.
        stops_changed: there is more in it that may take the focus.
    """

    edited = Signal(object)
    restored = Signal(str)
    moved = Signal(str, int)
    addition_asked = Signal()
    stops_changed = Signal()

    def __init__(self, group: FormGroup, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = group.kind
        self._context = context
        self._ordered = group.ordered
        self._cards: dict[str, PartCard] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label(group.heading, "h3"))
        if group.hint:
            rows.addWidget(text_label(group.hint, "quiet"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2 * SPACE)
        rows.addLayout(self._rows)
        self._add = QPushButton(group.add)
        self._add.clicked.connect(lambda _checked=False: self.addition_asked.emit())
        rows.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.setVisible(bool(group.add))

    def show_forms(self, group: FormGroup, draft: Draft) -> None:
        """Show these parts in this order."""
        wanted = [form.target for form in group.forms]
        for target in [target for target in self._cards if target not in wanted]:
            self._drop(self._cards.pop(target))
        for place, form in enumerate(group.forms):
            edit = draft.edit(form.kind, form.target)
            card = self._cards.get(form.target)
            if card is None:
                card = PartCard(form, edit, self._context, ordered=self._ordered)
                card.edited.connect(self.edited)
                card.restored.connect(partial(self.restored.emit, form.target))
                card.moved.connect(partial(self.moved.emit, form.target))
                card.stops_changed.connect(self.stops_changed)
                self._cards[form.target] = card
            else:
                card.show_form(form, edit)
            if self._rows.indexOf(card) != place:
                self._rows.removeWidget(card)
                self._rows.insertWidget(place, card)

    def make_anew(self, group: FormGroup, draft: Draft, target: str) -> None:
        """Show a part as if nobody had touched it."""
        card = self._cards.pop(target)
        at = self._rows.indexOf(card)
        self._drop(card)
        self._rows.removeWidget(card)
        form = next(form for form in group.forms if form.target == target)
        self.show_forms(group, draft)
        assert self._rows.indexOf(self._cards[target]) == at
        self._cards[form.target].begin()

    def _drop(self, card: PartCard) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and card.isAncestorOf(focused):
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        card.hide()
        card.deleteLater()

    def open(self, target: str) -> PartCard:
        """Unfold a part, with the focus in it."""
        card = self._cards[target]
        card.unfold()
        card.show()
        card.begin()
        return card

    def show_faults(self, faults: Mapping[str, Mapping[str, str]]) -> None:
        """Say what is wrong with each part, by its target and the key of the field."""
        for target, card in self._cards.items():
            card.show_faults(faults.get(target, {}))

    @property
    def targets(self) -> set[str]:
        """The parts that stand here."""
        return set(self._cards)
