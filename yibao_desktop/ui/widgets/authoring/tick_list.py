"""Several things of which any number may hold, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.form_fields import Choices
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tick_box import TickBox


class TickList(QWidget):
    """Keeps the order things stand in; what is chosen and not there any more is left out.

    Signals:
        changed: the values that hold, with spaces between.
    """

    changed = Signal(str)

    def __init__(self, name: str, context: UiContext, parent: QWidget | None = None) -> None:
        """``name`` says what they are chosen for."""
        super().__init__(parent)
        self._name = name
        self._context = context
        self._chosen: list[str] = []
        self._boxes: dict[str, TickBox] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_choices(self, choices: Choices, chosen: str) -> None:
        """Show what there is to choose from, and which of it holds."""
        focused = next((value for value, box in self._boxes.items() if box.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        held = chosen.split()
        self._chosen = [value for value, _ in choices if value in held]
        self._boxes = {}
        for value, label in choices:
            self._rows.addWidget(self._row(value, label))
        if focused in self._boxes:
            self._boxes[focused].setFocus()

    def _row(self, value: str, label: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        box = TickBox(value, f"{self._name}：{label}", value in self._chosen, self._context)
        text = text_label(label)
        box.reach_by(text)
        box.ticked.connect(self._on_ticked)
        line.addWidget(box)
        line.addWidget(text, 1)
        self._boxes[value] = box
        return row

    @property
    def chosen(self) -> str:
        """The values that hold, with spaces between."""
        return " ".join(self._chosen)

    def _on_ticked(self, value: str, wanted: bool) -> None:
        held = {*self._chosen, value} if wanted else {*self._chosen} - {value}
        self._chosen = [known for known in self._boxes if known in held]
        self._boxes[value].setChecked(wanted)
        self.changed.emit(self.chosen)
