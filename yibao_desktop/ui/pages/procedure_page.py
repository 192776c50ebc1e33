"""A procedure before it is begun: what one gets, which ways there are, what each asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import doubts_about
from yibao_desktop.domain.procedure.doubted import plan_doubts, told_doubts
from yibao_desktop.domain.procedure.model import CHANNEL, CHANNEL_PICTURES, Procedure
from yibao_desktop.domain.procedure.places import local_first
from yibao_desktop.domain.procedure.plan import Plan, make_plan
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.wording.plain_text import deadline_lines, expected_lines, silent_text
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.page_html import NOTE_NAME
from yibao_desktop.ui.looks.source_text import source_lines
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.pages.start_box import StartBox
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.takeaway.take_along import TakeAlong
from yibao_desktop.ui.widgets.base.callout import CalloutBox, doubts_box
from yibao_desktop.ui.widgets.base.checkable import make_checkable
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.doubts_badge import DoubtsBadge, first_doubts
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import LineLabel, RichLabel, text_label
from yibao_desktop.ui.widgets.base.picture import IN_CHARACTERS
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.case.channel_text import channel_text
from yibao_desktop.ui.widgets.case.material_list import MaterialList
from yibao_desktop.ui.widgets.case.step_list import StepList
from yibao_desktop.ui.widgets.reading.bookmark_button import BookmarkButton
from yibao_desktop.ui.widgets.reading.breadcrumbs import Breadcrumbs
from yibao_desktop.ui.widgets.reading.origin_boxes import origin_boxes
from yibao_desktop.ui.work.after_paint import after_paint

if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout


class ProcedurePage(ColumnPage):
    """Overview, channels side by side, steps and papers of the channel chosen, and the start."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: PageView | None = None
        self._handouts = HandoutActions(context, self)
        self._channel: str | None = None

    def show_procedure(self, view: PageView) -> None:
        """Show a procedure; a step asked for is brought into view."""
        assert isinstance(view.page, Procedure)
        procedure = local_first(view.page, self._context.services.settings.current.region)
        self._view = view = replace(view, page=procedure)
        step = view.focus.partition("/")[2]
        self._channel = _channel_of(procedure, step)
        self._begin()
        self._add_head(view, procedure)
        start = StartBox(procedure, self._context)
        self._column.add(start)
        start.begin_at_counter()
        if self._is_low:
            self._column.add(self._take_along(view))
        if procedure.audience:
            self._column.add(
                self._linked(RichLabel.of(procedure.audience, self._context.theme, "适合："))
            )
        self._column.add(text_label(f"办成以后：{procedure.result_name}"))
        if doubts := doubts_about(view.doubts, procedure.id):
            self._column.add(self._linked_box(doubts_box(doubts, self._context)))
        self._add_channels(procedure)
        self._tell_doubts(view, procedure)
        self._details = QWidget()
        below = partial(self._add_below, self._details, view, procedure, step)
        if step:
            below()
        else:  # one sees the top first
            after_paint(self._details, below)

    @property
    def _is_low(self) -> bool:
        """Whether there is so little room that printing comes after the start."""
        return self._context.theme.metrics.is_low(self.window().height())

    def _take_along(self, view: PageView) -> TakeAlong:
        return TakeAlong(partial(self._make_handout, view), self._handouts, self._context)

    def _add_below(self, details: QWidget, view: PageView, procedure: Procedure, step: str) -> None:
        if details is not self._details:
            return  # another page is shown already
        self._column.begin_part()
        self._column.add(details)
        self._show_details(view, procedure, step)
        self._add_rest(view, procedure)

    def _add_head(self, view: PageView, procedure: Procedure) -> None:
        head = FlowRow(first_stretches=True)
        crumbs = Breadcrumbs(view.path)
        crumbs.open_requested.connect(self._context.events.open_item)
        bookmark = BookmarkButton(self._context)
        note = text_label("")
        note.hide()
        bookmark.note_known.connect(partial(_show_note, note))
        bookmark.show_for(procedure.id, procedure.title)
        head.add(crumbs)
        if not self._is_low:
            head.add(self._take_along(view))
        head.add(bookmark)
        self._column.add(head)
        title = FlowRow(first_stretches=True)
        title.add(LineLabel(procedure.title, "h1"))
        self._badge = DoubtsBadge()
        self._badge.clicked.connect(self._on_badge_clicked)
        title.add(self._badge)
        self._column.add(title)
        self._column.setAccessibleName(procedure.title)
        self._column.add(note)
        theme = self._context.theme
        self._column.add(self._linked(RichLabel.of(procedure.answer, theme)))
        self._add_origin(view)

    def _tell_doubts(self, view: PageView, procedure: Procedure) -> None:
        whole = doubts_about(view.doubts, procedure.id)
        told = told_doubts(self._plan(procedure), view.doubts)
        self._badge.tell(len({doubt.id for doubt in (*whole, *told)}))

    def _on_badge_clicked(self) -> None:
        box = first_doubts(self._column.content)
        if box is not None:  # what stands below the first screen may be on its way still
            self._column.scroll_to(box)

    def _add_origin(self, view: PageView) -> None:
        """Whose word it is where it is not the guide's, and what is different in a place."""
        for box in origin_boxes(view, self._context):
            self._column.add(box)

    def _add_channels(self, procedure: Procedure) -> None:
        if len(procedure.channels) == 1:
            (only,) = procedure.channels
            self._column.add(text_label(f"在哪里办：{only.name}"))
        if len(procedure.channels) < 2:
            return
        self._column.add(text_label("有这几种办法，点一种看要做什么", "h2"))
        theme = self._context.theme
        tiles = []
        for channel in procedure.channels:
            picture = self._context.icon(CHANNEL_PICTURES[channel.kind], theme.colors.accent)
            side = round(theme.metrics.body * IN_CHARACTERS)
            tile = Tile(channel.name, channel_text(channel, procedure), picture, side)
            make_checkable(tile, channel.id == self._channel)
            tile.clicked.connect(partial(self._on_channel_clicked, channel.id))
            tiles.append(tile)
        holder = TileGrid(tiles, self._context.theme.metrics)
        group = QButtonGroup(holder)
        for tile in tiles:
            group.addButton(tile)
        self._column.add(holder)

    def _show_details(self, view: PageView, procedure: Procedure, step: str = "") -> None:
        details = QWidget()
        rows = QVBoxLayout(details)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * SPACE)
        plan = self._plan(procedure)
        whole = doubts_about(view.doubts, procedure.id)
        if own := [d for d in plan_doubts(plan, view.doubts) if d not in whole]:
            rows.addWidget(self._linked_box(doubts_box(own, self._context)))
        if plan.materials:
            rows.addWidget(text_label("要带的材料", "h2"))
            rows.addWidget(MaterialList(plan, self._context))
        rows.addWidget(text_label("要做的事", "h2"))
        steps = StepList(self._context)
        steps.show_steps(plan, view.doubts)
        rows.addWidget(steps)
        for line in (*expected_lines(plan), *deadline_lines(plan)):
            rows.addWidget(text_label(line, "quiet"))
        self._column.replace(self._details, details)
        self._details = details
        if step in steps.cards:
            card = steps.cards[step]
            card.setProperty("role", "focused")
            card.style().polish(card)
            QTimer.singleShot(0, card, partial(self._column.scroll_to, card))

    def handout(self) -> Make | None:
        """What makes the page with the channel chosen a checklist; None while none was shown."""
        return partial(self._make_handout, self._view) if self._view else None

    def _make_handout(self, view: PageView) -> Handout:
        from yibao_desktop.services.plan_handout import plan_document

        assert isinstance(view.page, Procedure)
        return plan_document(self._plan(view.page), view, self._context.services.clock.today())

    def _plan(self, procedure: Procedure) -> Plan:
        return judged_plan(procedure, {CHANNEL: (self._channel,)} if self._channel else {})

    def _add_rest(self, view: PageView, procedure: Procedure) -> None:
        if procedure.faqs:
            self._column.add(text_label("常有人问", "h2"))
            for faq in procedure.faqs:
                self._column.add(text_label(faq.question, "strong"))
                answer = RichLabel.of(faq.answer, self._context.theme)
                self._column.add(self._linked(answer))
        if procedure.silent:
            self._column.add(text_label(silent_text(procedure.silent), "quiet"))
        for related in view.children:
            button = QPushButton(f"相关：{related.title}")
            button.setProperty("role", "link")
            button.clicked.connect(partial(self._context.events.open_item, related.id))
            self._column.add_button(button)
        self._column.add(text_label("来源", "h3"))
        for line in source_lines(view.sources):
            self._column.add(text_label(line, "quiet"))

    def _linked_box(self, box: CalloutBox) -> CalloutBox:
        box.link_requested.connect(self._context.events.follow)
        return box

    def _linked(self, label: RichLabel) -> RichLabel:
        label.link_requested.connect(self._context.events.follow)
        return label

    def _on_channel_clicked(self, channel: str) -> None:
        assert self._view is not None
        assert isinstance(self._view.page, Procedure)
        self._channel = channel
        self._tell_doubts(self._view, self._view.page)
        self._show_details(self._view, self._view.page)


def _show_note(label: QLabel, note: str) -> None:
    label.setText(f"{NOTE_NAME}：{note}")
    label.setVisible(bool(note))


def _channel_of(procedure: Procedure, step: str) -> str | None:
    """The first channel that has the step; without a step the first channel."""
    for channel in procedure.channels:
        plan = make_plan(procedure, {CHANNEL: (channel.id,)})
        if not step or step in {s.step.id for s in plan.steps}:
            return channel.id
    return procedure.channels[0].id if procedure.channels else None
