"""The papers of all cases in one list, each ticked for the case it is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.records.commands import have_material
from yibao_desktop.domain.wording.plain_text import paper_text
from yibao_desktop.services.case_views import Needed, SharedMaterial
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.parts import Parts
from yibao_desktop.ui.widgets.base.picture import picture_label
from yibao_desktop.ui.widgets.base.tick_box import TickBox

ROWS = 30
"""So many rows are shown at first, and so many more each time they are asked for."""


class _Rows(QWidget):
    """Rows to be ticked below each other, those of one paper or all of one case.

    Signals:
        command_requested: case id and the ``CaseCommand`` to be carried out.
    """

    command_requested = Signal(str, object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        self._parts = Parts(rows, self)
        self._shown = ROWS
        self._head: tuple[str, Picture | None] = ("", None)
        self._rows: Sequence[tuple[Needed, str]] = ()

    def show_rows(
        self, title: str, picture: Picture | None, rows: Sequence[tuple[Needed, str]]
    ) -> None:
        """Show each paper needed with its text; rows that say the same as before stay.

        Below a title, which has a picture of its own, the rows have none.
        """
        self._head, self._rows = (title, picture), rows
        self._parts.begin()
        if title:
            self._parts.put("title", self._head, self._head_row)
        for needed, text in rows[: self._shown]:
            case_id, material = needed.view.case.id, needed.material.material
            spoken = f"有了：{material.name}（{needed.view.heading}）"
            drawn = None if title else material.picture
            shown = material.id, spoken, needed.is_at_hand, text, drawn
            self._parts.put((case_id, material.id), shown, partial(self._row, case_id, *shown))
        left = len(rows) - self._shown
        if left > 0:
            more = partial(self._more_button, left)
            self._parts.put("more", left, more, Qt.AlignmentFlag.AlignLeft)
        self._parts.finish()

    def _more_button(self, left: int) -> QPushButton:
        more = QPushButton(f"还有 {left} 件事要，再列出一些")
        more.setProperty("role", "link")
        more.clicked.connect(self._on_more_clicked)
        return more

    def _on_more_clicked(self) -> None:
        self._shown += ROWS
        self.show_rows(*self._head, self._rows)

    def _head_row(self) -> QWidget:
        title, picture = self._head
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        if picture:
            row.addWidget(picture_label(picture, self._context))
        row.addWidget(text_label(title, "strong"), 1)
        return holder

    def _row(
        self,
        case_id: str,
        material: str,
        spoken: str,
        have: bool,
        text: str,
        picture: Picture | None,
    ) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE + 4)
        tick = TickBox(material, spoken, have, self._context)
        tick.ticked.connect(partial(self._on_ticked, case_id))
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        if picture:
            row.addWidget(picture_label(picture, self._context))
        label = text_label(text)
        tick.reach_by(label)
        row.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _on_ticked(self, case_id: str, material: str, have: bool) -> None:
        self.command_requested.emit(case_id, have_material(material, have))


class SharedMaterialList(QFrame):
    """One row for each paper, below it one for each case that needs it, if there are several.

    Signals:
        command_requested: case id and the ``CaseCommand`` to be carried out.
    """

    command_requested = Signal(str, object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        self._parts = Parts(rows, self)

    def show_materials(self, materials: list[SharedMaterial]) -> None:
        """Show the papers; rows that say the same as before stay."""
        self._parts.begin()
        if len({n.view.case.id for m in materials for n in m.needed}) == 1:
            papers = [needed for material in materials for needed in material.needed]
            rows = self._parts.put("all of one case", None, self._rows)
            rows.show_rows("", None, [(needed, paper_text(needed.material)) for needed in papers])
        else:
            for material in materials:
                rows = self._parts.put((material.name, material.form), None, self._rows)
                picture = material.needed[0].material.material.picture
                rows.show_rows(material.text, picture, [(n, n.text) for n in material.needed])
        self._parts.finish()

    def _rows(self) -> _Rows:
        rows = _Rows(self._context)
        rows.command_requested.connect(self.command_requested)
        return rows
