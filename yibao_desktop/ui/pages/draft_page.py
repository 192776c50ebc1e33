"""A content pack being made: on the left its form, on the right the page as it will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Article
from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.part_form import PartForm
from yibao_desktop.errors import DataError, YibaoError
from yibao_desktop.services.draft_service import ABOUT, DraftLook
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Message, Place
from yibao_desktop.ui.dialogs.export_dialog import ExportDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.pages.draft_preview import DraftPreview
from yibao_desktop.ui.widgets.authoring.about_form import AboutForm
from yibao_desktop.ui.widgets.authoring.part_card import PartCard
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.work.tasks import Lane

PAUSE_MS = 400
"""After so long without a key what was typed is kept and checked."""
BESIDE_IN_CHARACTERS = 44
"""In less room the form and the page take turns."""

_HEADINGS = {
    PartKind.FACT: "数字、电话",
    PartKind.MATERIAL: "要带的材料",
    PartKind.STEP: "步骤和费用",
}

_Read = tuple[DraftLook | None, Mapping[str, str], Mapping[str, str]]


class DraftPage(QWidget):
    """Keeps what is typed by itself; what is wrong stands at its field."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._draft: Draft | None = None
        self._kept: Draft | None = None
        self._looked: Draft | None = None
        self._new_material: PartForm | None = None
        self._cards: dict[tuple[PartKind, str], PartCard] = {}
        self._about: AboutForm
        self._previewing = False
        self.setProperty("role", "page")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._build_ui()

    def _build_ui(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        self._form = Column()
        self._preview = DraftPreview(self._context)
        for half in (self._form, self._preview):
            # as high as there is room: what it would like to be must not make the page scroll
            half.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            half.setMinimumHeight(half.minimumSizeHint().height())
            halves.addWidget(half, 1)
        rows.addLayout(halves, 1)
        self.setFocusProxy(self._form)
        foot = FlowRow(first_stretches=True)
        holder = QVBoxLayout()
        holder.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        holder.addWidget(foot)
        self._state = text_label("", "quiet")
        self._turn = QPushButton()
        self._turn.clicked.connect(self._on_turn_clicked)
        self._export = QPushButton("导出…")
        self._export.setProperty("role", "primary")
        self._export.clicked.connect(self._on_export_clicked)
        for widget in (self._state, self._turn, self._export):
            foot.add(widget)
        rows.addLayout(holder)
        self._share_room()

    # -- showing --------------------------------------------------------------------------------

    def show_draft(self, draft_id: str) -> None:
        """Show a draft from the beginning; where it is gone, those there are."""
        self.flush()
        call = partial(self._read, draft_id)
        self._context.tasks.run(
            call, self._on_read, self, on_refused=self._on_refused, lane=Lane.DOCUMENTS
        )

    def _on_refused(self, error: YibaoError) -> None:
        """The page it changes is not in this guide any more."""
        self._context.events.replace_requested.emit(Location(Place.DRAFTS))
        self._context.events.message_requested.emit(Message.of(error))

    def _read(self, draft_id: str) -> _Read:
        drafts = self._context.services.drafts
        found = next((draft for draft in drafts.drafts() if draft.id == draft_id), None)
        own = self._context.services.own
        texts = {d.title: _text_of(own.page(d.id)) for d in own.documents()}
        return (drafts.look(found) if found else None), drafts.places(), texts

    def _on_read(self, read: _Read) -> None:
        look, places, texts = read
        if look is None:
            self._context.events.replace_requested.emit(Location(Place.DRAFTS))
            return
        self._draft = self._kept = look.draft
        self._new_material = look.new_material
        self._cards = {}
        self._form.clear(self._context.theme.metrics.column)
        self._form.add(text_label(f"编一份：{look.draft.page_title}", "h1"))
        today = self._context.services.clock.today()
        self._about = AboutForm(look.draft, places, texts, today)
        self._about.changed.connect(self._on_changed)
        self._form.add(self._about)
        self._form.add(text_label("三　哪里不一样，点“改”", "h2"))
        for kind, heading in _HEADINGS.items():
            self._form.add(text_label(heading, "h3"))
            for form in look.forms:
                if form.kind is kind:
                    self._form.add(self._card(form))
            if kind is PartKind.MATERIAL:
                self._add = QPushButton("加一样材料")
                self._add.clicked.connect(self._on_add_clicked)
                self._form.add_button(self._add)
        self._show_look(look)

    def _card(self, form: PartForm) -> PartCard:
        assert self._draft is not None
        card = PartCard(form, self._draft.edit(form.kind, form.target), self._context)
        card.edited.connect(self._on_edited)
        card.restored.connect(partial(self._on_restored, card))
        self._cards[form.kind, form.target] = card
        return card

    def _show_look(self, look: DraftLook) -> None:
        self._looked = look.draft
        self._preview.show_look(look)
        by_part: dict[tuple[PartKind, str], dict[str, str]] = {}
        for fault in look.faults:
            kind, target, key = fault.field
            by_part.setdefault((kind, target), {}).setdefault(key, fault.message)
        for part, card in self._cards.items():
            card.show_faults(by_part.pop(part, {}))
        self._about.show_faults(by_part.pop((PartKind.FACT, ABOUT), {}))
        rest = [message for faults in by_part.values() for message in faults.values()]
        count = len(look.faults)
        told = f"草稿随时在存；还有 {count} 处要填、要改。" if count else "草稿存好了，可以导出。"
        self._state.setText("\n".join([told, *rest]))

    @property
    def is_settled(self) -> bool:
        """Whether everything typed has been kept and checked."""
        return self._draft is not None and self._draft == self._kept and self._looked == self._draft

    # -- typing ---------------------------------------------------------------------------------

    def _on_changed(self, draft: Draft) -> None:
        self._draft = draft
        self._pause.start()

    def _on_edited(self, edit: Edit) -> None:
        assert self._draft is not None
        self._take(self._draft.with_edit(edit))

    def _take(self, draft: Draft) -> None:
        self._about.follow(draft)
        self._on_changed(draft)

    def _on_restored(self, card: PartCard) -> None:
        assert self._draft is not None
        form = card.form
        self._take(self._draft.without(form.kind, form.target))
        if form in self._added():
            del self._cards[form.kind, form.target]
            self._form.drop(card)
        else:
            self._form.replace(card, self._card(form))

    def _added(self) -> list[PartForm]:
        return [c.form for c in self._cards.values() if Edit(c.form.kind, c.form.target).adds]

    def _on_add_clicked(self) -> None:
        assert self._draft is not None
        target = self._draft.free_target()
        self._take(self._draft.with_edit(Edit(PartKind.MATERIAL, target)))
        assert self._new_material is not None
        card = self._card(replace(self._new_material, target=target))
        holder = self._add.parentWidget()
        layout = holder.layout() if holder else None
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self._add), card)
        card.show()
        card.begin()
        self._form.scroll_to(card)

    def flush(self) -> None:
        """Keep now what was typed; it is on disk when this returns."""
        self._pause.stop()
        draft = self._draft
        if draft is None or draft == self._kept:
            return
        try:
            self._context.services.drafts.keep(draft)
        except DataError as error:
            self._context.events.message_requested.emit(Message.of(error))
            return
        self._kept = draft
        call = partial(self._context.services.drafts.look, draft)
        self._context.tasks.run(call, self._on_looked, self, lane=Lane.DOCUMENTS)

    def _on_looked(self, look: DraftLook) -> None:
        if look.draft == self._draft:
            self._show_look(look)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed before the page is left."""
        self.flush()
        super().hideEvent(event)

    # -- room -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Form and page stand beside each other where there is room."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        beside = self.width() >= BESIDE_IN_CHARACTERS * self._context.theme.metrics.body
        self._form.setVisible(beside or not self._previewing)
        self._preview.setVisible(beside or self._previewing)
        self._turn.setVisible(not beside)
        self._turn.setText("回去改" if self._previewing else "看改好的样子")

    def _on_turn_clicked(self) -> None:
        self._previewing = not self._previewing
        self._share_room()

    # -- exporting ------------------------------------------------------------------------------

    def _on_export_clicked(self) -> None:
        self.flush()
        assert self._draft is not None
        dialog = ExportDialog(self._draft, self._context, self.window())
        dialog.exported.connect(self._on_exported)
        dialog.open()

    def _on_exported(self, draft: Draft) -> None:
        self._draft = self._kept = draft
        self._about.follow(draft)


def _text_of(document: Article | None) -> str:
    """What a document of the user's own says, a line a paragraph."""
    return "\n".join(part.body.plain for part in document.sections) if document else ""
