"""Where one begins: what can be done, what is under way, what was read last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.guide.items import Item, Kind
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.records.reading import Visit
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.looks.icons import page_icon
from yibao_desktop.ui.pages.frequent_page import frequent_tile
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.base.tile_grid import TileGrid
from yibao_desktop.ui.widgets.case.case_row import CaseRow, CaseSummary

PROCEDURES = 8
"""Procedures shown at first: what is often asked is to be seen without scrolling."""
CASES = 2
"""Cases shown at first, those to go on with next; where things come one at a time, one."""
FREQUENT = 6
"""Frequent questions shown at once."""
RECENT = 5
"""Pages read last that are offered."""


@dataclass(frozen=True, slots=True)
class _News:
    procedures: list[Procedure]
    cases: list[CaseView]
    frequent: list[tuple[str, Item]]
    topics: list[Item]
    recent: list[Visit]


class HomePage(ColumnPage):
    """Tiles for procedures, cases and topics."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context.events.changed.connect(self._on_changed)

    def load(self) -> None:
        """Show how things stand now."""
        self._context.tasks.run(self._read, self._on_read, self)

    def _read(self) -> _News:
        services = self._context.services
        topics = [e for e in services.guide.entries() if e.kind is Kind.TOPIC and e.parent is None]
        return _News(
            services.procedures.procedures(),
            services.cases.open_cases(),
            services.guide.frequent(),
            topics,
            services.reading.recent(RECENT),
        )

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.cases:
            self.load()

    def _on_read(self, news: _News) -> None:
        self._begin()
        self._column.add(text_label("您要办什么事？", "h1"))
        counter = self._context.services.settings.current.counter
        if not news.cases or counter:  # who has begun something has read it
            told = "在上面的框里打字问，或者从下面选一件。不用联网，什么也不会传出去。"
            self._column.add(text_label(told, "quiet"))
        if news.cases and counter:  # whom they are for, others at the desk are not to see
            kept = QPushButton(f"我的办理（存着 {len(news.cases)} 件）")
            cases = Location(Place.CASES)
            kept.clicked.connect(partial(self._context.events.open_requested.emit, cases))
            self._column.add_button(kept)
        elif news.cases:
            self._add_cases(news.cases)
        self._column.add(text_label("一步步带您办", "h2"))
        tiles = [self._procedure_tile(p) for p in news.procedures]
        metrics = self._context.theme.metrics
        most = metrics.few or PROCEDURES
        if news.cases and not counter:
            most //= 2
        self._column.add(TileGrid(tiles, metrics, most))
        self._add_frequent(news.frequent)
        if news.recent and not counter:
            self._column.add(text_label("最近看过", "h2"))
            tiles = [self._tile(v.title, "", "history", v.item_id) for v in news.recent]
            self._column.add(self._grid(tiles))
        self._column.add(text_label("按主题找", "h2"))
        tiles = [self._tile(t.title, t.text, "folder-open", t.id) for t in news.topics]
        self._column.add(self._grid(tiles))

    def _add_frequent(self, frequent: list[tuple[str, Item]]) -> None:
        self._column.add(text_label("大家常问", "h2"))
        shown = frequent[:FREQUENT]
        self._column.add(self._grid([frequent_tile(q, i, self._context) for q, i in shown]))
        everything = QPushButton(f"全部 {len(frequent)} 个常问")
        everything.setProperty("role", "link")
        place = Location(Place.FREQUENT)
        everything.clicked.connect(partial(self._context.events.open_requested.emit, place))
        self._column.add_button(everything)

    def _add_cases(self, cases: list[CaseView]) -> None:
        self._column.add(text_label("正在办的事", "h2"))
        most = 1 if self._context.theme.metrics.elder else CASES
        for case in cases[:most]:
            row = CaseRow(CaseSummary.of(case), self._context)
            row.open_requested.connect(self._context.events.open_case)
            self._column.add(row)
        if len(cases) > most:
            everything = QPushButton(f"全部 {len(cases)} 件")
            everything.setProperty("role", "link")
            place = Location(Place.CASES)
            everything.clicked.connect(partial(self._context.events.open_requested.emit, place))
            self._column.add_button(everything)

    def _procedure_tile(self, procedure: Procedure) -> Tile:
        return self._tile(
            procedure.title,
            "",
            page_icon(Kind.PROCEDURE, procedure.picture),
            procedure.id,
        )

    def _tile(self, title: str, text: str, icon: str, item_id: str) -> Tile:
        theme = self._context.theme
        picture = self._context.icon(icon, theme.colors.accent)
        tile = Tile(title, text, picture, theme.metrics.icon)
        tile.clicked.connect(partial(self._context.events.open_item, item_id))
        return tile

    def _grid(self, tiles: list[Tile]) -> QWidget:
        metrics = self._context.theme.metrics
        return TileGrid(tiles, metrics, metrics.few)
