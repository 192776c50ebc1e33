"""A content pack being made: on the left its form, on the right the page as it will be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Article
from yibao_desktop.domain.packs.draft import Draft, DraftKind, Edit, EditKind
from yibao_desktop.domain.packs.form_fields import FormGroup
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.errors import DataError, YibaoError
from yibao_desktop.services.draft_faults import ABOUT
from yibao_desktop.services.draft_looks import DraftLook
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Message, Place
from yibao_desktop.ui.dialogs.export_dialog import ExportDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.pages.draft_preview import DraftPreview
from yibao_desktop.ui.widgets.authoring.about_form import AboutForm
from yibao_desktop.ui.widgets.authoring.part_group import PartGroup
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.focus_order import order_focus
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.work.tasks import Lane

PAUSE_MS = 400
"""After so long without a key what was typed is kept and checked."""
BESIDE_IN_CHARACTERS = 44
"""In less room the form and the page take turns."""

_MAKING = {
    DraftKind.OVERLAY: "本地不一样的地方",
    DraftKind.ANSWER: "编一条问答",
    DraftKind.ARTICLE: "编一篇文章",
    DraftKind.PROCEDURE: "编一件办事",
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
        self._groups_of: Callable[[Draft], tuple[FormGroup, ...]] = _no_groups
        self._groups: dict[EditKind, PartGroup] = {}
        self._about: AboutForm
        self._title: QLabel
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
        draft = self._draft = self._kept = look.draft
        self._groups_of = look.groups_of
        self._form.clear(self._context.theme.metrics.column)
        self._title = text_label("", "h1")
        self._form.add(self._title)
        self._about = AboutForm(draft, places, texts, self._context)
        self._about.changed.connect(self._on_changed)
        self._form.add(self._about)
        heading = "三　哪里不一样，点“改”" if draft.is_overlay else "三　这一页写什么"
        self._form.add(text_label(heading, "h2"))
        self._groups = {}
        for group in self._groups_of(draft):
            self._form.add(self._group(group))
        self._show_groups()
        self._show_look(look)

    def _group(self, group: FormGroup) -> PartGroup:
        shown = PartGroup(group, self._context)
        shown.edited.connect(self._on_edited)
        shown.restored.connect(partial(self._on_restored, group.kind))
        shown.moved.connect(partial(self._on_moved, group.kind))
        shown.addition_asked.connect(partial(self._on_addition_asked, group.kind))
        shown.stops_changed.connect(self._order_stops)
        self._groups[group.kind] = shown
        return shown

    def _show_groups(self) -> None:
        """The cards as the draft has them: in its order, named and to be chosen from by it."""
        assert self._draft is not None
        for group in self._groups_of(self._draft):
            self._groups[group.kind].show_forms(group, self._draft)
            self._groups[group.kind].setVisible(bool(group.forms or group.add))
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab goes through the form from top to bottom, wherever cards came, opened or moved."""
        order_focus(self._form)

    def _show_look(self, look: DraftLook) -> None:
        self._looked = look.draft
        self._title.setText(f"{_MAKING[look.draft.kind]}：{look.draft.heading}")
        self._show_groups()
        self._preview.show_look(look)
        by_kind: dict[EditKind, dict[str, dict[str, str]]] = {}
        for fault in look.faults:
            kind, target, key = fault.field
            by_kind.setdefault(kind, {}).setdefault(target, {}).setdefault(key, fault.message)
        self._about.show_faults(by_kind.get(PartKind.FACT, {}).pop(ABOUT, {}))
        for kind, group in self._groups.items():
            group.show_faults(by_kind.get(kind, {}))
            for target in group.targets:
                by_kind.get(kind, {}).pop(target, None)
        rest = [m for parts in by_kind.values() for told in parts.values() for m in told.values()]
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
        keys = self._draft.edit(edit.kind, edit.target).texts.keys()
        self._take(self._draft.with_edit(edit))
        if edit.texts.keys() - keys:  # one field more
            self._show_groups()

    def _take(self, draft: Draft) -> None:
        self._about.follow(draft)
        self._on_changed(draft)

    def _on_restored(self, kind: EditKind, target: str) -> None:
        assert self._draft is not None
        was_added = Edit(kind, target).adds
        self._take(self._draft.without(kind, target))
        if was_added:
            self._show_groups()
            return
        group = next(g for g in self._groups_of(self._draft) if g.kind is kind)
        self._groups[kind].make_anew(group, self._draft, target)

    def _on_moved(self, kind: EditKind, target: str, by: int) -> None:
        assert self._draft is not None
        self._take(self._draft.moved(Edit(kind, target), by))
        self._show_groups()

    def _on_addition_asked(self, kind: EditKind) -> None:
        assert self._draft is not None
        target = self._draft.free_target()
        self._take(self._draft.with_edit(Edit(kind, target)))
        self._show_groups()
        self._form.scroll_to(self._groups[kind].open(target))

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


def _no_groups(_draft: Draft) -> tuple[FormGroup, ...]:
    return ()
