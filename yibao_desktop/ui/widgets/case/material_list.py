"""The papers of a plan: one list, to be read or to be ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.domain.procedure.plan import Plan, PlanMaterial
from yibao_desktop.domain.procedure.reasons import understood, why_material
from yibao_desktop.domain.records.case import Case, MaterialState
from yibao_desktop.domain.records.commands import have_material
from yibao_desktop.domain.wording.plain_text import paper_text
from yibao_desktop.domain.wording.reason_text import reason_lines
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.source_text import keys_line
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.picture import picture_label
from yibao_desktop.ui.widgets.base.sources_label import SourcesLabel
from yibao_desktop.ui.widgets.base.tick_box import TickBox
from yibao_desktop.ui.widgets.case.case_wishes import CaseWishes


class MaterialList(QFrame):
    """What to have at hand."""

    def __init__(
        self,
        plan: Plan,
        context: UiContext,
        case: Case | None = None,
        wishes: CaseWishes | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._understood = understood(plan)
        self._context = context
        self._case = case
        self._wishes = wishes
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        rows.setSpacing(SPACE)
        for material in plan.materials:
            rows.addLayout(self._row(material))
        keys = dict.fromkeys(k for m in plan.materials for k in m.material.sources)
        sources = SourcesLabel(keys, context)
        sources.link_requested.connect(context.events.follow)
        rows.addWidget(sources)

    def _row(self, planned: PlanMaterial) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE + 4)
        material = planned.material
        name = paper_text(planned)
        title = text_label(name, "strong")
        if self._case is not None:
            have = self._case.materials.get(material.id) is MaterialState.HAVE
            spoken = f"有了：{name}"
            tick = TickBox(material.id, spoken, have, self._context)
            tick.ticked.connect(self._on_ticked)
            tick.reach_by(title)
            row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        if material.picture:
            row.addWidget(picture_label(material.picture, self._context))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        documents = self._context.services.guide.documents
        title.setToolTip(keys_line(material.sources, documents))
        for line in self._details(planned):
            words.addWidget(text_label(line, "quiet"))
        row.addLayout(words, 1)
        return row

    def _on_ticked(self, material: str, have: bool) -> None:
        assert self._wishes is not None
        self._wishes.command(have_material(material, have))

    def _details(self, planned: PlanMaterial) -> Iterator[str]:
        material = planned.material
        titles = {s.step.id: s for s in self._plan.steps}
        numbers = "、".join(str(titles[i].number) for i in planned.steps)
        used = f"第 {numbers} 步用"
        yield "　".join([material.spec.plain, used] if material.spec else [used])
        if material.why:
            yield f"为什么要：{material.why.plain}"
        if material.how_to_get:
            yield f"从哪里来：{material.how_to_get.plain}"
        if self._case is not None:
            reasons = why_material(self._plan, material.id)
            if planned.only_if or planned.sure:  # its name says on what it depends
                reasons = replace(reasons, depends_on=())
            yield from reason_lines(reasons, self._understood)
