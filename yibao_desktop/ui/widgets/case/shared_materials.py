"""The papers of all cases in one list, each ticked for the case it is for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.domain.records.commands import have_material
from yibao_desktop.domain.wording.plain_text import material_text, need_text, paper_text
from yibao_desktop.services.case_views import Needed, SharedMaterial
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tick_box import TickBox


class SharedMaterialList(QFrame):
    """One row for each paper, below it one for each case that needs it, if there are several.

    Signals:
        command_requested: case id and the ``CaseCommand`` to be carried out.
    """

    command_requested = Signal(str, object)

    def __init__(
        self, materials: list[SharedMaterial], context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        of_one = len({n.view.case.id for m in materials for n in m.needed}) == 1
        for material in materials:
            if of_one:
                (only,) = material.needed
                rows.addLayout(self._row(only, paper_text(only.material)))
                continue
            rows.addWidget(text_label(self._title(material), "strong"))
            for needed in material.needed:
                need = need_text(needed.material)
                heading = needed.view.heading + (f"（{need}）" if need else "")
                rows.addLayout(self._row(needed, heading))

    def _title(self, material: SharedMaterial) -> str:
        name = material_text(material.needed[0].material.material)
        if len(material.needed) == 1:
            return name
        if material.copies is not None:
            return f"{material.name}，{len(material.needed)} 件事要，共 {material.copies} 份"
        return f"{name}，{len(material.needed)} 件事要"

    def _row(self, needed: Needed, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE + 4)
        material = needed.material.material
        spoken = f"有了：{material.name}（{needed.view.heading}）"
        tick = TickBox(material.id, spoken, needed.is_at_hand, self._context)
        tick.ticked.connect(partial(self._on_ticked, needed.view.case.id))
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text_label(text), 1, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _on_ticked(self, case_id: str, material: str, have: bool) -> None:
        self.command_requested.emit(case_id, have_material(material, have))
